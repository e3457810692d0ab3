import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AVAILABILITIES } from '../../../src/database/closed-sets.ts';
import { cosineSimilarity, normalise } from '../../../src/embedding-vector.ts';
import { categoryId, productId } from '../../../src/identifiers.ts';
import type { ProductFilter, ValueFilter } from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const SEED = 4711;
const PRODUCTS = 600;
/** Half precision keeps 11 bits of each of eight dimensions. */
const ROUNDING = 2e-3;

const random = createRandom(SEED);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.4);

const BRANDS = ['Acme', 'Bolt', 'Crown', "D'Or"];
const CATEGORIES = [
  ['Apparel'],
  ['Apparel', 'Topwear'],
  ['Apparel', 'Topwear', 'Shirts'],
  ['Apparel', 'Shoes'],
  ['Home'],
];
const GTINS = ['4006381333931', '0', "O'Code"];
const COLORS = ['Red', 'Blue', 'Green', 'Sky "blue"'];
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

const products: ShopProduct[] = Array.from({ length: PRODUCTS }, (_, index) => ({
  sku: `S${index}`,
  ...(random() < 0.8 && { brand: pick(BRANDS) }),
  ...(random() < 0.6 && { gtin: pick(GTINS) }),
  ...(random() < 0.9 && { category: pick(CATEGORIES) }),
  ...(random() < 0.9 && { price: (random() * 100).toFixed(2) }),
  ...(random() < 0.5 && { compareAtPrice: (random() * 100).toFixed(2) }),
  ...(random() < 0.8 && { attributes: { color: some(COLORS), size: [pick(['S', 'M', 'L'])] } }),
  availability: pick(AVAILABILITIES),
  updatedAt: new Date(START + Math.floor(random() * 100) * DAY),
  pictures: Array.from({ length: 1 + Math.floor(random() * 3) }, () => AXES.map(() => random() - 0.5)),
}));

/** What a filter means, in plain words of this language. */
function holds(filter: ProductFilter, product: ShopProduct): boolean {
  const has = ({ in: wanted, notIn }: ValueFilter, values: readonly string[]) =>
    (!wanted || wanted.some((value) => values.includes(value))) && !notIn?.some((value) => values.includes(value));
  const inCategory = ({ in: keys, includeDescendants = true }: NonNullable<ProductFilter['category']>) =>
    keys.some((key) => {
      const named = CATEGORIES.find((path) =>
        key.kind === 'id' ? categoryId(path) === key.id : path.join() === key.path.join(),
      );
      const own = product.category;
      return (
        own && named && (includeDescendants || own.length === named.length) && named.every((name, i) => own[i] === name)
      );
    });
  const price = product.price === undefined ? undefined : Number(product.price);
  const { min, max } = filter.price ?? {};
  const updated = product.updatedAt?.getTime() ?? 0;
  const skus = (keys: NonNullable<ProductFilter['product']>['in']) =>
    keys?.map((key) => (key.kind === 'sku' ? productId(key.sku) : key.id)).includes(productId(product.sku));
  return (
    (filter.and ?? []).every((child) => holds(child, product)) &&
    (!filter.or || filter.or.some((child) => holds(child, product))) &&
    !(filter.not && holds(filter.not, product)) &&
    (!filter.category || inCategory(filter.category)) &&
    (!filter.brand || has(filter.brand, product.brand === undefined ? [] : [product.brand])) &&
    (!filter.gtin || has(filter.gtin, product.gtin === undefined ? [] : [product.gtin])) &&
    (filter.onSale === undefined ||
      filter.onSale === (price !== undefined && Number(product.compareAtPrice ?? 0) > price)) &&
    (min === undefined || (price !== undefined && price >= Number(min))) &&
    (max === undefined || (price !== undefined && price <= Number(max))) &&
    (!filter.availability || filter.availability.includes(product.availability ?? 'IN_STOCK')) &&
    (filter.attributes ?? []).every((attribute) => has(attribute, product.attributes?.[attribute.name] ?? [])) &&
    (!filter.product?.in || skus(filter.product.in) === true) &&
    !skus(filter.product?.notIn) &&
    (!filter.updatedAt?.from || updated >= filter.updatedAt.from.getTime()) &&
    (!filter.updatedAt?.to || updated <= filter.updatedAt.to.getTime())
  );
}

function randomFilter(depth: number): ProductFilter {
  const kind = depth > 0 && random() < 0.5 ? pick(['and', 'or', 'not'] as const) : pick(LEAVES);
  if (kind === 'not') return { not: randomFilter(depth - 1) };
  if (typeof kind === 'string')
    return { [kind]: Array.from({ length: Math.floor(random() * 4) }, () => randomFilter(depth - 1)) };
  return { ...kind(), ...(random() < 0.3 && pick(LEAVES)()) };
}

