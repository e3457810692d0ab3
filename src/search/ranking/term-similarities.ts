import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import type { SearchQuery } from '../query/search-query.ts';
import type { RankedProduct } from './ranking.ts';
import { shareProducts } from './trait-statements.ts';

/**
 * What each term of a query contributed to the similarity of each product: the shares of a sum, so they add up to it.
 *
 * @param termCount - terms of the request
 * @returns in the order of the products, each with one value for each term; null where no picture was compared
 */
export async function termSimilarities(
  db: Kysely<Database>,
  model: ActiveModel | null,
  query: SearchQuery | null,
  products: readonly Pick<RankedProduct, 'productId' | 'imageId' | 'similarity'>[],
  termCount: number,
): Promise<(number | null)[][]> {
  const shares = query?.vectors?.shares;
  // A single term made all of it.
  if (shares === undefined || model === null)
    return products.map(({ similarity }) => Array.from({ length: termCount }, () => similarity));
  const { rows } = await shareProducts({
    table: model.imageTable,
    shares: shares.map((share) => JSON.stringify([...share])),
    pairs: products.map(({ productId, imageId }) => ({ product_id: productId, image_id: imageId })),
  }).execute(db);
  const byProduct = new Map(rows.map((row) => [row.product_id, row.products]));
  return products.map(({ productId }) => byProduct.get(productId) ?? Array.from({ length: termCount }, () => null));
}
