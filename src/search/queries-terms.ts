import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { imageEmbeddings, textEmbeddings, vectorText } from '../database/vector-sql.ts';

/** The vectors of all pictures of a product, as text; see parseVector. */
export function pictureVectorsOfProduct(db: Kysely<Database>, p: { table: string; productId: string }) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .select((eb) => vectorText(eb.ref('e.embedding')).as('vector'))
    .where(sql<SqlBool>`e.product_id = ${p.productId}::uuid`);
}

/** The vector of a product's title and description. */
export function textVectorOfProduct(db: Kysely<Database>, p: { table: string; productId: string }) {
  return db
    .selectFrom(textEmbeddings(p.table, 'e'))
    .select((eb) => vectorText(eb.ref('e.embedding')).as('vector'))
    .where(sql<SqlBool>`e.product_id = ${p.productId}::uuid`);
}

/** A picture of the catalogue: whether it exists, and its vector, null while it has none. */
export function vectorOfPicture(db: Kysely<Database>, p: { table: string; imageId: string }) {
  return db
    .selectFrom('product_image as i')
    .leftJoin(imageEmbeddings(p.table, 'e'), (join) =>
      join.onRef('e.product_id', '=', 'i.product_id').onRef('e.image_id', '=', 'i.id'),
    )
    .select(sql<string | null>`${vectorText(sql.ref('e.embedding'))}`.as('vector'))
    .where('i.id', '=', p.imageId);
}

export function productExists(db: Kysely<Database>, productId: string) {
  return db.selectFrom('product as p').select('p.id').where('p.id', '=', productId);
}
