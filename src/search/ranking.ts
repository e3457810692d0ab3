import type { CursorPlace, RestPlace } from './cursor.ts';
import type { MatchCount } from './nearest-products.ts';
import type { SearchPlan, SearchResult } from './search-request.ts';

/** A product of a result; its cursor comes later. */
export type RankedProduct = Omit<SearchResult, 'cursor'>;

/** The best products of a search, in order: what its pages are cut from. */
export interface RankedWindow {
  /** At most WINDOW_SIZE. */
  readonly entries: readonly RankedProduct[];
  readonly strategy: SearchPlan['strategy'];
  /** Whether these are all products that match. */
  readonly complete: boolean;
  /** Products that match, counted when they were ranked; undefined for a kept window, whose catalogue may have changed. */
  readonly count?: MatchCount;
}

/** How the products of one search are put in order: by vectors and words, or by words alone. */
export interface Ranking {
  /** The model whose vectors are compared; null where none are. */
  readonly modelId: string | null;
  /** The query vector and the words' queries, kept with the window. */
  readonly query: readonly number[] | null;
  readonly words: readonly string[];
  count(): Promise<MatchCount>;
  best(): Promise<RankedWindow>;
  /** Products that match and are not among `excluded`, in exact order from a place on; fewer than `limit` only if there are no more. */
  rest(p: { after: RestPlace | undefined; excluded: readonly string[]; limit: number }): Promise<RestProduct[]>;
}

export interface RestProduct extends RankedProduct {
  readonly place: RestPlace;
}

/** Products in a frozen window: some eight pages of 24. Past it every page compares all matching products again. */
export const WINDOW_SIZE = 200;

/** A product past the window. */
export function restProduct(
  productId: string,
  place: RestPlace,
  picture: { readonly imageId: string; readonly distance: number } | undefined,
): RestProduct {
  return {
    productId,
    imageId: picture?.imageId ?? null,
    similarity: picture === undefined ? null : 1 - picture.distance,
    vectorRank: null,
    wordRank: null,
    place,
  };
}

/** Where a cursor points: into a window (0 for the first page) or past it. */
export type PagePlace = Exclude<CursorPlace, { in: 'newest' }>;
