import { describe, expect, it } from 'vitest';
import { sampleWords } from '../../../scripts/sample-words.ts';
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
const words = sampleWords([]);

/** As search-query.ts has it. */
function judgement(score: number, { midpoint, width }: Scoring): number {
  return 1 / (1 + Math.exp((midpoint - score) / width));
}

describe('vectorScoring', () => {
  it('makes what finds as much as the catalogue itself does a strong match, for texts and pictures alike', () => {
    for (const [term, best] of [
      [text(), 5],
      [picture(), 4],
    ] as const) {
      const scoring = vectorScoring([term], STATISTICS, null);
      expect(judgement(best, scoring)).toBeGreaterThan(STRONG_RELEVANCE);
      expect(judgement(0, scoring)).toBeLessThan(0.001);
      expect(judgement(scoring.midpoint, scoring)).toBe(0.5);
      expect(judgement(scoring.midpoint + scoring.width, scoring)).toBeCloseTo(0.731, 3);
    }
  });

  it('gives the same judgement in any unit of similarity', () => {
    const halved: Statistics = { IMAGE_IMAGE: { mean: 0.25, standardDeviation: 0.05, nearestMean: 0.45 } };
    const scoring = vectorScoring([picture()], STATISTICS, null);
    const inOther = vectorScoring([picture()], halved, null);
    expect(inOther.midpoint).toBeCloseTo(scoring.midpoint, 10);
    expect(inOther.width).toBeCloseTo(scoring.width, 10);
  });

  it('leaves words out where they do not count, and weighs them the less the less of the query is text', () => {
    expect(vectorScoring([text()], STATISTICS, null)).toMatchObject({
      coverageCounts: 0,
      coverageWorth: 0,
      wordsTell: 0,
    });
    const whole = vectorScoring([text()], STATISTICS, words);
    expect(whole).toMatchObject({ coverageCounts: WORDS_COUNT, wordsTell: 1, picturesFirst: 0 });
    const half = vectorScoring([text(), picture()], STATISTICS, words);
    expect(half).toMatchObject({ coverageCounts: WORDS_COUNT / 2, wordsTell: 0, picturesFirst: 1 });
    expect(half.coverageWorth).toBeCloseTo(whole.coverageWorth / 2, 10);
    expect(half.nameWorth).toBeCloseTo(whole.nameWorth / 2, 10);
    expect(vectorScoring([text(0.5), picture(-1)], STATISTICS, words).coverageCounts).toBeCloseTo(WORDS_COUNT / 3, 10);
    // A product that its text stands for says no words.
    const product: ScoredTerm = { kind: 'text', weight: 1, isProduct: true };
    expect(vectorScoring([text(), product], STATISTICS, words)).toMatchObject({
      coverageCounts: WORDS_COUNT / 2,
      wordsTell: 0,
      picturesFirst: 1,
    });
  });

  it('expects the more the more words count', () => {
    const without = vectorScoring([text()], STATISTICS, null);
    expect(vectorScoring([text()], STATISTICS, words).midpoint).toBeGreaterThan(without.midpoint);
  });

  it('trusts vectors as far as the model can read the texts', () => {
    const trust = (...terms: ScoredTerm[]) => vectorScoring(terms, STATISTICS, words).trust;
    expect(trust({ ...text(), readability: 0.2 })).toBe(0.2);
    expect(trust({ ...text(), readability: 0 }, picture())).toBe(0.5);
    expect(vectorScoring([{ ...text(), readability: 0 }], STATISTICS, null).trust).toBe(1);
  });

  it('refers scores to what has all words in its title and is nearest', () => {
    const { reference, coverageWorth, trust } = vectorScoring([text()], STATISTICS, words);
    const best = (slot: number) =>
      Math.max(...words.tests.filter((test) => test.slot === slot).map(({ worth }) => worth));
    expect(reference).toBeCloseTo(best(0) + best(1) + coverageWorth + trust, 10);
  });

  it('expects of a mixed query what its positive terms find, by weight', () => {
    const midpoint = (...terms: ScoredTerm[]) => vectorScoring(terms, STATISTICS, null).midpoint;
    expect(midpoint(text(), picture())).toBeCloseTo((midpoint(text()) + midpoint(picture())) / 2, 10);
    expect(midpoint(picture(), text(-0.5))).toBeCloseTo(midpoint(picture()), 10);
    expect(midpoint(text(-1))).toBeCloseTo(midpoint(text()), 10);
    expect(midpoint(picture(0.2))).toBeCloseTo(midpoint(picture()), 10);
  });

  it('has an idea of the best where nothing was measured, and never divides by 0', () => {
    for (const statistics of [{}, { TEXT_IMAGE: { mean: 0, standardDeviation: 1, nearestMean: null } }]) {
      const { midpoint, width, nearSpan, reference } = vectorScoring([text()], statistics, null);
      for (const number of [midpoint, width, nearSpan, reference]) expect(number).toBeGreaterThan(0);
    }
  });
});

describe('wordScoring', () => {
  it('needs no vectors, and refers scores to what has all words', () => {
    const scoring = wordScoring(words);
    expect(scoring).toMatchObject({ trust: 0, wordsTell: 1, picturesFirst: 0 });
    expect(scoring.reference).toBeCloseTo(vectorScoring([text()], STATISTICS, words).reference - 1, 10);
    expect(wordScoring(null).reference).toBeGreaterThan(0);
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
