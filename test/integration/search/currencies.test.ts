import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductSort } from '../../../src/database/closed-sets.ts';
import type { ProductFilter } from '../../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../../src/search/search-products.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const random = createRandom(61);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const CURRENCIES = ['USD', 'USD', 'USD', 'EUR', 'EUR', 'JPY'];
const products: ShopProduct[] = Array.from({ length: 160 }, (_, n) => ({
  sku: `S${n}`,
  brand: pick(['Acme', 'Bolt']),
  availability: pick(['IN_STOCK', 'IN_STOCK', 'OUT_OF_STOCK'] as const),
  ...(random() < 0.85 && { price: String(Math.floor(random() * 30)), currency: pick(CURRENCIES) }),
  pictures: [AXES.map(() => random() - 0.3)],
}));

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };

/** The amount that a product has in a currency. */
const amountIn = ({ price, currency }: ShopProduct, wanted: string) =>
  price !== undefined && currency === wanted ? Number(price) : undefined;

/** Whether a product satisfies a filter of prices, the plain way. */
function satisfies(product: ShopProduct, filter: ProductFilter, currency: string): boolean {
  const { price = {}, or, not } = filter;
  const amount = amountIn(product, currency);
  const bounds = [
    price.min === undefined || (amount !== undefined && amount >= Number(price.min)),
    price.max === undefined || (amount !== undefined && amount <= Number(price.max)),
  ];
  return (
    bounds.every(Boolean) &&
    (or === undefined || or.some((one) => satisfies(product, one, currency))) &&
    (not === undefined || !satisfies(product, not, currency))
  );
}

function randomFilter(depth = 1): ProductFilter {
  const price = {
    ...(random() < 0.7 && { min: String(Math.floor(random() * 20)) }),
    ...(random() < 0.7 && { max: String(10 + Math.floor(random() * 20)) }),
  };
  return {
    ...(random() < 0.8 && { price }),
    ...(depth > 0 && random() < 0.3 && { or: [randomFilter(0), randomFilter(0)] }),
    ...(depth > 0 && random() < 0.3 && { not: randomFilter(0) }),
  };
}

describe('prices of several currencies', () => {
  it.each([...Array(40).keys()])('are compared within one, as a plain program does it (%i)', async () => {
    const filter = randomFilter();
    const currency = pick(['USD', 'EUR', 'JPY', 'GBP', undefined]);
    const sort = pick<ProductSort>(['PRICE_ASC', 'PRICE_DESC']);
    const compared = currency ?? 'USD';
    const expected = products.filter((product) => satisfies(product, filter, compared));
    for (const terms of [RED, { terms: [] }]) {
      const request = {
        ...terms,
        filter,
        sort,
        unavailable: 'SHOW' as const,
        ...(currency && { currency }),
        first: 30,
      };
      const skus = (await shop.pages(request)).flat();
      expect(skus.toSorted()).toEqual(expected.map(({ sku }) => sku).toSorted());
      const bySku = new Map(products.map((product) => [product.sku, product]));
      const amounts = skus.map((sku) => amountIn(bySku.get(sku) as ShopProduct, compared));
      const priced = amounts.filter((amount) => amount !== undefined);
      // Those of another currency come last, with those without a price.
      expect(amounts.slice(0, priced.length)).toEqual(priced);
      expect(priced).toEqual(priced.toSorted((a, b) => (sort === 'PRICE_ASC' ? a - b : b - a)));

      const page = await shop.search(request);
      expect(await page.count()).toEqual({ value: expected.length, exact: true });
      const { price: _, ...narrowing } = filter;
      const counted = products.filter((product) => satisfies(product, narrowing, compared));
      const inCurrency = counted.flatMap((product) => amountIn(product, compared) ?? []);
      const [facet] = await page.facets([{ builtIn: 'PRICE' }]);
      expect(facet?.missing).toBe(counted.length - inCurrency.length);
      expect(facet?.range && { ...facet.range, min: Number(facet.range.min), max: Number(facet.range.max) }).toEqual(
        inCurrency.length === 0
          ? null
          : { min: Math.min(...inCurrency), max: Math.max(...inCurrency), currency: compared },
      );
    }
  });

  it('raise what costs little in the currency of the search alone', async () => {
    const cheap = { filter: { price: { max: '5' } }, by: 0.4 };
    const page = await shop.search({ ...RED, boosts: [cheap], currency: 'EUR', unavailable: 'SHOW', first: 100 });
    const bySku = new Map(products.map((product) => [product.sku, product]));
    const skus = shop.skus(page);
    expect(page.results.some(({ why }) => why.boost === 0.4)).toBe(true);
    page.results.forEach(({ why }, place) => {
      const amount = amountIn(bySku.get(skus[place] ?? '') as ShopProduct, 'EUR');
      expect(why.boost).toBe(amount !== undefined && amount <= 5 ? 0.4 : 0);
    });
  });
});

describe('the currency of a search that names none', () => {
  const asked = (deps: Partial<SearchDeps>, request: object) =>
    searchProducts({ ...shop.deps, ...deps }, { terms: [], ...request });

  it("is the shop's, and asked for only where prices are compared", async () => {
    let times = 0;
    const currency = async () => {
      times++;
      return 'JPY';
    };
    const page = await asked({ currency }, { filter: { brand: { in: ['Acme'] } } });
    await page.facets([{ builtIn: 'BRAND' }]);
    expect(times).toBe(0);
    const [facet] = await page.facets([{ builtIn: 'PRICE' }]);
    expect([facet?.range?.currency, times]).toEqual(['JPY', 1]);
    await asked({ currency }, { filter: { not: { or: [{ price: { max: '5' } }] } } });
    await asked({ currency }, { sort: 'PRICE_DESC' });
    expect(times).toBe(3);
    await asked({ currency }, { sort: 'PRICE_DESC', currency: 'EUR' });
    expect(times).toBe(3);
  });

  it('belongs to the pages of a search: those of another are stale', async () => {
    let main = 'USD';
    const deps = { currency: async () => main };
    const first = await asked(deps, { sort: 'PRICE_ASC', first: 10 });
    const after = first.results.at(-1)?.cursor ?? '';
    expect((await asked(deps, { sort: 'PRICE_ASC', first: 10, after })).results).toHaveLength(10);
    main = 'EUR';
    await expect(asked(deps, { sort: 'PRICE_ASC', first: 10, after })).rejects.toMatchObject({ code: 'CURSOR_STALE' });
    expect((await asked(deps, { sort: 'PRICE_ASC', currency: 'usd', first: 10, after })).results).toHaveLength(10);
  });

  it("is nobody's where no product has a price", async () => {
    const empty = await openSearchShop();
    try {
      await empty.add([{ sku: 'free', pictures: [AXES.map(() => 1)] }]);
      expect(empty.skus(await empty.search({ terms: [], sort: 'PRICE_ASC' }))).toEqual(['free']);
      const page = await empty.search({ terms: [], filter: { price: { min: '0' } } });
      expect(page.results).toEqual([]);
      expect(await page.facets([{ builtIn: 'PRICE' }])).toMatchObject([{ range: null, missing: 1 }]);
    } finally {
      await empty.close();
    }
  });
});
