import { BELOW_STRONG } from '../../words/score/quality.ts';
import { coverageWorthOf, VECTORS } from '../../words/score/score.ts';
import { type CheckedTerm, isWantedText } from '../request/check-request.ts';
import type { MatchQuality } from '../request/search-request.ts';
import type { QueryWords } from './query-words.ts';
import type { Scoring, Statistics } from './search-query.ts';
import { knownShare } from './word-tests.ts';

/**
 * What all words of a query count for where vectors judge with them, in standard deviations of what arbitrary pictures score. docs/decisions/0006-relevance.md
 */
export const WORDS_COUNT = 1.5;

/**
 * The judgement of vectors is 0.5 for a score of this share of the best that the catalogue's own texts or pictures find (and of all words, where words count), and 0.73 for
 * RELEVANCE_WIDTH more. docs/decisions/0006-relevance.md has the scores of queries that belong to a catalogue and of such that do not.
 */
export const RELEVANCE_MIDPOINT = 0.81;
export const RELEVANCE_WIDTH = 0.04;

/**
 * What nearness counts beside words: nothing up to the first share of the best that the catalogue's own texts or pictures find, all of it from the sum of both on. What a query is about lies in
 * between. docs/decisions/0017-words.md
 */
export const NEAR_FROM = 0.72;
export const NEAR_SPAN = 0.3;

/** Best score of a vector where that was not measured yet: what lookgraph-mini finds on the fashion catalogue, 3.5 for texts and 3.65 for pictures. */
export const UNMEASURED_BEST = 3.5;

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
  /** 0 to 1: how well the model can read it (1: products, and pictures that have anything in them). */
  readonly readability?: number;
}

/**
 * How the products of a search with vectors are scored.
 *
 * @param words - null where words do not count
 */
export function vectorScoring(terms: readonly ScoredTerm[], statistics: Statistics, words: QueryWords | null): Scoring {
  const wanted = terms.filter(({ weight }) => weight > 0);
  const positive = wanted.length > 0 ? wanted : terms;
  const best = weightedMean(positive, ({ kind }) => bestScore(kind, statistics));
  const share = words === null ? 0 : textShare(terms);
  const counted = WORDS_COUNT * share;
  // Where words are left out of it there is nothing else that could judge a text.
  const trust = weightedMean(positive, (term) => (words === null && isText(term) ? 1 : (term.readability ?? 1)));
  return {
    ...wordsScoring(words, share, trust),
    midpoint: RELEVANCE_MIDPOINT * (best + counted),
    width: RELEVANCE_WIDTH * (best + counted),
    mostJudged: words?.corrections.some(({ isApplied }) => isApplied) ? BELOW_STRONG : 1,
    nearFrom: NEAR_FROM * best,
    nearSpan: NEAR_SPAN * best,
    trust,
    coverageCounts: counted * knownShare(words?.slots ?? []),
    wordsTell: words !== null && wanted.every(isText) ? 1 : 0,
    picturesFirst: wanted.some((term) => !isText(term)) ? 1 : 0,
  };
}

/** How products are scored by words alone. */
export function wordScoring(words: QueryWords | null): Scoring {
  const none = {
    midpoint: 1,
    width: 1,
    mostJudged: 1,
    nearFrom: 0,
    nearSpan: 1,
    trust: 0,
    coverageCounts: 0,
    picturesFirst: 0,
  };
  return { ...none, ...wordsScoring(words, 1, 0), wordsTell: 1 };
}

function wordsScoring(words: QueryWords | null, share: number, trust: number) {
  const { coverageWorth, nameWorth } = coverageWorthOf(share);
  if (words === null) return { coverageWorth: 0, nameWorth: 0, reference: VECTORS };
  const worths = words.slots.map((_, slot) =>
    Math.max(0, ...words.tests.flatMap((test) => (test.slot === slot ? [test.worth] : []))),
  );
  const reference = worths.reduce((sum, worth) => sum + worth, coverageWorth + VECTORS * trust);
  return { coverageWorth, nameWorth, reference };
}

function textShare(terms: readonly ScoredTerm[]): number {
  return sumOfWeights(terms.filter((term) => term.weight > 0 && isText(term))) / sumOfWeights(terms);
}

/** The share of wanted texts in all that was asked, by weight, 0 to 1. */
export function shareOfTexts(terms: readonly CheckedTerm[]): number {
  return sumOfWeights(terms.filter(isWantedText)) / sumOfWeights(terms);
}

function isText({ kind, isProduct = false }: ScoredTerm): boolean {
  return kind === 'text' && !isProduct;
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

function sumOfWeights(terms: readonly Pick<ScoredTerm, 'weight'>[]): number {
  return terms.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
}
