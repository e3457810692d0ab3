import type { SearchStrategy } from '../../database/closed-sets.ts';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Conditions, ResolvedFilter } from '../filter/product-filter.ts';
import type { QueryVectors } from '../query/search-query.ts';

/** How the nearest were found: EXACT if all vectors were compared. */
export type NearestStrategy = Exclude<SearchStrategy, 'NONE'>;

export interface NearestRequest {
  readonly model: ActiveModel;
  readonly query: QueryVectors;
  readonly where: Conditions;
  /** The same, where it is a filter and nothing else. */
  readonly filter: ResolvedFilter | undefined;
  readonly wanted: number;
  readonly exactLimit: number;
  /** Whether more than `exactLimit` products are known to hold for the conditions, or nearly so: then they are not counted. */
  readonly many: boolean;
  /** Whether products without a picture are known, where there are enough with one. (false) */
  readonly knowsTexts?: boolean;
}

/** Products of one kind, nearest first. */
export interface NearestOfKind {
  readonly products: readonly NearProduct[];
  readonly strategy: NearestStrategy;
}

/** A product by its calibrated score. */
export interface ScoredProduct {
  readonly id: string;
  readonly score: number;
}

export interface NearProduct {
  readonly product_id: string;
  /** Cosine distance. */
  readonly distance: number;
}

/** Pictures fetched at first for each product wanted; more only where products have many pictures. */
const PICTURES_PER_PRODUCT = 1.25;
/** Pictures that are fetched at first for so many products. */
export function firstFetch(wanted: number): number {
  return Math.ceil(wanted * PICTURES_PER_PRODUCT);
}
