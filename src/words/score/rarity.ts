/** Robertson's idf as Lucene has it: positive for every count. @see https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/search/similarities/BM25Similarity.html */
function inverseFrequency(productCount: number, count: number): number {
  return Math.log(1 + (productCount - count + 0.5) / (count + 0.5));
}

/**
 * How much a word tells, by how few products have it, beside a word that one product has: so that it means the same in a shop of any size.
 *
 * @param productCount - of the shop, 0 or more
 * @param count - of products that have the word; larger ones are taken for all
 * @returns above 0, at most 1; 1 for a word that one product or none has
 */
export function rarityOf(productCount: number, count: number): number {
  const products = Math.max(1, productCount);
  const having = Math.min(products, Math.max(1, count));
  // In a shop of one product the one that has a word is all of them; its words tell as much as any.
  if (products === 1) return 1;
  return inverseFrequency(products, having) / inverseFrequency(products, 1);
}

/** The most products that a word may have to be called rare: 3, or one of ten thousand; never more than a tenth of a small shop. */
export function rareCount(productCount: number): number {
  return Math.max(1, Math.min(3, Math.floor(productCount / 10)), productCount / 10_000);
}
