import { describe, expect, it } from 'vitest';
import { clusterValueKey } from '../../../src/database/vector-clusters.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { matchingShares, matchingVectors } from '../../../src/search/nearest/matching-shares.ts';
import { makeClusters } from '../../support/vector-clusters.ts';

/** Two clusters: shoes, most of them brown; shirts, few of them brown. */
const CLUSTERS = makeClusters(
  [
    {
      vectors: 100,
      counts: {
        'CATEGORY:shoes': 100,
        'BRAND:Acme': 40,
        'BRAND:Bolt': 20,
        'AVAILABILITY:IN_STOCK': 90,
        'color:Brown': 80,
        'weight:0': 30,
        'weight:-2.5': 20,
        'weight:12 cm': 50,
      },
      prices: [50, 30, 10],
    },
    {
      vectors: 1000,
      counts: {
        ...{ 'CATEGORY:shoes': 10, 'CATEGORY:shirts': 990, 'BRAND:Acme': 500 },
        ...{ 'AVAILABILITY:IN_STOCK': 1000, 'color:Brown': 20, 'color:Red': 500, 'size:S': 400 },
      },
      prices: [0, 200, 600],
    },
  ],
  [
    [5, 10],
    [10, 30],
    [30, 30],
  ],
);

const BROWN: ResolvedFilter = { attributes: [{ name: 'color', in: ['Brown'] }] };
const SHOES: ResolvedFilter = { category: ['shoes'] };
const ACME: ResolvedFilter = { brand: { in: ['Acme'] } };
const EVERYTHING = [1, 1];
const NOTHING = [0, 0];

/** Of shoes, of shirts. */
function expected(filter: ResolvedFilter): number[] {
  return [...matchingShares(CLUSTERS, filter).expected].map(rounded);
}

function most(filter: ResolvedFilter): number[] {
  return [...matchingShares(CLUSTERS, filter).most].map(rounded);
}

function rounded(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}

