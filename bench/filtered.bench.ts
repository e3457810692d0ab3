import { type Kysely, sql } from 'kysely';
import { openKysely } from '../src/database/connection-pool.ts';
import type { ActiveModel } from '../src/database/embedding-models.ts';
import type { Database } from '../src/database/tables.ts';
import { createRandom } from '../src/seeded-random.ts';
import { withDatabaseName } from '../test/support/database-server.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type Answer, type Contender, exactSearch, handWritten, ourSearch, recallOf } from './workload/contenders.ts';
import { type FilteredSearch, filteredSearches, type SearchGroup } from './workload/filtered-searches.ts';
import { openWorkload, workloadName } from './workload/open-workload.ts';
import { modelOf } from './workload/workload.ts';

/** As many as the fashion catalogue has, which is as much as the embedded database is for. */
const EMBEDDED_PRODUCTS = 44_072;
const NATIVE_PRODUCTS = 100_000;
/** Of each kind, for each band. With a million products five took a quarter of an hour on a machine with other work. */
const QUERIES = 10;
/** Nearest products that are asked for. */
const PAGES = [10, 50];
const CLIENTS = 8;
const SEED = 31_337;

export const benchmark: Benchmark = {
  question:
    'How right and how fast are filtered searches, at every selectivity, beside what people write by hand and beside comparing everything?',
  async run({ databaseUrl, products = databaseUrl ? NATIVE_PRODUCTS : EMBEDDED_PRODUCTS, queries = QUERIES, say }) {
    if (databaseUrl === undefined && products > EMBEDDED_PRODUCTS)
      throw new Error(`expected at most ${EMBEDDED_PRODUCTS} products on the embedded database, found ${products}`);
    const workload = await openWorkload({ products, serverUrl: databaseUrl, say });
    // The server's own settings, as by hand; the embedded database has no second connection, and none of our settings for a session.
    const plain =
      databaseUrl === undefined
        ? undefined
        : openKysely({ connectionString: withDatabaseName(databaseUrl, workloadName(products)), max: 1 });
    try {
      const { db } = workload;
      const model = await modelOf(db);
      const groups = await filteredSearches(db, { model, queries, say });
      const contenders = {
        ours: ourSearch(db, model),
        hand: handWritten(plain ?? db, model),
        exact: exactSearch(db, model),
      };
      const ours = await measureWay(groups, PAGES, contenders.ours, say);
      const hand = await measureWay(groups, PAGES, contenders.hand, say);
      // It compares everything for ten as for fifty.
      const exact = await measureWay(groups, PAGES.slice(0, 1), contenders.exact, say);
      const rows: Record<string, string | number>[] = groups.flatMap((group, place) =>
        PAGES.map((first, page) =>
          groupRow(group, first, {
            ours: of(ours, place, page),
            hand: of(hand, place, page),
            exact: of(exact, place, 0),
          }),
        ),
      );
      const first10 = ours.flatMap(([measured = []]) => measured);
      rows.push(mixRow('all, one client', first10));
      if (databaseUrl !== undefined)
        rows.push(mixRow(`all, ${CLIENTS} clients`, await atOnce(groups, contenders.ours)));
      return {
        setting: { database: workload.version, kind: workload.kind, queries, ...(await sizes(db, model)) },
        rows,
      };
    } finally {
      await plain?.destroy();
      await workload.close();
    }
  },
};

interface Measured extends Answer {
  readonly recall: number;
}

async function measure(contender: Contender, search: FilteredSearch, first: number): Promise<Measured> {
  const answer = await contender(search, first);
  return { ...answer, recall: recallOf(answer, search, first) };
}

/**
 * One search after another: for each group, for each length of a page. Each way by itself, after all of its searches were asked once: what comparing everything reads would push out of memory
 * what the others need.
 */
