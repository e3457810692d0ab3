import { describe, expect, it } from 'vitest';
import type { ProductSearchInput } from '../../../src/graphql/generated/resolver-types.ts';
import { toFacetField, toFacetRequest, toSearchRequest, toSimilarRequest } from '../../../src/graphql/search-inputs.ts';

const UUID = '6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11';

describe('toSearchRequest', () => {
  it('asks for everything when nothing is said', () => {
    expect(toSearchRequest({ input: {}, first: 24 })).toEqual({ terms: [], first: 24 });
  });

  it('takes null as not said', () => {
    const region = null;
    const filter = { and: null, not: null, brand: null, price: { min: null, max: '5' }, availability: null };
    expect(
      toSearchRequest({
        input: { terms: [{ match: { image: { source: { upload: 'u' }, region } } }], filter },
        first: 1,
        after: null,
      }),
    ).toEqual({
      terms: [{ match: { kind: 'image', source: { kind: 'upload', id: 'u' } } }],
      filter: { price: { max: '5' } },
      first: 1,
    });
  });

  it('takes null and the defaults of the schema as not said, for each field that shapes the order', () => {
    const input = {
      terms: null,
      filter: null,
      words: null,
      minRelevance: null,
      sort: null,
      unavailable: null,
      boosts: null,
      pin: null,
      exclude: null,
      diversify: null,
      // What a client without types may send: null for what the schema says is never null.
    } as unknown as ProductSearchInput;
    expect(toSearchRequest({ input, first: 24, after: null })).toEqual({ terms: [], first: 24 });
    const diversify = { strength: 0.3, candidates: null };
    expect(toSearchRequest({ input: { diversify }, first: 24 })).toEqual({
      terms: [],
      diversify: { strength: 0.3 },
      first: 24,
    });
  });

  it('reads everything that shapes the order', () => {
    const input = {
      minRelevance: 0.5,
      sort: 'NUMBER_ASC' as const,
      sortAttribute: 'weight',
      unavailable: 'HIDE' as const,
      boosts: [{ filter: { brand: { in: ['Acme'] }, not: null }, by: -0.25 }],
      pin: [{ sku: 'A-1' }, { id: `product_${UUID}` }],
      exclude: [{ sku: 'A-2' }],
      diversify: { strength: 1, candidates: 100 },
    };
    expect(toSearchRequest({ input, first: 24 })).toEqual({
      terms: [],
      minRelevance: 0.5,
      sort: 'NUMBER_ASC',
      sortAttribute: 'weight',
      unavailable: 'HIDE',
      boosts: [{ filter: { brand: { in: ['Acme'] } }, by: -0.25 }],
      pin: [
        { kind: 'sku', sku: 'A-1' },
        { kind: 'id', id: UUID },
      ],
      exclude: [{ kind: 'sku', sku: 'A-2' }],
      diversify: { strength: 1, candidates: 100 },
      first: 24,
    });
  });

  it('reads every kind of term', () => {
    const region = { x: 0, y: 0.25, width: 0.5, height: 0.5 };
    const terms = [
      { match: { text: 'red dress' }, weight: 0.5 },
      { match: { product: { sku: 'A-1' } } },
      { match: { product: { id: `product_${UUID}` } }, weight: -1 },
      { match: { image: { source: { url: 'https://shop.example/1.jpg' }, region } } },
      { match: { image: { source: { productImage: `image_${UUID}` } } } },
      { match: { image: { source: { base64: '/9j/' } } } },
    ];
    expect(toSearchRequest({ input: { terms, words: 'OFF' }, first: 24, after: 'cursor' })).toEqual({
      terms: [
        { match: { kind: 'text', text: 'red dress' }, weight: 0.5 },
        { match: { kind: 'product', product: { kind: 'sku', sku: 'A-1' } } },
        { match: { kind: 'product', product: { kind: 'id', id: UUID } }, weight: -1 },
        { match: { kind: 'image', source: { kind: 'url', url: 'https://shop.example/1.jpg' }, region } },
        { match: { kind: 'image', source: { kind: 'productImage', id: UUID } } },
        { match: { kind: 'image', source: { kind: 'bytes', bytes: Buffer.from([0xff, 0xd8, 0xff]) } } },
      ],
      words: 'OFF',
      first: 24,
      after: 'cursor',
    });
  });

  it('reads every kind of condition', () => {
    const from = new Date('2026-01-01');
    const filter = {
      and: [{ brand: { in: ['Acme'] } }, { or: [] }],
      or: [{ not: { availability: ['IN_STOCK' as const] } }],
      category: { in: [{ path: ['Apparel'] }, { id: `category_${UUID}` }], includeDescendants: false },
      brand: { notIn: [] },
      gtin: { in: ['4006381333931'] },
      onSale: false,
      numbers: [{ name: 'weight', min: '0', max: null }],
      price: { min: '1.50' },
      attributes: [{ name: 'color', in: ['Red'], notIn: null }],
      product: { in: [{ sku: 'A-1' }], notIn: [{ id: `product_${UUID}` }] },
      updatedAt: { from },
    };
    expect(toSearchRequest({ input: { filter }, first: 24 }).filter).toEqual({
      and: [{ brand: { in: ['Acme'] } }, { or: [] }],
      or: [{ not: { availability: ['IN_STOCK'] } }],
      category: {
        in: [
          { kind: 'path', path: ['Apparel'] },
          { kind: 'id', id: UUID },
        ],
        includeDescendants: false,
      },
      brand: { notIn: [] },
      gtin: { in: ['4006381333931'] },
      onSale: false,
      numbers: [{ name: 'weight', min: '0' }],
      price: { min: '1.50' },
      attributes: [{ name: 'color', in: ['Red'] }],
      product: { in: [{ kind: 'sku', sku: 'A-1' }], notIn: [{ kind: 'id', id: UUID }] },
      updatedAt: { from },
    });
  });

  it.each([
    [
      'terms.1.match.product.id',
      { terms: [{ match: { text: 'a' } }, { match: { product: { id: `image_${UUID}` } } }] },
    ],
    ['terms.0.match.image.source.productImage', { terms: [{ match: { image: { source: { productImage: 'x' } } } }] }],
    [
      'filter.and.0.not.category.in.1.id',
      { filter: { and: [{ not: { category: { in: [{ path: [] }, { id: '' }] } } }] } },
    ],
    ['filter.product.notIn.0.id', { filter: { product: { notIn: [{ id: UUID }] } } }],
    [
      'boosts.1.filter.product.in.0.id',
      {
        boosts: [
          { filter: {}, by: 1 },
          { filter: { product: { in: [{ id: 'x' }] } }, by: 1 },
        ],
      },
    ],
    ['pin.0.id', { pin: [{ id: 'x' }] }],
    ['exclude.1.id', { exclude: [{ sku: 'x' }, { id: `image_${UUID}` }] }],
  ])('names the place of a wrong id: %s', (path, input) => {
    expect(() => toSearchRequest({ input, first: 24 })).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', path: path.split('.') }),
    );
  });
});

