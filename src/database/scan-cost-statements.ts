// The statements that measure what ways to compare cost; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ScanCosts } from './measurements.ts';
import type { Database } from './tables.ts';

/** A picture that is looked for. */
export interface Probe {
  readonly product_id: string;
  readonly image_id: string;
}

/** The tables of a model: its pictures' vectors and their sketches. */
export interface MeasuredTables {
  readonly imageTable: string;
  readonly sketchTable: string;
}

/** How many rows a statement looked at. */
export type MeasuredRows = RawBuilder<{ rows: number }>;

/** Pictures to look for: any. */
export function picturesToProbe(imageTable: string, limit: number): RawBuilder<Probe> {
  return sql<Probe>`select product_id, image_id from ${sql.table(imageTable)} order by product_id limit ${sql.lit(limit)}`;
}

/** Clusters that together have about so many pictures. */
export function clustersToProbe(modelId: string, pictures: number): RawBuilder<{ number: number }> {
  return sql<{ number: number }>`
    select number from (
      select number, sum(vectors) over (order by number) - vectors as before from embedding_cluster where model_id = ${modelId} and number > 0) as c
    where before < ${pictures}`;
}

/** Prices of about so many pictures, which lie all over the table: what an index finds and reads one by one. No row where nothing has a price. */
export function pricesToGather(modelId: string, pictures: number): RawBuilder<{ lowest: string; highest: string }> {
  return sql<{ lowest: string; highest: string }>`
    select min(lowest) as lowest, max(highest) as highest from (
      select lowest, highest, sum((select sum(n) from unnest(vectors) as n)) over (order by lowest) as until from embedding_cluster_value
      where model_id = ${modelId} and field = 'PRICE') as ranges
    where until <= ${pictures}::integer or lowest = (select min(lowest) from embedding_cluster_value where model_id = ${modelId} and field = 'PRICE')
    having count(*) > 0`;
}

/** Reads the sketches of clusters. */
export function probeClusters(
  tables: MeasuredTables,
  probe: Probe,
  p: { clusters: readonly number[]; limit: number },
): MeasuredRows {
  return nearestSketches(tables, probe, sql<boolean>`cluster = any(${p.clusters}::integer[])`, p.limit);
}

/** Reads the sketches of what an index on prices finds. */
export function gatherPrices(
  tables: MeasuredTables,
  probe: Probe,
  p: { range: { readonly lowest: string; readonly highest: string }; limit: number },
): MeasuredRows {
  const { lowest, highest } = p.range;
  const where = sql<boolean>`price_lowest between ${lowest}::numeric and ${highest}::numeric`;
  return nearestSketches(tables, probe, where, p.limit);
}

function nearestSketches(
  { sketchTable }: MeasuredTables,
  { product_id, image_id }: Probe,
  where: RawBuilder<boolean>,
  limit: number,
): MeasuredRows {
  const table = sql.table(sketchTable);
  const bits = sql`(select q.bits from ${table} as q where q.id = ${product_id} and q.image_id = ${image_id} limit 1)`;
  return sql<{ rows: number }>`
    select (select count(*) from ${table} where ${where}) as rows, count(n.id)
    from (select id from ${table} as p where ${where} order by p.bits <~> ${bits} limit ${sql.lit(limit)}) as n`;
}

/** Compares whole vectors, found by their ids. */
export function compareVectors(
  { imageTable, sketchTable }: MeasuredTables,
  { product_id, image_id }: Probe,
  p: { clusters: readonly number[]; limit: number },
): MeasuredRows {
  const vectors = sql.table(imageTable);
  return sql<{ rows: number }>`
    select count(e.embedding <=> q.embedding) as rows
    from ${vectors} as q, (select id, image_id from ${sql.table(sketchTable)} where cluster = any(${p.clusters}::integer[]) limit ${sql.lit(p.limit)}) as n
    inner join ${vectors} as e on e.product_id = n.id and e.image_id = n.image_id
    where q.product_id = ${product_id} and q.image_id = ${image_id}`;
}

/** Has the rest of a transaction take the index also where so few rows are compared that it would not. */
export function forbidSequentialScans(): RawBuilder<unknown> {
  return sql`set local enable_seqscan = off`;
}

/** Walks the HNSW index. */
export function walkIndex(
  { imageTable }: MeasuredTables,
  { product_id, image_id }: Probe,
  limit: number,
): MeasuredRows {
  const vectors = sql.table(imageTable);
  return sql<{ rows: number }>`
    select count(*) as rows from (
      select 1 from ${vectors} as e
      order by e.embedding <=> (select q.embedding from ${vectors} as q where q.product_id = ${product_id} and q.image_id = ${image_id})
      limit ${sql.lit(limit)}) as n`;
}

/** A value of an attribute. */
export interface AttributeValue {
  readonly name: string;
  readonly value: string;
}

/** The value of an attribute that most pictures have; no row where none has any. */
export function commonestAttribute(modelId: string): RawBuilder<AttributeValue> {
  return sql<AttributeValue>`
    select name, value from embedding_cluster_value where model_id = ${modelId}::uuid and field = 'ATTRIBUTE'
    order by (select sum(n) from unnest(vectors) as n) desc limit 1`;
}

/** Whether the next statements of a transaction look up by bitmaps alone: only these make lists of an index. */
export function onlyBitmaps(only: boolean): RawBuilder<unknown> {
  const others = ['enable_seqscan', 'enable_indexscan', 'enable_indexonlyscan'];
  return sql`select ${sql.join(others.map((name) => sql`set_config(${name}, ${only ? 'off' : 'on'}, true)`))}`;
}

/** What of sketches is looked up: a range of prices, or what has a value of an attribute. */
export type LookedUp = { readonly lowest: string; readonly highest: string } | AttributeValue;

/** A step of a plan, as `explain (analyze, format json)` tells it. */
export interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Actual Total Time': number;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly PlanStep[];
}

/** Looks sketches up, and has PostgreSQL tell what each step of it took. */
export function explainLookup(
  sketchTable: string,
  looked: LookedUp,
): RawBuilder<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanStep }] }> {
  const where =
    'value' in looked
      ? sql<boolean>`attributes @> ${JSON.stringify({ [looked.name]: [looked.value] })}::jsonb`
      : sql<boolean>`price_lowest between ${looked.lowest}::numeric and ${looked.highest}::numeric`;
  return sql`explain (analyze, format json) select cluster from ${sql.table(sketchTable)} where ${where}`;
}

/** Keeps what was measured, if the model still has sketches. */
export function storeScanCosts(db: Kysely<Database>, modelId: string, costs: ScanCosts) {
  return db
    .updateTable('embedding_model')
    .set({ scan_costs: sql`${JSON.stringify(costs)}::jsonb` })
    .where('id', '=', modelId)
    .where('sketch_table', 'is not', null);
}
