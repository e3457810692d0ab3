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
  searchProducts(input: $input, first: $first, after: $after) { nodes { sku } pageInfo { endCursor } }
}`;
const UNKNOWN = '6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11';

const term = (match: object, weight = 1) => ({ terms: [{ match, weight }] });
const image = (source: object, region?: object) => term({ image: { source, region } });
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
    ['an unknown field', { input: { sort: 'NEWEST' } }, /Field "sort" is not defined/],
  ])('%s', async (_, variables, message) => {
    const { status, errors } = await server.ask(SEARCH, variables);
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', retryable: false } },
    ]);
  });

  it('a oneOf whose only variable is null', async () => {
    const { errors } = await server.ask(
      'query ($text: String) { searchProducts(input: { terms: [{ match: { text: $text } }] }) { nodes { sku } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, path: ['searchProducts'] }]);
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ noSuchField }', 'GRAPHQL_VALIDATION_FAILED'],
    ['', 'BAD_REQUEST'],
    ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    [`{ ${'a '.repeat(2_500)} }`, 'GRAPHQL_PARSE_FAILED'],
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
    ] as const;
    for (const [query, message] of cases) {
      const { errors } = await server.ask(query);
      expect(errors).toMatchObject([
        { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });
});

describe('introspection', () => {
  it('tells the whole schema', async () => {
    const schema = buildClientSchema(await server.data(getIntrospectionQuery()));
    expect(schema.getType('ProductSearchInput')).toBeDefined();
  });
});
