import { describe, expect, it } from 'vitest';
import { compareMeans, EXCHANGES, estimateMeans } from '../../../src/evaluation/confidence.ts';
import { createRandom } from '../../../src/seeded-random.ts';

/** `ones` times 1, the rest 0. */
const share = (ones: number, of: number) => Float64Array.from({ length: of }, (_, i) => (i < ones ? 1 : 0));

describe('estimateMeans', () => {
  it('gives mean and an interval as wide as theory says', () => {
    const [estimate] = estimateMeans([share(80, 100)], 1);
    expect(estimate).toMatchObject({ queries: 100, mean: 0.8 });
    // Normal approximation: 0.8 +- 1.96 * sqrt(0.8 * 0.2 / 100) = 0.722 to 0.878.
    expect(estimate?.low).toBeCloseTo(0.722, 1);
    expect(estimate?.high).toBeCloseTo(0.878, 1);
    expect(estimate?.low).toBeLessThan(0.8);
    expect(estimate?.high).toBeGreaterThan(0.8);
  });

  it('gives the same numbers for the same seed, others for another', () => {
    const random = createRandom(5);
    const column = Float64Array.from({ length: 50 }, random);
    expect(estimateMeans([column], 7)).toEqual(estimateMeans([column], 7));
    expect(estimateMeans([column], 7)).not.toEqual(estimateMeans([column], 8));
  });

  it('leaves out queries for which a metric is not defined', () => {
    const [some, none, all] = estimateMeans(
      [
        Float64Array.of(1, Number.NaN, 0, Number.NaN),
        new Float64Array(4).fill(Number.NaN),
        new Float64Array(4).fill(0.5),
      ],
      1,
    );
    expect(some).toMatchObject({ queries: 2, mean: 0.5, low: 0, high: 1 });
    expect(none).toBeUndefined();
    expect(all).toEqual({ queries: 4, mean: 0.5, low: 0.5, high: 0.5 });
  });

  it('covers the true mean about as often as it says', () => {
    const random = createRandom(3);
    let covered = 0;
    for (let round = 0; round < 100; round++) {
      const [estimate] = estimateMeans([Float64Array.from({ length: 60 }, () => (random() < 0.6 ? 1 : 0))], round);
      if (estimate && estimate.low <= 0.6 && 0.6 <= estimate.high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });
});

describe('compareMeans', () => {
  it('finds no difference between a configuration and itself', () => {
    const [same] = compareMeans([share(30, 60)], [share(30, 60)], 1);
    expect(same).toEqual({ queries: 60, mean: 0, low: 0, high: 0, pValue: 1 });
  });

  it('tells a real difference from one that chance makes', () => {
    const first = [share(50, 100), share(50, 100)];
    // 20 queries gained, none lost; and 12 gained, 10 lost.
    const mixed = share(50, 100).map((value, i) => (i < 10 ? 0 : i >= 50 && i < 62 ? 1 : value));
    const [real, chance] = compareMeans(first, [share(70, 100), mixed], 1);
    expect(real?.mean).toBeCloseTo(0.2);
    expect(real?.low).toBeGreaterThan(0);
    // One in 2^19 arrangements is as extreme.
    expect(real?.pValue).toBe(1 / (1 + EXCHANGES));
    expect(chance?.mean).toBeCloseTo(0.02);
    expect(chance?.pValue).toBeGreaterThan(0.5);
    expect(chance?.low).toBeLessThan(0);
  });

  it('gives the p-value of all arrangements where they can be counted', () => {
    // Three differences of the same sign: 2 of the 8 arrangements are as extreme.
    const [difference] = compareMeans([Float64Array.of(0, 0, 0)], [Float64Array.of(1, 1, 1)], 4);
    expect(difference?.pValue).toBeCloseTo(0.25, 1);
  });
});
