import { sql } from 'kysely';
import { anyMatching } from '../src/search/filter/matching-statements.ts';
import type { Conditions } from '../src/search/filter/product-filter.ts';
import { nearestPicturesByIndex, nearestTextsByIndex } from '../src/search/nearest/neighbour-statements.ts';
import type { QueryWords } from '../src/search/query/query-words.ts';
import {
  NEAR_FROM,
  NEAR_SPAN,
  RELEVANCE_MIDPOINT,
  RELEVANCE_WIDTH,
  UNMEASURED_BEST,
} from '../src/search/query/scoring.ts';
import type { QueryVectors, Scoring } from '../src/search/query/search-query.ts';
import { meanPictureVector, textVectorOfProduct } from '../src/search/query/term-statements.ts';
import {
  isTitled,
  listedComparison,
  type NameParameters,
  nameValue,
} from '../src/search/query/word-score-statements.ts';
import { type ProductScores, rankedProducts } from '../src/search/ranking/ranking-statements.ts';
import { EXACT_LIMIT, RANKING_LIMITS } from '../src/search/request/limits.ts';
import { FIELD_VALUES } from '../src/words/score/score.ts';
import { executed, MODEL_TABLES, type StandIns, standIns } from './function-template.ts';
import { coldDatabase } from './statement-docs.ts';

/** Where the functions are, below the project's folder. */
export const RANKING_FUNCTIONS = 'sql/functions/71_ranking.sql';

/** The arguments of `format()`: a model's tables, then the query's vectors. */
const FORMATTED = [
  'model.image_table',
  'model.text_table',
  'query.picture_vector::vector',
  'query.text_vector::vector',
];

/** As in the view analytics.product. */
const IS_AVAILABLE = sql<boolean>`p.availability <> 'OUT_OF_STOCK'`;

/** Of a look or variant, as src/search/filter/result-units.ts joins it. */
const IS_UNIT_AVAILABLE = sql<boolean>`not u.unavailable`;
const IS_HIDDEN = `unavailable = 'HIDE'`;

/** What the functions take beside the query: the products to look at. */
function conditions(values: StandIns, isAvailable = IS_AVAILABLE): Conditions {
  const among = values.text('among');
  const unlike = values.text('unlike');
  return [
    sql`(${among}::uuid[] is null or p.id = any(${among}::uuid[]))`,
    sql`(${unlike}::uuid is null or p.id <> ${unlike}::uuid)`,
    sql`(${values.text(IS_HIDDEN)}::boolean is not true or ${isAvailable})`,
  ];
}

/** As the filter that hides what is out of stock has it: pictures of looks of which nothing can be bought are no reason to be found. */
function looksOf(values: StandIns): NonNullable<ProductScores['looks']> {
  return sql`case when ${values.text(IS_HIDDEN)}::boolean and p.look_count > 1 then array(
        select distinct v.look from product_variant as v where v.product_id = p.id and v.availability <> 'OUT_OF_STOCK') end`;
}

function vectorsOf(values: StandIns): QueryVectors {
  const calibrated = (kind: string, place: string) => ({
    vector: values.vector(place),
    mean: values.number(`query.${kind}_mean`),
    standardDeviation: values.number(`query.${kind}_standard_deviation`),
  });
  return { modelId: '', pictures: calibrated('picture', '%3$L'), texts: calibrated('text', '%4$L'), shares: undefined };
}

function scoringOf(values: StandIns): Scoring {
  const field = (name: keyof Scoring) => values.number(`(query.scoring ->> '${name}')::float8`);
  return {
    midpoint: field('midpoint'),
    width: field('width'),
    mostJudged: field('mostJudged'),
    nearFrom: field('nearFrom'),
    nearSpan: field('nearSpan'),
    trust: field('trust'),
    coverageCounts: field('coverageCounts'),
    coverageWorth: field('coverageWorth'),
    nameWorth: field('nameWorth'),
    wordsTell: field('wordsTell'),
    reference: field('reference'),
    picturesFirst: field('picturesFirst'),
  };
}

