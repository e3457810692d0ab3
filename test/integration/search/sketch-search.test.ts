import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../src/embedding-vector.ts';
import type { ProductFilter, SearchPage, SearchRequest } from '../../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../../src/search/search-products.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const PRODUCTS = 600;
/** Fewer than that are all scored, so that sketches are asked of any more. */
const EXACT_LIMIT = 10;

let shop: SearchShop;
/** By sku. */
const products = new Map<string, ShopProduct>();

const random = createRandom(11);
const vector = () => AXES.map(() => random() - 0.5);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

/** A third without a picture: half of those are compared by their text, the others not at all. */
function product(number: number): ShopProduct {
  const kind = number % 6;
  return {
    sku: `S${number}`,
    brand: pick(['Acme', 'Bolt', 'Core', 'Dune']),
    ...(number % 10 < 8 && { gtin: `G${number % 3}` }),
    price: String(Math.floor(random() * 100)),
    ...(number % 4 === 0 && { compareAtPrice: '50' }),
    category: pick([['Shoes'], ['Shoes', 'Boots'], ['Bags']]),
    availability: pick(['IN_STOCK', 'IN_STOCK', 'PREORDER', 'OUT_OF_STOCK']),
    attributes: { color: [pick(['Red', 'Blue'])] },
    ...(kind < 4 && { pictures: kind === 0 ? [vector(), vector()] : [vector()] }),
    ...(kind === 4 && { textVector: vector() }),
  };
}

beforeAll(async () => {
  shop = await openSearchShop();
  for (let number = 0; number < PRODUCTS; number++) products.set(`S${number}`, product(number));
  await shop.add([...products.values()]);
  await shop.buildIndexes({ least: 100, leastDimensions: 1 });
});
afterAll(() => shop.close());

const QUERY = vector();
const TERMS: SearchRequest['terms'] = [
  { match: { kind: 'image', source: { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(QUERY)) } } },
];

const bySketches = (request: Partial<SearchRequest>): Promise<SearchPage> =>
  searchProducts({ ...shop.deps, exactLimit: EXACT_LIMIT }, { terms: TERMS, ...request });

/** As in a shop that has no sketches and compares everything. */
function exactly(request: Partial<SearchRequest>): Promise<SearchPage> {
  const activeModel: SearchDeps['activeModel'] = async () => {
    const { model, embedder } = await shop.deps.activeModel();
    return { model: { ...model, sketches: null }, embedder };
  };
  return searchProducts({ ...shop.deps, activeModel }, { terms: TERMS, ...request });
}

const FILTERS: [string, ProductFilter, (product: ShopProduct) => boolean][] = [
  ['a brand', { brand: { in: ['Acme'] } }, ({ brand }) => brand === 'Acme'],
  ['all but a brand', { brand: { notIn: ['Acme'] } }, ({ brand }) => brand !== 'Acme'],
  [
    'a category with what is below',
    { category: { in: [{ kind: 'path', path: ['Shoes'] }] } },
    ({ category }) => category?.[0] === 'Shoes',
  ],
  ['a range of prices', { price: { min: '20', max: '60' } }, ({ price }) => Number(price) >= 20 && Number(price) <= 60],
  ['what is in stock', { availability: ['IN_STOCK'] }, ({ availability }) => availability === 'IN_STOCK'],
  [
    'a colour and a brand',
    { attributes: [{ name: 'color', in: ['Red'] }], brand: { in: ['Bolt', 'Core'] } },
    ({ attributes, brand = '' }) => attributes?.color?.[0] === 'Red' && ['Bolt', 'Core'].includes(brand),
  ],
  [
    'one or the other',
    { or: [{ brand: { in: ['Dune'] } }, { price: { max: '10' } }] },
    ({ brand, price }) => brand === 'Dune' || Number(price) <= 10,
  ],
  [
    'not',
    { not: { attributes: [{ name: 'color', in: ['Red'] }] } },
    ({ attributes }) => attributes?.color?.[0] !== 'Red',
  ],
];

