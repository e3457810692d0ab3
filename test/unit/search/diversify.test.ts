import { describe, expect, it } from 'vitest';
import { spreadOut } from '../../../src/search/ranking/diversify.ts';
import type { RankedProduct } from '../../../src/search/ranking/ranking.ts';
import { createRandom } from '../../../src/seeded-random.ts';

const REASON = { vectorRank: null, wordRank: null, vectorScore: null, wordScore: 0, named: false, pinned: false };

/** Its id begins with its group. */
function product(productId: string, relevance: number, boost = 0): RankedProduct {
  const found = { imageId: null, similarity: null, unavailable: false, tests: null };
  return { ...found, resultId: productId, productId, relevance, closeness: relevance, why: { ...REASON, boost } };
}
const inGroup = (a: RankedProduct, b: RankedProduct) => (a.productId[0] === b.productId[0] ? 1 : 0);
/** Groups are brands. */
const sameGroup = (a: RankedProduct, b: RankedProduct) => ({ looks: 0, kinship: inGroup(a, b) });
/** Groups are looks. */
const sameLook = (a: RankedProduct, b: RankedProduct) => ({ looks: inGroup(a, b), kinship: 0 });
const ids = (products: readonly RankedProduct[]) => products.map(({ productId }) => productId).join(' ');

const products = [product('a1', 0.9), product('a2', 0.8), product('a3', 0.7), product('b1', 0.6), product('c1', 0.1)];

describe('spreadOut', () => {
  it('leaves everything as it was with strength 0', async () => {
    expect(ids(await spreadOut(products, 0, sameGroup))).toBe('a1 a2 a3 b1 c1');
  });

  it('takes one of each group before any second one with strength 1', async () => {
    const spread = await spreadOut(products, 1, sameGroup);
    expect(ids(spread.slice(0, 1))).toBe('a1');
    expect(ids(spread.slice(1, 3).toSorted((a, b) => b.relevance - a.relevance))).toBe('b1 c1');
  });

  it('weighs closeness against likeness in between', async () => {
    // Closeness is 1, 0.875, 0.75, 0.625 and 0: a second one of a group loses the strength times 1.
    expect(ids(await spreadOut(products, 0.15, sameGroup))).toBe('a1 a2 b1 a3 c1');
    expect(ids(await spreadOut(products, 0.4, sameGroup))).toBe('a1 b1 a2 a3 c1');
  });

  it('lets brands take turns where all are equally close, as long as there are several', async () => {
    const equals = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1', 'c2'].map((id) => product(id, 0.5));
    expect(ids(await spreadOut(equals, 0.3, sameGroup))).toBe('a1 b1 c1 a2 b2 c2 a3 a4');
  });

  it('shows a second one of a look when nothing else is left, however long ago the first was', async () => {
    const equals = ['a1', 'a2', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1', 'h1'].map((id) => product(id, 0.5));
    expect(ids(await spreadOut(equals, 0.3, sameLook))).toBe('a1 b1 c1 d1 e1 f1 g1 h1 a2');
  });

  it('takes boosts for closeness', async () => {
    const boosted = [product('b1', 0.2, 0.7), product('a1', 0.8), product('a2', 0.3)];
    expect(ids(await spreadOut(boosted, 0.3, sameGroup))).toBe('b1 a1 a2');
  });

  it('takes nothing and one', async () => {
    expect(await spreadOut([], 0.3, sameGroup)).toEqual([]);
    expect(ids(await spreadOut([product('a', 0)], 0.3, sameGroup))).toBe('a');
  });

  it('gives every product once, the best one first, whatever the strength', async () => {
    const random = createRandom(7);
    const many = Array.from({ length: 200 }, (_, n) => product(`${'abcdefg'[n % 7]}${n}`, 1 - n / 200));
    for (const strength of [0.1, 0.5, 0.9, 1]) {
      const spread = await spreadOut(many, strength, () => ({ looks: random() / 2, kinship: random() / 2 }));
      expect(spread[0]).toBe(many[0]);
      expect(new Set(spread)).toEqual(new Set(many));
      expect(spread).toHaveLength(many.length);
    }
  });
});