/** What `word_query` names, by the variables of `ranked_products`. */
function namesOf(values: StandIns): NameParameters {
  const list = (name: string) =>
    sql`${values.text(`array(select jsonb_array_elements_text(query.word_query #> '{names,${name}}'))`)}`;
  return {
    whole: list('whole'),
    titles: list('titles'),
    bareTitles: list('bareTitles'),
    brands: list('brands'),
    categories: list('categories'),
    codes: sql`${values.text(`query.word_query #>> '{names,codes}'`)}`,
  };
}

/** The tests of `word_query`, each of their parts as an array. */
function comparisonOf(values: StandIns): ProductScores['comparison'] {
  const part = (name: string) =>
    sql`${values.text(`array(select test ->> '${name}' from jsonb_array_elements(query.word_query -> 'tests') with ordinality as tests (test, place) order by place)`)}::text[]`;
  const words = listedComparison({
    any: sql`${values.text(`query.word_query ->> 'any'`)}`,
    queries: part('query'),
    slots: part('slot'),
    totals: {
      worth: part('worth'),
      covers: part('covers'),
      finds: part('finds'),
      sures: part('sures'),
      mends: part('mends'),
      mendsName: part('mendsName'),
      tells: part('tells'),
      hits: part('hits'),
    },
  });
  return { words, name: nameValue(namesOf(values)) };
}

/** A query with words, whose comparison says which. */
const SOME_WORDS: QueryWords = {
  slots: [],
  tests: [],
  any: null,
  names: { whole: [], titles: [], bareTitles: [], brands: [], categories: [], codes: null },
  corrections: [],
  respellings: [],
};

/** What a query can be made of. */
type QueryKind = 'VECTORS' | 'VECTORS_AND_WORDS' | 'WORDS';

/** What results are: products, or what an argument of the function says. */
type ResultKind = 'PRODUCTS' | 'UNITS';

function ranked(kind: QueryKind, results: ResultKind): string {
  const values = standIns();
  const areProducts = results === 'PRODUCTS';
  const words = kind === 'VECTORS' ? null : SOME_WORDS;
  const scores: ProductScores = {
    filter: {},
    ...(!areProducts && { collapse: sql`${values.text('collapse')}::text` }),
    predicates: conditions(values, areProducts ? IS_AVAILABLE : IS_UNIT_AVAILABLE),
    textQuery: kind === 'WORDS' ? values.text(`coalesce(query.word_query ->> 'any', '')`) : undefined,
    query: { vectors: kind === 'WORDS' ? null : vectorsOf(values), words, scoring: scoringOf(values) },
    comparison: words === null ? undefined : comparisonOf(values),
    model: kind === 'WORDS' ? null : MODEL_TABLES,
    looks: areProducts ? looksOf(values) : undefined,
    boosts: [],
    minRelevance: values.number('minimum_relevance'),
    // Of a product that is not to be found what looks the same is not, either; no distance is below 0.
    duplicateDistance: values.number(`case when unlike is null then -1 else ${RANKING_LIMITS.duplicateDistance} end`),
    pinned: [],
  };
  const result = rankedProducts({
    ...scores,
    sort: 'RELEVANCE',
    unavailable: sql<boolean>`${values.text(`unavailable = 'LAST'`)}::boolean`,
    excluded: [],
    limit: values.number('maximum'),
  });
  const variants = areProducts
    ? sql``
    : sql`
    inner join product_variant as v on v.product_id = r.product_id and v.id = r.result_id`;
  const named = sql`
    select r.number::integer, p.id, ${areProducts ? sql`p.group_id` : sql`v.sku`}, p.title, r.relevance, r.similarity, r.image_id, r.vector_score, r.word_score, r.named, ${areProducts ? IS_AVAILABLE : sql`not r.unavailable`}
    from (${result}) as r
    inner join product as p on p.id = r.product_id${variants}
    order by r.number`;
  return executed(named, values, FORMATTED);
}

/** Each kind of candidates as an array of ids. */
function candidates(): string[] {
  const values = standIns();
  const scope = { filter: {}, predicates: conditions(values) };
  const { pictures, texts } = vectorsOf(values);
  const limit = values.number('wanted');
  const mostWorded = values.number(String(EXACT_LIMIT));
  const near = { ...scope, limit };
  const statements = [
    nearestPicturesByIndex(coldDatabase, { ...near, table: MODEL_TABLES.imageTable, query: pictures.vector }),
    nearestTextsByIndex(coldDatabase, { ...near, table: MODEL_TABLES.textTable, query: texts.vector }),
    anyMatching(coldDatabase, { ...scope, textQuery: values.text('every_word'), limit: mostWorded }),
    anyMatching(coldDatabase, {
      ...scope,
      predicates: [...scope.predicates, isTitled(namesOf(values))],
      limit: mostWorded,
    }),
  ];
  return statements.map((statement) =>
    executed(sql`select array(select distinct product_id from (${statement}) as found)`, values, FORMATTED),
  );
}

function vectorsOfProduct(): string[] {
  const values = standIns();
  const productId = values.text('of_product');
  return [
    meanPictureVector(coldDatabase, { table: MODEL_TABLES.imageTable, productId }),
    textVectorOfProduct(coldDatabase, { table: MODEL_TABLES.textTable, productId }),
  ].map((statement) => executed(statement, values, FORMATTED.slice(0, 2)));
}

/** Products have a statement of their own: it joins no variants. */
function rankedByCollapse(kind: QueryKind): string {
  return `if collapse = 'PRODUCT' then
  return query execute ${ranked(kind, 'PRODUCTS')};
else
  return query execute ${ranked(kind, 'UNITS')};
end if;`;
}

function indented(text: string | undefined): string {
  return (text ?? '').replaceAll('\n', '\n    ');
}

/** sql/functions/71_ranking.sql: the search as GraphQL makes it, all of it compared, as functions. */
export function rankingFunctions(): string {
  const [pictures, texts, worded, named] = candidates();
  const [meanPicture, text] = vectorsOfProduct();
  return `-- The search in SQL: what it compares, and in which order. Generated by \`npm run sql\` from the statements of src/search; do not edit, scripts/ranking-functions.ts builds it.

create or replace function approximate_candidates(query search, model embedding_model, among uuid[], unlike uuid, unavailable text, wanted integer)
returns uuid[]
language plpgsql stable as $$
declare
  -- Of each word that the catalogue knows the tests that ask for any place: its readings.
  every_word constant text := (
    select string_agg(format('(%s)', readings), ' & ')
    from (
      select string_agg(test ->> 'query', ' | ') as readings from jsonb_array_elements(query.word_query -> 'tests') as test
      where (test ->> 'field')::float8 = ${FIELD_VALUES.D} group by test ->> 'slot') as word);
  near_pictures uuid[];
  near_texts uuid[];
  worded uuid[] := '{}';
  named uuid[] := '{}';
begin
  execute ${indented(pictures)}
    into near_pictures;

  execute ${indented(texts)}
    into near_texts;

  if every_word is not null then
    execute ${indented(worded)}
    into worded;
  end if;

  if query.word_query is not null then
    execute ${indented(named)}
    into named;
  end if;
  return array(select distinct id from unnest(near_pictures || near_texts || worded || named) as id);
end
$$;
comment on function approximate_candidates is 'The products that most likely come first: those with the nearest pictures and texts (wanted of each, by the HNSW indexes), those with all words of the query, and those that it names (${EXACT_LIMIT.toLocaleString('en')} of each at most).';

create or replace function ranked_products(
  query search, among uuid[], unlike uuid, unavailable text, minimum_relevance double precision, maximum integer, approximate boolean, collapse text)
returns table (
  rank integer, product_id uuid, sku text, title text, relevance double precision, similarity double precision, image_id uuid,
  vector_score double precision, word_score double precision, is_named boolean, is_available boolean)
language plpgsql stable as $$
#variable_conflict use_column
declare
  model embedding_model;
  candidates uuid[];
begin
  if maximum is null or maximum not between 1 and 1000 then
    raise invalid_parameter_value using message = format('maximum: expected 1 to 1000, found %s', coalesce(maximum::text, 'null'));
  end if;
  if unavailable is null or unavailable not in ('SHOW', 'LAST', 'HIDE') then
    raise invalid_parameter_value using message = format('unavailable: expected SHOW, LAST or HIDE, found %s', coalesce(unavailable, 'null'));
  end if;
  if minimum_relevance is null or not minimum_relevance between 0 and 1 then
    raise invalid_parameter_value using message = format('minimum_relevance: expected 0 to 1, found %s', coalesce(minimum_relevance::text, 'null'));
  end if;
  if approximate is null then
    raise invalid_parameter_value using message = 'approximate: expected true or false, found null';
  end if;
  if collapse is null or collapse not in ('PRODUCT', 'LOOK', 'VARIANT') then
    raise invalid_parameter_value using message = format('collapse: expected PRODUCT, LOOK or VARIANT, found %s', coalesce(collapse, 'null'));
  end if;

  -- A row of the log that browsed a filter looked for nothing.
  if query.scoring is null then return; end if;
  if query.model_id is null then
    ${indented(rankedByCollapse('WORDS'))}
    return;
  end if;

  -- A model that is gone has taken its vectors along.
  select * into model from embedding_model where id = query.model_id;
  if not found then return; end if;
  if approximate then
    candidates := approximate_candidates(query, model, among, unlike, unavailable, greatest(250, 2 * maximum));
    -- Too few of them satisfy what narrows the search: then these are few enough to be compared, or the page would be short.
    if cardinality(candidates) >= maximum then among := candidates; end if;
  end if;
  -- Also a query that was logged before words were (migrations/0015_search_words.sql).
  if query.word_query is null then
    ${indented(rankedByCollapse('VECTORS'))}
    return;
  end if;
  ${indented(rankedByCollapse('VECTORS_AND_WORDS'))}
end
$$;
comment on function ranked_products is 'The products that a query finds, best first: all compared that satisfy among, unlike and unavailable, by the statement that rankedProducts() in src/search/ranking builds. Approximate: only approximate_candidates() are compared. Collapsed to looks or variants (collapse), a result has the sku of the variant, or of the first variant of the look.';

create or replace function query_like_product(of_product uuid, model embedding_model) returns search
language plpgsql stable as $$
declare
  made search;
  kind text := 'IMAGE';
  vector_text text;
  pictures embedding_statistic;
  texts embedding_statistic;
  length double precision;
  best double precision;
begin
  execute ${indented(meanPicture)}
    into vector_text;
  if vector_text is null then
    kind := 'TEXT';
    execute ${indented(text)}
    into vector_text;
  end if;
  if vector_text is null then return null; end if;
  made.picture_vector := vector_text::vector::real[];
  made.text_vector := made.picture_vector;
  made.model_id := model.id;
  made.words := '{}';
  made.names := '{}';

  -- A vector of single precision is not quite of length 1, which composeQuery() in src/search/query/compose-query.ts makes up for.
  length := (select sqrt(sum(component::float8 ^ 2)) from unnest(made.picture_vector) as component);
  -- As text first: a \`real\` becomes the same double as it does in JavaScript.
  select * into pictures from embedding_statistic where model_id = model.id and pair = kind || '_IMAGE';
  select * into texts from embedding_statistic where model_id = model.id and pair = 'TEXT_' || kind;
  made.picture_mean := coalesce(pictures.mean::text::float8, 0) / length;
  made.picture_standard_deviation := coalesce(pictures.standard_deviation::text::float8, 1);
  made.text_mean := coalesce(texts.mean::text::float8, 0) / length;
  made.text_standard_deviation := coalesce(texts.standard_deviation::text::float8, 1);
  -- As vectorScoring() in src/search/query/scoring.ts, whose constants these are.
  best := coalesce((pictures.nearest_mean::text::float8 - pictures.mean::text::float8) / made.picture_standard_deviation, ${UNMEASURED_BEST});
  made.scoring := jsonb_build_object(
    'midpoint', ${RELEVANCE_MIDPOINT} * best, 'width', ${RELEVANCE_WIDTH} * best, 'nearFrom', ${NEAR_FROM} * best, 'nearSpan', ${NEAR_SPAN} * best, 'trust', 1,
    'coverageCounts', 0, 'coverageWorth', 0, 'nameWorth', 0, 'wordsTell', 0, 'reference', 1, 'picturesFirst', 1);
  return made;
end
$$;
comment on function query_like_product is 'The query that finds products like one: the mean direction of its pictures, its text where it has none, calibrated; as the application makes it of a term that is a product. Null where it has no vector.';
`;
}
