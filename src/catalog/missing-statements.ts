// The statements that find the products that a feed does not have, and take them off sale; none is run here.
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';

/** A place behind a product in the order in which products came into the shop. */
export interface ShopPlace {
  /** When it came, in microseconds since 1970: timestamps are finer than JavaScript's. */
  readonly createdAt: number;
  readonly id: string;
}

/** The content hash of a product that an import took off sale: that of no product, so whatever a feed says of it next is a change. */
const EXPIRED_HASH = 'expired';

/**
 * Products that were in the shop when an import began, in the order in which they came: roughly that of the table's pages, so none is read twice.
 * `untouched`: nobody has written it since, so it may be deleted.
 */
export function productsBeforeImport(
  db: Kysely<Database>,
  p: { importId: string; after: ShopPlace | undefined; limit: number },
) {
  const { importId, after, limit } = p;
  const startedAt = sql<Date>`(select started_at from import where id = ${importId}::uuid)`;
  const query = db
    .selectFrom('product')
    .select('id')
    .select([
      sql<number>`(extract(epoch from created_at) * 1000000)::bigint`.as('place'),
      sql<boolean>`availability = 'OUT_OF_STOCK'`.as('expired'),
      sql<boolean>`updated_at < ${startedAt}`.as('untouched'),
    ])
    .where('created_at', '<', startedAt)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit);
  if (after === undefined) return query;
  const createdAt = sql`timestamptz 'epoch' + ${after.createdAt}::bigint * interval '1 microsecond'`;
  return query.where(sql<SqlBool>`(created_at, id) > (${createdAt}, ${after.id}::uuid)`);
}

/** Says that products are out of stock. Locked in the order of ids first, against deadlocks. */
export function expireProducts(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .with('expired', (cte) =>
      cte
        .selectFrom('product')
        .select('id')
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .where('availability', '<>', 'OUT_OF_STOCK')
        .orderBy('id')
        .forNoKeyUpdate(),
    )
    .updateTable('product')
    .from('expired')
    .set({ availability: 'OUT_OF_STOCK', content_hash: EXPIRED_HASH, updated_at: sql<Date>`now()` })
    .whereRef('product.id', '=', 'expired.id');
}
