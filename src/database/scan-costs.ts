import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { EmbeddingModelRow } from './embedding-models.ts';
import type { Database, ScanCosts } from './tables.ts';
import { withScanOptions } from './vector-sql.ts';

/** Pictures that each way is measured with; the median counts. */
const RUNS = 5;
/** Rows that a way is measured with: about as many as a search looks at. */
const ROWS = { probed: 20_000, gathered: 10_000, compared: 400, hnsw: 250 };
/** Where there is nothing to measure with (no prices, no HNSW index): the two cores of docs/decisions/0011-sketches.md. */
const MEASURED_ELSEWHERE: ScanCosts = { hnsw: 25, probed: 0.35, gathered: 0.8, compared: 5 };

/**
 * Measures what ways to compare cost for each row on this database, and keeps it in embedding_model.scan_costs: what a search's plan is chosen by. Takes a
 * second or so, and says most on a database that does little else meanwhile.
 *
 * @param sketchTable - embedding_model.sketch_table, of sketches that stand
 */
export async function measureScanCosts(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  sketchTable: string,
): Promise<void> {
  const table = sql.table(sketchTable);
  const vectors = sql.table(model.imageTable);
  const costs = await withScanOptions(db, { efSearch: ROWS.hnsw, maxScanTuples: 20_000 }, async (transaction) => {
    const probes = await queryRows(transaction, vectors);
    const time = (statement: (probe: Probe) => RawBuilder<{ rows: number }>) =>
      microsecondsPerRow(transaction, probes, statement);
    const bits = ({ product_id, image_id }: Probe) =>
      sql`(select q.bits from ${table} as q where q.id = ${product_id} and q.image_id = ${image_id} limit 1)`;
    const nearest = (probe: Probe, where: RawBuilder<boolean>) => sql<{ rows: number }>`
      select (select count(*) from ${table} where ${where}) as rows, count(n.id)
      from (select id from ${table} as p where ${where} order by p.bits <~> ${bits(probe)} limit ${sql.lit(ROWS.compared)}) as n`;
    const clusters = await clustersOfRows(transaction, model);
    const range = await priceRange(transaction, model);
    const inClusters = sql<boolean>`cluster = any(${clusters}::integer[])`;
    const inRange = sql<boolean>`price_amount between ${range?.lowest}::numeric and ${range?.highest}::numeric`;
    const costs = {
      probed: await time((probe) => nearest(probe, inClusters)),
      gathered: range === undefined ? undefined : await time((probe) => nearest(probe, inRange)),
      compared: await time(
        (probe) => sql`
          select count(e.embedding <=> q.embedding) as rows
          from ${vectors} as q, (select id, image_id from ${table} where cluster = any(${clusters}::integer[]) limit ${sql.lit(ROWS.compared)}) as n
          inner join ${vectors} as e on e.product_id = n.id and e.image_id = n.image_id
          where q.product_id = ${probe.product_id} and q.image_id = ${probe.image_id}`,
      ),
    };
    // Of few rows all are compared rather than by the index; what that costs is not asked here.
    await sql`set local enable_seqscan = off`.execute(transaction);
    return {
      ...costs,
      hnsw: await time(
        (probe) => sql`
          select count(*) as rows from (
            select 1 from ${vectors} as e
            order by e.embedding <=> (select q.embedding from ${vectors} as q where q.product_id = ${probe.product_id} and q.image_id = ${probe.image_id})
            limit ${sql.lit(ROWS.hnsw)}) as n`,
      ),
    };
  });
  const measured = Object.fromEntries(Object.entries(costs).filter(([, cost]) => cost !== undefined));
  await db
    .updateTable('embedding_model')
    .set({ scan_costs: sql`${JSON.stringify({ ...MEASURED_ELSEWHERE, ...measured })}::jsonb` })
    .where('id', '=', model.id)
    .where('sketch_table', 'is not', null)
    .execute();
}

interface Probe {
  readonly product_id: string;
  readonly image_id: string;
}

/** Pictures that are looked for: any. */
async function queryRows(transaction: Transaction<Database>, vectors: RawBuilder<unknown>): Promise<Probe[]> {
  const { rows } =
    await sql<Probe>`select product_id, image_id from ${vectors} order by product_id limit ${sql.lit(RUNS)}`.execute(
      transaction,
    );
  return rows;
}

/** Clusters that together have about as many pictures as a search looks at. */
async function clustersOfRows(transaction: Transaction<Database>, model: EmbeddingModelRow): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number from (
      select number, sum(vectors) over (order by number) - vectors as before from embedding_cluster where model_id = ${model.id} and number > 0) as c
    where before < ${ROWS.probed}`.execute(transaction);
  return rows.map(({ number }) => number);
}

/** Prices of about as many pictures, which lie all over the table: what an index finds and reads one by one. */
async function priceRange(
  transaction: Transaction<Database>,
  model: EmbeddingModelRow,
): Promise<{ lowest: string; highest: string } | undefined> {
  const { rows } = await sql<{ lowest: string; highest: string }>`
    select min(lowest) as lowest, max(highest) as highest from (
      select lowest, highest, sum((select sum(n) from unnest(vectors) as n)) over (order by lowest) as until from embedding_cluster_value
      where model_id = ${model.id} and field = 'PRICE') as ranges
    where until <= ${ROWS.gathered}::integer or lowest = (select min(lowest) from embedding_cluster_value where model_id = ${model.id} and field = 'PRICE')
    having count(*) > 0`.execute(transaction);
  return rows[0];
}

/** Each twice, and the second time counts: what was not in memory yet says nothing of a database that is in use. */
async function microsecondsPerRow(
  transaction: Transaction<Database>,
  probes: readonly Probe[],
  statement: (probe: Probe) => RawBuilder<{ rows: number }>,
): Promise<number | undefined> {
  const times: number[] = [];
  for (const probe of probes) {
    await statement(probe).execute(transaction);
    const started = performance.now();
    const { rows } = await statement(probe).execute(transaction);
    const counted = rows[0]?.rows ?? 0;
    if (counted > 0) times.push((1000 * (performance.now() - started)) / counted);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
