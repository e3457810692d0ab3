import type { ColumnType, Insertable, JSONColumnType } from 'kysely';
import type { ProductSort, SearchStrategy } from './closed-sets.ts';
import type { TextSearchVector, Timestamp } from './column-types.ts';

// What searches read beside products, and what is kept of them; see tables.ts.

/** Written by triggers of product alone. Of one word there may be several rows, which are summed, and changes of them. */
export interface SearchWordTable {
  word: string;
  count: number;
}

/** Counted by triggers of product. Of one brand or category there may be several rows, whose products are summed. */
export interface SuggestionTable {
  kind: 'BRAND' | 'CATEGORY';
  text: string;
  key: string | null;
  words: TextSearchVector | null;
  category_id: string | null;
  products: number;
}

export interface SearchWindowTable {
  id: string;
  request_hash: string;
  /** A SearchQuery (src/search/query/search-query.ts), its vectors as arrays. Written as JSON text. */
  query: ColumnType<unknown, string | null, never>;
  strategy: SearchStrategy;
  best_relevance: number | null;
  created_at: Timestamp;
}

export interface SearchWindowPartTable {
  window_id: string;
  start: number;
  /** Written as JSON text. */
  entries: ColumnType<SearchWindowEntry[], string, never>;
  complete: boolean;
}

/** A result of a frozen search: what SearchResult has, without the cursor, its reasons spelled out. */
export type SearchWindowEntry = [
  productId: string,
  imageId: string | null,
  similarity: number | null,
  relevance: number,
  vectorRank: number | null,
  wordRank: number | null,
  vectorScore: number | null,
  wordScore: number,
  named: boolean,
  boost: number,
  pinned: boolean,
  /** RankedProduct.unavailable, closeness and tests (src/search/ranking/ranking.ts). */
  unavailable: boolean,
  closeness: number,
  tests: number[] | null,
  /** What it is found again by, where a result is no product: RankedProduct.resultId. */
  resultId?: string | null,
];

/** Written as text (`realArray`), which takes a tenth as long as an array of numbers. */
type RealArray = ColumnType<number[] | null, string | null, never>;

/** A search of the log, or a query that was stored and not asked yet: then `strategy` and what follows from it are null. */
export interface SearchTable {
  id: string;
  created_at: Timestamp;
  terms: JSONColumnType<unknown[]>;
  filter: JSONColumnType<object>;
  options: JSONColumnType<object>;
  sort: ProductSort;
  word_matching: 'AUTO' | 'OFF' | 'ONLY';
  model_id: string | null;
  strategy: SearchStrategy | null;
  candidates: number | null;
  result_count: number | null;
  match_quality: 'STRONG' | 'WEAK' | 'NONE' | null;
  best_relevance: number | null;
  milliseconds: number | null;
  picture_vector: RealArray;
  picture_mean: number | null;
  picture_standard_deviation: number | null;
  text_vector: RealArray;
  text_mean: number | null;
  text_standard_deviation: number | null;
  words: string[];
  names: string[];
  /** A QueryWords (src/search/query/query-words.ts); null where words did not count. Written as JSON text. */
  word_query: ColumnType<unknown, string | null, never>;
  /** A Scoring (src/search/query/search-query.ts). Written as JSON text. */
  scoring: ColumnType<unknown, string | null, never>;
}

export type NewSearch = Insertable<SearchTable>;
