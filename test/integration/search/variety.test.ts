import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchRequest } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };
const like = (sku: string) => ({ match: { kind: 'product' as const, product: { kind: 'sku' as const, sku } } });

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
});
afterAll(() => shop.close());

const pages = (request: Partial<SearchRequest>) => shop.pages({ ...RED, ...request });

describe('diversify', () => {
  const BRANDS = ['Acme', 'Bolt', 'Crown'];
  beforeAll(async () => {
    // Thirty equals, ten of each brand; then less red ones, of which some are gone.
    await shop.add([
      ...Array.from({ length: 30 }, (_, index) => ({
        sku: `E${index}`,
        brand: BRANDS[Math.floor(index / 10)] as string,
        category: ['Equals'],
        pictures: [along({ red: 1, green: 0.2 })],
      })),
      ...Array.from({ length: 10 }, (_, index) => ({
        sku: `L${index}`,
        brand: 'Dent',
        availability: index < 5 ? ('OUT_OF_STOCK' as const) : ('IN_STOCK' as const),
        pictures: [along({ red: 1, green: 0.2, blue: 0.3 + index / 10 })],
      })),
    ]);
  });
  afterAll(() =>
    shop.remove(...Array.from({ length: 30 }, (_, i) => `E${i}`), ...Array.from({ length: 10 }, (_, i) => `L${i}`)),
  );
  const equals = { filter: { category: { in: [{ kind: 'path' as const, path: ['Equals'] }] } } };
  const brandOf = (sku: string) => BRANDS[Math.floor(Number(sku.slice(1)) / 10)];

  it('of strength 0 leaves the order as it was', async () => {
    expect(await pages({ diversify: { strength: 0 }, first: 7 })).toEqual(await pages({ first: 7 }));
  });

  it('lets three brands of equals take turns', async () => {
    const [first = []] = await pages({ ...equals, diversify: { strength: 0.3 }, first: 12 });
    const brands = first.map(brandOf);
    for (let start = 0; start < 12; start += 3) expect(new Set(brands.slice(start, start + 3)).size).toBe(3);
  });

  it('keeps every product on one page, and the page that it chose for a cursor that is read twice', async () => {
    for (const strength of [0.2, 0.7, 1]) {
      const skus = (await pages({ diversify: { strength }, first: 9 })).flat();
      expect(skus).toHaveLength(40);
      expect(new Set(skus).size).toBe(40);
      const page = await shop.search({ ...RED, diversify: { strength }, first: 9 });
      expect(shop.skus(page)).toEqual(skus.slice(0, 9));
    }
  });

  it('leaves products that are out of stock last, and shows no fewer when they are hidden', async () => {
    const last = (await pages({ diversify: { strength: 1 }, first: 8 })).flat().slice(-5);
    expect(last.toSorted()).toEqual(['L0', 'L1', 'L2', 'L3', 'L4']);
    expect((await pages({ diversify: { strength: 1 }, unavailable: 'HIDE', first: 8 })).flat()).toHaveLength(35);
  });

  it('chooses among no more products than it is told', async () => {
    const plain = (await pages({ unavailable: 'HIDE', first: 10 })).flat();
    const varied = (await pages({ unavailable: 'HIDE', first: 10, diversify: { strength: 1, candidates: 12 } })).flat();
    expect(varied.slice(0, 12).toSorted()).toEqual(plain.slice(0, 12).toSorted());
    expect(varied.slice(12)).toEqual(plain.slice(12));
  });

  it('works on words alone, by brand and category', async () => {
    const terms = [{ match: { kind: 'text' as const, text: 'thing' } }];
    const [first = []] = await pages({ ...equals, terms, words: 'ONLY', diversify: { strength: 0.5 }, first: 6 });
    expect(new Set(first.slice(0, 3).map(brandOf)).size).toBe(3);
    expect(new Set(first.slice(3).map(brandOf)).size).toBe(3);
  });

  it('is refused without terms and beside another order', async () => {
    const refused = { code: 'BAD_USER_INPUT' };
    await expect(shop.search({ diversify: {} })).rejects.toMatchObject({ ...refused, path: ['diversify'] });
    await expect(shop.search({ ...RED, sort: 'TITLE', diversify: {} })).rejects.toMatchObject({
      ...refused,
      path: ['sort'],
    });
  });
});

describe('unlike', () => {
  beforeAll(() =>
    shop.add([
      { sku: 'shirt', pictures: [along({ red: 1, shirt: 1 })] },
      { sku: 'same photo', pictures: [along({ red: 1, shirt: 1 })] },
      { sku: 'nearly', pictures: [along({ red: 1, shirt: 1.05 }), along({ bag: 1 })] },
      { sku: 'similar', pictures: [along({ red: 1, shirt: 1.6 })] },
      { sku: 'other', pictures: [along({ blue: 1, shirt: 1 })] },
      { sku: 'no picture', textVector: along({ red: 1, shirt: 1 }) },
    ]),
  );

  it('leaves out the product and what looks the same, from page, count and facets', async () => {
    const similar = { terms: [like('shirt')], unlike: { kind: 'sku' as const, sku: 'shirt' } };
    const page = await shop.search(similar);
    expect(shop.skus(page)).toEqual(['similar', 'other', 'no picture']);
    expect(await page.count()).toEqual({ value: 3, exact: true });
    const [states] = await page.facets([{ builtIn: 'AVAILABILITY' }]);
    expect(states?.values).toEqual([{ value: 'IN_STOCK', count: 3, categoryId: null }]);
    expect((await shop.pages({ ...similar, first: 1 })).flat()).toEqual(shop.skus(page));
  });

  it('shows a pinned one that looks the same, but not the product itself', async () => {
    const pin = ['same photo', 'shirt'].map((sku) => ({ kind: 'sku' as const, sku }));
    const page = await shop.search({ terms: [like('shirt')], unlike: { kind: 'sku', sku: 'shirt' }, pin });
    expect(shop.skus(page)).toEqual(['same photo', 'similar', 'other', 'no picture']);
    expect(await page.count()).toEqual({ value: 4, exact: true });
  });

  it('leaves out the product alone where nothing is compared', async () => {
    const page = await shop.search({ unlike: { kind: 'sku', sku: 'shirt' } });
    expect(shop.skus(page)).not.toContain('shirt');
    expect(await page.count()).toEqual({ value: 5, exact: true });
  });
});
