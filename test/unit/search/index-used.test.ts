import { describe, expect, it } from 'vitest';
import type { ActiveModel } from '../../../src/database/embedding-models.ts';
import { isIndexUsed } from '../../../src/search/nearest/nearest-request.ts';
import type { QueryVectors } from '../../../src/search/query/search-query.ts';

const ofMean = (mean: number) =>
  ({ pictures: { vector: new Float32Array(2), mean, standardDeviation: 0.2 } }) as unknown as QueryVectors;
const withMeans = (text: number, picture: number, indexed = true) =>
  ({
    indexed,
    statistics: {
      TEXT_IMAGE: { mean: text, standardDeviation: 0.2, nearestMean: null },
      IMAGE_IMAGE: { mean: picture, standardDeviation: 0.2, nearestMean: null },
    },
  }) as unknown as ActiveModel;

describe('the index', () => {
  it('is used by a query that points to pictures, also where arbitrary texts of a model score below 0', () => {
    expect(isIndexUsed({ model: withMeans(0.07, 0.19), vectors: ofMean(0.07) })).toBe(true);
    expect(isIndexUsed({ model: withMeans(-0.02, 0.19), vectors: ofMean(-0.02) })).toBe(true);
  });

  it('is not used by one that points away from all of them, nor where it is not built', () => {
    expect(isIndexUsed({ model: withMeans(0.07, 0.19), vectors: ofMean(-0.07) })).toBe(false);
    expect(isIndexUsed({ model: withMeans(0.07, 0.19, false), vectors: ofMean(0.07) })).toBe(false);
  });
});