describe('the share of a cluster that is expected to hold', () => {
  it.each<[string, ResolvedFilter, number[]]>([
    ['nothing asked', {}, EVERYTHING],
    ['a category', SHOES, [1, 0.01]],
    ['one of several categories', { category: ['shoes', 'shirts'] }, [1, 1]],
    ['no category at all', { category: [] }, NOTHING],
    ['a brand', ACME, [0.4, 0.5]],
    ['one of several brands', { brand: { in: ['Acme', 'Bolt'] } }, [0.6, 0.5]],
    ['a brand and not it', { brand: { in: ['Acme', 'Bolt'], notIn: ['Bolt'] } }, [0.48, 0.5]],
    ['all but a brand, also what has none', { brand: { notIn: ['Acme'] } }, [0.6, 0.5]],
    ['all but a code, also what has none', { gtin: { notIn: ['1'] } }, EVERYTHING],
    ['no code at all', { gtin: { in: [] } }, NOTHING],
    ['numbers within a range', { numbers: [{ name: 'weight', min: '0' }] }, [0.3, 0]],
    ['numbers up to one', { numbers: [{ name: 'weight', max: '0' }] }, [0.5, 0]],
    ['an empty range of numbers', { numbers: [{ name: 'weight', min: '1', max: '-1' }] }, NOTHING],
    ['numbers without ends', { numbers: [{ name: 'weight' }] }, EVERYTHING],
    ['numbers of an attribute of which nothing is known', { numbers: [{ name: 'depth', min: '0' }] }, EVERYTHING],
    ['no brand at all', { brand: { in: [] } }, NOTHING],
    ['all but no brand', { brand: { notIn: [] } }, EVERYTHING],
    ['an availability', { availability: ['IN_STOCK'] }, [0.9, 1]],
    ['an attribute', BROWN, [0.8, 0.02]],
    [
      'two attributes',
      {
        attributes: [
          { name: 'color', in: ['Red'] },
          { name: 'size', in: ['S'] },
        ],
      },
      [0, 0.2],
    ],
    ['all but a colour', { attributes: [{ name: 'color', notIn: ['Brown'] }] }, [0.2, 0.98]],
    ['a value of another attribute', { attributes: [{ name: 'size', in: ['Brown'] }] }, NOTHING],
    ['what is listed nowhere', { brand: { in: ['Nobody'] } }, NOTHING],
    ['all but what is listed nowhere', { brand: { notIn: ['Nobody'] } }, EVERYTHING],
    ['fields together', { ...SHOES, ...ACME, ...BROWN }, [0.32, 0.0001]],
  ])('for %s', (_, filter, shares) => {
    expect(expected(filter)).toEqual(shares);
  });

  it.each<[string, Omit<NonNullable<ResolvedFilter['price']>, 'currency'>, number[]]>([
    ['any price, but not none', {}, [0.9, 0.8]],
    ['all of a range', { min: '5', max: '10' }, [0.5, 0]],
    ['half of a range', { min: '20', max: '29.99999999999' }, [0.15, 0.1]],
    ['a fifth of one and half of another', { min: '9', max: '20' }, [0.25, 0.1]],
    ['from a price on', { min: '20' }, [0.25, 0.7]],
    ['up to a price', { max: '7.5' }, [0.25, 0]],
    ['a price that many have', { min: '30', max: '30' }, [0.1, 0.6]],
    ['below all', { max: '4.99' }, NOTHING],
    ['above all', { min: '30.01' }, NOTHING],
    ['the wrong way round', { min: '20', max: '6' }, NOTHING],
  ])('for prices: %s', (_, price, shares) => {
    expect(expected({ price: { ...price, currency: 'USD' } })).toEqual(shares.map(rounded));
  });

  it('knows prices of the currency alone, and takes those that were counted together for any', () => {
    const within = { price: { min: '5', max: '10', currency: 'EUR' } };
    expect(expected(within)).toEqual(NOTHING);
    const together = { ...CLUSTERS, prices: CLUSTERS.prices.map((range) => ({ ...range, currency: '' })) };
    expect([...matchingShares(together, within).expected].map(rounded)).toEqual([0.5, 0]);
  });

  it.each<[string, ResolvedFilter, number[]]>([
    ['both', { and: [BROWN, ACME] }, [0.32, 0.01]],
    ['an empty and', { and: [] }, EVERYTHING],
    ['either', { or: [BROWN, ACME] }, [0.88, 0.51]],
    ['either of one', { or: [BROWN] }, [0.8, 0.02]],
    ['an empty or', { or: [] }, NOTHING],
    ['an or with all', { or: [BROWN, {}] }, EVERYTHING],
    ['not', { not: BROWN }, [0.2, 0.98]],
    ['not everything', { not: {} }, NOTHING],
    ['not both', { not: { and: [BROWN, ACME] } }, [0.68, 0.99]],
    ['not either', { not: { or: [BROWN, ACME] } }, [0.12, 0.49]],
    ['not not', { not: { not: BROWN } }, [0.8, 0.02]],
    ['beside a field', { ...ACME, or: [BROWN], not: SHOES }, [0, 0.5 * 0.02 * 0.99]],
  ])('for conditions put together: %s', (_, filter, shares) => {
    expect(expected(filter)).toEqual(shares.map(rounded));
  });

  it('spreads products over all clusters alike', () => {
    const ids = (count: number) => ({ product: { in: Array.from({ length: count }, (_, n) => `id-${n}`) } });
    expect(expected(ids(11))).toEqual([0.01, 0.01]);
    expect(expected(ids(0))).toEqual(NOTHING);
    expect(expected(ids(5000))).toEqual(EVERYTHING);
    expect(expected({ product: { notIn: ['id-1'] } })).toEqual(EVERYTHING);
  });

  it('takes times of updates to be all within the range', () => {
    expect(expected({ updatedAt: { from: new Date(), to: new Date() } })).toEqual(EVERYTHING);
  });

  it('is never more than all, also where a product has several of the values', () => {
    const clusters = makeClusters([{ vectors: 10, counts: { 'color:Red': 8, 'color:Blue': 7 } }]);
    const filter = { attributes: [{ name: 'color', in: ['Red', 'Blue'] }] };
    expect([...matchingShares(clusters, filter).expected]).toEqual([1]);
  });

  it('is of no pictures nothing', () => {
    const clusters = makeClusters([{ vectors: 0 }, { vectors: 10, counts: { 'BRAND:Acme': 5 } }]);
    expect([...matchingShares(clusters, ACME).expected]).toEqual([0, 0.5]);
    expect(matchingShares(makeClusters([]), ACME).expected).toHaveLength(0);
  });
});