const date = () => new Date(START + Math.floor(random() * 100) * DAY);
const skuKey = () => ({ kind: 'sku', sku: `S${Math.floor(random() * (PRODUCTS + 20))}` }) as const;
const LEAVES: (() => ProductFilter)[] = [
  () => ({ brand: { in: some(BRANDS) } }),
  () => ({ brand: { notIn: some(BRANDS) } }),
  () => ({ gtin: { in: some(GTINS) } }),
  () => ({ gtin: { notIn: some(GTINS) } }),
  () => ({ category: { in: some(CATEGORIES).map((path) => ({ kind: 'path', path })) } }),
  () => ({ category: { in: [{ kind: 'id', id: categoryId(pick(CATEGORIES)) }], includeDescendants: false } }),
  () => ({ onSale: random() < 0.5 }),
  () => ({ price: { min: (random() * 60).toFixed(2) } }),
  () => ({ price: { min: '20', max: (20 + random() * 60).toFixed(2) } }),
  () => ({ availability: some(AVAILABILITIES) }),
  () => ({ attributes: [{ name: 'color', in: some(COLORS) }] }),
  () => ({
    attributes: [
      { name: 'color', notIn: some(COLORS) },
      { name: 'size', in: ['S', 'M'] },
    ],
  }),
  () => ({ attributes: [{ name: 'unknown', in: ['x'] }] }),
  () => ({ product: { in: Array.from({ length: 20 }, skuKey) } }),
  () => ({ product: { notIn: Array.from({ length: 20 }, skuKey) } }),
  () => ({ updatedAt: { from: date() } }),
  () => ({ updatedAt: { to: date() } }),
];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

/** Similarity of each matching product's best picture, best first. */
function oracle(filter: ProductFilter, query: readonly number[]): number[] {
  const direction = normalise(query);
  return products
    .filter((product) => holds(filter, product))
    .map(({ pictures = [] }) => Math.max(...pictures.map((vector) => cosineSimilarity(normalise(vector), direction))))
    .sort((a, b) => b - a);
}

describe('filters', () => {
  it('give what a plain reading of them gives, counted and in order, for 150 random ones', async () => {
    let withResults = 0;
    const bySku = new Map(products.map((product) => [product.sku, product]));
    for (let round = 0; round < 150; round++) {
      const filter = randomFilter(3);
      const vector = AXES.map(() => random() - 0.5);
      const bytes = new TextEncoder().encode(JSON.stringify(vector));
      const found = await shop.search({
        terms: [{ match: { kind: 'image', source: { kind: 'bytes', bytes } } }],
        filter,
        unavailable: 'SHOW',
        first: 20,
      });
      const expected = oracle(filter, vector);
      const context = `seed ${SEED}, round ${round}: ${JSON.stringify(filter)}`;
      expect(await found.count(), context).toEqual({ value: expected.length, exact: true });
      expect(found.results.length, context).toBe(Math.min(20, expected.length));
      expect(found.hasNextPage, context).toBe(expected.length > 20);
      expect(new Set(shop.skus(found)).size, context).toBe(found.results.length);
      if (expected.length > 0 && expected.length < PRODUCTS) withResults++;
      for (const sku of shop.skus(found)) expect(holds(filter, bySku.get(sku) as ShopProduct), context).toBe(true);
      found.results.forEach((result, rank) => {
        expect(Math.abs((result.similarity as number) - (expected[rank] as number)), context).toBeLessThan(ROUNDING);
      });
    }
    // Else the filters would be too easy: most of them hold for some products and not for all.
    expect(withResults).toBeGreaterThan(75);
  });

  it('on what few have find the others by notIn and not, and a code is a word that is found', async () => {
    const [code] = GTINS;
    const counted = async (filter: ProductFilter) => (await shop.search({ filter, unavailable: 'SHOW' })).count();
    const wanted = { gtin: { in: [code ?? ''] } };
    const having = (await counted(wanted)).value;
    expect(having).toBe(products.filter(({ gtin }) => gtin === code).length);
    for (const filter of [{ not: wanted }, { gtin: { notIn: [code ?? ''] } }])
      expect(await counted(filter)).toEqual({ value: PRODUCTS - having, exact: true });
    const found = await shop.search({
      terms: [{ match: { kind: 'text', text: code ?? '' } }],
      words: 'ONLY',
      first: 5,
    });
    expect(await found.count()).toEqual({ value: having, exact: true });
  });

  it('refuse a category that does not exist, by name', async () => {
    const filter = { or: [{ category: { in: [{ kind: 'path' as const, path: ['Apparel', 'Hats'] }] } }] };
    await expect(shop.search({ filter })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'filter.or.0.category.in.0: expected a category of this shop, found ["Apparel","Hats"]',
    });
  });
});
