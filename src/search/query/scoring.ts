import type { MatchQuality } from '../request/search-request.ts';
import type { Scoring, Statistics } from './search-query.ts';

/**
 * What all words of a query together count for, in standard deviations of what arbitrary pictures score.
 * docs/decisions/0004-search-ranking.md: of 40 attribute queries on the fashion catalogue 70.5 % of the top 10 are right by vectors alone,
 * 87.0 / 93.5 / 95.3 / 95.5 / 95.5 % with 0.25 / 0.5 / 1 / 1.5 / 2, and on 20 held-out ones 74.5, 84.0 / 87.0 / 89.5 / 91.5 / 91.0 %.
 */
export const WORDS_COUNT = 1.5;

/**
 * Relevance is 0.5 for a score of this share of the best that the catalogue's own texts or pictures find (and of all words, where words count), and 0.73 for
 * RELEVANCE_WIDTH more. docs/decisions/0006-relevance.md has the scores of queries that belong to a catalogue and of such that do not.
 */
export const RELEVANCE_MIDPOINT = 0.81;
export const RELEVANCE_WIDTH = 0.04;

/** Best score of a vector where that was not measured yet: what lookgraph-mini finds on the fashion catalogue, 3.5 for texts and 3.65 for pictures. */
export const UNMEASURED_BEST = 3.5;

/** By words alone relevance follows the share of them: 0.97 for all, 0.76 for two of three, 0.5 for half. */
const WORDS_ALONE = { wordWeight: 1, titledRelevance: 0, midpoint: 0.5, width: 0.15 };

/** A match of at least this relevance is STRONG, at least the second one WEAK. docs/decisions/0006-relevance.md */
export const STRONG_RELEVANCE = 0.8;
export const WEAK_RELEVANCE = 0.5;

/** A term as far as scoring goes. */
export interface ScoredTerm {
  /** -1 to 1, not 0. */
  readonly weight: number;
  readonly kind: 'text' | 'picture';
  /** Whether it is a product, of which no words are asked for even where its text stands for it. (false) */
  readonly isProduct?: boolean;
}

/** The words of a search, as far as scoring goes. */
export interface ScoredWords {
  /** That were asked for, those included that no product has. */
  readonly count: number;
  /** Whether one of them was taken for another. */
  readonly mended: boolean;
}

/**
 * How the scores of a search with vectors become relevance.
 *
 * @param words - undefined where words do not count
 */
export function vectorScoring(
  terms: readonly ScoredTerm[],
  statistics: Statistics,
  words: ScoredWords | undefined,
): Scoring {
  const wanted = terms.filter(({ weight }) => weight > 0);
  const positive = wanted.length > 0 ? wanted : terms;
  const texts = wanted.filter(({ kind, isProduct }) => kind === 'text' && !isProduct);
  const wordWeight = words === undefined ? 0 : (WORDS_COUNT * sumOfWeights(texts)) / sumOfWeights(terms);
  const best = weightedMean(positive, ({ kind }) => bestScore(kind, statistics));
  // What was asked for in words alone and is called so, word for word, is no stranger to the catalogue, even if the model has never heard of it.
  const literally = words !== undefined && words.count > 0 && !words.mended && texts.length === wanted.length;
  return {
    wordWeight,
    wordCount: Math.max(1, words?.count ?? 1),
    titledRelevance: literally ? WEAK_RELEVANCE : 0,
    midpoint: RELEVANCE_MIDPOINT * (best + wordWeight),
    width: RELEVANCE_WIDTH * (best + wordWeight),
  };
}

/** How the share of the words becomes relevance where no vectors take part. */
export function wordScoring(wordCount: number): Scoring {
  return { ...WORDS_ALONE, wordCount: Math.max(1, wordCount) };
}

/** @param relevance - of the best match; null for an empty result */
export function matchQualityOf(relevance: number | null): MatchQuality {
  if (relevance === null || relevance < WEAK_RELEVANCE) return 'NONE';
  return relevance < STRONG_RELEVANCE ? 'WEAK' : 'STRONG';
}

/** What the catalogue's own texts or pictures score with the nearest picture, on average: at least 1, or what is assumed until it is measured. */
export function bestScore(kind: ScoredTerm['kind'], statistics: Statistics): number {
  const statistic = statistics[kind === 'text' ? 'TEXT_IMAGE' : 'IMAGE_IMAGE'];
  return statistic === undefined || statistic.nearestMean === null
    ? UNMEASURED_BEST
    : (statistic.nearestMean - statistic.mean) / statistic.standardDeviation;
}

function weightedMean(terms: readonly ScoredTerm[], scoreOf: (term: ScoredTerm) => number): number {
  return terms.reduce((sum, term) => sum + Math.abs(term.weight) * scoreOf(term), 0) / sumOfWeights(terms);
}

function sumOfWeights(terms: readonly ScoredTerm[]): number {
  return terms.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
}
