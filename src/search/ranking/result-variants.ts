import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import type { ResultVariant } from '../request/search-request.ts';
import type { RankedProduct } from './ranking.ts';
import { shownVariants } from './variant-statements.ts';

const BY_PRICE: Partial<Record<ResolvedSearch['sort'], 'ASC' | 'DESC'>> = { PRICE_ASC: 'ASC', PRICE_DESC: 'DESC' };

/**
 * The variant that each result shows.
 *
 * @param currency - of prices: ISO 4217
 * @returns in the order of the products; undefined for one that was deleted meanwhile
 */
export async function resultVariants(
  db: Kysely<Database>,
  { filter, sort }: Pick<ResolvedSearch, 'filter' | 'sort'>,
  currency: string,
  products: readonly Pick<RankedProduct, 'productId' | 'imageId'>[],
): Promise<(ResultVariant | undefined)[]> {
  if (products.length === 0) return [];
  const pairs = products.map(({ productId, imageId }) => ({ product_id: productId, image_id: imageId }));
  const { rows } = await shownVariants({ filter, byPrice: BY_PRICE[sort], currency, pairs }).execute(db);
  const byProduct = new Map(
    rows.map(({ product_id, variant_id: variantId, matching: matchingCount, lowest, highest }) => [
      product_id,
      {
        variantId,
        matchingCount,
        priceRange: lowest === null || highest === null ? null : { min: lowest, max: highest, currency },
      },
    ]),
  );
  return products.map(({ productId }) => byProduct.get(productId));
}
