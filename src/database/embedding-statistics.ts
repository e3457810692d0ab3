import { type Kysely, type RawBuilder, sql } from 'kysely';
import { atLeisure } from './at-leisure.ts';
import type { EmbeddingModelRow } from './embedding-models.ts';
import type { Database, EmbeddingPair } from './tables.ts';

/** Vectors of each kind that are compared with each other: up to 90,000 pairs, some 50 ms. */
const SAMPLE_SIZE = 300;
/**
 * A few pairs, or pairs all alike, may have no spread; a statistic must have one, for scores are divided by it. A tenth of what
 * CLIP-style models show between arbitrary pairs of a catalogue.
 */
const LEAST_STANDARD_DEVIATION = 0.01;

/**
 * Measures, on a sample, what arbitrary pairs of different products score and what the catalogue's own vectors find at best, and stores both.
 * Does nothing with fewer than two products embedded. Build the indexes first: the nearest are looked up with them.
 */
export async function measureStatistics(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void> {
  for (const pair of PAIRS) await atLeisure(db, (transaction) => storeStatistic(model, pair).execute(transaction));
}

/** COMPOSED is measured with what was measured before. */
const PAIRS = ['TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT', 'COMPOSED'] as const satisfies readonly EmbeddingPair[];

/** One row if a model's statistics were measured to the end, and by a program that knows them all. */
export function measuredStatistic(db: Kysely<Database>, model: EmbeddingModelRow) {
  return db
    .selectFrom('embedding_statistic')
    .select('pair')
    .where('model_id', '=', model.id)
    .where('nearest_sample_size', 'is not', null)
    .limit(1);
}

/** Measures and stores one statistic; stores none where there are no pairs. */
export function storeStatistic(model: EmbeddingModelRow, pair: EmbeddingPair): RawBuilder<unknown> {
  const { arbitrary, nearest } = sampleOf(model, pair);
  const spread = (column: RawBuilder<unknown>) =>
    sql`greatest(coalesce(stddev_samp(${column}), 0), ${LEAST_STANDARD_DEVIATION}::float8)`;
  // Where all pictures are alike, the nearest is no nearer than any other, which tells nothing. In single precision, as the table's constraint compares them.
  const nearer = sql`nearest.mean::real >= arbitrary.mean::real + arbitrary.deviation::real`;
  return sql`
    insert into embedding_statistic (
      model_id, pair, mean, standard_deviation, sample_size, nearest_mean, nearest_standard_deviation, nearest_sample_size)
    select ${model.id}, ${pair}, arbitrary.mean, arbitrary.deviation, arbitrary.size,
      case when ${nearer} then nearest.mean end, case when ${nearer} then nearest.deviation end, nearest.size
    from
      (select avg(similarity) as mean, ${spread(sql`similarity`)} as deviation, count(*) as size from (${arbitrary}) as a) as arbitrary,
      (select avg(similarity) as mean, ${spread(sql`similarity`)} as deviation, count(similarity) as size from (${nearest}) as n) as nearest
    where arbitrary.size > 0
    on conflict (model_id, pair) do update set
      mean = excluded.mean,
      standard_deviation = excluded.standard_deviation,
      sample_size = excluded.sample_size,
      nearest_mean = excluded.nearest_mean,
      nearest_standard_deviation = excluded.nearest_standard_deviation,
      nearest_sample_size = excluded.nearest_sample_size,
      measured_at = now()`;
}

const NOTHING = sql`select null::float8 as similarity where false`;

/** Both give a column `similarity`. */
interface Sample {
  readonly arbitrary: RawBuilder<unknown>;
  readonly nearest: RawBuilder<unknown>;
}

function sampleOf(model: EmbeddingModelRow, pair: EmbeddingPair): Sample {
  const { textTable, imageTable } = model;
  switch (pair) {
    case 'TEXT_IMAGE':
      return { arbitrary: arbitraryPairs(textTable, imageTable), nearest: nearestPictures(textTable, imageTable) };
    case 'IMAGE_IMAGE':
      return { arbitrary: arbitraryPairs(imageTable, imageTable), nearest: nearestPictures(imageTable, imageTable) };
    case 'TEXT_TEXT':
      // Texts have no index to look the nearest up with, and nothing asks what they score with each other at best.
      return { arbitrary: arbitraryPairs(textTable, textTable), nearest: NOTHING };
    case 'COMPOSED':
      return { arbitrary: arbitraryCompositions(model), nearest: NOTHING };
  }
}

function arbitraryPairs(queryTable: string, documentTable: string): RawBuilder<unknown> {
  // Within one table each pair is taken once.
  const different = queryTable === documentTable ? sql`q.product_id < d.product_id` : sql`q.product_id <> d.product_id`;
  return sql`
    select 1 - (q.embedding <=> d.embedding) as similarity
    from (${sample(queryTable)}) as q
    inner join (${sample(documentTable)}) as d on ${different}`;
}

/** What each of the sample finds at best: a text its nearest picture, mostly one of its own product; a picture the nearest other one. */
function nearestPictures(queryTable: string, documentTable: string): RawBuilder<unknown> {
  // The nearest of its own table is it itself, so that is left out; equal ones beside it are not.
  const place = queryTable === documentTable ? sql`offset 1` : sql``;
  return sql`
    select (
      select 1 - (q.embedding <=> d.embedding)
      from ${sql.table(documentTable)} as d
      order by d.embedding <=> q.embedding
      limit 1 ${place}) as similarity
    from (${sample(queryTable)}) as q`;
}

/**
 * A text of one product and a picture of the next, one to one, compared with the pictures of others: `(z of the text + z of the picture) / sqrt(2)`,
 * as src/search/query/compose-query.ts adds them up. Were texts and pictures independent, that had mean 0 and standard deviation 1.
 */
function arbitraryCompositions({ id, textTable, imageTable }: EmbeddingModelRow): RawBuilder<unknown> {
  const z = (queryAlias: string, pair: EmbeddingPair) => sql`
    (1 - (${sql.ref(`${queryAlias}.embedding`)} <=> d.embedding)
      - (select mean from embedding_statistic where model_id = ${id} and pair = ${pair}))
    / (select standard_deviation from embedding_statistic where model_id = ${id} and pair = ${pair})`;
  const numbered = (table: string) =>
    sql`select *, row_number() over (order by product_id) as number from (${sample(table)}) as s`;
  return sql`
    select (${z('t', 'TEXT_IMAGE')} + ${z('i', 'IMAGE_IMAGE')}) / sqrt(2.0::float8) as similarity
    from (${numbered(textTable)}) as t
    inner join (${numbered(imageTable)}) as i on i.number = t.number + 1 and i.product_id <> t.product_id
    inner join (${sample(imageTable)}) as d on d.product_id not in (t.product_id, i.product_id)`;
}

/**
 * Vectors of the first products by id: an id is a hash of the sku, so this is a random sample, the same each time, and read from primary keys. One vector of
 * each product, or more where there are few products, so that no product counts for many.
 */
function sample(table: string): RawBuilder<unknown> {
  const size = sql.lit(SAMPLE_SIZE);
  return sql`
    select e.product_id, e.embedding
    from (select id from product order by id limit ${size}) as p
    cross join lateral (
      select product_id, embedding from ${sql.table(table)} as t where t.product_id = p.id
      limit (select ceil(${size} / greatest(1, count(*))::float8) from (select from product limit ${size}) as sampled)) as e`;
}
