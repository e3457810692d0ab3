import { describe, expect, it } from 'vitest';
import { cosineSimilarity, type Embedding, normalise } from '../../../src/embedding-vector.ts';
import { composeQuery, type QueryPart } from '../../../src/search/query/compose-query.ts';
import type { Statistics } from '../../../src/search/query/search-query.ts';
import { createRandom } from '../../../src/seeded-random.ts';

const statistic = (mean: number, standardDeviation: number) => ({ mean, standardDeviation, nearestMean: null });
const STATISTICS = {
  TEXT_IMAGE: statistic(0.2, 0.03),
  IMAGE_IMAGE: statistic(0.6, 0.12),
  TEXT_TEXT: statistic(0.7, 0.1),
  COMPOSED: statistic(0, 0.9),
};
const PAIRS = {
  picture: { text: 'TEXT_IMAGE', picture: 'IMAGE_IMAGE' },
  text: { text: 'TEXT_TEXT', picture: 'TEXT_IMAGE' },
} as const;
const DIMENSIONS = 16;
/** Single precision, summed over 16 dimensions and divided by a small deviation. */
const ROUNDING = 1e-4;

const random = createRandom(20_240_501);
const randomVector = (): Embedding => normalise(Array.from({ length: DIMENSIONS }, () => random() - 0.5));

function part(kind: QueryPart['kind'], weight = 1, term = 0, vector = randomVector()): QueryPart {
  return { kind, weight, term, vector };
}

/** The weighted sum of calibrated scores, as the documentation has it. */
function weightedSum(parts: readonly QueryPart[], document: Embedding, documents: 'picture' | 'text'): number {
  return parts.reduce((sum, { kind, weight, vector }) => {
    const { mean, standardDeviation } = STATISTICS[PAIRS[documents][kind]];
    return sum + (weight * (cosineSimilarity(vector, document) - mean)) / standardDeviation;
  }, 0);
}

