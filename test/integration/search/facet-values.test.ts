import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AVAILABILITIES } from '../../../src/database/closed-sets.ts';
import type {
  FacetRequest,
  FacetValue,
  ProductFilter,
  SearchRequest,
} from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const random = createRandom(71);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const MAKERS = Array.from({ length: 240 }, (_, n) => `Maker ${n}${n % 7 === 0 ? ' Café' : ''}`);
const CATEGORIES = [['Home'], ['Home', 'Kitchen'], ['Home', 'Kitchen', 'Pots'], ['Garden']];
/** Of a third, several, one above another among them. */
function inCategories() {
  const [category = [], ...furtherCategories] = new Set([
    pick(CATEGORIES),
    ...(random() < 0.3 ? [pick(CATEGORIES), pick(CATEGORIES)] : []),
  ]);
  return { category, ...(furtherCategories.length > 0 && { furtherCategories }) };
}
const products: ShopProduct[] = Array.from({ length: 500 }, (_, n) => ({
  sku: `S${n}`,
  title: n % 3 === 0 ? 'Woollen thing' : 'Thing',
  availability: pick(AVAILABILITIES),
  ...(random() < 0.7 && inCategories()),
  ...(random() < 0.8 && { price: String(Math.floor(random() * 30)), currency: pick(['USD', 'USD', 'EUR']) }),
  ...(n < MAKERS.length ? { brand: MAKERS[n] as string } : random() < 0.5 && { brand: pick(MAKERS) }),
  attributes: {
    ...(random() < 0.8 && { color: ['Red', 'Blue', 'Green'].filter(() => random() < 0.6) }),
    ...(random() < 0.6 && { size: [pick(['S', '9', '10', '11', '9.5'])] }),
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

async function facetOf(wanted: FacetRequest, request: Partial<SearchRequest> = {}) {
  const [facet] = await (await shop.search({ terms: [], ...request })).facets([wanted]);
  if (facet === undefined) throw new Error('a facet for each field');
  return facet;
}

/** The condition that a value of a field stands for. */
function conditionOf(field: FacetRequest, { value, categoryId }: FacetValue): ProductFilter {
  if ('attribute' in field) return { attributes: [{ name: field.attribute, in: [value] }] };
  switch (field.builtIn) {
    case 'CATEGORY':
      return { category: { in: [{ kind: 'id', id: categoryId ?? '' }] } };
    case 'BRAND':
      return { brand: { in: [value] } };
    case 'AVAILABILITY':
      return { availability: AVAILABILITIES.filter((state) => state === value) };
    case 'PRICE':
      return {};
  }
}

describe('the count of a value', () => {
  const FIELDS: FacetRequest[] = [
    { builtIn: 'CATEGORY' },
    { builtIn: 'BRAND', search: 'café' },
    { builtIn: 'AVAILABILITY' },
    { attribute: 'color', sort: 'VALUE' },
    { attribute: 'size' },
  ];
  const REQUESTS: [string, Partial<SearchRequest>][] = [
    ['everything', { terms: [] }],
    ['words alone', WOOLLEN],
    ['what is relevant enough', { ...RED, minRelevance: 0.01 }],
    [
      'a filter of the same field',
      { terms: [], filter: { attributes: [{ name: 'color', in: ['Red'] }], price: { max: '20' } } },
    ],
    [
      'another currency, nothing hidden',
      { ...RED, currency: 'EUR', unavailable: 'HIDE', filter: { price: { min: '3' } } },
    ],
  ];

  it.each(REQUESTS)('is the total of the search with it, and missing of that with none: %s', async (_, request) => {
    for (const field of FIELDS) {
      const facet = await facetOf(field, request);
      // The field's own condition does not narrow its counts.
      const { filter = {} } = request;
      const { attributes, ...others } = filter;
      const narrowing = 'attribute' in field && field.attribute === 'color' ? others : filter;
      const total = async (condition: ProductFilter) =>
        (await (await shop.search({ terms: [], ...request, filter: { and: [narrowing, condition] } })).count()).value;
      expect(facet.values.length).toBeGreaterThan(0);
      for (const value of facet.values) {
        expect([field, value.value, await total(conditionOf(field, value))]).toEqual([field, value.value, value.count]);
      }
      const all = 'search' in field ? await facetOf({ builtIn: 'BRAND', first: 1000 }, request) : facet;
      const without = all.values.map((value) => conditionOf(field, value));
      expect([field, facet.missing]).toEqual([
        field,
        (await total({ not: { or: without.slice(0, 180) } })) - (await missed()),
      ]);

      /** A filter holds 200 conditions: what has one of the brands behind is counted by itself. */
      async function missed(): Promise<number> {
        const behind = all.values.slice(180).map(({ value }) => value);
        return behind.length === 0 ? 0 : total({ brand: { in: behind } });
      }
    }
  });
});

describe('values of a field', () => {
  const BRAND = { builtIn: 'BRAND' } as const;

  it('come as many as are asked for, the answer says whether there are more', async () => {
    const usual = await facetOf(BRAND);
    expect([usual.values.length, usual.hasMore]).toEqual([100, true]);
    const all = await facetOf({ ...BRAND, first: 1000 });
    expect([all.values.length, all.hasMore]).toEqual([MAKERS.length, false]);
    expect((await facetOf({ ...BRAND, first: MAKERS.length })).hasMore).toBe(false);
    expect((await facetOf({ ...BRAND, first: MAKERS.length - 1 })).hasMore).toBe(true);
    expect(all.values.slice(0, 100)).toEqual(usual.values);
    const counts = all.values.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it('are found by what they contain, whatever case and accents, most frequent first or A to Z', async () => {
    const cafes = MAKERS.filter((maker) => maker.endsWith('Café'));
    const found = await facetOf({ ...BRAND, search: ' CAFE ', first: 1000 });
    expect(found.values.map(({ value }) => value).toSorted()).toEqual(cafes.toSorted());
    const counts = found.values.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const sorted = await facetOf({ ...BRAND, search: 'café', sort: 'VALUE', first: 5 });
    // As numbers: Maker 7 before Maker 14.
    expect(sorted.values.map(({ value }) => value)).toEqual(cafes.slice(0, 5));
    expect(sorted.hasMore).toBe(true);
    expect(await facetOf({ ...BRAND, search: 'no such maker' })).toMatchObject({ values: [], hasMore: false });
  });

  it('stand A to Z with numbers as numbers, before texts', async () => {
    const { values } = await facetOf({ attribute: 'size', sort: 'VALUE' });
    expect(values.map(({ value }) => value)).toEqual(['9', '9.5', '10', '11', 'S']);
  });

  it('are those of the language', async () => {
    await shop.add(['Ångström', 'Zebra', 'Anton'].map((brand, n) => ({ sku: `L${n}`, title: 'Letter', brand })));
    const filter = { product: { in: [0, 1, 2].map((n) => ({ kind: 'sku' as const, sku: `L${n}` })) } };
    const { search, deps } = shop;
    const inOrder = async (language?: string) => {
      Object.assign(deps, { language });
      const [facet] = await (await search({ terms: [], filter })).facets([{ ...BRAND, sort: 'VALUE' }]);
      return facet?.values.map(({ value }) => value);
    };
    expect(await inOrder()).toEqual(['Ångström', 'Anton', 'Zebra']);
    expect(await inOrder('sv')).toEqual(['Anton', 'Zebra', 'Ångström']);
    Object.assign(deps, { language: undefined });
    await shop.remove('L0', 'L1', 'L2');
  });
});
