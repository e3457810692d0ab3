import { type Kysely, type RawBuilder, sql } from 'kysely';
import { inlineParameters } from '../database/inline-parameters.ts';
import { SCAN_OPTIONS, scanSettings } from '../database/session-settings.ts';
import type { Database } from '../database/tables.ts';
import { hnswIndexName } from '../database/vector-sql.ts';
import { invariant } from '../errors.ts';
import { candidateScopes } from './candidates/approximate-candidates.ts';
import { WINDOW_STEP } from './candidates/candidates.ts';
import { COUNT_LIMIT } from './counts/count-products.ts';
import { matchingProductCount } from './filter/queries-matching.ts';
import { firstFetch } from './nearest/nearest-request.ts';
import { nearestPicturesByIndex, picturesOfProducts } from './nearest/queries-neighbours.ts';
import { nearestBySketch } from './nearest/queries-sketches.ts';
import { pictureSearch, scanPlanOf, textSearch } from './nearest/sketch-candidates.ts';
import type { ResolvedSearch } from './query/resolved-search.ts';
import { browsedWalks, isBrowsed } from './ranking/browse-products.ts';
import { browsedProducts } from './ranking/queries-browse.ts';
import { rankedProducts } from './ranking/queries-ranking.ts';
import { rankedAtFirst, rankedOfCandidates } from './ranking/rank-products.ts';
import type { SearchPlan } from './request/search-request.ts';

/** How a search is carried out, found out by asking once more: what the statements of a search do not say themselves. */
export async function explainSearch(
  db: Kysely<Database>,
  request: ResolvedSearch,
  strategy: SearchPlan['strategy'],
): Promise<Pick<SearchPlan, 'strategy' | 'candidates' | 'examined' | 'sql' | 'ways'>> {
  const { model } = request;
  const { count } = await matchingProductCount(db, { ...request, limit: COUNT_LIMIT }).executeTakeFirstOrThrow();
  const plan = { strategy, candidates: count, ways: [] };
  if (strategy === 'HNSW') return { ...plan, ...(await explainIndexScan(db, request)) };
  if (strategy === 'SKETCH') return { ...plan, ...explainSketches(db, request) };
  const statements = isBrowsed(request) ? browsing(request) : [ranking(request)];
  const examined =
    strategy === 'NONE' || model === null
      ? 0
      : (await picturesOfProducts(db, { ...request, table: model.imageTable }).executeTakeFirstOrThrow()).count;
  return { ...plan, examined, sql: statements.map((each) => inlineParameters(each.compile(db))).join(';\n') };
}

function ranking(request: ResolvedSearch): RawBuilder<unknown> {
  return rankedProducts({ ...request, excluded: [], limit: rankedAtFirst(request) });
}

/** One statement for each walk; pinned products are not in them. */
function browsing(request: ResolvedSearch): RawBuilder<unknown>[] {
  const walked = { excluded: request.pinned, after: undefined, limit: WINDOW_STEP };
  return browsedWalks(request).map((walk) => browsedProducts({ ...walk, ...walked }));
}

/** What candidates are looked for by first: vectors, among what can be bought. */
function firstLooked(request: ResolvedSearch) {
  const [scope] = candidateScopes(request);
  const { model, query, exactLimit } = request;
  invariant(scope !== undefined && model !== null && query?.vectors, 'the nearest were asked for of a vector');
  return {
    model,
    vectors: query.vectors,
    wanted: rankedOfCandidates(request).wanted,
    exactLimit,
    explained: true,
    ...scope,
  };
}

/** The first of the statements that gather candidates: the nearest pictures of what can be bought. */
async function explainIndexScan(
  db: Kysely<Database>,
  request: ResolvedSearch,
): Promise<Pick<SearchPlan, 'examined' | 'sql' | 'ways'>> {
  const looked = firstLooked(request);
  const table = looked.model.imageTable;
  const { vector } = looked.vectors.pictures;
  const limit = firstFetch(looked.wanted);
  const statement = nearestPicturesByIndex(db, { ...looked, table, query: vector, limit });
  const { rows } = await sql<{
    'QUERY PLAN': PlanNode[] | [{ Plan: PlanNode }];
  }>`explain (analyze, timing off, format json) ${statement}`.execute(db);
  const examined = rowsOf(rows[0]?.['QUERY PLAN'], hnswIndexName(table));
  const settings = scanSettings(SCAN_OPTIONS).map(([name, value]) => `set ${name} = ${value};`);
  const plan = scanPlanOf(looked);
  const ways = plan === undefined ? [] : [plan.chosen, ...plan.others];
  return { examined, ways, sql: `${settings.join('\n')}\n${inlineParameters(statement.compile())}` };
}

/** The first of the statements that gather candidates by sketches, one for each kind of vectors, and what else could have been done. */
function explainSketches(db: Kysely<Database>, request: ResolvedSearch): Pick<SearchPlan, 'examined' | 'sql' | 'ways'> {
  const looked = firstLooked(request);
  const search = pictureSearch(looked);
  invariant(search !== undefined, 'sketches were asked, so there are some');
  const { plan, statement } = search;
  const texts = looked.model.hasPictureless ? textSearch(looked) : undefined;
  const statements = texts === undefined ? [statement] : [statement, texts];
  return {
    examined: plan.chosen.rows,
    sql: statements.map((each) => inlineParameters(nearestBySketch(each).compile(db))).join(';\n'),
    ways: [plan.chosen, ...plan.others],
  };
}

interface PlanNode {
  readonly [key: string]: unknown;
}

/** What scans of the index handed over, anywhere in a plan as `explain (format json)` gives it. */
function rowsOf(plan: unknown, index: string): number {
  if (typeof plan !== 'object' || plan === null) return 0;
  const below = Object.values(plan).reduce((sum: number, value) => sum + rowsOf(value, index), 0);
  const node = plan as PlanNode;
  return node['Index Name'] === index ? below + Number(node['Actual Rows']) * Number(node['Actual Loops']) : below;
}