/** Of what sketches have no column for, nothing is counted beforehand. */
const isOnSale = ({ price, compareAtPrice }: ShopProduct) => Number(compareAtPrice ?? 0) > Number(price);
const UNSKETCHED: typeof FILTERS = [
  ['a code', { gtin: { in: ['G1', 'G2'] } }, ({ gtin = '' }) => ['G1', 'G2'].includes(gtin)],
  ['what is on sale', { onSale: true }, isOnSale],
  ['what is not', { onSale: false, not: { brand: { in: ['Acme'] } } }, (one) => !isOnSale(one) && one.brand !== 'Acme'],
  ['all but a code, also what has none', { gtin: { notIn: ['G1'] } }, ({ gtin }) => gtin !== 'G1'],
];

const skuOf = (page: SearchPage) => shop.skus(page);
const matching = (holds: (product: ShopProduct) => boolean) => [...products.values()].filter(holds);
const hasVector = ({ pictures, textVector }: ShopProduct) => pictures !== undefined || textVector !== undefined;

/** What it costs to look at rows, by which a way is chosen; the counts are those of the shop. */
const SHOPS = [
  ['so that sketches of all that hold are read', { hnsw: 25, probed: 1e3, gathered: 0.8, compared: 5 }, 'ALL'],
  [
    'so that those of the clusters nearest to the query are',
    { hnsw: 1e6, probed: 0.01, gathered: 1e3, compared: 5 },
    'CLUSTERS',
  ],
] as const;

