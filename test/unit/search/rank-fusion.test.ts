import { describe, expect, it } from 'vitest';
import { type Candidate, fuseRanks, rankByWords } from '../../../src/search/rank-fusion.ts';

const SCORES = { mean: 0.2, standardDeviation: 0.1 };

function candidate(productId: string, distance: number | null, coverage = 0, named = false): Candidate {
  return { productId, imageId: distance === null ? null : `${productId}-picture`, distance, coverage, named };
}
const ids = (candidates: readonly Candidate[]) => candidates.map((one) => one.productId).join('');

describe('fuseRanks', () => {
  it('ranks by distance where words do not tell', () => {
    expect(ids(fuseRanks([candidate('a', 0.5), candidate('b', 0.3)], SCORES, 1))).toBe('ba');
  });

  it('counts all words as one and a half standard deviations', () => {
    expect(ids(fuseRanks([candidate('a', 0.5), candidate('b', 0.64, 1)], SCORES, 1))).toBe('ba');
    expect(ids(fuseRanks([candidate('a', 0.5), candidate('b', 0.66, 1)], SCORES, 1))).toBe('ab');
  });

  it('counts words less the less of the query is text', () => {
    const some = [candidate('a', 0.5), candidate('b', 0.6, 1)];
    expect(ids(fuseRanks(some, SCORES, 1))).toBe('ba');
    expect(ids(fuseRanks(some, SCORES, 0.5))).toBe('ab');
  });

  it('gives the same order in any unit of the scores', () => {
    const some = [candidate('a', 0.5, 0.5), candidate('b', 0.55, 1), candidate('c', 0.4), candidate('d', 0.9, 1)];
    const halved = some.map((one) => ({ ...one, distance: 1 - (1 - (one.distance as number)) / 2 }));
    expect(ids(fuseRanks(halved, { mean: 0.1, standardDeviation: 0.05 }, 1))).toBe(ids(fuseRanks(some, SCORES, 1)));
  });

  it('puts what the query names first', () => {
    expect(ids(fuseRanks([candidate('a', 0.01, 1), candidate('b', 1.4, 0, true)], SCORES, 1))).toBe('ba');
  });

  it('takes a product without a vector for an arbitrary one', () => {
    const some = [candidate('a', 0.79), candidate('b', null), candidate('c', 0.81)];
    expect(ids(fuseRanks(some, SCORES, 1))).toBe('abc');
  });

  it('orders equals by id', () => {
    expect(ids(fuseRanks([candidate('b', 0.5), candidate('a', 0.5), candidate('c', 0.5)], SCORES, 1))).toBe('abc');
  });
});

describe('rankByWords', () => {
  it('orders by share of the words, then by distance, those without a vector last, and leaves out those without a word', () => {
    const some = [
      candidate('a', 0.1),
      candidate('b', 0.5, 0.5),
      candidate('c', null, 1),
      candidate('d', 0.9, 1),
      candidate('e', 0.8, 1),
      candidate('f', 0.9, 0, true),
    ];
    expect(ids(rankByWords(some))).toBe('fedcb');
  });
});
