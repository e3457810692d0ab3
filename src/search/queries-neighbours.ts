import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { cosineDistance, imageEmbeddings, vectorParameter } from '../database/vector-sql.ts';
import type { Embedding } from '../embedding-vector.ts';
import { all } from './product-filter.ts';

/** Conditions on `product as p`; none hold for every product. */
export type Conditions = readonly RawBuilder<SqlBool>[];

export interface NearestPictures {
  /** embedding_model.image_table */
  readonly table: string;
  readonly query: Embedding;
  readonly where: Conditions;
  /** Pictures, not products. */
  readonly limit: number;
}

/** How many products hold for the conditions, counted no further than `limit`. */
export function matchingProductCount(db: Kysely<Database>, p: { where: Conditions; limit: number }) {
  return db
    .selectFrom(
      db
        .selectFrom('product as p')
        .select(sql<number>`1`.as('one'))
        .$if(p.where.length > 0, (query) => query.where(all(p.where)))
        .limit(p.limit)
        .as('counted'),
    )
    .select(sql<number>`count(*)::integer`.as('count'));
}

/**
 * The nearest pictures by HNSW: approximate, and possibly fewer than asked for. Run it inside `withScanOptions`.
 *
 * The conditions stand inside the materialized CTE, beside the scan: an iterative scan goes on until enough pictures pass them. The order by the bare
 * operator and nothing else is what the index answers; `+ 0` outside sorts again, since a relaxed scan may come slightly out of order
 * (pgvector README, "Iterative Index Scans").
 */
export function nearestPicturesByIndex(db: Kysely<Database>, p: NearestPictures) {
  return db
    .with(
      (cte) => cte('nearest').materialized(),
      (query) =>
        query
          .selectFrom(imageEmbeddings(p.table, 'e'))
          .$if(p.where.length > 0, (joined) =>
            joined.innerJoin('product as p', 'p.id', 'e.product_id').where(all(p.where)),
          )
          .select((eb) => [
            'e.product_id',
            'e.image_id',
            cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query)).as('distance'),
          ])
          .orderBy('distance')
          .limit(p.limit),
    )
    .selectFrom('nearest')
    .select(['product_id', 'image_id', 'distance'])
    .orderBy(sql`distance + 0`)
    .orderBy('product_id')
    .orderBy('image_id');
}

/** The nearest pictures, all of them compared: `+ 0` is an expression that no index answers. */
export function nearestPicturesExactly(db: Kysely<Database>, p: NearestPictures) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .$if(p.where.length > 0, (joined) => joined.innerJoin('product as p', 'p.id', 'e.product_id').where(all(p.where)))
    .select((eb) => [
      'e.product_id',
      'e.image_id',
      sql<number>`(${cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query))}) + 0`.as('distance'),
    ])
    .orderBy('distance')
    .orderBy('e.product_id')
    .orderBy('e.image_id')
    .limit(p.limit);
}

/** Products that hold for the conditions but have no vector yet, by id. */
export function productsWithoutVector(
  db: Kysely<Database>,
  p: { table: string; where: Conditions; excluded: readonly string[]; after: string | undefined; limit: number },
) {
  return db
    .selectFrom('product as p')
    .select('p.id as product_id')
    .$if(p.where.length > 0, (query) => query.where(all(p.where)))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom(imageEmbeddings(p.table, 'e')).select('e.image_id').where(sql<SqlBool>`e.product_id = p.id`),
        ),
      ),
    )
    .where(sql<SqlBool>`p.id <> all(${p.excluded}::uuid[])`)
    .$if(p.after !== undefined, (query) => query.where(sql<SqlBool>`p.id > ${p.after}::uuid`))
    .orderBy('p.id')
    .limit(p.limit);
}

/** Products in exact order of distance from a place on, for pages past the frozen window: every matching vector is compared for each page. */
export function productsByDistance(
  db: Kysely<Database>,
  p: NearestPictures & {
    excluded: readonly string[];
    after: { readonly distance: number; readonly productId: string } | undefined;
  },
) {
  return db
    .with('best', (query) =>
      query
        .selectFrom(imageEmbeddings(p.table, 'e'))
        .$if(p.where.length > 0, (joined) =>
          joined.innerJoin('product as p', 'p.id', 'e.product_id').where(all(p.where)),
        )
        .distinctOn('e.product_id')
        .select((eb) => [
          'e.product_id',
          'e.image_id',
          sql<number>`(${cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query))}) + 0`.as('distance'),
        ])
        .where(sql<SqlBool>`e.product_id <> all(${p.excluded}::uuid[])`)
        .orderBy('e.product_id')
        .orderBy('distance')
        .orderBy('e.image_id'),
    )
    .selectFrom('best')
    .select(['product_id', 'image_id', 'distance'])
    .$if(p.after !== undefined, (query) =>
      query.where(sql<SqlBool>`(distance, product_id) > (${p.after?.distance}::float8, ${p.after?.productId}::uuid)`),
    )
    .orderBy('distance')
    .orderBy('product_id')
    .limit(p.limit);
}
