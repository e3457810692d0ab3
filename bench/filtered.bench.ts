import { type Kysely, sql } from 'kysely';
import { openKysely } from '../src/database/connection-pool.ts';
import type { ActiveModel } from '../src/database/embedding-models.ts';
import type { Database } from '../src/database/tables.ts';
import { withDatabaseName } from '../test/support/database-server.ts';
import { createRandom } from '../test/support/random.ts';
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
      await warmUp(groups, Object.values(contenders));
      const rows = [];
      const first10: Measured[] = [];
      for (const group of groups) {
        for (const first of PAGES) {
          say(`${group.kind}, ${group.band.name}, ${first} nearest`);
          const measured = await measureGroup(group, first, contenders);
          if (first === PAGES[0]) first10.push(...measured.ours);
          rows.push(groupRow(group, first, measured));
        }
      }
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

/** Tables, indexes and catalogues come into memory. */
async function warmUp(groups: readonly SearchGroup[], contenders: readonly Contender[]): Promise<void> {
  for (const { searches } of groups) {
    for (const search of searches.slice(0, 2)) {
      for (const contender of contenders) await contender(search, 10);
    }
  }
}

/** One search after another; all three ways for each, in turns first, so that none finds what another has just warmed more often. */
async function measureGroup<Name extends string>(
  { searches }: SearchGroup,
  first: number,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(contenders) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Measured[]>;
  for (const [turn, search] of searches.entries()) {
    const from = turn % names.length;
    for (const name of [...names.slice(from), ...names.slice(0, from)]) {
      measured[name].push(await measure(contenders[name], search, first));
    }
  }
  return measured;
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
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from product) as products, (select count(*) from ${sql.table(model.imageTable)}) as pictures,
      round(pg_table_size(${model.imageTable}) / 1048576.0)::integer as "vectors MiB",
      round(pg_indexes_size(${model.imageTable}) / 1048576.0)::integer as "their indexes MiB",
      round(pg_database_size(current_database()) / 1048576.0)::integer as "database MiB"`.execute(db);
  return rows[0] ?? {};
}
