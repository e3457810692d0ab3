// The statements that an evaluation asks of the catalogue; none is run here.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { cosineDistance, imageEmbeddings } from '../database/vector-sql.ts';

/** What products are called and where they belong. */
export function productLabels(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product as p')
    .leftJoin('category as c', 'c.id', 'p.category_id')
    .select(['p.id', 'p.group_id as sku', 'p.title', 'c.path as category'])
    .where('p.id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** How many products each category has, with everything below it. */
export function categorySizes(db: Kysely<Database>, categoryIds: readonly string[]) {
  return db
    .selectFrom('category as c')
    .select((eb) => [
      'c.id',
      eb
        .selectFrom('category as below')
        .innerJoin('product as p', 'p.category_id', 'below.id')
        .select(sql<number>`count(*)::integer`.as('count'))
        .where(sql<boolean>`below.ancestor_ids @> array[c.id]`)
        .as('products'),
    ])
    .where('c.id', '=', sql<string>`any(${categoryIds}::uuid[])`);
}

/**
 * Searchable pictures of the catalogue, in an order that depends on the seed alone: the first of them are a random sample, the same one each time.
 *
 * @param p.table - the table of the model's picture vectors
 */
export function sampledPictures(db: Kysely<Database>, p: { table: string; seed: number; limit: number | undefined }) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .innerJoin('product_image as i', (join) =>
      join.onRef('i.product_id', '=', 'e.product_id').onRef('i.id', '=', 'e.image_id'),
    )
    .innerJoin('product as p', 'p.id', 'e.product_id')
    .leftJoin('category as c', 'c.id', 'p.category_id')
    .select((eb) => [
      'i.id as image_id',
      'i.width',
      'i.height',
      'p.id as product_id',
      'p.group_id as sku',
      'p.title',
      'p.category_id',
      'c.path as category',
      eb
        .exists(
          eb
            .selectFrom(imageEmbeddings(p.table, 'other'))
            .select('other.image_id')
            .whereRef('other.product_id', '=', 'e.product_id')
            .whereRef('other.image_id', '<>', 'e.image_id'),
        )
        .as('has_other_pictures'),
    ])
    .orderBy(sql`md5(${String(p.seed)} || i.id::text)`)
    .orderBy('i.id')
    .$if(p.limit !== undefined, (query) => query.limit(p.limit ?? 0));
}

/** The picture of the same product that looks most like one of its pictures, and how similar it is (cosine, -1 to 1). No row where there is no other. */
export function nearestOtherPicture(db: Kysely<Database>, p: { table: string; imageId: string; productId: string }) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .innerJoin(imageEmbeddings(p.table, 'own'), (join) =>
      join.onRef('own.product_id', '=', 'e.product_id').onRef('own.image_id', '<>', 'e.image_id'),
    )
    .select((eb) => [
      'e.image_id',
      sql<number>`1 - (${cosineDistance(eb.ref('e.embedding'), eb.ref('own.embedding'))})`.as('similarity'),
    ])
    .where('own.product_id', '=', p.productId)
    .where('own.image_id', '=', p.imageId)
    .orderBy('similarity', 'desc')
    .orderBy('e.image_id')
    .limit(1);
}

/** How many products there are, counted up to a limit. */
export function productCount(db: Kysely<Database>, limit: number) {
  return db
    .selectFrom((eb) => eb.selectFrom('product').select('id').limit(limit).as('counted'))
    .select(sql<number>`count(*)::integer`.as('products'));
}
