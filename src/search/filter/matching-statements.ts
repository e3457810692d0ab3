import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { all } from './product-filter.ts';
import { type ProductScope, scopePredicates } from './product-scope.ts';

/** How many products are in scope, counted no further than `limit`. */
export function matchingProductCount(db: Kysely<Database>, p: ProductScope & { readonly limit: number }) {
  const where = scopePredicates(p);
  return db
    .selectFrom(
      db
        .selectFrom('product as p')
        .select(sql<number>`1`.as('one'))
        .$if(where.length > 0, (query) => query.where(all(where)))
        .limit(p.limit)
        .as('counted'),
    )
    .select(sql<number>`count(*)::integer`.as('count'));
}

/** Those of the products that (still) exist and are in scope. */
export function stillMatching(db: Kysely<Database>, p: ProductScope & { readonly productIds: readonly string[] }) {
  const where = scopePredicates(p);
  return db
    .selectFrom('product as p')
    .select('p.id')
    .where(sql<SqlBool>`p.id = any(${p.productIds}::uuid[])`)
    .$if(where.length > 0, (query) => query.where(all(where)));
}

/** Products in scope, no more than `limit` of them, whichever. */
export function anyMatching(db: Kysely<Database>, p: ProductScope & { readonly limit: number }) {
  const where = scopePredicates(p);
  return db
    .selectFrom('product as p')
    .select('p.id as product_id')
    .$if(where.length > 0, (query) => query.where(all(where)))
    .limit(p.limit);
}

/** The currency of one product's price: of a shop with one currency, its own. */
export function anyCurrency(db: Kysely<Database>) {
  return db.selectFrom('product').select('price_currency').where('price_currency', 'is not', null).limit(1);
}
