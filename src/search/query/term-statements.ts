import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { imageEmbeddings, textEmbeddings, unitVectorText, vectorParameter } from '../../database/vector-sql.ts';
import type { Embedding } from '../../embedding-vector.ts';

/** The mean direction of a product's pictures, as text; null without any. Added up as `vector`: halves would overflow and round. */
export function meanPictureVector(db: Kysely<Database>, p: { table: string; productId: string }) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .select(sql<string | null>`${unitVectorText(sql`avg(e.embedding::vector)`)}`.as('vector'))
    .where(sql<SqlBool>`e.product_id = ${p.productId}::uuid`);
}

/** The vector of a product's title and description. */
export function textVectorOfProduct(db: Kysely<Database>, p: { table: string; productId: string }) {
  return db
    .selectFrom(textEmbeddings(p.table, 'e'))
    .select((eb) => unitVectorText(eb.ref('e.embedding')).as('vector'))
    .where(sql<SqlBool>`e.product_id = ${p.productId}::uuid`);
}

/** A picture of the catalogue: whether it exists, and its vector, null while it has none. */
export function vectorOfPicture(db: Kysely<Database>, p: { table: string; imageId: string }) {
  return db
    .selectFrom('product_image as i')
    .leftJoin(imageEmbeddings(p.table, 'e'), (join) =>
      join.onRef('e.product_id', '=', 'i.product_id').onRef('e.image_id', '=', 'i.id'),
    )
    .select(sql<string | null>`${unitVectorText(sql.ref('e.embedding'))}`.as('vector'))
    .where('i.id', '=', p.imageId);
}

/**
 * How similar the nearest picture of the catalogue is to each of some vectors, in their order; no row without pictures. By the HNSW index where it stands.
 *
 * @param p.table - embedding_model.image_table
 */
export function nearestSimilarities(p: {
  table: string;
  vectors: readonly Embedding[];
}): RawBuilder<{ similarity: number }> {
  const each = p.vectors.map(
    (vector, place) => sql`
    select ${sql.lit(place)} as place, nearest.similarity from (
      select 1 - (e.embedding <=> ${vectorParameter(vector)}) as similarity
      from ${sql.table(p.table)} as e
      order by e.embedding <=> ${vectorParameter(vector)}
      limit 1) as nearest`,
  );
  return sql`select similarity from (${sql.join(each, sql` union all `)}) as each order by place`;
}

/** Pictures whose shape is looked at. */
const SHAPES_LOOKED_AT = 300;

/** Shares of a shop's pictures that have less of a margin than those that are tried. */
const MARGINS_TRIED = [0.05, 0.3, 0.55, 0.8, 0.95];

/**
 * How a random few of a shop's pictures are framed (ids are hashes): their width by height, the first quarter, the middle and the last quarter; and margins from little to much.
 * Null without pictures that were looked at.
 */
export function framesOfShop(): RawBuilder<{
  low: number | null;
  middle: number | null;
  high: number | null;
  margins: number[] | null;
}> {
  const at = (share: number) => sql`percentile_cont(${sql.lit(share)}::float8) within group (order by shape)`;
  const margins = sql`array[${sql.join(MARGINS_TRIED.map((share) => sql.lit(share)))}]::float8[]`;
  return sql`
    select ${at(0.25)} as low, ${at(0.5)} as middle, ${at(0.75)} as high,
      percentile_cont(${margins}) within group (order by margin) filter (where margin is not null) as margins
    from (
      select i.width::float8 / nullif(i.height, 0) as shape, i.margin::float8 as margin
      from product_image as i
      order by i.product_id, i.id limit ${sql.lit(SHAPES_LOOKED_AT)}) as shapes`;
}

export function productExists(db: Kysely<Database>, productId: string) {
  return db.selectFrom('product as p').select('p.id').where('p.id', '=', productId);
}