describe('toSimilarRequest', () => {
  const product = { kind: 'id', id: UUID };
  const like = { terms: [{ match: { kind: 'product', product } }], unlike: product };

  it.each([undefined, null, {}, { filter: null, diversify: null }])(
    'looks for what is like a product, but not it: %j',
    (input) => {
      expect(toSimilarRequest(UUID, { input, first: 12, after: null })).toEqual({ ...like, first: 12 });
    },
  );

  it('reads what narrows it', () => {
    const input = {
      filter: { brand: { in: ['Acme'] } },
      minRelevance: 0.25,
      unavailable: 'SHOW' as const,
      diversify: { strength: 0 },
    };
    expect(toSimilarRequest(UUID, { input, first: 3, after: 'cursor' })).toEqual({
      ...like,
      ...input,
      first: 3,
      after: 'cursor',
    });
  });
});

describe('toFacetField and toFacetRequest', () => {
  it('read both kinds', () => {
    expect([{ builtIn: 'PRICE' } as const, { attribute: 'color' }].map(toFacetField)).toEqual([
      { builtIn: 'PRICE' },
      { attribute: 'color' },
    ]);
  });

  it('read what is wanted of the values, and leave out what is not said', () => {
    const field = { attribute: 'color' };
    expect(toFacetRequest({ field, search: 'r', first: 3, sort: 'VALUE' })).toEqual({
      attribute: 'color',
      ...{ search: 'r', first: 3, sort: 'VALUE' },
    });
    expect(toFacetRequest({ field, search: null, first: 100, sort: 'COUNT' })).toEqual({
      attribute: 'color',
      ...{ first: 100, sort: 'COUNT' },
    });
  });
});
