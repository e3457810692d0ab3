import type { NearestProducts } from '../nearest/nearest-products.ts';
import type { NearestPlan } from '../nearest/nearest-request.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';

/** A search for candidates: `wanted` of each kind. */
export interface CandidateSearch extends ResolvedSearch {
  /** So many of the gathered products must be the first ones; the others are there to be safe. */
  readonly leading: number;
}

/** Products that may come first, to be scored. */
export interface Candidates {
  /** Each once. */
  readonly ids: readonly string[];
  /** Of the first look that asked sketches or the index, if any did. */
  readonly plan: NearestPlan;
}

/** Candidates of all kinds. */
export interface GatheredCandidates extends Candidates {
  /** Not all products with fewer words than this come before others: of their position by words nothing is known. (0) */
  readonly leastWords: number;
}

/** The nearest products, whatever their words. */
export interface NearCandidates extends Candidates, Pick<NearestProducts, 'scores' | 'otherTexts'> {}
