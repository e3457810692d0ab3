import type { Collapse } from '../../database/closed-sets.ts';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import type { CheckedRequest } from '../request/check-request.ts';
import type { SearchQuery } from './search-query.ts';

/**
 * A search whose keys have become ids and whose terms have become vectors and words: what all stages take, each as much of it as it needs. Its scope are
 * the products of the result, whatever their relevance.
 */
export interface ResolvedSearch
  extends ProductScope,
    Pick<CheckedRequest, 'minRelevance' | 'sort' | 'unavailable'>,
    Partial<Pick<CheckedRequest, 'sortAttribute' | 'currency'>> {
  readonly collapse: Collapse;
  /** What was asked for and, beside it, that nothing is hidden or excluded. */
  readonly filter: ResolvedFilter;
  /** Null where the filter is browsed: every product is as relevant as any other. */
  readonly query: SearchQuery | null;
  /** The model that the query's vectors came from; null without vectors. */
  readonly model: ActiveModel | null;
  readonly boosts: readonly ResolvedBoost[];
  /** Leaves out products with a picture at this cosine distance or nearer. */
  readonly duplicateDistance: number | undefined;
  /** Ids, in the order in which they come first: in the result whatever their relevance and likeness, if they satisfy the filter. */
  readonly pinned: readonly string[];
  /** Products that the stage must find, at least. */
  readonly wanted: number;
  /** With at most so many products in scope, all are compared. */
  readonly exactLimit: number;
}

export interface ResolvedBoost {
  readonly filter: ResolvedFilter;
  /** Added to the relevance of what satisfies the filter, -1 to 1. */
  readonly by: number;
}
