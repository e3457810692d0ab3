import { type Kysely, sql } from 'kysely';
import { PLANNED_ONCE } from './statement-names.ts';
import type { Database } from './tables.ts';

/** The variants with these skus, each with its product; nothing for a sku that the shop does not have. */
export function variantsOfSkus(db: Kysely<Database>, skus: readonly string[]) {
  return db
    .selectFrom('product_variant')
    .modifyFront(PLANNED_ONCE)
    .select(['sku', 'product_id'])
    .where('sku', '=', sql<string>`any(${skus}::text[])`);
}

/** The id of the product that each sku is a variant of, by sku: a sku says only which variant it is. Asks nothing where there are none. */
export async function productIdsOfSkus(db: Kysely<Database>, skus: readonly string[]): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await variantsOfSkus(db, [...new Set(skus)]).execute();
  return new Map(rows.map(({ sku, product_id }) => [sku, product_id]));
}
