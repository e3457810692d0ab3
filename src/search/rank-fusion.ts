import type { EmbeddingStatistic } from '../database/embedding-models.ts';

/** A product that vectors or words found. */
export interface Candidate {
  readonly productId: string;
  readonly imageId: string | null;
  /** Cosine distance of its nearest picture to the query; null for a product without a vector. */
  readonly distance: number | null;
  /** Share of the query's words that it has, 0 to 1. */
  readonly coverage: number;
  /** Whether the query is its brand or sku. */
  readonly named: boolean;
}

/**
 * What all words of a query together count for, in standard deviations of what arbitrary pictures score.
 * docs/decisions/0004-search-ranking.md: of 40 attribute queries on the fashion catalogue 70.5 % of the top 10 are right by vectors alone,
 * 87.0 / 93.5 / 95.3 / 95.5 / 95.5 % with 0.25 / 0.5 / 1 / 1.5 / 2, and on 20 held-out ones 74.5, 84.0 / 87.0 / 89.5 / 91.5 / 91.0 %.
 */
export const WORDS_COUNT = 1.5;

/**
 * Ranks by the sum of two scores in one unit: the calibrated score of the nearest picture, `(similarity - mean) / standardDeviation`, and the share of
 * the query's words, times `WORDS_COUNT`. A product without a vector gets what an arbitrary picture scores, 0. Products whose brand or sku is the query come
 * first. Equals are ordered by id, so that the order is total.
 *
 * @param scores - what arbitrary pictures score against the query
 * @param textShare - how much of the query's weight is text, 0 to 1
 */
export function fuseRanks<C extends Candidate>(
  candidates: readonly C[],
  scores: EmbeddingStatistic,
  textShare: number,
): C[] {
  const score = ({ distance, coverage }: Candidate): number =>
    (distance === null ? 0 : (1 - distance - scores.mean) / scores.standardDeviation) +
    WORDS_COUNT * textShare * coverage;
  return sortBy(candidates, (candidate) => [candidate.named ? 0 : 1, -score(candidate)]);
}

/** The order by words alone: named ones, then by share of the words, then by distance. Those without any word are left out. */
export function rankByWords<C extends Candidate>(candidates: readonly C[]): C[] {
  return sortBy(
    candidates.filter((candidate) => candidate.named || candidate.coverage > 0),
    ({ named, coverage, distance }) => [named ? 0 : 1, -coverage, distance ?? Number.POSITIVE_INFINITY],
  );
}

function sortBy<C extends Candidate>(candidates: readonly C[], keyOf: (candidate: C) => readonly number[]): C[] {
  return candidates
    .map((candidate) => ({ candidate, key: keyOf(candidate) }))
    .sort((a, b) => compare(a.key, b.key) || (a.candidate.productId < b.candidate.productId ? -1 : 1))
    .map(({ candidate }) => candidate);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const [left = 0, right = 0] = [a[i], b[i]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
