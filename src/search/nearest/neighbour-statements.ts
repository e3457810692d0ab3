import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { cosineDistance, imageEmbeddings, textEmbeddings, vectorParameter } from '../../database/vector-sql.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { all, type Conditions, showsSatisfying } from '../filter/product-filter.ts';
import { type ProductScope, scopePredicates } from '../filter/product-scope.ts';

export interface NearestPictures extends ProductScope {
  /** embedding_model.image_table */
  readonly table: string;
  readonly query: Embedding;
  /** Pictures, not products. */
  readonly limit: number;
}

/**
 * The nearest pictures by HNSW: approximate, and possibly fewer than asked for.
 *
 * The predicates stand inside the materialized CTE, beside the scan: an iterative scan goes on until enough pictures pass them. The order by the bare
 * operator and nothing else is what the index answers; `+ 0` outside sorts again, since a relaxed scan may come slightly out of order
 * (pgvector README, "Iterative Index Scans"). Products are looked up for each picture, behind `offset 0`: where few are expected to pass, PostgreSQL would collect
 * and compare them all instead, which is not what was asked for.
 */
export function nearestPicturesByIndex(db: Kysely<Database>, p: NearestPictures) {
  const where = picturePredicates(p);
  return db
    .with(
      (cte) => cte('nearest').materialized(),
      (query) =>
        query
          .selectFrom(imageEmbeddings(p.table, 'e'))
          .$if(where.length > 0, (joined) =>
            joined.innerJoinLateral(
              (eb) =>
                eb
                  .selectFrom('product as p')
                  .select('p.id')
                  .whereRef('p.id', '=', 'e.product_id')
                  .where(all(where))
                  .offset(sql.lit(0))
                  .as('matching'),
              (join) => join.onTrue(),
            ),
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
  const where = picturePredicates(p);
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .$if(where.length > 0, (joined) => joined.innerJoin('product as p', 'p.id', 'e.product_id').where(all(where)))
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

/** A picture of a look that nobody asked for would take the place of one that counts. */
function picturePredicates(p: NearestPictures): Conditions {
  return [...scopePredicates(p), ...showsSatisfying(p.filter)];
}

export interface NearestTexts extends ProductScope {
  /** embedding_model.text_table */
  readonly table: string;
  readonly query: Embedding;
  readonly limit: number;
}

/** How many products in scope are compared by their text, counted no further than `limit`. */
export function picturelessCount(db: Kysely<Database>, p: Omit<NearestTexts, 'query'>) {
  return db
    .selectFrom(pictureless(db, p).select(sql<number>`1`.as('one')).limit(p.limit).as('counted'))
    .select(sql<number>`count(*)::integer`.as('count'));
}

/** The products without a picture whose texts are nearest, by HNSW: as `nearestPicturesByIndex`. */
export function nearestTextsByIndex(db: Kysely<Database>, p: NearestTexts) {
  return db
    .with(
      (cte) => cte('nearest').materialized(),
      () =>
        pictureless(db, p)
          .select((eb) => [
            'e.product_id',
            cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query)).as('distance'),
          ])
          .orderBy('distance')
          .limit(p.limit),
    )
    .selectFrom('nearest')
    .select(['product_id', 'distance'])
    .orderBy(sql`distance + 0`)
    .orderBy('product_id');
}

/** The products without a picture whose texts are nearest, all of them compared. */
export function nearestTextsExactly(db: Kysely<Database>, p: NearestTexts) {
  return pictureless(db, p)
    .select((eb) => [
      'e.product_id',
      sql<number>`(${cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query))}) + 0`.as('distance'),
    ])
    .orderBy('distance')
    .orderBy('e.product_id')
    .limit(p.limit);
}

function pictureless(db: Kysely<Database>, p: ProductScope & Pick<NearestTexts, 'table'>) {
  const where = scopePredicates(p);
  return db
    .selectFrom(textEmbeddings(p.table, 'e'))
    .where(sql<SqlBool>`e.pictureless`)
    .$if(where.length > 0, (texts) => texts.innerJoin('product as p', 'p.id', 'e.product_id').where(all(where)));
}
