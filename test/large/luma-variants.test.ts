import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productId, variantId } from '../../src/identifiers.ts';
import type { ProductFilter, SearchPage } from '../../src/search/request/search-request.ts';
import { createRandom } from '../../src/seeded-random.ts';
import { runOnServer } from '../support/database-server.ts';
import { LUMA_FEED, type LumaVariant, lumaIsHere, readLumaFeed } from '../support/luma.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';

/** 716 pictures are embedded. */
const SLOW = 900_000;
/** Issue and README: of rows, of which 1,847 are of 147 styles. */
const PRODUCTS = 199;
const STYLES = 147;
const FILTERS = 500;

const random = createRandom(20_261_130);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const sometimes = (share: number) => random() < share;

/** One of the feed's rows and whether it can be bought: the feed says of all that they can, so the test says of some that they cannot. */
interface Bought extends LumaVariant {
  readonly inStock: boolean;
}

/** What all of one and the same variant must satisfy. */
interface Wanted {
  readonly sizes?: readonly string[] | undefined;
  readonly colors?: readonly string[] | undefined;
  readonly inStock?: boolean | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

describe.skipIf(!lumaIsHere)('the Luma catalogue, 1,899 rows of 199 products', () => {
  let server: ShopServer;
  let variants: Bought[];
  beforeAll(async () => {
    server = await startShopServer();
    const { failed } = await server.shop.importFeed({ path: LUMA_FEED, missing: 'KEEP', confirmed: false });
    expect(failed).toBe(0);
    variants = readLumaFeed().map((variant, index) => ({ ...variant, inStock: index % 3 !== 0 && index % 7 !== 0 }));
  }, SLOW);
  afterAll(() => server?.close());

  it('is 147 styles with variants, and what is its own', async () => {
    const page = await server.shop.searchProducts({ terms: [], first: 100 });
    expect(await page.count()).toEqual({ value: PRODUCTS, exact: true });
    const sizes = new Map<string, number>();
    for (const { group } of variants) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    expect([...sizes.values()].filter((count) => count > 1)).toHaveLength(STYLES);
    const products = await server.shop.getProductsByIds([...sizes.keys()].map(productId));
    expect(products.map((product) => product?.variants.length)).toEqual([...sizes.values()]);
  });

  it.each(['hoodie', 'waterproof jacket', 'tank top', 'yoga pants'])(
    'shows ten different products for "%s"',
    async (text) => {
      const page = await server.shop.searchProducts({ terms: [{ match: { kind: 'text', text } }], first: 10 });
      const products = await server.shop.getProductsByIds(page.results.map((result) => result.productId));
      const groups = products.map((product) => product?.groupId);
      expect(new Set(groups).size).toBe(10);
      // Of a style no size or colour stands in its title.
      expect(new Set(products.map((product) => product?.title)).size).toBe(10);
      const noun = text.split(' ').at(-1)?.replace(/s$/, '') ?? '';
      const named = products.filter((product) => JSON.stringify(product).toLowerCase().includes(noun));
      expect(named.length).toBeGreaterThanOrEqual(8);
    },
  );

  it(
    `satisfies each of ${FILTERS} random filters by one and the same variant, as a plain program does it`,
    async () => {
      const soldOut = variants.filter(({ inStock }) => !inStock).map(({ sku }) => variantId(sku));
      await runOnServer(
        String(server.connection.connectionString),
        `update product_variant set availability = 'OUT_OF_STOCK' where id in ('${soldOut.join("','")}')`,
      );
      const strict = { found: 0, byDifferentOnes: 0 };
      for (let number = 0; number < FILTERS; number++) {
        const wanted = someWanted();
        const text = sometimes(0.3) ? pick(['shirt', 'pants', 'jacket', 'red']) : undefined;
        await compare(wanted, text);
        const groups = satisfying(wanted);
        strict.found += groups.size;
        strict.byDifferentOnes += byDifferentOnes(wanted) - groups.size;
      }
      // The filters are such that the law can be broken.
      expect(strict.found).toBeGreaterThan(FILTERS);
      expect(strict.byDifferentOnes).toBeGreaterThan(FILTERS);
    },
    SLOW,
  );

  async function compare(wanted: Wanted, text: string | undefined): Promise<void> {
    const request = {
      terms: text === undefined ? [] : [{ match: { kind: 'text' as const, text } }],
      filter: filterOf(wanted),
      first: 100,
    };
    const told = JSON.stringify([wanted, text]);
    const expected = satisfying(wanted);
    const first = await server.shop.searchProducts(request);
    const last = first.results.at(-1);
    const pages = [first];
    if (first.hasNextPage && last !== undefined)
      pages.push(await server.shop.searchProducts({ ...request, after: last.cursor }));
    const found = (await Promise.all(pages.map(shown))).flat();
    expect(await first.count(), told).toEqual({ value: expected.size, exact: true });
    expect(found.map(({ id }) => id).toSorted(), told).toEqual([...expected.keys()].map(productId).toSorted());
    for (const [group, some] of expected) {
      const result = found.find(({ id }) => id === productId(group));
      const prices = some.map(({ price }) => price);
      expect(
        some.map(({ sku }) => variantId(sku)),
        told,
      ).toContain(result?.variant);
      expect(result?.count, told).toBe(some.length);
      expect([result?.min, result?.max], told).toEqual([Math.min(...prices), Math.max(...prices)]);
      // What can be bought before what cannot.
      const shownOne = some.find(({ sku }) => variantId(sku) === result?.variant);
      expect(shownOne?.inStock, told).toBe(some.some(({ inStock }) => inStock));
    }
    const [sizes, colors, states, prices] = await first.facets([
      { attribute: 'size' },
      { attribute: 'color' },
      { builtIn: 'AVAILABILITY' },
      { builtIn: 'PRICE' },
    ]);
    expect(countsOf(sizes?.values), told).toEqual(expectedCounts({ ...wanted, sizes: undefined }, ({ size }) => size));
    expect(countsOf(colors?.values), told).toEqual(
      expectedCounts({ ...wanted, colors: undefined }, ({ color }) => color),
    );
    expect(countsOf(states?.values), told).toEqual(
      expectedCounts({ ...wanted, inStock: undefined }, ({ inStock }) => (inStock ? 'IN_STOCK' : 'OUT_OF_STOCK')),
    );
    const all = [...satisfying({ ...wanted, min: undefined, max: undefined }).values()]
      .flat()
      .map(({ price }) => price);
    expect(prices?.range ? [Number(prices.range.min), Number(prices.range.max)] : [], told).toEqual(
      all.length === 0 ? [] : [Math.min(...all), Math.max(...all)],
    );
  }

  async function shown(page: SearchPage) {
    const chosen = await page.variants();
    return page.results.map(({ productId: id }, index) => {
      const { variantId: variant, matchingCount: count, priceRange } = chosen[index] ?? {};
      return { id, variant, count, min: Number(priceRange?.min), max: Number(priceRange?.max) };
    });
  }

  function someWanted(): Wanted {
    const { size, color, price } = pick(variants);
    const other = pick(variants);
    return {
      ...(sometimes(0.6) && { sizes: [size || 'M', ...(sometimes(0.3) ? [other.size || 'L'] : [])] }),
      ...(sometimes(0.6) && { colors: [color || 'Blue', ...(sometimes(0.3) ? [other.color || 'Red'] : [])] }),
      ...(sometimes(0.6) && { inStock: sometimes(0.8) }),
      ...(sometimes(0.5) && { max: price }),
      ...(sometimes(0.2) && { min: Math.min(price, other.price) }),
    };
  }

  /** The variants that satisfy all of it, by group; groups without any are left out. */
  function satisfying(wanted: Wanted): Map<string, Bought[]> {
    const groups = new Map<string, Bought[]>();
    for (const variant of variants) {
      if (conditionsOf(wanted).every((holds) => holds(variant)))
        groups.set(variant.group, [...(groups.get(variant.group) ?? []), variant]);
    }
    return groups;
  }

  /** Groups of which each condition is satisfied by some variant: what a search finds that does not ask one and the same. */
  function byDifferentOnes(wanted: Wanted): number {
    const sets = conditionsOf(wanted).map((holds) => new Set(variants.filter(holds).map(({ group }) => group)));
    return [...new Set(variants.map(({ group }) => group))].filter((group) => sets.every((set) => set.has(group)))
      .length;
  }

  function expectedCounts(wanted: Wanted, of: (variant: Bought) => string) {
    const counts = new Map<string, number>();
    for (const some of satisfying(wanted).values()) {
      for (const value of new Set(some.map(of))) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return Object.fromEntries([...counts].toSorted());
  }
});

function conditionsOf({ sizes, colors, inStock, min, max }: Wanted): ((variant: Bought) => boolean)[] {
  return [
    ...(sizes ? [({ size }: Bought) => sizes.includes(size)] : []),
    ...(colors ? [({ color }: Bought) => colors.includes(color)] : []),
    ...(inStock === undefined ? [] : [(variant: Bought) => variant.inStock === inStock]),
    ...(min === undefined ? [] : [({ price }: Bought) => price >= min]),
    ...(max === undefined ? [] : [({ price }: Bought) => price <= max]),
  ];
}

function filterOf({ sizes, colors, inStock, min, max }: Wanted): ProductFilter {
  const attributes = [
    ...(sizes ? [{ name: 'size', in: sizes }] : []),
    ...(colors ? [{ name: 'color', in: colors }] : []),
  ];
  const price = { ...(min !== undefined && { min: String(min) }), ...(max !== undefined && { max: String(max) }) };
  return {
    ...(attributes.length > 0 && { attributes }),
    ...(inStock !== undefined && { availability: [inStock ? 'IN_STOCK' : 'OUT_OF_STOCK'] as const }),
    ...(Object.keys(price).length > 0 && { price }),
  };
}

function countsOf(values: readonly { readonly value: string; readonly count: number }[] = []) {
  return Object.fromEntries(values.map(({ value, count }) => [value, count] as const).toSorted());
}
