import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import { cosineDistance, vectorParameter } from '../../database/vector-sql.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { SORTS } from '../filter/fields.ts';
import { all, isUnavailable, productPredicates, satisfyingLooks } from '../filter/product-filter.ts';
import { type ProductScope, scopePredicates } from '../filter/product-scope.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { nameParameters, nameValue, type WordComparison, wordComparison } from '../query/word-score-statements.ts';
import { RANKING_LIMITS } from '../request/limits.ts';
import {
  type OrderKey,
  orderKeys,
  type SortOptions,
  sortColumnOf,
  sortValue,
  type UnavailableOrder,
} from './order-keys.ts';
import { closeness, relevance, score, tie, wordScore } from './score-expressions.ts';

/** Which products a search is about, and what they score. */
export interface ProductScores
  extends ProductScope,
    Pick<ResolvedSearch, 'query' | 'boosts' | 'minRelevance' | 'duplicateDistance' | 'pinned'> {
  /** Its tables of vectors; null without vectors. */
  readonly model: Pick<ActiveModel, 'imageTable' | 'textTable'> | null;
  /** Only these are looked at; undefined for all. */
  readonly among?: readonly string[] | undefined;
  /** Where more products than this are in scope, none or only so many of them are compared: `matching` says so. Undefined: all are. */
  readonly atMost?: { readonly products: number; readonly beyond: 'NONE' | 'SO_MANY' } | undefined;
  /** How words and names are compared. (as the query's words say) */
  readonly comparison?: { readonly words: WordComparison; readonly name: RawBuilder<number> } | undefined;
  /** The looks of `product as p` whose pictures are compared; null for all. (those of variants that satisfy the filter) */
  readonly looks?: RawBuilder<number[] | null> | undefined;
}

export interface RankedProducts extends ProductScores, Pick<ResolvedSearch, 'sort'>, SortOptions {
  readonly unavailable: UnavailableOrder;
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
  /** Products in scope, no further than one more than `atMost`. */
  readonly matching: number;
  /** Those of them that are in the result. */
  readonly total: number;
  readonly best_relevance: number | null;
  /** Its position among these, from 1. */
  readonly number: number | null;
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
  const { first = RANKING_LIMITS.toldRanks, leastWords = 0 } = p.ranks ?? {};
  const ranks = sql.lit(Math.min(RANKING_LIMITS.toldRanks, first));
  const after = p.after === undefined ? undefined : isBehind(keys, p.after);
  return sql<RankedRow>`
    with ${scoredResult(p, sortColumn(p))},
    by_vector as (
      select array_agg(id order by vector_score desc, id) as ids
      from (select id, vector_score from result where vector_score is not null order by vector_score desc, id limit ${ranks}) as nearest
    ),
    by_words as (
      select array_agg(id order by word_score desc, tie desc, id) as ids
      from (
        select id, word_score, tie from result where tests is not null and word_score >= ${leastWords}::float8
        order by word_score desc, tie desc, id limit ${ranks}) as matched
    ),
    ranked as (
      select r.*, array[${sql.join(expressions.map((each) => sql`(${each})::text`))}] as place,
        row_number() over (order by ${order}) as number
      from result as r
      where r.id <> all(${uuids(p.excluded)}::uuid[])${after === undefined ? sql`` : sql` and ${after}`}
      order by ${order}
      limit ${p.limit}
    )
    select counted.matching, found.total, found.best_relevance, ranked.number,
      ranked.id as product_id, ranked.image_id, ranked.similarity, ranked.vector_score, ranked.word_score, ranked.name > 0 as named,
      ranked.relevance, ranked.boost, ranked.closeness, ranked.tests, ranked.unavailable, array_position(by_vector.ids, ranked.id) as vector_rank,
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
      r.vector_score, r.word_score, r.named, r.boost, ${isPinned(p)}, r.unavailable, r.closeness, r.tests)`;
  const products = places ? sql`json_build_array(${entry}, r.place)` : entry;
  // By their ids they are found in one way, whatever else narrows the scope.
  const plan = p.among === undefined ? NOTHING : PLANNED_ONCE;
  return sql`${plan}
    select max(r.matching) as matching, max(r.total) as total, max(r.best_relevance) as best_relevance,
      coalesce((json_agg(${products} order by r.number) filter (where r.product_id is not null))::text, '[]') as products
    from (${rankedProducts(p)}) as r`;
}

