import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { ResultVariant } from '../request/search-request.ts';
import type { RankedProduct } from './ranking.ts';
import { type ShownVariants, shownVariants } from './variant-statements.ts';

/**
 * The variant that each result shows.
 *
 * @param search.currency - of prices: ISO 4217
 * @returns in the order of the results; undefined for one whose product was deleted meanwhile, or its variant, where results are looks or variants
 */
export async function resultVariants(
  db: Kysely<Database>,
  search: Omit<ShownVariants, 'results'>,
  found: readonly Pick<RankedProduct, 'resultId' | 'productId' | 'imageId'>[],
): Promise<(ResultVariant | undefined)[]> {
  if (found.length === 0) return [];
  const { filter, sort, sortAttribute, collapse, currency } = search;
  const results = found.map(({ resultId, productId, imageId }) => ({
    result_id: resultId,
    product_id: productId,
    image_id: imageId,
  }));
  const { rows } = await shownVariants({ filter, sort, sortAttribute, collapse, currency, results }).execute(db);
  const byResult = new Map(
    rows.map(({ result_id, variant_id: variantId, matching: matchingCount, lowest, highest }) => [
      result_id,
      {
        variantId,
        matchingCount,
        priceRange: lowest === null || highest === null ? null : { min: lowest, max: highest, currency },
      },
    ]),
  );
  return found.map(({ resultId }) => byResult.get(resultId));
}
