import type { EmbeddingStatistic } from '../../database/embedding-model-statements.ts';
import type { EmbeddingPair } from '../../database/tables.ts';
import type { Region } from '../../embedding/embedder.ts';
import type { Embedding } from '../../embedding-vector.ts';
import type { QueryWords } from './query-words.ts';

/**
 * What a search compares products with, whatever narrows them: all that ranking needs to know of its terms. It is kept with the frozen window and in the
 * log of searches, so that later pages and SQL rank as the first page did.
 */
export interface SearchQuery {
  /** Null for words alone. */
  readonly vectors: QueryVectors | null;
  /** Null where words do not count. */
  readonly words: QueryWords | null;
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
 * How products are scored; docs/decisions/0017-words.md has the formulas and where they come from.
 *
 *     vectors   = (similarity - mean) / standard deviation
 *     judgement = 1 / (1 + exp((midpoint - vectors - coverageCounts × coverage) / width))
 *
 * Without words: relevance = judgement, and the order is by it, and by `vectors` where it comes to its end. With words:
 *
 *     judgement = at most mostJudged
 *     words     = Σ worth of each slot's test  +  coverage² (coverageWorth + nameWorth × name)
 *     score     = words  +  trust × min(1, max(0, (vectors - nearFrom) / nearSpan))
 *     relevance = the greater of trust × judgement and, where `wordsTell`, what the words found (`relevanceOfWords`, word-score-statements.ts)
 *
 * and the order is by score / reference. Where a picture or a product was asked for (`picturesFirst`), products without a picture come behind those that have one.
 */
export interface Scoring {
  /** The score by vectors of which their judgement is 0.5. */
  readonly midpoint: number;
  /** How much more than that makes it 0.73; more than 0. */
  readonly width: number;
  /** The most that vectors may judge: below STRONG where a word was mended, since what they compare is the mended text. Missing in searches of before: 1. */
  readonly mostJudged: number;
  /** The score by vectors from which on a product is near at all, and how much more makes it as near as can be; more than 0. */
  readonly nearFrom: number;
  readonly nearSpan: number;
  /** 0 to 1: how well vectors can judge what was asked. */
  readonly trust: number;
  /** What a whole query that is found counts in the judgement, in standard deviations; 0 without words. */
  readonly coverageCounts: number;
  /** What it counts in the score, and what a name counts beside it; 0 without words. */
  readonly coverageWorth: number;
  readonly nameWorth: number;
  /** 1 where words alone may say how relevant a product is, since nothing but texts was asked for; else 0. */
  readonly wordsTell: number;
  /** What a product scores that has all that was asked for, in its title, and is nearest; more than 0. */
  readonly reference: number;
  /** 1 where a picture or a product was asked for; else 0. */
  readonly picturesFirst: number;
}

/** What arbitrary pairs score, by kind; a kind that was not measured yet is missing. */
export type Statistics = Partial<Record<EmbeddingPair, EmbeddingStatistic>>;
