import type { ActiveModel } from '../../database/embedding-models.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import type { QueryVectors } from '../query/search-query.ts';
import { NEAREST_LIMITS } from '../request/limits.ts';
import type { RankingPlan } from '../request/search-request.ts';

/** How the nearest were found: EXACT if all vectors were compared, NONE if there were none to compare with. */
export type NearestPlan = Omit<RankingPlan, 'candidates'>;

/** All vectors were compared; the database did not say how many. */
export const ALL_COMPARED: NearestPlan = { strategy: 'EXACT', examined: null, ways: [] };
export const NONE_COMPARED: NearestPlan = { strategy: 'NONE', examined: 0, ways: [] };

/** A search by vectors, in one scope of it. */
export interface NearestSearch extends ProductScope, Pick<ResolvedSearch, 'wanted' | 'exactLimit'> {
  readonly model: ActiveModel;
  readonly vectors: QueryVectors;
  /** Whether what has a picture comes before what has none: a picture or a product was asked for. */
  readonly picturesFirst: boolean;
  /** Whether more than `exactLimit` products are known to be in scope, or nearly so: then they are not counted. */
  readonly many: boolean;
  /** Whether products without a picture are known, where there are enough with one. (false) */
  readonly knowsTexts?: boolean;
}

/** Products of one kind, nearest first. */
export interface NearestOfKind {
  readonly products: readonly NearProduct[];
  readonly plan: NearestPlan;
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

/** Pictures that are fetched at first for so many products; more only where products have many pictures. */
export function firstFetch(wanted: number): number {
  return Math.ceil(wanted * NEAREST_LIMITS.picturesPerProduct);
}

/**
 * Whether the graph of the index leads to what is nearest. A query that points away from all pictures, of negative weights alone, has nothing near that a walk could come closer to: of 100 products the
 * index found 3 (fashion catalogue, one product with the weight -0.3).
 */
export function isIndexUsed({ model, vectors }: Pick<NearestSearch, 'model' | 'vectors'>): boolean {
  // Below what arbitrary pictures score against any text or picture of this model.
  const means = Object.values(model.statistics).map(({ mean }) => mean);
  return model.indexed && vectors.pictures.mean >= Math.min(0, ...means);
}
