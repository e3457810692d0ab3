import type { ProductSort, SearchStrategy } from '../../database/closed-sets.ts';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Conditions, ResolvedFilter } from '../filter/product-filter.ts';
import type { NearestProducts } from '../nearest/nearest-products.ts';
import type { SearchQuery } from '../query/search-query.ts';
import type { UnavailableProducts } from '../request/search-request.ts';

/** Products with which a window grows. */
export const WINDOW_STEP = 200;

/** A search whose keys have become ids and whose terms have become vectors and words. */
export interface RankRequest {
  readonly where: Conditions;
  /** The same as a filter, but for conditions on words: those are there only where there are no vectors. */
  readonly filter: ResolvedFilter;
  /** Null where the filter is browsed. */
  readonly query: SearchQuery | null;
  /** The model that the query's vectors came from; null without vectors. */
  readonly model: ActiveModel | null;
  readonly boosts: readonly { readonly where: Conditions; readonly by: number; readonly filter: ResolvedFilter }[];
  readonly minRelevance: number;
  readonly duplicateDistance: number | undefined;
  readonly sort: ProductSort;
  readonly unavailable: UnavailableProducts;
  /** Ids, in the order in which they come first. */
  readonly pinned: readonly string[];
  /** Products to rank at first, at least. */
  readonly wanted: number;
  /** Up to so many matching products all are compared. (EXACT_LIMIT) */
  readonly exactLimit?: number | undefined;
}

export interface CandidateRequest extends RankRequest {
  /** So many of the gathered products must be the first ones; the others are there to be safe. */
  readonly leading: number;
}

/** Products that may come first, to be scored. */
export interface Candidates {
  /** Each once. */
  readonly ids: readonly string[];
  /** SKETCH or HNSW if sketches or the index were asked for any of them: the first of both. */
  readonly strategy: SearchStrategy;
}

/** Candidates of all kinds. */
export interface GatheredCandidates extends Candidates {
  /** Not all products with fewer words than this come before others: of their position by words nothing is known. (0) */
  readonly leastWords: number;
}

/** The nearest products, whatever their words. */
export interface NearCandidates extends Candidates, Pick<NearestProducts, 'scores' | 'otherTexts'> {}
