/** A result of a search, as far as its place depends on it. */
export interface Hit {
  readonly productId: string;
  /** The picture that matched best; null where none did. */
  readonly imageId: string | null;
  /** Of that picture to the query, cosine, -1 to 1. */
  readonly similarity: number | null;
}

/**
 * Puts the product of a query picture among the results where it would be without that picture: searches leave out whole products, so it is left out, and takes
 * the place that its nearest other picture gives it. Products without a picture, which are compared by their texts, keep their places.
 *
 * @param hits - of a search by that picture alone, which are in the order of similarity, best first
 * @param own - undefined where it has no other picture any more
 * @param hasNextPage - whether more results follow the hits; then what is less similar than all of them is behind them
 * @param depth - results at most
 */
export function withOwnProduct(
  hits: readonly Hit[],
  own: (Hit & { readonly similarity: number }) | undefined,
  { hasNextPage, depth }: { hasNextPage: boolean; depth: number },
): readonly Hit[] {
  if (own === undefined) return hits;
  const place = hits.findIndex(
    ({ imageId, similarity }) => imageId !== null && similarity !== null && similarity < own.similarity,
  );
  if (place === -1) return hasNextPage ? hits : [...hits, own].slice(0, depth);
  return [...hits.slice(0, place), own, ...hits.slice(place)].slice(0, depth);
}
