import type { Product } from '../catalog/read-products.ts';
import type { MatchReason as SearchReason } from '../search/request/match-reason.ts';
import type { ResultVariant, SearchResult } from '../search/request/search-request.ts';

/** A result of a search with its product. */
export interface FoundProduct extends Omit<SearchResult, 'why'> {
  readonly product: Product;
  readonly why: ExplainedMatch;
  /** One statement for all products of a page, run when the first is asked for. Undefined where the product was deleted since it was read. */
  readonly shown: () => Promise<ResultVariant | undefined>;
}

/** A reason, with what takes a statement more. */
export type ExplainedMatch = SearchReason & {
  /** One statement for all products of a page, run when the first is asked for. */
  readonly termSimilarities: () => Promise<readonly (number | null)[]>;
};
