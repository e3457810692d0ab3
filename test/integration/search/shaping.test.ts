import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductSort } from '../../../src/database/closed-sets.ts';
import { productId } from '../../../src/identifiers.ts';
import type { Boost, SearchRequest, UnavailableProducts } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };
const sku = (value: string) => ({ kind: 'sku' as const, sku: value });

/** A picture that is this similar to "red". */
const asRed = (similarity: number) => along({ red: similarity, blue: Math.sqrt(1 - similarity ** 2) });

/** From red to blue: relevance falls from 1 to 0 along them. Brands in turn; every third without a price; the third and sixth are gone. */
const products: (ShopProduct & { readonly title: string })[] = [
  ['P0', 1, '50', 'delta'],
  ['P1', 0.95, undefined, 'Charlie'],
  ['P2', 0.9, '10', 'BRAVO'],
  ['P3', 0.85, '30', 'alpha'],
  ['P4', 0.8, undefined, 'Echo'],
  ['P5', 0.75, '30.00', 'Alpha'],
  ['P6', 0.7, '9.99', 'foxtrot'],
  ['P7', 0.65, undefined, 'golf'],
  ['P8', 0.6, '100', 'Hotel'],
  ['P9', 0.5, '70', 'india'],
].map(([id, similarity, price, title], index) => ({
  sku: id as string,
  title: title as string,
  brand: ['Acme', 'Bolt', 'Crown'][index % 3] as string,
  availability: index === 2 || index === 5 ? 'OUT_OF_STOCK' : index === 7 ? 'PREORDER' : 'IN_STOCK',
  attributes: { size: [index < 5 ? 'S' : 'M'] },
  ...(price !== undefined && { price: price as string }),
  pictures: [asRed(similarity as number)],
}));
const inOrder = products.map((product) => product.sku);
const isGone = (id: string) => id === 'P2' || id === 'P5';
const lastIfGone = (skus: readonly string[]) => [...skus.filter((id) => !isGone(id)), ...skus.filter(isGone)];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const ask = (request: Partial<SearchRequest> = {}) => shop.search({ ...RED, unavailable: 'SHOW', ...request });
const found = async (request: Partial<SearchRequest> = {}) => shop.skus(await ask(request));
const inPages = async (request: Partial<SearchRequest>) =>
  (await shop.pages({ ...RED, unavailable: 'SHOW', first: 3, ...request })).flat();

