import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AVAILABILITIES } from '../../../src/database/closed-sets.ts';
import { type FacetGroup, facetCounts } from '../../../src/search/counts/facet-statements.ts';
import { wordScoring } from '../../../src/search/query/scoring.ts';
import { resultCount } from '../../../src/search/ranking/ranking-statements.ts';
import type { Facet, FacetField, ProductFilter, SearchRequest } from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const random = createRandom(31);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const BRANDS = ['Acme', 'Bolt', 'Crown', "D'Or"];
const CATEGORIES = [['Apparel'], ['Apparel', 'Shirts'], ['Apparel', 'Shirts', 'Polo'], ['Home']];
const products: ShopProduct[] = Array.from({ length: 120 }, (_, index) => ({
  sku: `S${index}`,
  title: index % 4 === 0 ? 'Woollen thing' : 'Thing',
  category: pick(CATEGORIES),
  availability: pick(AVAILABILITIES),
  ...(index % 10 > 0 && { brand: pick(BRANDS) }),
  ...(index % 5 > 0 && { price: (1 + random() * 99).toFixed(2) }),
  attributes: {
    color: ['Red', 'Blue', 'Green'].filter(() => random() < 0.5),
    size: [pick(['S', 'M'])],
    'odd "name"': ['x'],
  },
  pictures: [AXES.map(() => random() - 0.3)],
}));

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };
const WOOLLEN = { terms: [{ match: { kind: 'text' as const, text: 'woollen' } }], words: 'ONLY' as const };
const CATEGORY: FacetField = { builtIn: 'CATEGORY' };
const BRAND: FacetField = { builtIn: 'BRAND' };
const PRICE: FacetField = { builtIn: 'PRICE' };
const AVAILABILITY: FacetField = { builtIn: 'AVAILABILITY' };
const COLOR: FacetField = { attribute: 'color' };
const SIZE: FacetField = { attribute: 'size' };

async function facetsOf(request: Partial<SearchRequest>, ...fields: FacetField[]) {
  return (await shop.search({ ...RED, ...request })).facets(fields);
}
const counts = (facet: Facet | undefined) =>
  Object.fromEntries((facet?.values ?? []).map(({ value, count }) => [value, count]));

/** How often each value occurs among products, by a plain count. */
function tally(some: readonly ShopProduct[], valuesOf: (product: ShopProduct) => readonly string[]) {
  const found: Record<string, number> = {};
  for (const value of some.flatMap((product) => [...new Set(valuesOf(product))]))
    found[value] = (found[value] ?? 0) + 1;
  return found;
}
const brandOf = ({ brand }: ShopProduct) => (brand === undefined ? [] : [brand]);
const levelsOf = ({ category = [] }: ShopProduct) => category.map((_, i) => category.slice(0, i + 1).join(' > '));
const rangeOf = (some: readonly ShopProduct[]) => {
  const prices = some.flatMap(({ price }) => (price === undefined ? [] : [Number(price)]));
  return prices.length === 0 ? null : { min: Math.min(...prices), max: Math.max(...prices) };
};
const toNumbers = (facet: Facet | undefined) =>
  facet?.range ? { min: Number(facet.range.min), max: Number(facet.range.max) } : null;

