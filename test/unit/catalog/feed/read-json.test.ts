import { describe, expect, it } from 'vitest';
import { MAX_RECORD_CHARACTERS } from '../../../../src/catalog/feed/feed-record.ts';
import { findJsonProducts, readJson, readJsonLines } from '../../../../src/catalog/feed/read-json.ts';
import { collect, inPieces } from './collect-feed.ts';

const read = (text: string, size?: number) => collect(readJsonLines(inPieces(text, size)));

describe('readJsonLines', () => {
  it('reads strings, numbers, booleans, lists and money, and leaves null out', async () => {
    const line = JSON.stringify({
      id: 1,
      title: ' A ',
      imageLink: 'a.jpg',
      color: ['Red', 'Blue'],
      is_bundle: false,
      brand: null,
      price: { value: '12.90', currency: 'USD' },
      shipping: [{ country: 'US', service: 'Standard' }],
    });
    expect(await read(`${line}\r\n\n`, 5)).toEqual([
      {
        line: 1,
        id: ['1'],
        title: ['A'],
        image_link: ['a.jpg'],
        color: ['Red', 'Blue'],
        is_bundle: ['false'],
        price: ['12.90 USD'],
        shipping: ['US:Standard'],
      },
    ]);
  });

  it.each([
    ['text', 'hello'],
    ['cut JSON', '{"id": "1", "title'],
    ['a list', '[{"id": "1"}]'],
    ['null', 'null'],
    ['a number', '12'],
  ])('reports a line of %s and reads on', async (_, line) => {
    expect(await read(`${line}\n{"id":"2","title":"B"}`)).toMatchObject([
      { line: 1, problem: expect.stringMatching(/^expected one JSON object on the line, found/) },
      { line: 2, id: ['2'] },
    ]);
  });

  it('refuses a value nested so deep that it would exhaust the stack', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await read(`{"id":"1","title":"A","color":${deep}}\n{"id":"2","title":"B"}`)).toMatchObject([
      { line: 1, problem: expect.stringContaining('nested') },
      { line: 2 },
    ]);
  });

  it('keeps a field called __proto__ a field', async () => {
    expect(Object.keys((await read('{"id":"1","__proto__":"x"}'))[0] ?? {})).toContain('id');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

async function document(text: string, size?: number) {
  const found = await findJsonProducts(inPieces(text, size));
  if (found.format === 'JSONL') throw new Error('JSON Lines');
  return { path: found.path, rows: await collect(readJson(inPieces(text, size), found.path)) };
}

const PRODUCTS = [
  {
    sku: 'A',
    name: 'Cup "tall"',
    price: 3,
    images: ['a.jpg'],
    variants: [{ id: 1, sku: 'A-1', title: 'Red', price: 3 }],
  },
  { sku: 'B', name: 'Bowl {round}', price: 4, images: [], variants: [] },
];
const CATEGORIES = Array.from({ length: 5 }, (_, id) => ({ id, name: `Level ${id}`, image: 'c.jpg', parentId: 0 }));

describe('findJsonProducts and readJson', () => {
  it.each<[string, unknown, string]>([
    ['a list', PRODUCTS, '[]'],
    ['a list under a name', { shop: 'X', total: 2, products: PRODUCTS }, 'products[]'],
    ['a list deep in', { rss: { channel: { title: 'X', link: 'y', item: PRODUCTS } } }, 'rss.channel.item[]'],
    ['a list behind a longer one of categories', { categories: CATEGORIES, goods: PRODUCTS }, 'goods[]'],
    ['a list before others', { hits: PRODUCTS, brands: CATEGORIES }, 'hits[]'],
    [
      'what items of a list hold',
      { '@graph': [{ '@type': 'WebSite', name: 'X' }, { itemListElement: PRODUCTS.map((item) => ({ item })) }] },
      '@graph[].itemListElement[].item',
    ],
    [
      'nodes of edges',
      { data: { products: { edges: PRODUCTS.map((node) => ({ node })) } } },
      'data.products.edges[].node',
    ],
    ['an object with numbers for names', { products: { 7: PRODUCTS[0], 9: PRODUCTS[1] } }, 'products[]'],
    [
      'products with their fields one further in',
      { resources: PRODUCTS.map(({ sku, ...attributes }) => ({ name: `x/${sku}`, offerId: sku, attributes })) },
      'resources[]',
    ],
    [
      'categories that hold products',
      { categories: [{ id: 1, name: 'Cups', products: PRODUCTS }] },
      'categories[].products[]',
    ],
    [
      'fields of an unknown language',
      {
        lista: [
          { foo: 1, bar: 'x' },
          { foo: 2, bar: 'y' },
        ],
      },
      'lista[]',
    ],
  ])('finds the products in %s', async (_, value, path) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      for (const size of [1, 7, text.length]) {
        const found = await document(text, size);
        expect(found.path).toBe(path);
        expect(found.rows.length).toBe(2);
      }
    }
  });

  it('gives the products of a pretty-printed list with their lines, as they are nested', async () => {
    const text = JSON.stringify({ products: PRODUCTS }, null, 1);
    const entries = [];
    for await (const entry of readJson(inPieces(text, 5), 'products[]')) entries.push(entry);
    expect(entries).toMatchObject([
      { line: 3, tree: PRODUCTS[0] },
      { line: 19, tree: PRODUCTS[1] },
    ]);
  });

  it('takes one object a line for JSON Lines, and one alone for a line, too', async () => {
    const line = JSON.stringify(PRODUCTS[0]);
    const broken = `{"sku": "A", "name": "cut\n${line}\n${line}\n`;
    for (const text of [line, `${line}\n${line}`, broken]) {
      expect(await findJsonProducts(inPieces(text, 3)), text).toEqual({ format: 'JSONL' });
    }
    expect(await findJsonProducts(inPieces(JSON.stringify({ products: PRODUCTS })))).toMatchObject({ format: 'JSON' });
  });

  it('reads pages of a list that were put one behind the other', async () => {
    const page = JSON.stringify({ products: PRODUCTS }, null, 2);
    expect((await document(`${page}\n${page}\n`)).rows.length).toBe(4);
  });

  it('reports a product that is no JSON, is too long, or is cut off, and reads the others', async () => {
    const rows = async (text: string) => collect(readJson(inPieces(text, 4096), '[]'));
    expect(await rows('[{"id":1,},\n{"id":NaN},\n{"id":"3","title":"C"}]')).toMatchObject([
      { line: 1, problem: expect.stringMatching(/^expected a JSON object, found/) },
      { line: 2, problem: expect.stringContaining('NaN') },
      { line: 3, id: ['3'] },
    ]);
    expect(await rows(`[{"id":"1","x":"${'y'.repeat(MAX_RECORD_CHARACTERS)}"},{"id":"2"}]`)).toMatchObject([
      { line: 1, problem: expect.stringContaining('1000000 characters') },
      { id: ['2'] },
    ]);
    expect(await rows('[{"id":"1"},\n{"id":"2')).toMatchObject([
      { id: ['1'] },
      { line: 2, problem: expect.stringContaining('end') },
    ]);
    expect(await rows('[{"id":"1"},\n')).toMatchObject([
      { id: ['1'] },
      { line: 2, problem: expect.stringContaining('end') },
    ]);
  });

  it('finds nothing in an empty list', async () => {
    expect(await document('[]')).toEqual({ path: undefined, rows: [] });
    expect((await document('{"products": []}')).rows).toEqual([]);
  });

  it('refuses what is nested to exhaust memory', async () => {
    await expect(document('['.repeat(100_000))).rejects.toMatchObject({ code: 'FEED_INVALID' });
  });

  it('keeps numbers to the digit, also in lists and within products', async () => {
    const text =
      '[{"id":9007199254740993,"title":"has 12345678901234567890 in it","gtin":[12345678901234567890],"price":14.90,"weight":1.5,"size":-7,"far":1e3}]';
    const entries = [];
    for await (const entry of readJson(inPieces(text, 3), '[]')) entries.push(entry);
    expect(entries[0]).toMatchObject({
      tree: {
        ...{ id: '9007199254740993', title: 'has 12345678901234567890 in it', gtin: ['12345678901234567890'] },
        ...{ price: '14.90', weight: 1.5, size: -7, far: 1000 },
      },
    });
  });
});