describe('relevance', () => {
  it('falls with similarity, from 1 to 0, and says how good the best match is', async () => {
    const page = await ask();
    expect(shop.skus(page)).toEqual(inOrder);
    const relevances = page.results.map((result) => result.relevance);
    expect(relevances).toEqual(relevances.toSorted((a, b) => b - a));
    expect(relevances[0]).toBeGreaterThan(0.99);
    expect(relevances[9]).toBeLessThan(0.01);
    expect(page.matchQuality).toBe('STRONG');
    expect((await ask({ filter: { product: { in: [sku('P4')] } } })).matchQuality).toBe('WEAK');
    expect((await ask({ filter: { product: { in: [sku('P8'), sku('P9')] } } })).matchQuality).toBe('NONE');
    expect((await ask({ filter: { brand: { in: ['none'] } } })).matchQuality).toBe('NONE');
  });

  it('is the same whatever else is in the result', async () => {
    const of = async (request: Partial<SearchRequest>) => {
      const page = await ask(request);
      return page.results[shop.skus(page).indexOf('P4')]?.relevance;
    };
    const alone = await of({ filter: { product: { in: [sku('P4')] } } });
    expect(alone).toBeGreaterThan(0);
    for (const request of [{}, { sort: 'PRICE_ASC' }, { minRelevance: 0.5 }, { diversify: {} }] as const)
      expect(await of(request)).toBe(alone);
  });

  it('cuts by minRelevance, and count and facets follow', async () => {
    const all = await ask();
    for (const minRelevance of [0.001, 0.3, 0.9, 1]) {
      const expected = all.results.filter((result) => result.relevance >= minRelevance).length;
      for (const request of [{ minRelevance }, { minRelevance, sort: 'TITLE' }, { minRelevance, first: 2 }] as const) {
        const page = await ask(request);
        expect(page.results).toHaveLength(Math.min(expected, request.first ?? 24));
        expect(await page.count()).toEqual({ value: expected, exact: true });
        const [brands, price] = await page.facets([{ builtIn: 'BRAND' }, { builtIn: 'PRICE' }]);
        expect(brands?.values.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
        expect(price?.range === null).toBe(expected === 0);
      }
    }
    expect((await ask({ minRelevance: 0.3 })).results.length).toBeGreaterThan(2);
  });

  it('of the best match is told on every page', async () => {
    for (const request of [
      {},
      { filter: { product: { in: ['P4', 'P8', 'P9'].map(sku) } } },
      { sort: 'TITLE' },
    ] as const) {
      const first = await ask({ ...request, first: 2 });
      const next = await ask({ ...request, first: 1, after: first.results[1]?.cursor ?? '' });
      expect(next.results).toHaveLength(1);
      expect(next.matchQuality).toBe(first.matchQuality);
      expect(first.matchQuality).not.toBe('NONE');
    }
  });

  it('by words alone follows the share of them that match', async () => {
    const request = { terms: words('alpha charlie'), words: 'ONLY' as const };
    const page = await ask(request);
    expect(shop.skus(page).toSorted()).toEqual(['P1', 'P3', 'P5']);
    const shares = page.results.map(({ relevance }) => relevance);
    // One word of two: the rarer one is more than half.
    for (const share of shares) expect(Math.abs(share - 0.5)).toBeLessThan(0.2);
    expect(await found({ ...request, minRelevance: 0.8 })).toEqual([]);
    expect((await ask({ ...request, terms: words('alpha') })).results[0]?.relevance).toBeGreaterThanOrEqual(0.95);
  });

  it('of pinned products is not looked at', async () => {
    const page = await ask({ minRelevance: 0.9, pin: [sku('P9')] });
    const [first, ...others] = shop.skus(page);
    expect(first).toBe('P9');
    expect(others).toEqual(inOrder.slice(0, others.length));
    expect(others.length).toBeGreaterThan(0);
    expect(await page.count()).toEqual({ value: page.results.length, exact: true });
    const [brands] = await page.facets([{ builtIn: 'BRAND' }]);
    expect(brands?.values.reduce((sum, { count }) => sum + count, 0)).toBe(page.results.length);
  });

  it('is 1 where nothing was asked for, so that no minRelevance leaves anything out', async () => {
    const page = await shop.search({ minRelevance: 1 });
    expect(page.results).toHaveLength(products.length);
    expect(page.results.every((result) => result.relevance === 1)).toBe(true);
    expect(page.matchQuality).toBe('STRONG');
  });
});

describe('boosts', () => {
  const boost = (filter: Boost['filter'], by: number): Boost => ({ filter, by });

  it.each<[string, Boost[]]>([
    ['a brand up', [boost({ brand: { in: ['Bolt'] } }, 0.5)]],
    ['a brand down', [boost({ brand: { in: ['Acme'] } }, -1)]],
    ['all but a brand', [boost({ not: { brand: { in: ['Acme'] } } }, 0.3)]],
    ['an attribute', [boost({ attributes: [{ name: 'size', in: ['M'] }] }, 0.7)]],
    ['a price, or nothing', [boost({ or: [{ price: { max: '20' } }, { product: { in: [sku('P8')] } }] }, 1)]],
    ['what can be bought', [boost({ availability: ['IN_STOCK'] }, 0.2)]],
    ['several at once', [boost({ brand: { in: ['Bolt'] } }, 0.4), boost({ price: { min: '30' } }, 0.3)]],
    ['one and its opposite', [boost({ brand: { in: ['Bolt'] } }, 0.4), boost({ brand: { in: ['Bolt'] } }, -0.4)]],
    ['nothing', [boost({ brand: { in: ['none'] } }, 1)]],
  ])('raise or lower %s by what they say, and nothing else', async (_, boosts) => {
    const plain = new Map((await ask()).results.map((result) => [result.productId, result]));
    const page = await ask({ boosts });
    expect(page.results).toHaveLength(products.length);
    const applied = await Promise.all(
      boosts.map(async ({ filter, by }) => ({ by, to: new Set(await found({ filter })) })),
    );
    page.results.forEach((result, index) => {
      const id = shop.skus(page)[index] ?? '';
      const expected = applied.reduce((sum, { by, to }) => sum + (to.has(id) ? by : 0), 0);
      expect(result.why.boost).toBeCloseTo(expected, 10);
      expect(result.relevance).toBe(plain.get(result.productId)?.relevance);
    });
    const values = page.results.map(({ relevance, why }) => relevance + why.boost);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(await inPages({ boosts })).toEqual(shop.skus(page));
  });

  it('order a browsed filter, the newest first among equals', async () => {
    const boosts = [boost({ brand: { in: ['Crown'] } }, 0.1)];
    const page = await shop.search({ boosts, unavailable: 'SHOW' });
    expect(shop.skus(page).slice(0, 3).toSorted()).toEqual(['P2', 'P5', 'P8']);
    expect(page.results.map(({ why }) => why.boost)).toEqual([...Array(3).fill(0.1), ...Array(7).fill(0)]);
  });

  it('refuse a category that does not exist, by its place', async () => {
    const boosts = [boost({}, 0.1), boost({ category: { in: [{ kind: 'path', path: ['Hats'] }] } }, 0.1)];
    await expect(ask({ boosts })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'boosts.1.filter.category.in.0: expected a category of this shop, found ["Hats"]',
    });
  });
});