describe.each(SHOPS)('a search at such costs %s', (_, costs, way) => {
  beforeAll(async () => {
    const { db } = shop.database;
    await sql`update embedding_model set scan_costs = ${JSON.stringify(costs)}::jsonb`.execute(db);
  });

  it.each([...FILTERS, ...UNSKETCHED])('finds for %s what a comparison with all finds', async (_, filter, holds) => {
    const request: Partial<SearchRequest> = { filter, first: 50, unavailable: 'SHOW' };
    const found = await bySketches(request);
    expect(found.strategy).toBe('SKETCH');
    expect(found.results).toHaveLength(50);
    for (const sku of skuOf(found)) expect(products.get(sku)).toSatisfy(holds);
    expect(skuOf(found)).toEqual(skuOf(await exactly(request)));
  });

  it.each(FILTERS)(
    'says for %s what it did, what else it might have done, and by which statement',
    async (_, filter) => {
      const { ways, sql: statement, strategy, examined } = (await bySketches({ filter, unavailable: 'SHOW' })).plan();
      expect(strategy).toBe('SKETCH');
      expect(examined).toBeGreaterThan(0);
      expect(ways[0]).toMatchObject({ way, rows: expect.any(Number), milliseconds: expect.any(Number) });
      expect(ways.map((each) => each.way).sort()).toEqual(['ALL', 'CLUSTERS', 'HNSW']);
      // psql would put in the query's vector, which the statement leaves out.
      const complete = statement.replaceAll(":'query_vector'", `'[${[...normalise(QUERY)].join(',')}]'`);
      expect(complete).not.toBe(statement);
      const sketched = complete.split(';\n').filter((each) => each.includes('bits'));
      const of = (table: string) => sketched.filter((each) => each.includes(table));
      // Of pictures, and of products without one.
      const [pictures, texts] = [of('image_embedding_'), of('text_embedding_')];
      expect([pictures.length, texts.length]).toEqual([1, 1]);
      expect((await sql.raw(pictures[0] ?? '').execute(shop.database.db)).rows.length).toBeGreaterThan(0);
      await sql.raw(texts[0] ?? '').execute(shop.database.db);
    },
  );

  it('goes on page by page, without repeats, to the last that holds', async () => {
    const filter: ProductFilter = { brand: { in: ['Acme', 'Bolt'] } };
    const pages: string[][] = [];
    for (let after: string | undefined; ; ) {
      const page = await bySketches({ filter, first: 40, unavailable: 'SHOW', ...(after !== undefined && { after }) });
      pages.push(skuOf(page));
      after = page.results.at(-1)?.cursor;
      if (!page.hasNextPage) break;
    }
    expect(pages.slice(0, -1).every((page) => page.length === 40)).toBe(true);
    const all = matching(({ brand = '' }) => ['Acme', 'Bolt'].includes(brand));
    const found = pages.flat();
    expect(found.toSorted()).toEqual(all.map(({ sku }) => sku).sort());
    expect(found.slice(0, 100)).toEqual(skuOf(await exactly({ filter, first: 100, unavailable: 'SHOW' })));
  });

  it('finds products without a picture by their text, among the others where texts are asked for', async () => {
    const terms: SearchRequest['terms'] = [{ match: { kind: 'text', text: 'red shoe' } }];
    const request: Partial<SearchRequest> = {
      terms,
      words: 'OFF',
      filter: { brand: { in: ['Core', 'Dune'] } },
      first: 100,
      unavailable: 'SHOW',
    };
    const found = skuOf(await bySketches(request));
    expect(found).toEqual(skuOf(await exactly(request)));
    const texts = found.filter((sku) => products.get(sku)?.textVector !== undefined);
    expect(texts.length).toBeGreaterThan(5);
    expect(found.slice(-texts.length)).not.toEqual(texts);
  });

  it('finds them behind those with a picture where one is asked for', async () => {
    const filter: ProductFilter = { brand: { in: ['Core'] }, attributes: [{ name: 'color', in: ['Red'] }] };
    const holds = ({ brand, attributes }: ShopProduct) => brand === 'Core' && attributes?.color?.[0] === 'Red';
    const pictured = matching((one) => holds(one) && one.pictures !== undefined);
    const textual = matching((one) => holds(one) && one.textVector !== undefined);
    expect(textual.length).toBeGreaterThan(5);
    // Not to the end: what points away from the query comes behind what has no vector, and candidates would be too few.
    const request = { filter, first: pictured.length + 2, unavailable: 'SHOW' } as const;
    const page = await bySketches(request);
    expect(page.strategy).toBe('SKETCH');
    const found = skuOf(page);
    expect(found).toEqual(skuOf(await exactly(request)));
    expect(found.slice(0, pictured.length).toSorted()).toEqual(pictured.map(({ sku }) => sku).toSorted());
    for (const sku of found.slice(pictured.length)) expect(products.get(sku)).toSatisfy((one) => textual.includes(one));
  });

  it('raises what boosts raise', async () => {
    const boosts = [{ filter: { attributes: [{ name: 'color', in: ['Blue'] }] }, by: 1 }];
    const request: Partial<SearchRequest> = {
      filter: { brand: { in: ['Acme', 'Bolt'] } },
      boosts,
      first: 30,
      unavailable: 'SHOW',
    };
    const found = skuOf(await bySketches(request));
    expect(found).toEqual(skuOf(await exactly(request)));
    expect(found.filter((sku) => products.get(sku)?.attributes?.color?.[0] === 'Blue').length).toBeGreaterThan(20);
  });

  it('puts pinned products first, and others behind them once', async () => {
    const filter: ProductFilter = { brand: { in: ['Acme'] } };
    const [first, last] = [
      matching(({ brand }) => brand === 'Acme').at(0),
      matching(({ brand }) => brand === 'Acme').at(-1),
    ];
    const pin = [last, first].map((each) => ({ kind: 'sku' as const, sku: each?.sku ?? '' }));
    const found = skuOf(await bySketches({ filter, pin, first: 30, unavailable: 'SHOW' }));
    expect(found.slice(0, 2)).toEqual([last?.sku, first?.sku]);
    expect(new Set(found).size).toBe(30);
    expect(found).toEqual(skuOf(await exactly({ filter, pin, first: 30, unavailable: 'SHOW' })));
  });

  it.each(['LAST', 'HIDE'] as const)('finds what cannot be bought %s', async (unavailable) => {
    const request: Partial<SearchRequest> = {
      filter: { brand: { in: ['Acme', 'Bolt', 'Core'] } },
      unavailable,
      first: 100,
    };
    const page = await bySketches(request);
    expect(page.strategy).toBe('SKETCH');
    const sold = skuOf(page).map((sku) => products.get(sku)?.availability === 'OUT_OF_STOCK');
    expect(sold.filter((each) => each)).toHaveLength(0);
    expect(skuOf(page)).toEqual(skuOf(await exactly(request)));
  });

  it('finds nothing where nothing holds, and the few that hold where few do', async () => {
    expect(await bySketches({ filter: { price: { min: '1000' } } })).toMatchObject({ results: [], hasNextPage: false });
    const few = matching(hasVector)
      .slice(0, 5)
      .map(({ sku }) => sku);
    const filter: ProductFilter = { product: { in: few.map((sku) => ({ kind: 'sku', sku })) } };
    expect(skuOf(await bySketches({ filter, unavailable: 'SHOW' })).sort()).toEqual(few.sort());
  });
});
