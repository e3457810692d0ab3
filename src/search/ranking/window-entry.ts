import type { SearchWindowEntry } from '../../database/search-tables.ts';
import type { PlacedProduct, RankedProduct } from './ranking.ts';

/** A result as a frozen window keeps it. */
export function toEntry(product: RankedProduct): SearchWindowEntry {
  const { resultId, productId, imageId, similarity, relevance, unavailable, closeness, tests } = product;
  const { vectorRank, wordRank, vectorScore, wordScore, named, boost, pinned } = product.why;
  return [
    ...([productId, imageId, similarity, relevance, vectorRank, wordRank] as const),
    ...([vectorScore, wordScore, named, boost, pinned, unavailable] as const),
    closeness,
    tests === null ? null : [...tests],
    resultId === productId ? null : resultId,
  ];
}

/** A result of a frozen window. */
export function fromEntry(entry: SearchWindowEntry): RankedProduct {
  const [productId, imageId, similarity, relevance, vectorRank, wordRank, vectorScore, wordScore, ...others] = entry;
  const [named, boost, pinned, unavailable, closeness, tests, resultId] = others;
  const why = { vectorRank, wordRank, vectorScore, wordScore, named, boost, pinned };
  return {
    resultId: resultId ?? productId,
    productId,
    imageId,
    similarity,
    relevance,
    why,
    unavailable,
    closeness,
    tests,
  };
}

/** @param entries - JSON text of a ranking's products: ranking-statements.ts */
export function productsOf(entries: string): RankedProduct[] {
  return (JSON.parse(entries) as SearchWindowEntry[]).map(fromEntry);
}

/** @param entries - the same, each in an array with its place */
export function placedProductsOf(entries: string): PlacedProduct[] {
  const placed = JSON.parse(entries) as [SearchWindowEntry, string[]][];
  return placed.map(([entry, place]) => ({ ...fromEntry(entry), place }));
}
