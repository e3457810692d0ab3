import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { all } from './product-filter.ts';
import { type ProductScope, scopePredicates } from './product-scope.ts';
import { resultPredicates, unitsJoin } from './result-units.ts';

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

/** The same where results are looks or variants. */
export function matchingResultCount(p: ProductScope & { readonly limit: number }): RawBuilder<{ count: number }> {
  return sql`
    select count(*)::integer as count
    from (select 1 as one from product as p${unitsJoin(p)} where ${all(resultPredicates(p))} limit ${p.limit}) as counted`;
}

/**
 * Those of some looks or variants of a result that are still in scope, by the ids that they were found by: a variant's own, or that of a variant of the look, which need not be its first any more.
 */
export function resultsStillMatching(
  p: ProductScope & { readonly collapse: 'LOOK' | 'VARIANT'; readonly resultIds: readonly string[] },
): RawBuilder<{ id: string }> {
  const isOfUnit = p.collapse === 'LOOK' ? sql<SqlBool>`u.look = found.look` : sql<SqlBool>`u.id = found.id`;
  return sql`
    select found.id
    from product_variant as found
    inner join product as p on p.id = found.product_id${unitsJoin(p)}
    where found.id = any(${p.resultIds}::uuid[]) and ${all([isOfUnit, ...resultPredicates(p)])}`;
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
