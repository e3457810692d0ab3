import { openKysely } from '../src/database/connection-pool.ts';
import { type OpenDatabase, openDatabase } from '../src/database/database.ts';
import type { ActiveModel } from '../src/database/embedding-models.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type AskedQuery, fashionQueries, rightProducts, workloadQueries } from './by-hand/catalogue-queries.ts';
import { type Answered, type Asked, byHand, type Contender, ours } from './by-hand/contenders.ts';
import { type Losses, lossesOf } from './by-hand/page-losses.ts';
import { benchPlace } from './http/place.ts';
import { type BandFilter, chooseFilterBands } from './workload/filter-bands.ts';
import { modelOf } from './workload/workload.ts';

/** Unless --queries says otherwise. */
const QUERIES = 10;
const BANDS = ['none', '20 %', '1 %'];

/** What people ask of pgvector by hand. */
const ASKED = [
  { what: 'the nearest 20', pages: 1, toAPage: 20, threshold: false },
  { what: 'the nearest 100, as a threshold', pages: 1, toAPage: 100, threshold: true },
  { what: '10 pages of 20, by OFFSET', pages: 10, toAPage: 20, threshold: false },
];

export const benchmark: Benchmark = {
  question:
    'What do people lose who write pgvector by hand: filter and order by distance, a threshold on the distance, pages by OFFSET?',
  async run({ databaseUrl, products, queries = QUERIES, say }) {
    const place = await benchPlace({ databaseUrl, products, say });
    const database = await openDatabase(place);
    // The server's own settings; the embedded database has no second connection, and none of our settings for a session.
    const plain = place.url === undefined ? undefined : openKysely({ connectionString: place.url, max: 1 });
    try {
      const model = await modelOf(database.db);
      const asked = place.lifted ? await workloadQueries(database, queries) : await fashionQueries(queries);
      const contenders = {
        'by hand': byHand(plain ?? database.db, model),
        ours: ours(database, model, asked),
      };
      const bands = (await chooseFilterBands(database.db)).filter(({ name }) => BANDS.includes(name));
      const rows = [];
      for (const { name, filters } of bands) {
        say(`filter ${name}: what is right`);
        const searches = await rightSearches(database, model, asked, filters);
        for (const each of ASKED) {
          say(`filter ${name}: ${each.what}`);
          rows.push(...(await compare(each, name, searches, contenders)));
        }
      }
      return { setting: { database: database.version, kind: database.kind, queries }, rows };
    } finally {
      await plain?.destroy();
      await database.close();
    }
  },
};

interface RightSearch {
  readonly query: AskedQuery;
  readonly filter: BandFilter;
  readonly right: Awaited<ReturnType<typeof rightProducts>>;
}

const MOST_ROWS = Math.max(...ASKED.map(({ pages, toAPage }) => pages * toAPage));

/** The queries take turns among the filters. */
async function rightSearches(
  database: OpenDatabase,
  model: ActiveModel,
  queries: readonly AskedQuery[],
  filters: readonly BandFilter[],
): Promise<RightSearch[]> {
  const searches: RightSearch[] = [];
  for (const [index, query] of queries.entries()) {
    const filter = filters[index % filters.length];
    if (filter === undefined) throw new Error('expected a filter in each band, found none');
    const right = await rightProducts(database, { model, query, filter, products: MOST_ROWS });
    searches.push({ query, filter, right });
  }
  return searches;
}

interface Measured {
  readonly losses: Losses[];
  /** Whether there were as many rows as there should be. */
  readonly full: boolean[];
  readonly milliseconds: number[];
}

/** One row for each contender. They take turns for each search, so that none finds what another has just warmed more often. */
async function compare(
  { what, pages, toAPage, threshold }: (typeof ASKED)[number],
  filter: string,
  searches: readonly RightSearch[],
  contenders: Readonly<Record<string, Contender>>,
) {
  const measured = new Map<string, Measured>();
  const names = Object.keys(contenders);
  for (const [turn, { right, ...search }] of searches.entries()) {
    const rows = Math.min(pages * toAPage, right.length);
    const within = threshold ? right[rows - 1]?.distance : undefined;
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      const asked: Asked = { ...search, pages, toAPage, within };
      const answered = await contenders[name]?.(asked);
      if (answered !== undefined) keep(measured, name, answered, { right, rows });
    }
  }
  return Array.from(measured, ([name, { losses, full, milliseconds }]) => ({
    what,
    filter,
    who: name,
    recall: mean(losses.map(({ recall }) => recall)),
    'full %': Math.floor((100 * full.filter((each) => each).length) / full.length),
    'rows missing': mean(losses.map(({ missing }) => missing)),
    'rows repeated': mean(losses.map(({ repeated }) => repeated)),
    'products skipped': mean(losses.map(({ skipped }) => skipped)),
    'p50 ms a page': rounded(quantile(milliseconds, 0.5)),
    'p95 ms a page': rounded(quantile(milliseconds, 0.95)),
  }));
}

function keep(
  measured: Map<string, Measured>,
  name: string,
  { pages, beside, milliseconds }: Answered,
  { right, rows }: { right: RightSearch['right']; rows: number },
): void {
  const so: Measured = measured.get(name) ?? { losses: [], full: [], milliseconds: [] };
  measured.set(name, so);
  const wanted = rows - beside;
  const productIds = right.slice(0, wanted).map(({ productId }) => productId);
  const losses = lossesOf(pages, productIds, wanted);
  so.losses.push(losses);
  so.full.push(losses.missing === 0);
  so.milliseconds.push(...milliseconds);
}

/** Three decimals, downwards: a recall of 1 is said of nothing less. */
function mean(values: readonly number[]): number {
  const sum = values.reduce((all, value) => all + value, 0);
  return Math.floor((1000 * sum) / values.length + 1e-6) / 1000;
}
