import { describe, expect, it } from 'vitest';
import {
  averagePrecisionAt,
  categorySpreadAt,
  firstRank,
  hitAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
  repeatedAt,
  shareAt,
} from '../../../src/evaluation/metrics.ts';

/** `x` is a relevant result, `.` another. */
const ranking = (text: string) => [...text].map((letter) => letter === 'x');

// Four products are relevant, three of them found, at ranks 1, 3 and 6.
const FOUND = ranking('x.x..x');
const RELEVANT = 4;

describe('metrics, computed by hand', () => {
  it('precision counts missing results as wrong', () => {
    expect(precisionAt(FOUND, 1)).toBe(1);
    expect(precisionAt(FOUND, 3)).toBeCloseTo(2 / 3);
    expect(precisionAt(FOUND, 5)).toBeCloseTo(2 / 5);
    expect(precisionAt(FOUND, 10)).toBeCloseTo(3 / 10);
    expect(precisionAt([], 3)).toBe(0);
  });

  it('the share of what is shown does not', () => {
    expect(shareAt(FOUND, 3)).toBeCloseTo(2 / 3);
    expect(shareAt(FOUND, 10)).toBeCloseTo(3 / 6);
    expect(shareAt([], 3)).toBe(0);
  });

  it('recall divides by all that are relevant', () => {
    expect(recallAt(FOUND, RELEVANT, 1)).toBe(1 / 4);
    expect(recallAt(FOUND, RELEVANT, 5)).toBe(2 / 4);
    expect(recallAt(FOUND, RELEVANT, 30)).toBe(3 / 4);
  });

  it('a hit is any relevant result', () => {
    expect(hitAt(ranking('..x'), 2)).toBe(0);
    expect(hitAt(ranking('..x'), 3)).toBe(1);
    expect(hitAt([], 3)).toBe(0);
  });

  it('the reciprocal rank is that of the first relevant result', () => {
    expect(reciprocalRank(ranking('..xx'))).toBeCloseTo(1 / 3);
    expect(reciprocalRank(ranking('...'))).toBe(0);
    expect(firstRank(ranking('..xx'))).toBe(3);
    expect(firstRank([])).toBe(Number.POSITIVE_INFINITY);
  });

  it('average precision divides by the relevant, not by the hits', () => {
    // Precision at ranks 1, 3 and 6: 1, 2/3, 3/6.
    expect(averagePrecisionAt(FOUND, RELEVANT, Number.POSITIVE_INFINITY)).toBeCloseTo((1 + 2 / 3 + 1 / 2) / 4);
    expect(averagePrecisionAt(FOUND, RELEVANT, 3)).toBeCloseTo((1 + 2 / 3) / 3);
    // One of ten, in front: divided by the hits this would be 1.
    expect(averagePrecisionAt(ranking('x....'), 10, 5)).toBeCloseTo(1 / 5);
    expect(averagePrecisionAt(ranking('xxx'), 3, 3)).toBe(1);
    expect(averagePrecisionAt(ranking('...'), 3, 3)).toBe(0);
  });

  it('nDCG compares with the best order that there could be', () => {
    // Gains 1, 1/log2(4) = 1/2 and 1/log2(7); the best order of four: 1, 1/log2(3), 1/2, 1/log2(5).
    const best = 1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5);
    expect(ndcgAt(FOUND, RELEVANT, 10)).toBeCloseTo((1 + 1 / 2 + 1 / Math.log2(7)) / best);
    expect(ndcgAt(FOUND, RELEVANT, 1)).toBe(1);
    expect(ndcgAt(ranking('.x'), 1, 5)).toBeCloseTo(1 / Math.log2(3));
    expect(ndcgAt(ranking('xxxx'), 4, 30)).toBe(1);
    expect(ndcgAt([], 4, 3)).toBe(0);
  });

  it('the spread counts different categories, none being one of them', () => {
    expect(categorySpreadAt(['a', 'b', 'a', null, null, 'c'], 5)).toBe(3);
    expect(categorySpreadAt([], 5)).toBe(0);
  });

  it('a product that is shown twice is a repetition', () => {
    expect(repeatedAt(['1', '2', '1', '1', '3'], 5)).toBe(2);
    expect(repeatedAt(['1', '2', '1', '1', '3'], 2)).toBe(0);
  });
});
