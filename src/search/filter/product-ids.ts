import type { Kysely } from 'kysely';
import { productIdsOfSkus } from '../../database/product-skus.ts';
import type { Database } from '../../database/tables.ts';
import type { ProductKey } from '../request/search-request.ts';

/** The id that a key stands for, whether or not there is such a product; undefined for a sku that no variant has. */
export type ProductIds = (key: ProductKey) => string | undefined;

/** Looks up which products the skus among some keys are variants of: in one statement, and in none where all are ids. */
export async function findProductIds(db: Kysely<Database>, keys: readonly ProductKey[]): Promise<ProductIds> {
  const bySku = await productIdsOfSkus(
    db,
    keys.flatMap((key) => (key.kind === 'sku' ? [key.sku] : [])),
  );
  return (key) => (key.kind === 'id' ? key.id.toLowerCase() : bySku.get(key.sku));
}