describe('pinned products', () => {
  it('come first in their order, the others follow in theirs, and none comes twice on any page', async () => {
    const pin = [sku('P8'), { kind: 'id' as const, id: productId('P3').toUpperCase() }, sku('P8'), sku('none')];
    const expected = ['P8', 'P3', ...inOrder.filter((id) => id !== 'P8' && id !== 'P3')];
    const page = await ask({ pin });
    expect(shop.skus(page)).toEqual(expected);
    expect(page.results.map(({ why }) => why.pinned)).toEqual(expected.map((_, index) => index < 2));
    expect(await inPages({ pin })).toEqual(expected);
    expect(await inPages({ pin, first: 1 })).toEqual(expected);
  });

  it('keep the scores and ranks that they have anyway', async () => {
    const plain = new Map((await ask()).results.map((result) => [result.productId, result.why]));
    for (const { productId: id, why } of (await ask({ pin: [sku('P6'), sku('P9')] })).results)
      expect({ ...why, pinned: false }).toEqual(plain.get(id));
  });

  it('are shown only if they satisfy the filter, and are not excluded', async () => {
    const filter = { brand: { in: ['Bolt'] } };
    expect(await found({ filter, pin: [sku('P8'), sku('P7')] })).toEqual(['P7', 'P1', 'P4']);
    expect(await found({ pin: [sku('P8')], exclude: [sku('P8')] })).toEqual(inOrder.filter((id) => id !== 'P8'));
    expect((await found({ pin: [sku('P5')], unavailable: 'HIDE' })).includes('P5')).toBe(false);
  });

  it('come first also where they are out of stock, sorted, browsed or varied', async () => {
    const pin = [sku('P5'), sku('P9')];
    for (const request of [
      { unavailable: 'LAST' },
      { sort: 'PRICE_ASC' },
      { terms: [], words: 'AUTO' },
      { terms: [], words: 'AUTO', sort: 'TITLE', unavailable: 'LAST' },
      { terms: [], words: 'AUTO', boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 1 }] },
      { diversify: { strength: 1 } },
    ] as const) {
      const skus = await inPages({ ...request, pin });
      expect(skus.slice(0, 2)).toEqual(['P5', 'P9']);
      expect(skus.toSorted()).toEqual(inOrder);
    }
  });

  it('may be twenty, more than a page', async () => {
    const pin = Array.from({ length: 20 }, (_, index) => sku(`P${9 - (index % 10)}`));
    expect(await inPages({ pin })).toEqual(inOrder.toReversed());
  });
});

