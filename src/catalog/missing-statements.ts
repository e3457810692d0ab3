// The statements that find the variants that a feed does not have, and take them off sale; none is run here.
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';

/** A place behind a product in the order in which products came into the shop. */
export interface ShopPlace {
  /** When it came, in microseconds since 1970: timestamps are finer than JavaScript's. */
  readonly createdAt: number;
  readonly id: string;
}

/**
 * Variants of products that were in the shop when an import began, in the order in which these came: roughly that of the table's pages, so none is read twice.
 * `untouched`: nobody has said anything of it since, so it may be deleted.
 *
 * @param p.limit - products
 */
export function variantsBeforeImport(
  db: Kysely<Database>,
  p: { importId: string; after: ShopPlace | undefined; limit: number },
) {
  const { importId, after, limit } = p;
  const startedAt = sql<Date>`(select started_at from import where id = ${importId}::uuid)`;
  const createdAt = after && sql`timestamptz 'epoch' + ${after.createdAt}::bigint * interval '1 microsecond'`;
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product')
        .select(['id', 'created_at'])
        .where('created_at', '<', startedAt)
        // A product has at least one variant; one that was made in SQL without any is nobody's.
        .where((inner) =>
          inner.exists(
            inner.selectFrom('product_variant as v').select('v.id').whereRef('v.product_id', '=', 'product.id'),
          ),
        )
        .$if(after !== undefined, (query) =>
          query.where(sql<SqlBool>`(created_at, id) > (${createdAt}, ${after?.id}::uuid)`),
        )
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .as('p'),
    )
    .innerJoin('product_variant as v', 'v.product_id', 'p.id')
    .select(['v.id', 'v.product_id'])
    .select([
      sql<number>`(extract(epoch from p.created_at) * 1000000)::bigint`.as('place'),
      sql<boolean>`v.availability = 'OUT_OF_STOCK'`.as('expired'),
      sql<boolean>`v.updated_at < ${startedAt}`.as('untouched'),
    ])
    .orderBy('p.created_at')
    .orderBy('p.id')
    .orderBy('v.position')
    .orderBy('v.id');
}

/** Says that variants are out of stock; returns how many were not. Products are locked in the order of ids first, against deadlocks. */
export function expireVariants(ids: readonly string[]): RawBuilder<{ expired: number }> {
  return sql<{ expired: number }>`
    with held as (
      select p.id from product as p
      where p.id in (select product_id from product_variant where id = any(${ids}::uuid[]) and availability <> 'OUT_OF_STOCK')
      order by p.id
      for no key update
    ), expired as (
      update product_variant as v set availability = 'OUT_OF_STOCK', updated_at = now()
      from held where v.product_id = held.id and v.id = any(${ids}::uuid[]) and v.availability <> 'OUT_OF_STOCK'
      returning v.product_id
    )
    select count(*)::integer as expired from expired`;
}
