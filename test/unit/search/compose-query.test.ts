import { describe, expect, it } from 'vitest';
import { cosineSimilarity, type Embedding, normalise } from '../../../src/embedding-vector.ts';
import { composeQuery, type QueryPart } from '../../../src/search/compose-query.ts';
import { createRandom } from '../../support/random.ts';

const STATISTICS = {
  TEXT_IMAGE: { mean: 0.2, standardDeviation: 0.03 },
  IMAGE_IMAGE: { mean: 0.6, standardDeviation: 0.12 },
};
const DIMENSIONS = 16;
/** Single precision, summed over 16 dimensions and divided by a small deviation. */
const ROUNDING = 1e-4;

const random = createRandom(20_240_501);
const randomVector = (): Embedding => normalise(Array.from({ length: DIMENSIONS }, () => random() - 0.5));

function calibrated(part: QueryPart, document: Embedding): number {
  const { mean, standardDeviation } = STATISTICS[part.pair];
  return (cosineSimilarity(part.vector, document) - mean) / standardDeviation;
}

describe('composeQuery', () => {
  it('ranks by the weighted sum of calibrated scores', () => {
    for (let round = 0; round < 50; round++) {
      const parts: QueryPart[] = [
        { vector: randomVector(), weight: 1, pair: 'TEXT_IMAGE' },
        { vector: randomVector(), weight: 0.6, pair: 'IMAGE_IMAGE' },
        { vector: randomVector(), weight: -0.4, pair: 'TEXT_IMAGE' },
      ];
      const { vector } = composeQuery(parts, STATISTICS);
      const documents = Array.from({ length: 30 }, randomVector);
      const wanted = (document: Embedding) =>
        parts.reduce((sum, part) => sum + part.weight * calibrated(part, document), 0);
      const byCosine = documents.toSorted((a, b) => cosineSimilarity(vector, b) - cosineSimilarity(vector, a));
      byCosine.slice(1).forEach((document, index) => {
        const better = byCosine[index] as Embedding;
        expect(wanted(better)).toBeGreaterThan(wanted(document) - ROUNDING);
      });
    }
  });

  it('acts monotonically: more weight never takes the best match of a term further from it', () => {
    for (let round = 0; round < 100; round++) {
      const term = randomVector();
      const other = randomVector();
      const documents = Array.from({ length: 50 }, randomVector);
      let before = Number.NEGATIVE_INFINITY;
      for (const weight of [-1, -0.5, -0.1, 0.1, 0.5, 1]) {
        const { vector } = composeQuery(
          [
            { vector: term, weight, pair: 'TEXT_IMAGE' },
            { vector: other, weight: 1, pair: 'IMAGE_IMAGE' },
          ],
          STATISTICS,
        );
        const first = documents.reduce((a, b) => (cosineSimilarity(vector, a) >= cosineSimilarity(vector, b) ? a : b));
        const score = cosineSimilarity(term, first);
        expect(score).toBeGreaterThanOrEqual(before - ROUNDING);
        before = score;
      }
    }
  });

  it('weighs one standard deviation of a text like one of a picture: 1:1 means half and half', () => {
    const [text, picture] = [normalise([1, 0, 0]), normalise([0, 1, 0])];
    const { vector } = composeQuery(
      [
        { vector: text, weight: 1, pair: 'TEXT_IMAGE' },
        { vector: picture, weight: 1, pair: 'IMAGE_IMAGE' },
      ],
      STATISTICS,
    );
    const gain = (direction: Embedding, step: number) => step * cosineSimilarity(vector, direction);
    expect(gain(text, STATISTICS.TEXT_IMAGE.standardDeviation)).toBeCloseTo(
      gain(picture, STATISTICS.IMAGE_IMAGE.standardDeviation),
      6,
    );
  });

  it('keeps the vector and the statistics of a single term as they are', () => {
    const vector = randomVector();
    const composed = composeQuery([{ vector, weight: 0.3, pair: 'IMAGE_IMAGE' }], STATISTICS);
    expect(cosineSimilarity(composed.vector, vector)).toBeCloseTo(1, 6);
    expect(composed.scores.mean).toBeCloseTo(STATISTICS.IMAGE_IMAGE.mean, 6);
    expect(composed.scores.standardDeviation).toBeCloseTo(STATISTICS.IMAGE_IMAGE.standardDeviation, 6);
  });

  it('counts all kinds alike while they are not all measured', () => {
    const parts: QueryPart[] = [
      { vector: normalise([1, 0]), weight: 1, pair: 'TEXT_IMAGE' },
      { vector: normalise([0, 1]), weight: 1, pair: 'IMAGE_IMAGE' },
    ];
    const { vector } = composeQuery(parts, { TEXT_IMAGE: STATISTICS.TEXT_IMAGE });
    expect([...vector].map((value) => value.toFixed(3))).toEqual(['0.707', '0.707']);
  });

  it('points away from a term with negative weight', () => {
    const vector = randomVector();
    const composed = composeQuery([{ vector, weight: -1, pair: 'TEXT_IMAGE' }], STATISTICS);
    expect(cosineSimilarity(composed.vector, vector)).toBeCloseTo(-1, 6);
  });

  it('refuses terms that cancel each other out', () => {
    const vector = randomVector();
    const parts: QueryPart[] = [1, -1].map((weight) => ({ vector, weight, pair: 'TEXT_IMAGE' }));
    expect(() => composeQuery(parts, STATISTICS)).toThrow(
      'terms: expected terms that do not cancel each other out, found [1,-1]',
    );
  });
});