describe('composeQuery', () => {
  it.each(['picture', 'text'] as const)('ranks each %s by the weighted sum of calibrated scores', (documents) => {
    for (let round = 0; round < 50; round++) {
      const parts = [part('text'), part('picture', 0.6, 1), part('text', -0.4, 2)];
      const { vector } = composeQuery(parts, STATISTICS, documents);
      const byCosine = Array.from({ length: 30 }, randomVector).toSorted(
        (a, b) => cosineSimilarity(vector, b) - cosineSimilarity(vector, a),
      );
      const sums = byCosine.map((document) => weightedSum(parts, document, documents));
      sums.slice(1).forEach((sum, index) => {
        expect(sums[index]).toBeGreaterThan(sum - ROUNDING);
      });
    }
  });

  it('gives the mean that makes similarity minus mean that sum, in units that are the same for all documents', () => {
    const parts = [part('text'), part('picture', 0.6, 1), part('text', -0.4, 2)];
    const { vector, mean } = composeQuery(parts, STATISTICS, 'picture');
    const units = Array.from({ length: 10 }, randomVector).map(
      (document) => weightedSum(parts, document, 'picture') / (cosineSimilarity(vector, document) - mean),
    );
    for (const unit of units) expect(unit / (units[0] ?? 0)).toBeCloseTo(1, 2);
  });

  it('acts monotonically: more weight never takes the best match of a term further from it', () => {
    for (let round = 0; round < 100; round++) {
      const term = randomVector();
      const other = part('picture', 1, 1);
      const documents = Array.from({ length: 50 }, randomVector);
      let before = Number.NEGATIVE_INFINITY;
      for (const weight of [-1, -0.5, -0.1, 0.1, 0.5, 1]) {
        const { vector } = composeQuery([part('text', weight, 0, term), other], STATISTICS, 'picture');
        const first = documents.reduce((a, b) => (cosineSimilarity(vector, a) >= cosineSimilarity(vector, b) ? a : b));
        const score = cosineSimilarity(term, first);
        expect(score).toBeGreaterThanOrEqual(before - ROUNDING);
        before = score;
      }
    }
  });

  it('weighs one standard deviation of a text like one of a picture: 1:1 means half and half', () => {
    const [text, picture] = [normalise([1, 0, 0]), normalise([0, 1, 0])];
    const { vector } = composeQuery([part('text', 1, 0, text), part('picture', 1, 1, picture)], STATISTICS, 'picture');
    const gain = (direction: Embedding, step: number) => step * cosineSimilarity(vector, direction);
    expect(gain(text, STATISTICS.TEXT_IMAGE.standardDeviation)).toBeCloseTo(
      gain(picture, STATISTICS.IMAGE_IMAGE.standardDeviation),
      6,
    );
  });

  it('keeps a single term as it is, to the last bit, with the statistics of its kind', () => {
    const vector = randomVector();
    const composed = composeQuery([part('picture', 0.3, 0, vector)], STATISTICS, 'picture');
    expect(composed.vector).toBe(vector);
    expect(composed.mean).toBeCloseTo(STATISTICS.IMAGE_IMAGE.mean, 6);
    expect(composed.standardDeviation).toBeCloseTo(STATISTICS.IMAGE_IMAGE.standardDeviation, 6);
    const ofTexts = composeQuery([part('picture', 0.3, 0, vector)], STATISTICS, 'text');
    expect(ofTexts.mean).toBeCloseTo(STATISTICS.TEXT_IMAGE.mean, 6);
  });

  it('gives shares that add up to the vector, one for each term, whatever the weights', () => {
    for (let round = 0; round < 50; round++) {
      // The first term has two parts: a misspelt text and its mended form.
      const parts = [
        part('text', 0.5),
        part('text', 0.5),
        part('picture', -random() - 0.01, 1),
        part('text', random() + 0.01, 2),
      ];
      const { vector, shares } = composeQuery(parts, STATISTICS, 'picture');
      expect(shares).toHaveLength(3);
      vector.forEach((value, index) => {
        expect(shares.reduce((sum, share) => sum + (share[index] ?? 0), 0)).toBeCloseTo(value, 5);
      });
    }
  });

  it('knows the spread of a mixed query from COMPOSED, and of one kind alone from the directions of its terms', () => {
    const [right, up] = [normalise([1, 0]), normalise([0, 1])];
    const spread = (parts: QueryPart[], statistics: Statistics = STATISTICS) => {
      const { vector, mean, standardDeviation } = composeQuery(parts, statistics, 'picture');
      // In units of one document's weighted sum of calibrated scores.
      const document = normalise([0.3, 0.7]);
      return (
        (standardDeviation * weightedSum(parts, document, 'picture')) / (cosineSimilarity(vector, document) - mean)
      );
    };
    const mixed = [part('text', 1, 0, right), part('picture', 1, 1, up)];
    expect(spread(mixed)).toBeCloseTo(0.9 * Math.SQRT2, 4);
    expect(spread(mixed, { ...STATISTICS, COMPOSED: statistic(0, 1) })).toBeCloseTo(Math.SQRT2, 4);
    expect(spread([part('text', 1, 0, right), part('text', 1, 1, right)])).toBeCloseTo(2, 4);
    expect(spread([part('text', 1, 0, right), part('text', 1, 1, up)])).toBeCloseTo(Math.SQRT2, 4);
  });

  it('counts all kinds alike while they are not all measured', () => {
    const parts = [part('text', 1, 0, normalise([1, 0])), part('picture', 1, 1, normalise([0, 1]))];
    const { vector } = composeQuery(parts, { TEXT_IMAGE: STATISTICS.TEXT_IMAGE }, 'picture');
    expect([...vector].map((value) => value.toFixed(3))).toEqual(['0.707', '0.707']);
  });

  it('points away from a term with negative weight', () => {
    const vector = randomVector();
    const composed = composeQuery([part('text', -1, 0, vector)], STATISTICS, 'picture');
    expect(cosineSimilarity(composed.vector, vector)).toBeCloseTo(-1, 6);
    expect(composed.mean).toBeCloseTo(-STATISTICS.TEXT_IMAGE.mean, 6);
    expect(composed.standardDeviation).toBeCloseTo(STATISTICS.TEXT_IMAGE.standardDeviation, 6);
  });

  it('refuses terms that cancel each other out', () => {
    const vector = randomVector();
    const parts = [part('text', 1, 0, vector), part('text', -1, 1, vector)];
    expect(() => composeQuery(parts, STATISTICS, 'picture')).toThrow(
      'terms: expected terms that do not cancel each other out, found [1,-1]',
    );
  });
});
