import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop } from '../support/small-shop.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});

afterAll(async () => {
  // A refusal is not a defect of ours: nothing in this file may have been masked.
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const SEARCH = `query Search($input: ProductSearchInput!, $first: Int! = 5, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) { nodes { sku: groupId } pageInfo { endCursor } }
}`;
const UNKNOWN = '6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11';

const term = (match: object, weight = 1) => ({ terms: [{ match, weight }] });
const image = (source: object, region?: object) => term({ image: { source, region } });
const facetsOf = (fields: string) => `{ searchProducts(input: {}) { facets(fields: [${fields}]) { field } } }`;
const similarTo = (args: string) =>
  `{ product(by: { sku: "red-shirt" }) { similar(${args}) { nodes { sku: groupId } } } }`;
const base64 = (bytes: Buffer) => ({ base64: bytes.toString('base64') });

async function refusal(variables: Record<string, unknown>) {
  const { errors = [], data } = await server.ask(SEARCH, variables);
  expect(errors).toHaveLength(1);
  expect(data?.searchProducts).toBeUndefined();
  const [{ message, path, extensions } = { message: '', path: [], extensions: undefined }] = errors;
  return { message, path, code: extensions?.code, at: extensions?.path?.join('.') };
}

describe('searchProducts refuses', () => {
  it.each([
    ['empty text', term({ text: '' }), 'terms.0.match.text'],
    ['blank text', term({ text: ' \n\t' }), 'terms.0.match.text'],
    ['text of more than 1,000 characters', term({ text: 'a'.repeat(1_001) }), 'terms.0.match.text'],
    ['text that PostgreSQL cannot hold', term({ text: 'a\u0000b' }), 'terms.0.match.text'],
    ['a weight of zero', term({ text: 'a' }, 0), 'terms.0.weight'],
    ['a weight above 1', term({ text: 'a' }, 1.01), 'terms.0.weight'],
    ['nine terms', { terms: Array.from({ length: 9 }, () => ({ match: { text: 'a' } })) }, 'terms'],
    [
      'terms that cancel each other out',
      {
        terms: [{ match: { product: { sku: 'red-shirt' } } }, { match: { product: { sku: 'red-shirt' } }, weight: -1 }],
      },
      'terms',
    ],
    ['an unknown product', term({ product: { sku: 'no-such' } }), 'terms.0.match.product'],
    ['an unknown product by id', term({ product: { id: `product_${UNKNOWN}` } }), 'terms.0.match.product'],
    ['an id of another kind', term({ product: { id: `image_${UNKNOWN}` } }), 'terms.0.match.product.id'],
    [
      'a region outside the picture',
      image({ upload: 'u' }, { x: 0.6, y: 0, width: 0.5, height: 1 }),
      'terms.0.match.image.region',
    ],
    [
      'a region without a width',
      image({ upload: 'u' }, { x: 0, y: 0, width: 0, height: 1 }),
      'terms.0.match.image.region.width',
    ],
    ['an unknown category', { filter: { category: { in: [{ path: ['No'] }] } } }, 'filter.category.in.0'],
    [
      'an unknown category by id',
      { filter: { category: { in: [{ id: `category_${UNKNOWN}` }] } } },
      'filter.category.in.0',
    ],
    ['a brand that PostgreSQL cannot hold', { filter: { brand: { in: ['a\u0000'] } } }, 'filter.brand.in.0'],
    [
      'filters nine deep',
      { filter: JSON.parse(`${'{"not":'.repeat(9)}{}${'}'.repeat(9)}`) },
      'filter.not.not.not.not.not.not.not.not',
    ],
    ['words ONLY without words', { words: 'ONLY' }, 'words'],
    ['a relevance below 0', { minRelevance: -0.01 }, 'minRelevance'],
    ['a relevance above 1', { minRelevance: 1.01 }, 'minRelevance'],
    ['nine boosts', { boosts: Array.from({ length: 9 }, () => ({ filter: {}, by: 1 })) }, 'boosts'],
    ['a boost above 1', { boosts: [{ filter: {}, by: 1.5 }] }, 'boosts.0.by'],
    [
      'a boost below -1',
      {
        boosts: [
          { filter: {}, by: 0 },
          { filter: {}, by: -1.5 },
        ],
      },
      'boosts.1.by',
    ],
    [
      'a boost of an unknown category',
      { boosts: [{ filter: { not: { category: { in: [{ path: ['No'] }] } } }, by: 1 }] },
      'boosts.0.filter.not.category.in.0',
    ],
    [
      'a boost of an id of another kind',
      { boosts: [{ filter: { product: { in: [{ id: `image_${UNKNOWN}` }] } }, by: 1 }] },
      'boosts.0.filter.product.in.0.id',
    ],
    ['twenty-one pinned products', { pin: Array.from({ length: 21 }, (_, i) => ({ sku: `s${i}` })) }, 'pin'],
    ['a pinned sku that is empty', { pin: [{ sku: '' }] }, 'pin.0'],
    ['a pinned product by an id of another kind', { pin: [{ id: `category_${UNKNOWN}` }] }, 'pin.0.id'],
    ['a hundred and one left out', { exclude: Array.from({ length: 101 }, (_, i) => ({ sku: `s${i}` })) }, 'exclude'],
    ['a sku left out that PostgreSQL cannot hold', { exclude: [{ sku: 'a' }, { sku: '\u0000' }] }, 'exclude.1'],
    ['variety above 1', { ...term({ text: 'a' }), diversify: { strength: 1.1 } }, 'diversify.strength'],
    ['variety below 0', { ...term({ text: 'a' }), diversify: { strength: -0.1 } }, 'diversify.strength'],
    [
      'fewer candidates than a page holds',
      { ...term({ text: 'a' }), diversify: { candidates: 4 } },
      'diversify.candidates',
    ],
    ['too many candidates', { ...term({ text: 'a' }), diversify: { candidates: 501 } }, 'diversify.candidates'],
    ['variety of a sorted search', { ...term({ text: 'a' }), diversify: {}, sort: 'TITLE' }, 'sort'],
    ['variety of nothing', { diversify: {} }, 'diversify'],
    ['base64 that is none', image({ base64: 'not base64!' }), 'terms.0.match.image.source.base64'],
  ])('%s', async (_, input, at) => {
    const found = await refusal({ input });
    expect(found).toMatchObject({ code: 'BAD_USER_INPUT', path: ['searchProducts'], at });
    expect(found.message).toMatch(/: expected .+, found .+/);
  });

  it.each([0, -1, 101])('pages of %i', async (first) => {
    expect(await refusal({ input: {}, first })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `first: expected 1 to 100, found ${first}`,
    });
  });

  it('a broken cursor, a changed one, and one of another search', async () => {
    const { searchProducts } = await server.data(SEARCH, { input: term({ text: 'red' }) });
    const cursor: string = searchProducts.pageInfo.endCursor;
    const changed = `${cursor.slice(0, 4)}${cursor[4] === 'A' ? 'B' : 'A'}${cursor.slice(5)}`;
    for (const after of ['', 'broken', '\u0000', changed, 'A'.repeat(5_000)]) {
      expect(await refusal({ input: term({ text: 'red' }), after })).toMatchObject({
        code: 'BAD_USER_INPUT',
        at: 'after',
      });
    }
    expect(await refusal({ input: term({ text: 'blue' }), after: cursor })).toMatchObject({ code: 'CURSOR_STALE' });
  });

  it('pictures that are none, cut off, too large, or not there', async () => {
    const whole = await drawing('red', 'shirt', { size: 600 });
    const bomb = await sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const cases: [source: object, code: string][] = [
      [base64(Buffer.from('GIF89a is not enough')), 'IMAGE_UNREADABLE'],
      [base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'IMAGE_UNREADABLE'],
      [base64(whole.subarray(0, whole.length / 2)), 'IMAGE_UNREADABLE'],
      [base64(Buffer.alloc(4 * 1024 * 1024 + 1)), 'IMAGE_TOO_LARGE'],
      [base64(bomb), 'IMAGE_TOO_MANY_PIXELS'],
      [{ upload: 'never-given' }, 'IMAGE_NOT_FOUND'],
      [{ upload: '../../etc/passwd' }, 'IMAGE_NOT_FOUND'],
      [{ productImage: `image_${UNKNOWN}` }, 'IMAGE_NOT_FOUND'],
      [{ url: 'http://127.0.0.1:5432/1.jpg' }, 'IMAGE_FETCH_REFUSED'],
      [{ url: 'http://[::ffff:169.254.169.254]/latest' }, 'IMAGE_FETCH_REFUSED'],
    ];
    for (const [source, code] of cases) {
      expect(await refusal({ input: image(source) })).toMatchObject({ code, path: ['searchProducts'] });
    }
  });
});

describe('GraphQL refuses', () => {
  it.each([
    [
      'two keys of one',
      { input: term({ text: 'a', product: { sku: 'b' } }) },
      /Exactly one key must be specified for OneOf type "SearchMatch"/,
    ],
    ['no key at all', { input: term({}) }, /Exactly one key must be specified/],
    [
      'a number for a price',
      { input: { filter: { price: { min: 12.9 } } } },
      /expected a decimal number in quotes, like "12.90", found 12.9/,
    ],
    ['a price that is none', { input: { filter: { price: { max: 'cheap' } } } }, /expected a decimal number in quotes/],
    ['a day without a time', { input: { filter: { updatedAt: { from: '2026-01-01' } } } }, /expected an instant like/],
    [
      'an address of a file',
      { input: image({ url: 'file:///etc/passwd' }) },
      /expected an absolute http or https address/,
    ],
    ['an unknown value', { input: { words: 'MAYBE' } }, /Value "MAYBE" does not exist/],
    ['an unknown order', { input: { sort: 'CHEAPEST' } }, /Value "CHEAPEST" does not exist/],
    ['an unknown way with what is out of stock', { input: { unavailable: 'FIRST' } }, /Value "FIRST" does not exist/],
    [
      'null for what always is',
      { input: { minRelevance: null } },
      /Expected non-nullable type "Float!" not to be null/,
    ],
    ['a number that is none', { input: { minRelevance: 'high' } }, /Float cannot represent non numeric value: "high"/],
    ['a boost without its amount', { input: { boosts: [{ filter: {} }] } }, /Field "by" of required type "Float!"/],
    ['half a candidate', { input: { diversify: { candidates: 9.5 } } }, /Int cannot represent non-integer value: 9.5/],
    ['an unknown field', { input: { order: 'NEWEST' } }, /Field "order" is not defined/],
  ])('%s', async (_, variables, message) => {
    const { status, errors } = await server.ask(SEARCH, variables);
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', retryable: false } },
    ]);
  });

  it('a oneOf whose only variable is null', async () => {
    const { errors } = await server.ask(
      'query ($text: String) { searchProducts(input: { terms: [{ match: { text: $text } }] }) { nodes { sku: groupId } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, path: ['searchProducts'] }]);
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ noSuchField }', 'GRAPHQL_VALIDATION_FAILED'],
    ['', 'BAD_REQUEST'],
    ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    [`{ ${'a '.repeat(2_500)} }`, 'GRAPHQL_PARSE_FAILED'],
    [facetsOf('{ builtIn: BRAND, attribute: "a" }'), 'GRAPHQL_VALIDATION_FAILED'],
    [facetsOf('{ }'), 'GRAPHQL_VALIDATION_FAILED'],
    [
      `{ ${Array.from({ length: 6 }, (_, i) => `s${i}: searchProducts(input: {}) { totalCount { value } }`).join(' ')} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%.60s', async (query, code) => {
    const { status, errors, data } = await server.ask(query);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code, retryable: false } }]);
  });

  it('what names nothing or asks for too much', async () => {
    const cases = [
      ['{ product(by: { id: "red-shirt" }) { id } }', 'by.id: expected an id like product_'],
      ['{ category(by: { id: "product_1" }) { id } }', 'by.id: expected an id like category_'],
      ['{ categories(parent: { path: ["No"] }) { id } }', 'parent: expected a category of this shop, found ["No"]'],
      [
        '{ product(by: { sku: "red-shirt" }) { images { url(width: 15) } } }',
        'width: expected 16 to 2048 pixels, found 15',
      ],
      [`{ nodes(ids: [${'"x" '.repeat(101)}]) { id } }`, 'ids: expected at most 100, found 101'],
      ['{ suggest(prefix: "a", first: 0) { text } }', 'first: expected 1 to 20, found 0'],
      ['{ suggest(prefix: "a", first: 21) { text } }', 'first: expected 1 to 20, found 21'],
      [`{ suggest(prefix: "${'a'.repeat(201)}") { text } }`, 'prefix: expected at most 200 characters'],
      [facetsOf('{ attribute: "" }'), 'fields.0.attribute: expected text of 1 to 1000 characters, found ""'],
      [facetsOf('{ attribute: "a" } '.repeat(21)), 'fields: expected at most 20, found 21'],
      [similarTo('first: 0'), 'first: expected 1 to 100, found 0'],
      [similarTo('after: "broken"'), 'after: expected '],
      [similarTo('input: { minRelevance: 2 }'), 'minRelevance: expected 0 to 1, found 2'],
      [similarTo('input: { filter: { category: { in: [{ path: ["No"] }] } } }'), 'filter.category.in.0: expected'],
    ] as const;
    for (const [query, message] of cases) {
      const { errors } = await server.ask(query);
      expect(errors).toMatchObject([
        { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });
});

describe('a page that asks for too many searches', () => {
  it('is refused as a whole, with one line', async () => {
    const similar = 'similar(first: 1) { nodes { sku: groupId } }';
    const { data, errors } = await server.ask(
      `{ searchProducts(input: {}, first: 16) { nodes { a: ${similar} b: ${similar} } } }`,
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: 'query: expected at most 30 searches in one operation ("similar" is one for each product), found 31',
        extensions: { code: 'BAD_USER_INPUT', retryable: false },
      },
    ]);
  });
});

describe('introspection', () => {
  it('tells the whole schema', async () => {
    const schema = buildClientSchema(await server.data(getIntrospectionQuery()));
    expect(schema.getType('ProductSearchInput')).toBeDefined();
  });
});
