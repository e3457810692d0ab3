import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import { SORTS } from '../filter/fields.ts';
import { all } from '../filter/product-filter.ts';
import {
  isByProduct,
  isResultUnavailable,
  resultId,
  resultPredicates,
  resultSatisfies,
  unitsJoin,
} from '../filter/result-units.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { nameParameters, nameValue, type WordComparison, wordComparison } from '../query/word-score-statements.ts';
import { RANKING_LIMITS } from '../request/limits.ts';
import {
  type ComparedVectors,
  calibrated,
  comparedLooks,
  nearestPictures,
  productOf,
  textSimilarity,
} from './compared-vectors.ts';
import {
  identityKeys,
  type OrderKey,
  orderKeys,
  type SortOptions,
  sortColumnOf,
  sortValue,
  type UnavailableOrder,
} from './order-keys.ts';
import {
  bestOfPinned,
  isPinned,
  type PinnedResults,
  pinnedColumn,
  pinnedFirst,
  pinnedJoin,
  toldPinned,
} from './pinned-results.ts';
import { closeness, relevance, score, tie, wordScore } from './score-expressions.ts';

/** Which results a search is about, and what they score. */
export interface ProductScores
  extends ComparedVectors,
    Pick<ResolvedSearch, 'boosts' | 'minRelevance' | 'duplicateDistance' | 'pinned'> {
  /** Only these are looked at; undefined for all. */
  readonly among?: readonly string[] | undefined;
  /** Where more products than this are in scope, none or only so many of them are compared: `matching` says so. Undefined: all are. */
  readonly atMost?: { readonly products: number; readonly beyond: 'NONE' | 'SO_MANY' } | undefined;
  /** How words and names are compared. (as the query's words say) */
  readonly comparison?: { readonly words: WordComparison; readonly name: RawBuilder<number> } | undefined;
}

export interface RankedProducts
  extends ProductScores,
    Pick<ResolvedSearch, 'sort'>,
    SortOptions,
    Pick<PinnedResults, 'pinsFirst'> {
  readonly unavailable: UnavailableOrder;
  /** By `result_id`. */
  readonly excluded: readonly string[];
  /** Only what comes behind this place in the order: `place` of a row. */
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
  /** What is known of positions, where only candidates are looked at. (all up to RANKING_LIMITS.toldRanks) */
  readonly ranks?: KnownRanks | undefined;
}

/** Positions that candidates can tell. */
export interface KnownRanks {
  /** By vectors and by words: so many. */
  readonly first: number;
  /** By words: of products that score at least so much by them. */
  readonly leastWords: number;
}

/** What was counted, beside each product; one row with nulls where there is no product. */
export interface RankedRow {
  /** Products, or what else results are, in scope: no further than one more than `atMost`. */
  readonly matching: number;
  /** Those of them that are in the result. */
  readonly total: number;
  readonly best_relevance: number | null;
  /** Its position among these, from 1. */
  readonly number: number | null;
  readonly result_id: string | null;
  readonly product_id: string | null;
  readonly image_id: string | null;
  readonly similarity: number | null;
  readonly vector_score: number | null;
  readonly word_score: number;
  readonly named: boolean;
  readonly relevance: number;
  readonly boost: number;
  readonly closeness: number;
  readonly tests: readonly number[] | null;
  readonly unavailable: boolean;
  readonly vector_rank: number | null;
  readonly word_rank: number | null;
  /** Whether it was put in front: undefined where a result is a product, whose id says it. */
  readonly pinned?: boolean;
  readonly place: string[];
}

/** The same as one row. */
export interface RankedEntries {
  readonly matching: number;
  readonly total: number;
  readonly best_relevance: number | null;
  /** JSON text: a SearchWindowEntry of each product; where places are asked for, an array of that and the place. */
  readonly products: string;
}

const NOTHING = sql``;

/**
 * The products in scope, scored and in order, all of them compared: the one definition of what comes before what.
 * src/search/query/search-query.ts has the formulas.
 */
