import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productId } from '../../../src/identifiers.ts';
import type { ProductFilter, SearchPage, SearchRequest } from '../../../src/search/request/search-request.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

/** What products weigh, as shops write it; undefined: they do not say. */
const WEIGHTS: readonly (readonly string[] | undefined)[] = [
  ['-12.50'],
  ['-0.5'],
  ['0'],
  ['0.00'],
  ['0.5'],
  ['3'],
  ['003'],
  ['12'],
  ['12.000000000000000000001'],
  ['12 cm'],
  ['1e3'],
  [''],
  ['NaN'],
  ['Infinity'],
  ['+3'],
  ['.5'],
  ['3.'],
  [' 3'],
  ['3\n'],
  ['1,5'],
  ['٣'],
  ['--3'],
  ['heavy', '-1', '100'],
  ['9'.repeat(300)],
  [],
  undefined,
];
/** Products of each weight: enough for sketches, an index and several pages. */
const OF_EACH = 20;
const PRODUCTS = WEIGHTS.length * OF_EACH;
const FEW = 10;

const random = createRandom(5);
const vector = () => AXES.map(() => random() - 0.5);
const weightOf = (number: number) => WEIGHTS[number % WEIGHTS.length];
const products: ShopProduct[] = Array.from({ length: PRODUCTS }, (_, number) => {
  const weight = weightOf(number);
  return {
    sku: `S${number}`,
    brand: number % 2 === 0 ? 'Acme' : 'Bolt',
    attributes: { ...(weight && { weight: [...weight] }), color: ['Red'] },
    // Some are compared by their text.
    ...(number % 9 === 0 ? { textVector: vector() } : { pictures: [vector()] }),
  };
});

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop({ maxWindow: 60 });
  await shop.add(products);
  await shop.buildIndexes({ least: 100, leastDimensions: 1 });
});
afterAll(() => shop.close());

/** The numbers of a product, read by hand. */
function numbersOf(number: number): number[] {
  return (weightOf(number) ?? []).filter((weight) => /^-?\d+(\.\d+)?$/.test(weight) && weight !== '٣').map(Number);
}

function within(min: number, max: number): string[] {
  return products
    .flatMap(({ sku }, number) => (numbersOf(number).some((n) => n >= min && n <= max) ? [sku] : []))
    .sort();
}

const weighing = (ends: { min?: string; max?: string }): ProductFilter => ({ numbers: [{ name: 'weight', ...ends }] });

const RANGES: [string, { min?: string; max?: string }, string[]][] = [
  ['0 as the lower end', { min: '0' }, within(0, Infinity)],
  ['0 as the upper end', { max: '0' }, within(-Infinity, 0)],
  ['0 as both', { min: '0', max: '0' }, within(0, 0)],
  ['negative numbers', { min: '-12.5', max: '-0.50' }, within(-12.5, -0.5)],
  ['decimals', { min: '0.4999', max: '3.0' }, within(0.4999, 3)],
  ['a single number', { min: '3', max: '3' }, within(3, 3)],
  ['one of several values', { min: '100', max: '100' }, within(100, 100)],
  ['a gap between several values', { min: '13', max: '99' }, []],
  ['an empty range', { min: '3', max: '-3' }, []],
  ['no ends', {}, products.map(({ sku }) => sku).sort()],
];

/** More decimals than a floating point number holds. */
const EXACT: typeof RANGES = [
  [
    'no more than 12, exactly',
    { min: '12', max: '12' },
    products.flatMap(({ sku }, n) => (weightOf(n)?.[0] === '12' ? [sku] : [])).sort(),
  ],
];

const QUERY = new TextEncoder().encode(JSON.stringify(vector()));
const TERMS: SearchRequest['terms'] = [{ match: { kind: 'image', source: { kind: 'bytes', bytes: QUERY } } }];

/** All pages of a search. */
async function all(
  request: Partial<SearchRequest>,
  exactLimit: number,
): Promise<{ skus: string[]; first: SearchPage }> {
  const deps = { ...shop.deps, exactLimit };
  const asked = { terms: TERMS, unavailable: 'SHOW' as const, first: 50, ...request };
  const first = await searchProducts(deps, asked);
  const skus = shop.skus(first);
  for (let page = first; page.hasNextPage; ) {
    page = await searchProducts(deps, { ...asked, after: page.results.at(-1)?.cursor ?? '' });
    skus.push(...shop.skus(page));
  }
  return { skus, first };
}