/** How many products are in the result, and how many in scope, no further than one more than `atMost`. */
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
export function scoredResult(p: ProductScores, columns: RawBuilder<unknown> = NOTHING): RawBuilder<unknown> {
  const { query, among, atMost } = p;
  const where = [
    ...scopePredicates(p),
    ...(among === undefined ? [] : [sql<SqlBool>`p.id = any(${uuids(among)}::uuid[])`]),
  ];
  const gate = atMost?.beyond === 'NONE' ? sql` where (select count(*) from matching) <= ${atMost.products}` : NOTHING;
  const looks = p.model === null ? undefined : comparedLooks(p);
  const { words, name } = p.comparison ?? {
    words: wordComparison(query?.words ?? null),
    name: nameValue(nameParameters(query?.words?.names ?? null)),
  };
  return sql`${words.tables}matching as materialized (
      select p.id, ${isUnavailable(p.filter)} as unavailable, ${name} as name, ${boostOf(p)} as boost${looks === undefined ? NOTHING : sql`, ${looks} as looks`}${words.columns}${columns}
      from product as p${words.join}
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

/** The nearest picture of each product, of those of its looks that satisfy the filter: who asks for red shirts is not shown the blue one. The order by id first is what makes it one row for each; `+ 0` is an expression that no vector index answers. */
function nearestPictures(p: ProductScores, gate: RawBuilder<unknown>): RawBuilder<unknown> {
  const { query, model } = p;
  const ofLooks =
    comparedLooks(p) &&
    sql`
        and (m.looks is null or exists (
          select from product_image as i where i.product_id = e.product_id and i.id = e.image_id and (i.looks is null or i.looks && m.looks)))`;
  return sql`
      select distinct on (m.id) m.*, e.image_id, (${distanceTo(query?.vectors?.pictures.vector)}) + 0 as distance
      from matching as m
      left join ${sql.table(model?.imageTable ?? '')} as e on e.product_id = m.id${ofLooks ?? NOTHING}${gate}
      order by m.id, distance, e.image_id
    `;
}

/** Undefined where no picture is left out. */
function comparedLooks({ looks, filter }: ProductScores): RawBuilder<number[] | null> | undefined {
  return looks ?? satisfyingLooks(filter);
}

function distanceTo(vector: Embedding | undefined): RawBuilder<number> {
  return cosineDistance(sql.ref('e.embedding'), vector === undefined ? sql`null` : vectorParameter(vector));
}

/**
 * A product without a picture is compared by its text. A subquery, and not a join: it runs for those products alone; behind `offset 0`, and so once for
 * each, however often its result is asked for.
 */
function textSimilarity({ query, model }: ProductScores): RawBuilder<number | null> {
  if (!query?.vectors || model === null) return sql<null>`null::float8`;
  return sql<number | null>`case when c.distance is null then (
        select 1 - (${distanceTo(query.vectors.texts.vector)}) from ${sql.table(model.textTable)} as e where e.product_id = c.id) end`;
}

function calibrated({ query }: ProductScores): RawBuilder<number | null> {
  if (!query?.vectors) return sql<null>`null::float8`;
  const { pictures, texts } = query.vectors;
  return sql<number | null>`case
          when c.distance is not null then (1 - c.distance - ${pictures.mean}::float8) / ${pictures.standardDeviation}::float8
          else (c.text_similarity - ${texts.mean}::float8) / ${texts.standardDeviation}::float8 end`;
}

/** Whether more than the scope narrows the result. */
export function isNarrowed({ minRelevance, duplicateDistance }: ProductScores): boolean {
  return minRelevance > 0 || duplicateDistance !== undefined;
}

function resultConditions({ minRelevance, duplicateDistance, pinned }: ProductScores): RawBuilder<SqlBool>[] {
  const conditions = [
    ...(minRelevance > 0 ? [sql<SqlBool>`r.relevance >= ${minRelevance}::float8`] : []),
    ...(duplicateDistance === undefined
      ? []
      : [sql<SqlBool>`(r.distance is null or r.distance > ${duplicateDistance}::float8)`]),
  ];
  if (conditions.length === 0 || pinned.length === 0) return conditions;
  return [sql<SqlBool>`(r.id = any(${pinned}::uuid[]) or ${all(conditions)})`];
}

function boostOf({ boosts }: ProductScores): RawBuilder<number> {
  return sql<number>`(${sql.join(
    [
      sql`0::float8`,
      ...boosts.map(({ filter, by }) => sql`case when ${all(productPredicates(filter))} then ${by}::float8 else 0 end`),
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

/** Others have no place among the pinned ones, and null comes last. Not a key of the order: behind a place in it no product is a pinned one. */
function pinnedFirst({ pinned }: ProductScores): RawBuilder<unknown>[] {
  return pinned.length === 0 ? [] : [sql`array_position(${pinned}::uuid[], r.id)`];
}

/** An array as text: hundreds of ids are written quicker than by the driver, which looks for what to escape. */
function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

function isPinned({ pinned }: ProductScores): RawBuilder<boolean> {
  return pinned.length === 0 ? sql<boolean>`false` : sql<boolean>`r.product_id = any(${pinned}::uuid[])`;
}

/** Row comparison: as the order, and every key ascends. */
function isBehind(keys: readonly OrderKey[], place: readonly string[]): RawBuilder<SqlBool> {
  const values = keys.map(({ type }, index) => sql`${place[index]}::${sql.raw(type)}`);
  return sql<SqlBool>`(${sql.join(keys.map((key) => key.expression))}) > (${sql.join(values)})`;
}