export function rankedProducts(p: RankedProducts): RawBuilder<RankedRow> {
  const keys = orderKeys(p);
  const expressions = keys.map((key) => key.expression);
  const order = sql.join([...pinnedFirst(p), ...expressions]);
  const identity = sql.join(identityKeys(p).map((key) => key.expression));
  const columns = isByProduct(p) ? sql`r.id` : sql`r.id, r.product_id, r.position`;
  const seen = isByProduct(p) ? sql`r.id <> all(${uuids(p.excluded)}::uuid[])` : sql`not r.seen`;
  const { first = RANKING_LIMITS.toldRanks, leastWords = 0 } = p.ranks ?? {};
  const ranks = sql.lit(Math.min(RANKING_LIMITS.toldRanks, first));
  const after = p.after === undefined ? undefined : isBehind(keys, p.after);
  return sql<RankedRow>`
    with ${scoredResult(p, sortColumn(p))},
    by_vector as (
      select array_agg(r.id order by r.vector_score desc, ${identity}) as ids
      from (select ${columns}, r.vector_score from result as r where r.vector_score is not null order by r.vector_score desc, ${identity} limit ${ranks}) as r
    ),
    by_words as (
      select array_agg(r.id order by r.word_score desc, r.tie desc, ${identity}) as ids
      from (
        select ${columns}, r.word_score, r.tie from result as r where r.tests is not null and r.word_score >= ${leastWords}::float8
        order by r.word_score desc, r.tie desc, ${identity} limit ${ranks}) as r
    ),${bestOfPinned(p, expressions)}
    ranked as (
      select r.*${pinnedColumn(p)}, array[${sql.join(expressions.map((each) => sql`(${each})::text`))}] as place,
        row_number() over (order by ${order}) as number
      from result as r${pinnedJoin(p)}
      where ${seen}${after === undefined ? sql`` : sql` and ${after}`}
      order by ${order}
      limit ${p.limit}
    )
    select counted.matching, found.total, found.best_relevance, ranked.number,
      ${isByProduct(p) ? sql`ranked.id as product_id` : sql`ranked.id as result_id, ranked.product_id`}, ranked.image_id, ranked.similarity, ranked.vector_score, ranked.word_score, ranked.name > 0 as named,
      ranked.relevance, ranked.boost, ranked.closeness, ranked.tests, ranked.unavailable${toldPinned(p)}, array_position(by_vector.ids, ranked.id) as vector_rank,
      array_position(by_words.ids, ranked.id) as word_rank, ranked.place
    from (select count(*)::integer as matching from matching) as counted
    cross join (select count(*)::integer as total, max(relevance) as best_relevance from result) as found
    cross join by_vector
    cross join by_words
    left join ranked on true
    order by ranked.number`;
}

/**
 * `rankedProducts` as one value, which the driver reads several times as fast as hundreds of rows.
 *
 * @param places - whether to tell the place of each product in the order, too
 */
export function rankedEntries(p: RankedProducts, { places }: { places: boolean }): RawBuilder<RankedEntries> {
  const entry = sql`json_build_array(
      r.product_id, r.image_id, r.similarity, r.relevance, r.vector_rank, r.word_rank,
      r.vector_score, r.word_score, r.named, r.boost, ${isPinned(p)}, r.unavailable, r.closeness, r.tests${isByProduct(p) ? NOTHING : sql`, r.result_id`})`;
  const products = places ? sql`json_build_array(${entry}, r.place)` : entry;
  // By their ids they are found in one way, whatever else narrows the scope.
  const plan = p.among === undefined ? NOTHING : PLANNED_ONCE;
  return sql`${plan}
    select max(r.matching) as matching, max(r.total) as total, max(r.best_relevance) as best_relevance,
      coalesce((json_agg(${products} order by r.number) filter (where r.product_id is not null))::text, '[]') as products
    from (${rankedProducts(p)}) as r`;
}

/** How many results there are, and how many are in scope, no further than one more than `atMost`. */
export function resultCount(p: ProductScores): RawBuilder<{ matching: number; total: number }> {
  return sql`with ${scoredResult(p)}
    select (select count(*)::integer from matching) as matching, count(*)::integer as total from result`;
}

/**
 * Common table expressions: `matching`, the products in scope; `scored`, each with its nearest picture and its score; and `result`, those
 * that are relevant enough.
 *
 * @param columns - of `product as p` that `result` has, too: empty, or beginning with a comma
 */