describe('numbers of an attribute', () => {
  it.each([...RANGES, ...EXACT])(
    'within %s are found by comparing all, by sketches and by browsing, and counted',
    async (_, ends, expected) => {
      const filter = weighing(ends);
      for (const [request, exactLimit] of [
        [{}, PRODUCTS],
        [{}, FEW],
        [{ terms: [] }, PRODUCTS],
        [{ sort: 'TITLE' }, PRODUCTS],
      ] as const) {
        const { skus, first } = await all({ ...request, filter }, exactLimit);
        expect(skus.toSorted()).toEqual(expected);
        expect(await first.count()).toEqual({ value: expected.length, exact: true });
      }
    },
  );

  it.each(RANGES)('within %s are left out by not, with all that have none', async (_, ends, expected) => {
    const { skus } = await all({ filter: { not: weighing(ends) } }, FEW);
    expect(skus.toSorted()).toEqual(
      products
        .map(({ sku }) => sku)
        .filter((sku) => !expected.includes(sku))
        .sort(),
    );
  });

  it('are found by the HNSW index, too', async () => {
    const active = await shop.deps.activeModel();
    const activeModel = async () => ({ ...active, model: { ...active.model, sketches: null } });
    const request = {
      terms: TERMS,
      unavailable: 'SHOW' as const,
      filter: weighing({ min: '-1', max: '3' }),
      first: 30,
    };
    const byIndex = await searchProducts({ ...shop.deps, activeModel, exactLimit: FEW }, request);
    expect(byIndex.strategy).toBe('HNSW');
    const expected = within(-1, 3);
    for (const sku of shop.skus(byIndex)) expect(expected).toContain(sku);
    expect(byIndex.results).toHaveLength(30);
  });

  it('hold beside other conditions, and of two on one attribute each for itself', async () => {
    const one = within(-1, 100).filter((sku) => Number(sku.slice(1)) % 2 === 0);
    const filter = { ...weighing({ min: '-1', max: '100' }), brand: { in: ['Acme'] } };
    expect((await all({ filter }, FEW)).skus.toSorted()).toEqual(one);
    const both = {
      numbers: [
        { name: 'weight', max: '-1' },
        { name: 'weight', min: '100' },
      ],
    };
    const several = products.flatMap(({ sku }, number) => (weightOf(number)?.length === 3 ? [sku] : [])).sort();
    expect((await all({ filter: both }, FEW)).skus.toSorted()).toEqual(several);
    expect((await all({ filter: { numbers: [{ name: 'size', min: '0' }] } }, FEW)).skus).toEqual([]);
  });

  it('do not narrow the counts of their own attribute, but those of others', async () => {
    const { first } = await all({ filter: weighing({ min: '3', max: '3' }) }, FEW);
    const [weights, colors] = await first.facets([{ attribute: 'weight' }, { attribute: 'color' }]);
    expect(weights?.values).toContainEqual({ value: '12 cm', count: OF_EACH, categoryId: null });
    expect(colors?.values).toEqual([{ value: 'Red', count: within(3, 3).length, categoryId: null }]);
  });

  it('narrow what is like a product', async () => {
    const like = { kind: 'sku', sku: 'S1' } as const;
    const request = {
      terms: [{ match: { kind: 'product', product: like } as const }],
      unlike: like,
      filter: weighing({ max: '0' }),
    };
    const { skus } = await all(request, FEW);
    expect(skus.toSorted()).toEqual(within(-Infinity, 0).filter((sku) => sku !== 'S1'));
  });
});

describe('an order by numbers', () => {
  const byId = (a: string, b: string) => (productId(a) < productId(b) ? -1 : 1);
  const numberOf = (sku: string) => Number(sku.slice(1));
  /** The least first by the least of several, the greatest first by the greatest. */
  const orders = {
    NUMBER_ASC: (sku: string) => Math.min(...numbersOf(numberOf(sku))),
    NUMBER_DESC: (sku: string) => -Math.max(...numbersOf(numberOf(sku))),
  };

  it.each(['NUMBER_ASC', 'NUMBER_DESC'] as const)(
    '%s is kept on all pages, past the window, with what has no number last',
    async (sort) => {
      // What a floating point number cannot tell apart the database can.
      const exact = (sku: string) =>
        (weightOf(numberOf(sku))?.[0]?.endsWith('1') ? 1 : 0) * (sort === 'NUMBER_ASC' ? 1 : -1);
      const key = orders[sort];
      const expected = products
        .map(({ sku }) => sku)
        .sort((a, b) => (key(a) === key(b) ? exact(a) - exact(b) || byId(a, b) : key(a) < key(b) ? -1 : 1));
      for (const terms of [[], TERMS]) {
        const { skus } = await all({ terms, sort, sortAttribute: 'weight' }, PRODUCTS);
        expect(skus).toEqual(expected);
      }
      const last = expected.slice(-products.filter((_, number) => numbersOf(number).length === 0).length);
      for (const sku of last) expect(numbersOf(numberOf(sku))).toEqual([]);
    },
  );

  it('is refused without an attribute, and an attribute without it', async () => {
    await expect(shop.search({ sort: 'NUMBER_ASC' })).rejects.toMatchObject({
      message: 'sortAttribute: expected an attribute for sort NUMBER_ASC, found nothing',
    });
    await expect(shop.search({ sortAttribute: 'weight' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['sortAttribute'],
    });
  });
});