describe('count and facets', () => {
  const cases: [string, ProductFilter, (product: ShopProduct) => boolean][] = [
    ['everything', {}, () => true],
    [
      'a category',
      { category: { in: [{ kind: 'path', path: ['Apparel', 'Shirts'] }] } },
      (p) => p.category?.[1] === 'Shirts',
    ],
    ['a brand', { not: { brand: { in: ['Acme'] } } }, (p) => p.brand !== 'Acme'],
    ['a price', { or: [{ price: { min: '20', max: '60' } }] }, (p) => Number(p.price) >= 20 && Number(p.price) <= 60],
    ['a state', { not: { availability: ['IN_STOCK'] } }, (p) => p.availability !== 'IN_STOCK'],
    [
      'values',
      { not: { attributes: [{ name: 'color', in: ['Red', 'Blue'] }] } },
      (p) => !p.attributes?.color?.some((c) => c !== 'Green'),
    ],
    [
      'certain products',
      {
        product: {
          in: [
            { kind: 'sku', sku: 'S1' },
            { kind: 'sku', sku: 'S2' },
          ],
        },
      },
      (p) => ['S1', 'S2'].includes(p.sku),
    ],
    ['nothing', { or: [] }, () => false],
  ];

  it.each(cases)('are those of %s', async (_, filter, holds) => {
    const expected = products.filter(holds);
    // A category narrows its own facet no more: that is another test.
    const byCategory = filter.category === undefined ? expected : products;
    for (const request of [RED, { ...RED, sort: 'TITLE' as const }, { terms: [] }]) {
      const page = await shop.search({ ...request, filter, unavailable: 'SHOW' });
      expect(await page.count()).toEqual({ value: expected.length, exact: true });
      const [category, brand, price, state, color, size, odd, unknown] = await page.facets([
        ...[CATEGORY, BRAND, PRICE, AVAILABILITY, COLOR, SIZE],
        { attribute: 'odd "name"' },
        { attribute: 'unknown' },
      ]);
      expect(counts(category)).toEqual(tally(byCategory, levelsOf));
      expect(counts(brand)).toEqual(tally(expected, brandOf));
      expect(toNumbers(price)).toEqual(rangeOf(expected));
      expect(counts(state)).toEqual(tally(expected, ({ availability = 'IN_STOCK' }) => [availability]));
      expect(counts(color)).toEqual(tally(expected, ({ attributes }) => attributes?.color ?? []));
      expect(counts(size)).toEqual(tally(expected, ({ attributes }) => attributes?.size ?? []));
      expect(counts(odd)).toEqual(expected.length === 0 ? {} : { x: expected.length });
      expect(unknown).toEqual({
        field: 'unknown',
        values: [],
        hasMore: false,
        range: null,
        missing: expected.length,
        exact: true,
      });
      // Each has one of these, so they add up.
      for (const facet of [state, size])
        expect(facet?.values.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    }
  });

  it('come most frequent first, equals by name, with what tells them apart', async () => {
    const facets = await facetsOf({}, CATEGORY, BRAND, COLOR, AVAILABILITY);
    expect(facets.map(({ field }) => field)).toEqual(['CATEGORY', 'BRAND', 'color', 'AVAILABILITY']);
    for (const { values } of facets) {
      const inOrder = values.toSorted((a, b) => b.count - a.count);
      expect(values.map(({ count }) => count)).toEqual(inOrder.map(({ count }) => count));
    }
    const [category, ...others] = facets;
    expect(new Set(category?.values.map(({ categoryId }) => categoryId)).size).toBe(CATEGORIES.length);
    expect(others.flatMap(({ values }) => values).every(({ categoryId }) => categoryId === null)).toBe(true);
    // A category found by its facet is one to filter by.
    const [largest] = category?.values ?? [];
    const filter = { category: { in: [{ kind: 'id' as const, id: largest?.categoryId ?? '' }] } };
    expect(await (await shop.search({ ...RED, filter })).count()).toEqual({ value: largest?.count, exact: true });
  });

  it('are the same on every page, and of the match quality, too', async () => {
    const request = { ...RED, filter: { brand: { in: ['Acme', 'Bolt'] } }, minRelevance: 1e-6, first: 7 };
    const first = await shop.search(request);
    const expected = [await first.count(), await first.facets([CATEGORY, PRICE, SIZE]), first.matchQuality];
    let page = first;
    let pages = 1;
    for (; page.hasNextPage; pages++) {
      page = await shop.search({ ...request, after: page.results.at(-1)?.cursor ?? '' });
      expect([await page.count(), await page.facets([CATEGORY, PRICE, SIZE]), page.matchQuality]).toEqual(expected);
    }
    expect(pages).toBeGreaterThan(2);
  });

  it('are asked of the database once, however often they are called', async () => {
    const page = await shop.search(RED);
    expect(page.count()).toBe(page.count());
  });
});

describe('a facet', () => {
  const inStock = (p: ShopProduct) => p.availability === 'IN_STOCK';

  it('is not narrowed by its own condition, and by those of the others', async () => {
    const filter: ProductFilter = {
      brand: { in: ['Acme'] },
      and: [{ attributes: [{ name: 'size', in: ['S'] }] }, { availability: ['IN_STOCK'] }],
    };
    const isAcme = (p: ShopProduct) => p.brand === 'Acme';
    const isSmall = (p: ShopProduct) => p.attributes?.size?.[0] === 'S';
    const [brand, size, state, color] = await facetsOf({ filter }, BRAND, SIZE, AVAILABILITY, COLOR);
    expect(counts(brand)).toEqual(
      tally(
        products.filter((p) => isSmall(p) && inStock(p)),
        brandOf,
      ),
    );
    expect(counts(size)).toEqual(
      tally(
        products.filter((p) => isAcme(p) && inStock(p)),
        (p) => p.attributes?.size ?? [],
      ),
    );
    expect(counts(state)).toEqual(
      tally(
        products.filter((p) => isAcme(p) && isSmall(p)),
        (p) => [p.availability ?? ''],
      ),
    );
    const all = products.filter((p) => isAcme(p) && isSmall(p) && inStock(p));
    expect(counts(color)).toEqual(tally(all, (p) => p.attributes?.color ?? []));
  });

  it('of prices and categories is not narrowed by them either', async () => {
    const filter: ProductFilter = { price: { max: '50' }, category: { in: [{ kind: 'path', path: ['Home'] }] } };
    const isHome = (p: ShopProduct) => p.category?.[0] === 'Home';
    const [price, category] = await facetsOf({ filter }, PRICE, CATEGORY);
    expect(toNumbers(price)).toEqual(rangeOf(products.filter(isHome)));
    expect(counts(category)).toEqual(
      tally(
        products.filter((p) => Number(p.price) <= 50),
        levelsOf,
      ),
    );
  });

  it('is narrowed by conditions inside or and not, which are no choice of values', async () => {
    const [either] = await facetsOf(
      { filter: { or: [{ brand: { in: ['Acme'] } }, { brand: { in: ['Bolt'] } }] } },
      BRAND,
    );
    expect(Object.keys(counts(either)).toSorted()).toEqual(['Acme', 'Bolt']);
    const [not] = await facetsOf({ filter: { not: { brand: { in: ['Acme'] } } } }, BRAND);
    expect(Object.keys(counts(not)).toSorted()).toEqual(['Bolt', 'Crown', "D'Or"]);
  });

  it('counts nothing that is hidden, excluded or without the words', async () => {
    const [state] = await facetsOf({ unavailable: 'HIDE', filter: { availability: ['PREORDER'] } }, AVAILABILITY);
    const shown = products.filter((p) => p.availability !== 'OUT_OF_STOCK');
    expect(counts(state)).toEqual(tally(shown, (p) => [p.availability ?? '']));

    const exclude = products.filter((p) => p.brand === 'Acme').map(({ sku }) => ({ kind: 'sku' as const, sku }));
    expect(Object.keys(counts((await facetsOf({ exclude }, BRAND))[0])).toSorted()).toEqual(['Bolt', 'Crown', "D'Or"]);

    const woollen = products.filter((p) => p.title === 'Woollen thing');
    const [brand] = await facetsOf({ ...WOOLLEN, filter: { brand: { in: ['Acme'] } } }, BRAND);
    expect(counts(brand)).toEqual(tally(woollen, brandOf));
    const page = await shop.search({ ...WOOLLEN, first: 5 });
    expect(await page.count()).toEqual({ value: woollen.length, exact: true });
  });

  it('counts what is relevant enough, of each field without its own condition', async () => {
    const all = await shop.search({ ...RED, first: 100, unavailable: 'SHOW' });
    const middle = all.results[30]?.relevance ?? Number.NaN;
    const next = await shop.search({ ...RED, first: 100, unavailable: 'SHOW', minRelevance: middle });
    const relevant = products.filter(({ sku }) => shop.skus(next).includes(sku));
    expect(relevant.length).toBeGreaterThanOrEqual(31);
    const filter = { brand: { in: ['Acme'] } };
    const [brand, size] = await facetsOf({ filter, minRelevance: middle }, BRAND, SIZE);
    expect(counts(brand)).toEqual(tally(relevant, brandOf));
    const small = relevant.filter((p) => p.brand === 'Acme');
    expect(counts(size)).toEqual(tally(small, (p) => p.attributes?.size ?? []));
  });

  it('refuses names that no attribute can have, and more than twenty fields; none are none', async () => {
    const bad = { code: 'BAD_USER_INPUT' };
    await expect(facetsOf({}, { attribute: ' ' })).rejects.toMatchObject({
      ...bad,
      path: ['fields', '0', 'attribute'],
    });
    await expect(facetsOf({}, BRAND, { attribute: 'a\u0000' })).rejects.toMatchObject(bad);
    await expect(facetsOf({}, ...Array.from({ length: 21 }, () => BRAND))).rejects.toMatchObject({
      message: 'fields: expected at most 20, found 21',
    });
    expect(await facetsOf({})).toEqual([]);
    const same = await facetsOf({}, BRAND, BRAND);
    expect(same[0]).toEqual(same[1]);
  });
});

describe('counting that stops early', () => {
  const scores = (minRelevance = 0): FacetGroup['scores'] => ({
    filter: {},
    query: {
      vectors: null,
      words: null,
      scoring: wordScoring(null),
    },
    model: null,
    boosts: [],
    minRelevance,
    duplicateDistance: undefined,
    pinned: [],
    currency: 'USD',
  });

  it.each([
    ['of all products', 0],
    ['where relevance leaves none', 1],
  ])('looks at one product more than it counts, %s', async (_, minRelevance) => {
    const { db } = shop.database;
    const fields = [SIZE, PRICE, CATEGORY].map((field, number) => ({ field, number, limit: 101 }));
    const lookedAt = async (limit: number) => {
      const { rows } = await facetCounts([{ scores: scores(minRelevance), fields }], limit).execute(db);
      return rows.filter((row) => row.value === null).map((row) => row.count);
    };
    expect(await lookedAt(50)).toEqual([51, 51, 51]);
    expect(await lookedAt(119)).toEqual([120, 120, 120]);
    expect(await lookedAt(120)).toEqual([120, 120, 120]);
    expect(await lookedAt(500)).toEqual([120, 120, 120]);

    const count = async (products: number) =>
      (await resultCount({ ...scores(minRelevance), atMost: { products, beyond: 'SO_MANY' } }).execute(db)).rows[0];
    const total = (matching: number) => (minRelevance === 1 ? 0 : matching);
    expect(await count(50)).toEqual({ matching: 51, total: total(51) });
    expect(await count(120)).toEqual({ matching: 120, total: total(120) });
  });
});
