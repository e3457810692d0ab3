import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { all, type Conditions } from './product-filter.ts';

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

/** Those of the products that (still) exist and hold for the conditions. */
export function stillMatching(db: Kysely<Database>, p: { productIds: readonly string[]; where: Conditions }) {
  return db
    .selectFrom('product as p')
    .select('p.id')
    .where(sql<SqlBool>`p.id = any(${p.productIds}::uuid[])`)
    .$if(p.where.length > 0, (query) => query.where(all(p.where)));
}
