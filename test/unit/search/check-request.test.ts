import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { checkRequest } from '../../../src/search/request/check-request.ts';
import type { ProductFilter, SearchRequest } from '../../../src/search/request/search-request.ts';

const text = (value: string, weight?: number) => ({
  match: { kind: 'text' as const, text: value },
  ...(weight !== undefined && { weight }),
});

const sku = (value: string) => ({ kind: 'sku' as const, sku: value });

function refusal(request: Partial<SearchRequest>): string {
  try {
    checkRequest({ terms: [], ...request });
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') {
      expect(error.message.startsWith(`${error.path.join('.')}: expected `)).toBe(true);
      return error.message;
    }
    throw error;
  }
  throw new Error('expected a refusal');
}

function nested(depth: number): ProductFilter {
  return depth === 1 ? { brand: { in: ['Acme'] } } : { not: nested(depth - 1) };
}

describe('checkRequest', () => {
  it('fills in defaults and trims texts', () => {
    expect(checkRequest({ terms: [text('  red shoes ')] })).toEqual({
      terms: [{ match: { kind: 'text', text: 'red shoes' }, weight: 1 }],
      filter: {},
      words: 'AUTO',
      spelling: 'MEND',
      minRelevance: 0,
      sort: 'RELEVANCE',
      collapse: 'PRODUCT',
      unavailable: 'LAST',
      boosts: [],
      pin: [],
      exclude: [],
      diversify: undefined,
      unlike: undefined,
      first: 24,
      after: undefined,
    });
  });

  it('takes a search with negative weights alone: least like this', () => {
    expect(checkRequest({ terms: [text('red', -1)] }).terms).toHaveLength(1);
  });

  it.each([
    [{ first: 0 }, 'first: expected 1 to 100, found 0'],
    [{ first: 101 }, 'first: expected 1 to 100, found 101'],
    [{ first: 1.5 }, 'first: expected 1 to 100, found 1.5'],
    [{ first: Number.NaN }, 'first: expected 1 to 100, found null'],
    [{ terms: Array.from({ length: 9 }, () => text('a')) }, 'terms: expected at most 8, found 9'],
    [{ terms: [text('a'), text('b', 0)] }, 'terms.1.weight: expected -1 to 1 and not 0, found 0'],
    [{ terms: [text('a', 1.1)] }, 'terms.0.weight: expected -1 to 1 and not 0, found 1.1'],
    [{ terms: [text('a', Number.NaN)] }, 'terms.0.weight: expected -1 to 1 and not 0, found null'],
    [{ terms: [text(' \n ')] }, 'terms.0.match.text: expected text of 1 to 1000 characters, found ""'],
    [
      { terms: [text('x'.repeat(1001))] },
      'terms.0.match.text: expected at most 1000 characters, found "1001 characters"',
    ],
    [{ terms: [text('a\u0000b')] }, 'terms.0.match.text: expected text without NUL'],
    [{ terms: [text('a\ud800')] }, 'terms.0.match.text: expected text without NUL'],
    [{ after: '' }, 'after: expected a cursor'],
    [{ words: 'ONLY' as const }, 'words: expected AUTO or OFF'],
    [{ words: 'ONLY' as const, terms: [text('a', -1)] }, 'words: expected AUTO or OFF'],
  ])('refuses %j', (request, message) => {
    expect(refusal(request)).toContain(message);
  });

  it.each<[Partial<SearchRequest>, string]>([
    [{ minRelevance: -0.1 }, 'minRelevance: expected 0 to 1, found -0.1'],
    [{ minRelevance: 1.01 }, 'minRelevance: expected 0 to 1, found 1.01'],
    [{ minRelevance: Number.NaN }, 'minRelevance: expected 0 to 1, found null'],
    [{ words: 'SOME' as never }, 'words: expected AUTO, OFF, ONLY, found "SOME"'],
    [
      { sort: 'PRICE' as never },
      'sort: expected RELEVANCE, PRICE_ASC, PRICE_DESC, NEWEST, TITLE, NUMBER_ASC, NUMBER_DESC, found "PRICE"',
    ],
    [{ sort: 'NUMBER_DESC', sortAttribute: ' ' }, 'sortAttribute: expected text of 1 to 1000 characters, found " "'],
    [{ sort: 'NUMBER_DESC' }, 'sortAttribute: expected an attribute for sort NUMBER_DESC'],
    [
      { sort: 'TITLE', sortAttribute: 'weight' },
      'sortAttribute: expected nothing but for sort NUMBER_ASC and NUMBER_DESC',
    ],
    [
      { filter: { numbers: [{ name: 'weight' }, { name: 'weight', max: '1e3' }] } },
      'filter.numbers.1.max: expected a decimal number',
    ],
    [
      { filter: { not: { numbers: [{ name: '', min: '0' }] } } },
      'filter.not.numbers.0.name: expected text of 1 to 1000',
    ],
    [
      { filter: { numbers: Array.from({ length: 200 }, () => ({ name: 'weight', min: '0' })) } },
      'filter: expected at most 200 conditions',
    ],
    [{ currency: 'euro' }, 'currency: expected the three letters of an ISO 4217 currency like USD, found "euro"'],
    [{ currency: '' }, 'currency: expected the three letters'],
    [{ unavailable: 'FIRST' as never }, 'unavailable: expected SHOW, LAST, HIDE, found "FIRST"'],
    [{ boosts: Array.from({ length: 9 }, () => ({ filter: {}, by: 0.1 })) }, 'boosts: expected at most 8, found 9'],
    [{ boosts: [{ filter: {}, by: 1.5 }] }, 'boosts.0.by: expected -1 to 1, found 1.5'],
    [{ boosts: [{ filter: {}, by: Number.NaN }] }, 'boosts.0.by: expected -1 to 1, found null'],
    [
      { boosts: [{ filter: { price: { min: 'x' } }, by: 0.1 }] },
      'boosts.0.filter.price.min: expected a decimal number',
    ],
    [{ boosts: [{ filter: nested(9), by: 0.1 }] }, 'at most 8 filters inside each other, found 9'],
    [{ pin: Array.from({ length: 21 }, () => sku('a')) }, 'pin: expected at most 20, found 21'],
    [{ pin: [sku('a'), sku(' ')] }, 'pin.1: expected text of 1 to 1000 characters, found " "'],
    [{ pin: [{ kind: 'id', id: 'x' }] }, 'pin.0: expected an id (UUID), found "x"'],
    [{ exclude: Array.from({ length: 101 }, () => sku('a')) }, 'exclude: expected at most 100, found 101'],
    [{ exclude: [{ kind: 'id', id: 'x' }] }, 'exclude.0: expected an id (UUID), found "x"'],
    [{ unlike: { kind: 'id', id: 'x' } }, 'unlike: expected an id (UUID), found "x"'],
    [{ terms: [text('a')], diversify: { strength: 1.1 } }, 'diversify.strength: expected 0 to 1, found 1.1'],
    [{ terms: [text('a')], diversify: { strength: Number.NaN } }, 'diversify.strength: expected 0 to 1, found null'],
    [
      { terms: [text('a')], diversify: { candidates: 501 } },
      'diversify.candidates: expected 24 (the size of the page) to 500, found 501',
    ],
    [
      { terms: [text('a')], first: 50, diversify: { candidates: 49 } },
      'diversify.candidates: expected 50 (the size of the page) to 500, found 49',
    ],
    [{ terms: [text('a')], diversify: { candidates: 30.5 } }, 'diversify.candidates: expected 24'],
    [{ diversify: {} }, 'diversify: expected nothing where there are no terms'],
    [
      { terms: [text('a')], sort: 'PRICE_ASC', diversify: {} },
      'sort: expected RELEVANCE where diversify is given, found "PRICE_ASC"',
    ],
  ])('refuses %j', (request, message) => {
    expect(refusal(request)).toContain(message);
  });

  it('takes every bound itself', () => {
    const request: SearchRequest = {
      terms: Array.from({ length: 8 }, () => text('x'.repeat(1000), -1)),
      first: 100,
      minRelevance: 1,
      boosts: Array.from({ length: 8 }, (_, index) => ({ filter: {}, by: index % 2 === 0 ? 1 : -1 })),
      pin: Array.from({ length: 20 }, () => sku('a')),
      exclude: Array.from({ length: 100 }, () => sku('a')),
      diversify: { strength: 1, candidates: 500 },
    };
    expect(checkRequest(request)).toMatchObject(request);
  });

  it('takes diversify of strength 0 for none, and 0.3 where it says nothing', () => {
    expect(checkRequest({ terms: [text('a')], diversify: { strength: 0 } }).diversify).toBeUndefined();
    expect(checkRequest({ terms: [text('a')], diversify: {} }).diversify).toEqual({ strength: 0.3 });
  });

  it.each([
    [{ x: 0.5, y: 0, width: 0.6, height: 1 }, 'terms.0.match.image.region: expected a region inside the picture'],
    [{ x: 0, y: 0, width: 0, height: 1 }, 'terms.0.match.image.region.width: expected more than 0, found 0'],
    [{ x: -0.1, y: 0, width: 1, height: 1 }, 'terms.0.match.image.region.x: expected 0 to 1, found -0.1'],
    [{ x: Number.NaN, y: 0, width: 1, height: 1 }, 'terms.0.match.image.region.x: expected 0 to 1, found null'],
  ])('refuses the region %j', (region, message) => {
    const source = { kind: 'upload' as const, id: 'u' };
    expect(refusal({ terms: [{ match: { kind: 'image', source, region } }] })).toContain(message);
  });

  it('takes a region that reaches the edge but for rounding', () => {
    const region = { x: 0.7, y: 0.1, width: 0.3, height: 0.9 };
    const request = {
      terms: [{ match: { kind: 'image' as const, source: { kind: 'upload' as const, id: 'u' }, region } }],
    };
    expect(checkRequest(request).terms).toHaveLength(1);
  });

  it.each<[ProductFilter, string]>([
    [nested(9), 'filter.not.not.not.not.not.not.not.not: expected at most 8 filters inside each other, found 9'],
    [{ or: Array.from({ length: 201 }, () => ({ brand: {} })) }, 'filter: expected at most 200 conditions'],
    [{ brand: { in: Array.from({ length: 1001 }, String) } }, 'filter: expected at most 1000 values'],
    [{ price: { min: 'cheap' } }, 'filter.price.min: expected a decimal number such as "12.90", found "cheap"'],
    [{ and: [{ price: { max: '1e9' } }] }, 'filter.and.0.price.max: expected a decimal number'],
    [{ category: { in: [{ kind: 'path', path: [] }] } }, 'filter.category.in.0: expected a path of 1 to 32 names'],
    [{ category: { in: [{ kind: 'id', id: 'x' }] } }, 'filter.category.in.0: expected an id (UUID), found "x"'],
    [{ product: { notIn: [{ kind: 'id', id: 'x' }] } }, 'filter.product.notIn.0: expected an id (UUID), found "x"'],
    [{ updatedAt: { from: new Date('never') } }, 'filter.updatedAt.from: expected a date'],
    [{ attributes: [{ name: '', in: ['a'] }] }, 'filter.attributes.0.name: expected text'],
    [{ attributes: [{ name: 'color', in: ['\u0000'] }] }, 'filter.attributes.0.in.0: expected text without NUL'],
    [{ availability: ['SOON' as never] }, 'filter.availability.0: expected IN_STOCK'],
  ])('refuses the filter %j', (filter, message) => {
    expect(refusal({ filter })).toContain(message);
  });

  it('takes a filter eight deep', () => {
    expect(checkRequest({ terms: [], filter: nested(8) }).filter).toEqual(nested(8));
  });
});
