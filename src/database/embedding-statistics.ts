import { type Kysely, type RawBuilder, sql } from 'kysely';
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
 * Measures what arbitrary pairs of different products score, on a sample, and stores it. Does nothing with fewer than two products
 * embedded.
 */
export async function measureStatistics(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void> {
  await measurePair(db, model, 'TEXT_IMAGE', model.textTable, model.imageTable);
  await measurePair(db, model, 'IMAGE_IMAGE', model.imageTable, model.imageTable);
  await measurePair(db, model, 'TEXT_TEXT', model.textTable, model.textTable);
}

async function measurePair(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  pair: EmbeddingPair,
  queryTable: string,
  documentTable: string,
): Promise<void> {
  // Within one table each pair is taken once.
  const different = queryTable === documentTable ? sql`q.product_id < d.product_id` : sql`q.product_id <> d.product_id`;
  await sql`
    with query as materialized (${sample(queryTable)}),
    document as materialized (${sample(documentTable)}),
    measured as (
      select avg(1 - (q.embedding <=> d.embedding)) as mean, stddev_samp(1 - (q.embedding <=> d.embedding)) as deviation, count(*) as size
      from query as q
      inner join document as d on ${different}
    )
    insert into embedding_statistic (model_id, pair, mean, standard_deviation, sample_size)
    select ${model.id}, ${pair}, mean, greatest(coalesce(deviation, 0), ${LEAST_STANDARD_DEVIATION}::float8), size
    from measured
    where size > 0
    on conflict (model_id, pair) do update set
      mean = excluded.mean,
      standard_deviation = excluded.standard_deviation,
      sample_size = excluded.sample_size,
      measured_at = now()`.execute(db);
}

/** The first by product id: an id is a hash of the sku, so this is a random sample, the same each time, and read from the primary key. */
function sample(table: string): RawBuilder<unknown> {
  return sql`select product_id, embedding from ${sql.table(table)} order by product_id limit ${sql.lit(SAMPLE_SIZE)}`;
}
