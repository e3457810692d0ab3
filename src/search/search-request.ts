import type { Availability } from '../database/tables.ts';
import type { Region } from '../embedding/embedder.ts';

/** One search, as GraphQL, the command line and tests ask for it. Checked by check-request.ts. */
export interface SearchRequest {
  /** At most 8. None: the filter is browsed, newest first. */
  readonly terms: readonly SearchTerm[];
  readonly filter?: ProductFilter;
  /** (AUTO) on for text terms, off for searches by picture alone; ONLY: no vectors. */
  readonly words?: WordMatching;
  /** Products to a page, 1 to 100 (24). */
  readonly first?: number;
  /** The cursor of the last product seen; undefined for the first page. */
  readonly after?: string;
}

export type WordMatching = 'AUTO' | 'OFF' | 'ONLY';

export interface SearchTerm {
  readonly match: SearchMatch;
  /** -1 to 1, not 0; relative to the other terms; negative steers away. (1) */
  readonly weight?: number;
}

export type SearchMatch =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly source: ImageSource; readonly region?: Region }
  | { readonly kind: 'product'; readonly product: ProductKey };

/** Where a query picture comes from; deps.loadImage turns it into bytes. */
export type ImageSource =
  | { readonly kind: 'upload'; readonly id: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'productImage'; readonly id: string }
  /** Bytes at hand: from the command line, or decoded from the base64 of a request. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type ProductKey = { readonly kind: 'id'; readonly id: string } | { readonly kind: 'sku'; readonly sku: string };
export type CategoryKey =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'path'; readonly path: readonly string[] };

/** All given conditions hold together. Ids are bare UUIDs here; GraphQL's global ids are decoded at its edge. */
export interface ProductFilter {
  readonly and?: readonly ProductFilter[];
  /** At least one of them; an empty list matches nothing. */
  readonly or?: readonly ProductFilter[];
  readonly not?: ProductFilter;
  readonly category?: { readonly in: readonly CategoryKey[]; readonly includeDescendants?: boolean };
  readonly brand?: ValueFilter;
  /** Both ends included; decimal strings. */
  readonly price?: { readonly min?: string; readonly max?: string };
  readonly availability?: readonly Availability[];
  readonly attributes?: readonly ({ readonly name: string } & ValueFilter)[];
  readonly product?: { readonly in?: readonly ProductKey[]; readonly notIn?: readonly ProductKey[] };
  readonly updatedAt?: { readonly from?: Date; readonly to?: Date };
}

/** `in`: has one of these values. `notIn`: has none of them (also true where there is no value). */
export interface ValueFilter {
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** One page of a search. */
export interface SearchPage {
  readonly results: readonly SearchResult[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Products that satisfy the filter (with words ONLY: and match the words). */
  readonly totalCount: { readonly value: number; readonly exact: boolean };
  readonly plan: SearchPlan;
}

export interface SearchResult {
  readonly productId: string;
  /** Opaque; hand it back as `after`. */
  readonly cursor: string;
  /** Cosine similarity of the best picture to the (combined) query, -1 to 1; null where no vector took part. */
  readonly similarity: number | null;
  /** The picture that matched best; null where none did. */
  readonly imageId: string | null;
  /** Position by vectors alone, from 1; null where they did not find it. */
  readonly vectorRank: number | null;
  /** Position by words alone, from 1; null where they did not find it. */
  readonly wordRank: number | null;
}

export interface SearchPlan {
  /** EXACT: every matching vector was compared. HNSW: the index, scanned until enough products passed. NONE: no vectors took part. */
  readonly strategy: 'EXACT' | 'HNSW' | 'NONE';
  /** Products that satisfy the filter, as far as was counted. */
  readonly candidates: number;
  /** The model whose vectors were compared; null where none took part. */
  readonly modelId: string | null;
  readonly milliseconds: number;
}
