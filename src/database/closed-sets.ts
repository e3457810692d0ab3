// Closed sets of values that columns, requests and GraphQL share. SQL's checks and GraphQL's enums spell them out once more; tests compare all three.

/** Of product.availability. */
export const AVAILABILITIES = ['IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER'] as const;

/** The best first: what several variants have together (best_availability() of sql/functions/47_variants.sql). */
export const AVAILABILITY_ORDER = [
  'IN_STOCK',
  'BACKORDER',
  'PREORDER',
  'OUT_OF_STOCK',
] as const satisfies readonly Availability[];

/** What results are sorted by; of search.sort. */
export const PRODUCT_SORTS = [
  'RELEVANCE',
  'PRICE_ASC',
  'PRICE_DESC',
  'NEWEST',
  'TITLE',
  'NUMBER_ASC',
  'NUMBER_DESC',
] as const;

/** What one result of a search is; of search.options. */
export const COLLAPSES = ['PRODUCT', 'LOOK', 'VARIANT'] as const;

/** How the first products of a search were found; of search.strategy and search_window.strategy. NONE: without vectors. */
export const SEARCH_STRATEGIES = ['EXACT', 'HNSW', 'SKETCH', 'NONE'] as const;

/** A product; a look of one, its variants that have the same picture; or a variant. */
export type Collapse = (typeof COLLAPSES)[number];
export type Availability = (typeof AVAILABILITIES)[number];
export type ProductSort = (typeof PRODUCT_SORTS)[number];
export type SearchStrategy = (typeof SEARCH_STRATEGIES)[number];