async function measureWay(
  groups: readonly SearchGroup[],
  pages: readonly number[],
  contender: Contender,
  say: (line: string) => void,
): Promise<Measured[][][]> {
  const [shortest = 10] = pages;
  for (const { searches } of groups) for (const search of searches) await contender(search, shortest);
  const ways: Measured[][][] = [];
  for (const { kind, band, searches } of groups) {
    say(`${kind}, ${band.name}`);
    const measured: Measured[][] = [];
    for (const first of pages) {
      const answers: Measured[] = [];
      for (const search of searches) answers.push(await measure(contender, search, first));
      measured.push(answers);
    }
    ways.push(measured);
  }
  return ways;
}

function of(measured: readonly Measured[][][], group: number, page: number): Measured[] {
  return measured[group]?.[page] ?? [];
}

/** All searches in one shuffled queue, and so many clients that take from it. */
async function atOnce(groups: readonly SearchGroup[], contender: Contender): Promise<Measured[]> {
  const random = createRandom(SEED);
  const queue = groups
    .flatMap(({ searches }) => searches.map((search) => ({ search, at: random() })))
    .sort((a, b) => a.at - b.at);
  const measured: Measured[] = [];
  const client = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      measured.push(await measure(contender, next.search, 10));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return measured;
}

function groupRow(
  { band, kind, searches }: SearchGroup,
  first: number,
  { ours, hand, exact }: Record<'ours' | 'hand' | 'exact', Measured[]>,
) {
  const matching = searches.map(({ filter }) => filter.matching);
  return {
    filter: band.name,
    query: kind,
    nearest: first,
    matching: [...new Set([Math.min(...matching), Math.max(...matching)])].join(' to '),
    'recall ours': meanRecall(ours),
    'p50 ms': millisecondsAt(ours, 0.5),
    'p95 ms': millisecondsAt(ours, 0.95),
    'full %': fullPercent(ours),
    strategy: strategies(ours),
    'recall by hand': meanRecall(hand),
    'by hand p50 ms': millisecondsAt(hand, 0.5),
    'by hand p95 ms': millisecondsAt(hand, 0.95),
    'by hand full %': fullPercent(hand),
    'exact p50 ms': millisecondsAt(exact, 0.5),
    'exact p95 ms': millisecondsAt(exact, 0.95),
  };
}

function mixRow(filter: string, ours: readonly Measured[]) {
  return {
    filter,
    query: 'both',
    nearest: PAGES[0] ?? 10,
    'recall ours': meanRecall(ours),
    'p50 ms': millisecondsAt(ours, 0.5),
    'p95 ms': millisecondsAt(ours, 0.95),
    'full %': fullPercent(ours),
    strategy: strategies(ours),
  };
}

function meanRecall(measured: readonly Measured[]): number {
  const mean = measured.reduce((sum, { recall }) => sum + recall, 0) / measured.length;
  // Three decimals, downwards: 1 is said of nothing less.
  return Math.floor(mean * 1000 + 1e-6) / 1000;
}

function millisecondsAt(measured: readonly Measured[], share: number): number {
  return rounded(
    quantile(
      measured.map(({ milliseconds }) => milliseconds),
      share,
    ),
  );
}

function fullPercent(measured: readonly Measured[]): number {
  return Math.floor((100 * measured.filter(({ full }) => full).length) / measured.length);
}

/** `EXACT 12, HNSW 8` */
function strategies(measured: readonly Measured[]): string {
  const counts = new Map<string, number>();
  for (const { strategy = '' } of measured) counts.set(strategy, (counts.get(strategy) ?? 0) + 1);
  return [...counts]
    .map(([strategy, count]) => `${strategy} ${count}`)
    .sort()
    .join(', ');
}

async function sizes(db: Kysely<Database>, model: ActiveModel): Promise<Record<string, number>> {
  const sketches = model.sketches?.table ?? null;
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from product) as products, (select count(*) from ${sql.table(model.imageTable)}) as pictures,
      round(pg_table_size(${model.imageTable}) / 1048576.0)::integer as "vectors MiB",
      round(pg_indexes_size(${model.imageTable}) / 1048576.0)::integer as "their indexes MiB",
      round(pg_total_relation_size(${sketches}) / 1048576.0)::integer as "sketches MiB",
      round(pg_database_size(current_database()) / 1048576.0)::integer as "database MiB"`.execute(db);
  return rows[0] ?? {};
}
