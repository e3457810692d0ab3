import type { EmbeddingStatistic } from '../../database/embedding-model-statements.ts';
import type { EmbeddingPair } from '../../database/tables.ts';
import type { Region } from '../../embedding/embedder.ts';
import type { Embedding } from '../../embedding-vector.ts';

/**
 * What a search compares products with, whatever narrows them: all that ranking needs to know of its terms. It is kept with the frozen window and in the
 * log of searches, so that later pages and SQL rank as the first page did.
 */
export interface SearchQuery {
  /** Null for words alone. */
  readonly vectors: QueryVectors | null;
  /** One text search query (tsquery) for each word that the catalogue knows, misspellings mended; at most 8. Empty where words do not count. */
  readonly words: readonly string[];
  /** The texts as they are: each may be a brand or a sku. Empty where words do not count. */
  readonly names: readonly string[];
  readonly scoring: Scoring;
  /** What pictures among the terms were taken for, where that was to be found out. (none) */
  readonly pictures?: readonly QueryPicture[];
}

/** What a picture was taken for: a part of it, turned upright. */
export interface QueryPicture {
  /** Place of its term in the request, from 0. */
  readonly term: number;
  /** In fractions of the picture as it came, upright by EXIF. */
  readonly region: Region;
  /** Degrees clockwise by which that was turned. */
  readonly turn: 0 | 90 | 270;
}

/** The terms as vectors to compare with. */
export interface QueryVectors {
  /** The model that they came from. */
  readonly modelId: string;
  /** Compared with pictures. */
  readonly pictures: CalibratedVector;
  /** Compared with the texts of products that have no picture. */
  readonly texts: CalibratedVector;
  /**
   * For each term its share of `pictures.vector`, which is their sum: the inner product of a picture's vector and a share is what the term contributed to
   * the similarity. Undefined for a single term, whose share is the whole. Misspelt texts and their mended forms are one term.
   */
  readonly shares: readonly Float32Array[] | undefined;
}

/** A query vector of length 1, and what arbitrary documents score against it. */
export interface CalibratedVector {
  readonly vector: Embedding;
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * `score = (similarity - mean) / standardDeviation + wordWeight * matched words / wordCount`, the first part 0 without a vector;
 * `relevance = 1 / (1 + exp((midpoint - score) / width))`, at least `titledRelevance` for a product that is called so (all words are in
 * its title, brand or sku), and 1 for one whose brand or sku is the query. Among equally relevant ones the score decides.
 */
export interface Scoring {
  /** What all words together count for, in standard deviations of what arbitrary pictures score; 0 where words do not count. */
  readonly wordWeight: number;
  /** Words that were asked for, those included that no product has; at least 1. */
  readonly wordCount: number;
  /** The relevance at least of a product with all words in its title, brand or sku, whatever its picture; 0 where that says nothing. */
  readonly titledRelevance: number;
  /** The score of which relevance is 0.5. */
  readonly midpoint: number;
  /** How much more than that makes relevance 0.73; more than 0. */
  readonly width: number;
}

/** What arbitrary pairs score, by kind; a kind that was not measured yet is missing. */
export type Statistics = Partial<Record<EmbeddingPair, EmbeddingStatistic>>;
