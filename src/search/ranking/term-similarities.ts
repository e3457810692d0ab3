import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import type { SearchQuery } from '../query/search-query.ts';
import type { RankedProduct } from './ranking.ts';
import { pairKey, shareProducts } from './trait-statements.ts';

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
  const pairs = products.map(({ productId, imageId }) => ({ product_id: productId, image_id: imageId }));
  const { rows } = await shareProducts({
    table: model.imageTable,
    shares: shares.map((share) => JSON.stringify([...share])),
    pairs,
  }).execute(db);
  const byPair = new Map(rows.map((row) => [pairKey(row), row.products]));
  return pairs.map((pair) => byPair.get(pairKey(pair)) ?? Array.from({ length: termCount }, () => null));
}
