import { describe, expect, it } from 'vitest';
import {
  matchQualityOf,
  type ScoredTerm,
  STRONG_RELEVANCE,
  vectorScoring,
  WEAK_RELEVANCE,
  WORDS_COUNT,
  wordScoring,
} from '../../../src/search/query/scoring.ts';
import type { Scoring, Statistics } from '../../../src/search/query/search-query.ts';

const STATISTICS: Statistics = {
  // The best texts score 5 and the best pictures 4.
  TEXT_IMAGE: { mean: 0.2, standardDeviation: 0.02, nearestMean: 0.3 },
  IMAGE_IMAGE: { mean: 0.5, standardDeviation: 0.1, nearestMean: 0.9 },
};
const text = (weight = 1): ScoredTerm => ({ kind: 'text', weight });
const picture = (weight = 1): ScoredTerm => ({ kind: 'picture', weight });
const words = (count: number, mended = false) => ({ count, mended });

/** As search-query.ts has it. */
function relevance(score: number, { midpoint, width }: Scoring): number {
  return 1 / (1 + Math.exp((midpoint - score) / width));
}

describe('vectorScoring', () => {
  it('makes what finds as much as the catalogue itself does a strong match, for texts and pictures alike', () => {
    for (const [term, best] of [
      [text(), 5],
      [picture(), 4],
    ] as const) {
      const scoring = vectorScoring([term], STATISTICS, undefined);
      expect(relevance(best, scoring)).toBeGreaterThan(STRONG_RELEVANCE);
      expect(relevance(0, scoring)).toBeLessThan(0.001);
      expect(relevance(scoring.midpoint, scoring)).toBe(0.5);
      expect(relevance(scoring.midpoint + scoring.width, scoring)).toBeCloseTo(0.731, 3);
    }
  });

  it('gives the same relevance in any unit of similarity', () => {
    const halved: Statistics = { IMAGE_IMAGE: { mean: 0.25, standardDeviation: 0.05, nearestMean: 0.45 } };
    const scoring = vectorScoring([picture()], STATISTICS, undefined);
    const inOther = vectorScoring([picture()], halved, undefined);
    expect(inOther.midpoint).toBeCloseTo(scoring.midpoint, 10);
    expect(inOther.width).toBeCloseTo(scoring.width, 10);
  });

  it('leaves words out where they do not count, and weighs them the less the less of the query is text', () => {
    expect(vectorScoring([text()], STATISTICS, undefined)).toMatchObject({ wordWeight: 0, wordCount: 1 });
    expect(vectorScoring([text()], STATISTICS, words(3))).toMatchObject({ wordWeight: WORDS_COUNT, wordCount: 3 });
    expect(vectorScoring([text(), picture()], STATISTICS, words(3)).wordWeight).toBeCloseTo(WORDS_COUNT / 2, 10);
    expect(vectorScoring([text(0.5), picture(-1)], STATISTICS, words(3)).wordWeight).toBeCloseTo(WORDS_COUNT / 3, 10);
    // Nobody looks for the words of a text to steer away from.
    expect(vectorScoring([picture(), text(-1)], STATISTICS, words(1)).wordWeight).toBe(0);
    // A product that its text stands for says no words.
    const product: ScoredTerm = { kind: 'text', weight: 1, isProduct: true };
    expect(vectorScoring([text(), product], STATISTICS, words(1))).toMatchObject({
      wordWeight: WORDS_COUNT / 2,
      titledRelevance: 0,
    });
  });

  it('expects the more the more words count', () => {
    const without = vectorScoring([text()], STATISTICS, undefined);
    expect(vectorScoring([text()], STATISTICS, words(2)).midpoint).toBeGreaterThan(without.midpoint);
  });

  it('expects of a mixed query what its positive terms find, by weight', () => {
    const midpoint = (...terms: ScoredTerm[]) => vectorScoring(terms, STATISTICS, undefined).midpoint;
    expect(midpoint(text(), picture())).toBeCloseTo((midpoint(text()) + midpoint(picture())) / 2, 10);
    expect(midpoint(picture(), text(-0.5))).toBeCloseTo(midpoint(picture()), 10);
    expect(midpoint(text(-1))).toBeCloseTo(midpoint(text()), 10);
    expect(midpoint(picture(0.2))).toBeCloseTo(midpoint(picture()), 10);
  });

  it('has an idea of the best where nothing was measured, and never divides by 0', () => {
    for (const statistics of [{}, { TEXT_IMAGE: { mean: 0, standardDeviation: 1, nearestMean: null } }]) {
      const { midpoint, width, wordCount } = vectorScoring([text()], statistics, words(0));
      expect(midpoint).toBeGreaterThan(0);
      expect(width).toBeGreaterThan(0);
      expect(wordCount).toBe(1);
    }
  });

  it('takes a product that is called as asked for a match, if only words were asked for, as they are spelt', () => {
    expect(vectorScoring([text()], STATISTICS, words(2)).titledRelevance).toBe(WEAK_RELEVANCE);
    for (const [terms, some] of [
      [[text()], undefined],
      [[text()], words(0)],
      [[text()], words(2, true)],
      [[text(), picture()], words(2)],
    ] as const) {
      expect(vectorScoring(terms, STATISTICS, some).titledRelevance).toBe(0);
    }
  });
});

describe('wordScoring', () => {
  it('makes all of the words a strong match, half of them a middling one', () => {
    const scoring = wordScoring(2);
    const of = (matched: number) => relevance((scoring.wordWeight * matched) / scoring.wordCount, scoring);
    expect(of(2)).toBeGreaterThan(0.95);
    expect(of(1)).toBeCloseTo(0.5, 10);
    expect(of(0)).toBeLessThan(0.05);
  });

  it('counts at least one word, so that none found is none of one', () => {
    expect(wordScoring(0).wordCount).toBe(1);
  });
});

describe('matchQualityOf', () => {
  it.each([
    [null, 'NONE'],
    [0, 'NONE'],
    [WEAK_RELEVANCE - 1e-9, 'NONE'],
    [WEAK_RELEVANCE, 'WEAK'],
    [STRONG_RELEVANCE - 1e-9, 'WEAK'],
    [STRONG_RELEVANCE, 'STRONG'],
    [1, 'STRONG'],
  ] as const)('%d is %s', (relevanceOfBest, quality) => {
    expect(matchQualityOf(relevanceOfBest)).toBe(quality);
  });
});
