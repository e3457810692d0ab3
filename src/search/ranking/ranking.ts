import type { RankedReason } from '../request/match-reason.ts';
import type { RankingPlan, SearchResult } from '../request/search-request.ts';

/** A result: a product, or a look or variant of one (request `collapse`). Its cursor comes later, and which words it has. */
export interface RankedProduct extends Omit<SearchResult, 'cursor' | 'why'> {
  /** What it is told apart by: the product's id, the variant's, or that of the first variant of the look. */
  readonly resultId: string;
  readonly why: RankedReason;
  /** Whether it is out of stock, where such products come last; of pinned ones it need not be told. */
  readonly unavailable: boolean;
  /** What it is ordered by, beside boosts: with words its score as a share of what all of them and the nearest vector score, without them its relevance. */
  readonly closeness: number;
  /** For each slot of the query's words the number of the test that it matched, from 1; 0: none. Null where it has none of the words. */
  readonly tests: readonly number[] | null;
}

/** A product, and where it stands in the order. */
export interface PlacedProduct extends RankedProduct {
  /** The keys of the order, as text: what comes behind it is found again by them. */
  readonly place: readonly string[];
}

/** The best products of a search, in order: what its pages are cut from. */
export interface RankedWindow {
  readonly products: readonly RankedProduct[];
  /** JSON text of the products, as the window keeps them, where the database gave it. */
  readonly entries?: string | undefined;
  readonly plan: RankingPlan;
  /** Whether these are all products of the result. */
  readonly complete: boolean;
  /** Products of the result where they were counted in passing. */
  readonly total: number | undefined;
  /** Of the best match, wherever it stands; null for an empty result. */
  readonly bestRelevance: number | null;
}

/** What to go on with behind a window. */
export interface MoreRequest {
  /** By `resultId`. */
  readonly excluded: readonly string[];
  /** The place of the last product before; undefined: the first that are not excluded. */
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** How the products of one search are put in order. */
export interface Ranking {
  /** The best ones, at least as many as a page and the next product, if there are so many. */
  first(): Promise<RankedWindow>;
  /** In exact order, all products of the result compared. Fewer than `limit` only if there are no more. */
  more(request: MoreRequest): Promise<readonly PlacedProduct[]>;
}
