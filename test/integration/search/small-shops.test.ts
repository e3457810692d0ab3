import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { measureStatistics } from '../../../src/database/embedding-statistics.ts';
import type { FacetField, SearchRequest } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

let shop: SearchShop;
afterEach(() => shop.close());

const text = (value: string) => [{ match: { kind: 'text' as const, text: value } }];
const bytes = new TextEncoder().encode(JSON.stringify(along({ red: 1 })));
const REQUESTS: [string, Partial<SearchRequest>][] = [
  ['a text', { terms: text('red') }],
  ['a picture', { terms: [{ match: { kind: 'image', source: { kind: 'bytes', bytes } } }] }],
  ['words alone', { terms: text('red'), words: 'ONLY' }],
  ['a text in an order', { terms: text('red'), sort: 'PRICE_ASC' }],
  ['a varied text', { terms: text('red'), diversify: {} }],
  ['a text, cut by relevance', { terms: text('red'), minRelevance: 0.5 }],
  ['nothing', {}],
  ['boosts', { boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 1 }] }],
  ['pins', { pin: [{ kind: 'sku', sku: 'none' }] }],
];
const FIELDS: FacetField[] = [
  ...(['CATEGORY', 'BRAND', 'PRICE', 'AVAILABILITY'] as const).map((builtIn) => ({ builtIn })),
  { attribute: 'color' },
];

describe('an empty shop', () => {
  it.each([true, false])('has nothing to find, and says so; measured: %s', async (measured) => {
    shop = await openSearchShop({ measured });
    for (const [name, request] of REQUESTS) {
      const page = await shop.search(request);
      expect(page, name).toMatchObject({
        results: [],
        hasNextPage: false,
        hasPreviousPage: false,
        matchQuality: 'NONE',
      });
      expect(await page.count(), name).toEqual({ value: 0, exact: true });
      for (const { values, range, exact } of await page.facets(FIELDS))
        expect({ values, range, exact }).toEqual({ values: [], range: null, exact: true });
      expect(page.plan(), name).toMatchObject({ candidates: 0, examined: 0 });
      expect(await page.termSimilarities(), name).toEqual([]);
    }
  });
});

describe('a shop whose products have no vectors yet', () => {
  it.each([true, false])('finds by words, and shows the others as arbitrary; measured: %s', async (measured) => {
    shop = await openSearchShop({ measured });
    await shop.add([
      { sku: 'blue', title: 'Blue shirt' },
      { sku: 'red', title: 'Red shirt' },
      { sku: 'green', title: 'Green shirt' },
    ]);
    for (const [name, request] of REQUESTS.filter(([, { minRelevance }]) => minRelevance === undefined)) {
      const page = await shop.search(request);
      expect(page.results.length, name).toBe(request.words === 'ONLY' ? 1 : 3);
      for (const { similarity, imageId, why } of page.results)
        expect({ similarity, imageId, score: why.vectorScore }).toEqual({
          similarity: null,
          imageId: null,
          score: null,
        });
      if (request.terms?.[0]?.match.kind === 'text' && request.sort === undefined)
        expect(shop.skus(page)[0], name).toBe('red');
      expect(await page.termSimilarities(), name).toEqual(
        page.results.map(() => (request.terms ?? []).map(() => null)),
      );
    }
  });
});

describe('a shop of one product', () => {
  it('finds it, however it is looked for', async () => {
    shop = await openSearchShop();
    await shop.add([{ sku: 'only', title: 'Red shirt', brand: 'Acme', price: '5', pictures: [along({ red: 1 })] }]);
    for (const [name, request] of REQUESTS) {
      const page = await shop.search({ ...request, first: 1 });
      expect(shop.skus(page), name).toEqual(['only']);
      expect(page, name).toMatchObject({ hasNextPage: false, matchQuality: 'STRONG' });
      const [, brand, price] = await page.facets(FIELDS);
      expect(brand?.values, name).toEqual([{ value: 'Acme', count: 1, categoryId: null }]);
      expect(Number(price?.range?.min), name).toBe(5);
      const after = page.results[0]?.cursor ?? '';
      expect(await shop.search({ ...request, first: 1, after }), name).toMatchObject({
        results: [],
        hasPreviousPage: true,
      });
    }
    const itself = { kind: 'sku' as const, sku: 'only' };
    const similar = await shop.search({ terms: [{ match: { kind: 'product', product: itself } }], unlike: itself });
    expect(similar).toMatchObject({ results: [], matchQuality: 'NONE' });
  });
});

describe('a shop where everything is out of stock', () => {
  it('shows it all the same, unless that is hidden', async () => {
    shop = await openSearchShop();
    await shop.add(
      Array.from({ length: 5 }, (_, index) => ({
        sku: `S${index}`,
        title: 'Red shirt',
        price: String(index),
        availability: 'OUT_OF_STOCK' as const,
        pictures: [along({ red: 1, blue: index / 10 })],
      })),
    );
    for (const [name, request] of REQUESTS) {
      expect((await shop.pages({ ...request, first: 2 })).flat().length, name).toBe(5);
      const hidden = await shop.search({ ...request, unavailable: 'HIDE' });
      expect(hidden, name).toMatchObject({ results: [], matchQuality: 'NONE' });
      expect(await hidden.count(), name).toEqual({ value: 0, exact: true });
    }
    expect(shop.skus(await shop.search({ terms: text('red') }))).toEqual(['S0', 'S1', 'S2', 'S3', 'S4']);
  });
});

describe('a shop whose products all look the same', () => {
  it('finds them: the nearest are no nearer than arbitrary ones', async () => {
    shop = await openSearchShop();
    const vector = along({ red: 1 });
    await shop.add(
      Array.from({ length: 3 }, (_, index) => ({
        sku: `S${index}`,
        title: 'Red shirt',
        price: String(index),
        brand: 'Acme',
        pictures: [vector],
        textVector: vector,
      })),
    );
    const { model } = await shop.deps.activeModel();
    await measureStatistics(shop.database.db, model);
    const { statistics } = (await shop.deps.activeModel()).model;
    expect(statistics.IMAGE_IMAGE).toMatchObject({ nearestMean: null });
    for (const [name, request] of REQUESTS) {
      expect((await shop.search(request)).results.length, name).toBe(3);
    }
    const both = [...text('red'), { match: { kind: 'image' as const, source: { kind: 'bytes' as const, bytes } } }];
    expect((await shop.search({ terms: both })).results.length).toBe(3);
    const { rows } = await sql`select * from analytics.similar_products('S0')`.execute(shop.database.db);
    expect(rows.length).toBe(0);
  });
});
