import { type Kysely, sql } from 'kysely';
import type { OpenDatabase } from '../src/database/database.ts';
import type { ActiveModel } from '../src/database/embedding-models.ts';
import type { Database } from '../src/database/tables.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type Answer, ourSearch, recallOf } from './workload/contenders.ts';
import { filteredSearches } from './workload/filtered-searches.ts';
import { openWorkload } from './workload/open-workload.ts';
import { modelOf, secondsOf } from './workload/workload.ts';

/** As many as the largest of them asks for, unless --products says otherwise. */
const MOST_PRODUCTS = 100_000;
const SIZES = [10_000, 44_072, 100_000, 300_000, 1_000_000];
/** Of each kind, for each band. */
const QUERIES = 10;
const NEAREST = 10;
/** One of each sort: by the index, by clusters, by all that hold, where filter and query disagree. */
const BANDS = ['none', '20 %', '1 %', 'elsewhere'];

export const benchmark: Benchmark = {
  question: 'How do latency, recall, size and the time to build grow with the number of products?',
  async run({ databaseUrl, products = MOST_PRODUCTS, queries = QUERIES, say }) {
    const sizes = SIZES.filter((size) => size <= products);
    const rows = [];
    let version = '';
    for (const size of sizes) {
      say(`${size} products`);
      const workload = await openWorkload({ products: size, serverUrl: databaseUrl, say });
      try {
        version = workload.version;
        rows.push(await rowOf(workload, size, queries, say));
      } finally {
        await workload.close();
      }
    }
    return { setting: { database: version, queries, nearest: NEAREST }, rows };
  },
};

async function rowOf({ db }: OpenDatabase, products: number, queries: number, say: (line: string) => void) {
  const model = await modelOf(db);
  const ours = ourSearch(db, model);
  const groups = (await filteredSearches(db, { model, queries, say })).filter(({ band }) => BANDS.includes(band.name));
  // Tables and indexes come into memory.
  for (const { searches } of groups) for (const search of searches) await ours(search, NEAREST);
  const row: Record<string, string | number> = { products, ...(await sizesOf(db, model)) };
  row['indexes and sketches made in s'] = (await secondsOf(db, 'indexes')) ?? 'not kept';
  for (const band of BANDS) {
    const answers: (Answer & { recall: number })[] = [];
    for (const { searches } of groups.filter((group) => group.band.name === band)) {
      for (const search of searches) {
        const answer = await ours(search, NEAREST);
        answers.push({ ...answer, recall: recallOf(answer, search, NEAREST) });
      }
    }
    const milliseconds = answers.map((answer) => answer.milliseconds);
    row[`${band}: recall`] = Math.floor((1000 * sum(answers.map(({ recall }) => recall))) / answers.length) / 1000;
    row[`${band}: p50 ms`] = rounded(quantile(milliseconds, 0.5));
    row[`${band}: p95 ms`] = rounded(quantile(milliseconds, 0.95));
  }
  return row;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((so, each) => so + each, 0);
}

async function sizesOf(db: Kysely<Database>, model: ActiveModel): Promise<Record<string, number>> {
  const sketches = model.sketches?.table ?? null;
  const { rows } = await sql<Record<string, number>>`
    select round(pg_table_size(${model.imageTable}) / 1048576.0)::integer as "vectors MiB",
      round(pg_indexes_size(${model.imageTable}) / 1048576.0)::integer as "index MiB",
      round(coalesce(pg_total_relation_size(${sketches}::regclass), 0) / 1048576.0)::integer as "sketches MiB",
      round(pg_database_size(current_database()) / 1048576.0)::integer as "database MiB"`.execute(db);
  return rows[0] ?? {};
}