export function scoredResult(
  p: ProductScores & Partial<Pick<RankedProducts, 'excluded'>>,
  columns: RawBuilder<unknown> = NOTHING,
): RawBuilder<unknown> {
  const { query, among, atMost } = p;
  const units = isByProduct(p) ? NOTHING : sql`, p.id as product_id, u.position, u.seen`;
  const where = [
    ...resultPredicates(p),
    ...(among === undefined ? [] : [sql<SqlBool>`p.id = any(${uuids(among)}::uuid[])`]),
  ];
  const gate = atMost?.beyond === 'NONE' ? sql` where (select count(*) from matching) <= ${atMost.products}` : NOTHING;
  const looks = p.model === null ? undefined : comparedLooks(p);
  const { words, name } = p.comparison ?? {
    words: wordComparison(query?.words ?? null),
    name: nameValue(nameParameters(query?.words?.names ?? null)),
  };
  return sql`${words.tables}matching as materialized (
      select ${resultId(p)}${units}, ${isResultUnavailable(p)} as unavailable, ${name} as name, ${boostOf(p)} as boost${looks === undefined ? NOTHING : sql`, ${looks} as looks`}${words.columns}${columns}
      from product as p${words.join}${unitsJoin(p, p.excluded)}
      where ${all(where)}${atMost === undefined ? NOTHING : sql` limit ${atMost.products + 1}`}
    ),
    compared as (${p.model === null ? sql`select m.*, null::uuid as image_id, null::float8 as distance from matching as m${gate}` : nearestPictures(p, gate)}),
    scored as (
      select s.*, ${score(p)} as score
      from (
        select c.*, coalesce(1 - c.distance, c.text_similarity) as similarity, ${calibrated(p)} as vector_score, ${wordScore(p)} as word_score
        from (select c.*, ${textSimilarity(p)} as text_similarity${words.totals('c')} from compared as c offset 0) as c offset 0
      ) as s
    ),
    result as materialized (
      select r.*, ${closeness(p)} as closeness, ${tie(p)} as tie from (select s.*, ${relevance(p)} as relevance from scored as s) as r
      where ${all(resultConditions(p))}
    )`;
}

/** Whether more than the scope narrows the result. */
export function isNarrowed({ minRelevance, duplicateDistance }: ProductScores): boolean {
  return minRelevance > 0 || duplicateDistance !== undefined;
}

function resultConditions({ minRelevance, duplicateDistance, pinned, collapse }: ProductScores): RawBuilder<SqlBool>[] {
  const conditions = [
    ...(minRelevance > 0 ? [sql<SqlBool>`r.relevance >= ${minRelevance}::float8`] : []),
    ...(duplicateDistance === undefined
      ? []
      : [sql<SqlBool>`(r.distance is null or r.distance > ${duplicateDistance}::float8)`]),
  ];
  if (conditions.length === 0 || pinned.length === 0) return conditions;
  return [sql<SqlBool>`(${productOf('r', { collapse })} = any(${pinned}::uuid[]) or ${all(conditions)})`];
}

function boostOf({ boosts, filter: asked, collapse }: ProductScores): RawBuilder<number> {
  return sql<number>`(${sql.join(
    [
      sql`0::float8`,
      ...boosts.map(
        ({ filter, by }) =>
          sql`case when ${resultSatisfies(filter, { filter: asked, collapse })} then ${by}::float8 else 0 end`,
      ),
    ],
    sql` + `,
  )})`;
}

/** What the order needs of `product as p`. */
function sortColumn({ sort, query, ...options }: RankedProducts): RawBuilder<unknown> {
  if (sort === 'RELEVANCE' && query !== null) return NOTHING;
  const field = SORTS[sort === 'RELEVANCE' ? 'NEWEST' : sort];
  return sql`, ${sortValue(field, options)} as ${sql.raw(sortColumnOf(field))}`;
}

/** An array as text: hundreds of ids are written quicker than by the driver, which looks for what to escape. */
function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

/** Row comparison: as the order, and every key ascends. */
function isBehind(keys: readonly OrderKey[], place: readonly string[]): RawBuilder<SqlBool> {
  const values = keys.map(({ type }, index) => sql`${place[index]}::${sql.raw(type)}`);
  return sql<SqlBool>`(${sql.join(keys.map((key) => key.expression))}) > (${sql.join(values)})`;
}