describe('the share of a cluster that holds at most', () => {
  it('is what is expected where only one value is asked for', () => {
    for (const filter of [{}, SHOES, BROWN, ACME, { availability: ['IN_STOCK' as const] }])
      expect(most(filter)).toEqual(expected(filter));
  });

  it('is the rarer of two conditions: brown shoes among shirts may be all shoes that are there', () => {
    expect(most({ ...SHOES, ...BROWN })).toEqual([0.8, 0.01]);
    expect(most({ and: [SHOES, BROWN, ACME] })).toEqual([0.4, 0.01]);
  });

  it('is both of two alternatives, up to all', () => {
    expect(most({ or: [BROWN, ACME] })).toEqual([1, 0.52]);
    expect(most({ or: [] })).toEqual(NOTHING);
  });

  it('is all of a range of prices that is asked for in part, since all may cost what is asked', () => {
    expect(most({ price: { min: '9', max: '20', currency: 'USD' } })).toEqual([0.8, 0.2]);
    expect(most({ price: { min: '10', max: '10', currency: 'USD' } })).toEqual([0.8, 0.2]);
    expect(most({ price: { min: '10.01', max: '29', currency: 'USD' } })).toEqual([0.3, 0.2]);
    expect(most({ price: { min: '20', max: '6', currency: 'USD' } })).toEqual(NOTHING);
  });

  it('is everything where products are named, which may lie side by side', () => {
    expect(most({ product: { in: ['id-1'] } })).toEqual(EVERYTHING);
    expect(most({ product: { in: [] } })).toEqual(NOTHING);
    expect(most({ ...ACME, product: { in: ['id-1'] } })).toEqual([0.4, 0.5]);
  });

  it('is never less than what is expected', () => {
    const parts: ResolvedFilter[] = [
      {},
      SHOES,
      BROWN,
      ACME,
      { price: { min: '9', max: '20', currency: 'USD' } },
      { not: ACME },
    ];
    for (const a of parts) {
      for (const b of parts) {
        for (const filter of [
          { and: [a, b] },
          { or: [a, b] },
          { ...a, not: b },
          { not: { and: [a, b] } },
          { not: { or: [a, b] } },
        ]) {
          const bounds = most(filter);
          for (const [place, share] of expected(filter).entries()) expect(bounds[place]).toBeGreaterThanOrEqual(share);
        }
      }
    }
  });
});

describe('the share of a cluster that holds at most for what is turned round', () => {
  /** Half of the pictures are of something red and blue, half of something green. */
  const COLORS = makeClusters([{ vectors: 100, counts: { 'color:Red': 50, 'color:Blue': 50, 'color:Green': 50 } }], []);
  const bound = (filter: ResolvedFilter) => matchingShares(COLORS, filter).most[0];

  it.each<[string, ResolvedFilter, number]>([
    ['not one of two that are of the same', { attributes: [{ name: 'color', notIn: ['Red', 'Blue'] }] }, 0.5],
    [
      'neither',
      {
        not: {
          or: [{ attributes: [{ name: 'color', in: ['Red'] }] }, { attributes: [{ name: 'color', in: ['Blue'] }] }],
        },
      },
      0.5,
    ],
    [
      'not both',
      {
        not: {
          and: [{ attributes: [{ name: 'color', in: ['Red'] }] }, { attributes: [{ name: 'color', in: ['Blue'] }] }],
        },
      },
      1,
    ],
    ['not what all are', { not: {} }, 0],
  ])('%s', (_, filter, expectedBound) => {
    expect(bound(filter)).toBeCloseTo(expectedBound, 9);
  });
});

describe('matchingVectors', () => {
  it('are those of all clusters together', () => {
    expect(matchingVectors(CLUSTERS, matchingShares(CLUSTERS, {}))).toBe(1100);
    expect(matchingVectors(CLUSTERS, matchingShares(CLUSTERS, BROWN))).toBeCloseTo(100, 9);
    expect(matchingVectors(CLUSTERS, matchingShares(CLUSTERS, { brand: { in: ['Nobody'] } }))).toBe(0);
  });

  it('knows that a product of two categories is one product, where some are in several', () => {
    const both: ResolvedFilter = { category: ['shoes', 'shirts'] };
    const counts = { places: [1], vectors: [100] };
    const clusters = {
      ...CLUSTERS,
      values: new Map([...CLUSTERS.values, [clusterValueKey('CATEGORY', 'further', ''), counts]]),
    };
    const shares = matchingShares(clusters, both);
    expect([shares.most[1], shares.least[1]].map((share) => rounded(share ?? Number.NaN))).toEqual([1, 0.9]);
    expect(rounded(matchingShares(clusters, { not: both }).most[1] ?? Number.NaN)).toBe(0.1);
    // Of one category each vector was counted once.
    expect(matchingShares(clusters, { category: ['shirts'] }).least[1]).toBe(0.99);
    expect(matchingShares(CLUSTERS, { not: both }).most[1]).toBe(0);
  });
});