describe('excluded products', () => {
  it('are left out of the page, the count and the facets, with terms and without', async () => {
    const exclude = [sku('P0'), sku('none'), { kind: 'id' as const, id: productId('P4') }];
    for (const request of [{}, { terms: [], words: 'AUTO' }, { words: 'ONLY', terms: words('alpha') }] as const) {
      const page = await ask({ ...request, exclude });
      const expected = (await found(request)).filter((id) => id !== 'P0' && id !== 'P4');
      expect(shop.skus(page)).toEqual(expected);
      expect(await page.count()).toEqual({ value: expected.length, exact: true });
      const [brands] = await page.facets([{ builtIn: 'BRAND' }]);
      expect(brands?.values.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    }
  });
});

const words = (text: string) => [{ match: { kind: 'text' as const, text } }];

describe('an order', () => {
  const price = (id: string) =>
    Number(products.find((product) => product.sku === id)?.price ?? Number.POSITIVE_INFINITY);
  const title = (id: string) => products.find((product) => product.sku === id)?.title.toLowerCase() ?? '';
  const keys: Record<Extract<ProductSort, 'PRICE_ASC' | 'PRICE_DESC' | 'TITLE'>, (id: string) => number | string> = {
    PRICE_ASC: price,
    // Those without a price last, either way.
    PRICE_DESC: (id) => (price(id) === Number.POSITIVE_INFINITY ? price(id) : -price(id)),
    TITLE: title,
  };
  const bySku = (a: string, b: string) => (productId(a) < productId(b) ? -1 : 1);

  it.each(['PRICE_ASC', 'PRICE_DESC', 'TITLE'] as const)('by %s is kept on all pages, ties by id', async (sort) => {
    const key = keys[sort];
    const expected = inOrder.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : bySku(a, b)));
    for (const request of [{}, { terms: [], words: 'AUTO' }] as const) {
      expect(await found({ ...request, sort })).toEqual(expected);
      expect(await inPages({ ...request, sort })).toEqual(expected);
      expect(await inPages({ ...request, sort, unavailable: 'LAST' })).toEqual(lastIfGone(expected));
    }
  });

  it('by NEWEST is kept on all pages, with terms and without', async () => {
    const { db } = shop.database;
    for (const [index, { sku: id }] of products.entries()) {
      const created_at = new Date(Date.UTC(2026, 0, 1 + ((index * 7) % 10), 0, 0, 0, index));
      await db.updateTable('product').set({ created_at }).where('group_id', '=', id).execute();
    }
    const expected = inOrder.toSorted((a, b) => ((Number(b[1]) * 7) % 10) - ((Number(a[1]) * 7) % 10));
    for (const request of [
      { sort: 'NEWEST' },
      { terms: [], words: 'AUTO' },
      { terms: [], words: 'AUTO', sort: 'NEWEST' },
    ] as const) {
      expect(await inPages(request)).toEqual(expected);
      expect(await inPages({ ...request, unavailable: 'LAST' })).toEqual(lastIfGone(expected));
    }
  });

  it('changes no relevance and no reason', async () => {
    const plain = new Map((await ask()).results.map(({ cursor: _, ...result }) => [result.productId, result]));
    for (const sort of ['PRICE_ASC', 'TITLE', 'NEWEST'] as const) {
      for (const { cursor: _, ...result } of (await ask({ sort })).results)
        expect(result).toEqual(plain.get(result.productId));
    }
  });
});

describe('products that are out of stock', () => {
  it.each<[UnavailableProducts, (skus: readonly string[]) => readonly string[]]>([
    ['SHOW', (skus) => skus],
    ['LAST', lastIfGone],
    ['HIDE', (skus) => skus.filter((id) => !isGone(id))],
  ])('are treated as %s asks, in every order, page by page', async (unavailable, treated) => {
    for (const sort of ['RELEVANCE', 'PRICE_ASC', 'PRICE_DESC', 'TITLE', 'NEWEST'] as const) {
      for (const request of [{ sort }, { sort, terms: [], words: 'AUTO' }] as const) {
        const shown = await found(request);
        expect(await found({ ...request, unavailable })).toEqual(treated(shown));
        expect(await inPages({ ...request, unavailable })).toEqual(treated(shown));
        expect(await (await ask({ ...request, unavailable, first: 3 })).count()).toEqual({
          value: treated(shown).length,
          exact: true,
        });
      }
    }
  });

  it('come last by default; what can be ordered does not count as gone', async () => {
    expect(shop.skus(await shop.search(RED))).toEqual(lastIfGone(inOrder));
    expect(lastIfGone(inOrder).indexOf('P7')).toBeLessThan(8);
  });

  it('can be asked for beside HIDE, in vain', async () => {
    expect(await found({ unavailable: 'HIDE', filter: { availability: ['OUT_OF_STOCK'] } })).toEqual([]);
  });
});
