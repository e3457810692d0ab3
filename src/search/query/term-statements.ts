import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { imageEmbeddings, textEmbeddings, unitVectorText } from '../../database/vector-sql.ts';

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

export function productExists(db: Kysely<Database>, productId: string) {
  return db.selectFrom('product as p').select('p.id').where('p.id', '=', productId);
}
