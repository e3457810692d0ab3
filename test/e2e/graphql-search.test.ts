import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop, skuOf } from '../support/small-shop.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});

afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const SEARCH = `query Search($input: ProductSearchInput!, $first: Int! = 100, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) {
    edges { cursor similarity node { sku: groupId } matchedImage { id state } }
    nodes { sku: groupId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount { value exact }
    model { name state }
  }
}`;

async function search(input: object, page: { first?: number; after?: string } = {}) {
  return (await server.data(SEARCH, { input, ...page })).searchProducts;
}

async function skus(input: object): Promise<string[]> {
  return (await search(input)).nodes.map(({ sku }: { sku: string }) => sku);
}

async function upload(bytes: Buffer): Promise<string> {
  const response = await fetch(`${server.address}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  });
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  return id;
}

const text = (words: string, weight = 1) => ({ match: { text: words }, weight });
const picture = (source: object, region?: object) => ({ match: { image: { source, region } } });

describe('a search by words', () => {
  it('finds the product, says how near it is, by which picture and which model', async () => {
    const page = await search({ terms: [text('red dress')] }, { first: 3 });
    const [best] = page.edges;
    expect(best.node.sku).toBe('red-dress');
    expect(best.similarity).toBeGreaterThan(0);
    expect(best.similarity).toBeLessThanOrEqual(1);
    expect(best.matchedImage).toMatchObject({ id: expect.stringMatching(/^image_/), state: 'READY' });
    expect(page.nodes.map(({ sku }: { sku: string }) => sku)).toEqual(
      page.edges.map((edge: { node: { sku: string } }) => edge.node.sku),
    );
    expect(page.totalCount).toEqual({ value: 16, exact: true });
    expect(page.model).toEqual({ name: 'lookgraph-mini', state: 'ACTIVE' });
  });

  it('uses no model when words alone count', async () => {
    const page = await search({ terms: [text('sandal')], words: 'ONLY' });
    expect(page.nodes).toHaveLength(4);
    expect(page.totalCount).toEqual({ value: 4, exact: true });
    expect(page.model).toBeNull();
    expect(page.edges[0].similarity).toBeNull();
  });

  it('finds nothing without an error', async () => {
    const page = await search({ terms: [text('zzzyx')], words: 'ONLY' });
    expect(page).toMatchObject({ edges: [], nodes: [], totalCount: { value: 0, exact: true } });
    expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });
});

describe('a search by picture', () => {
  it('finds the product of an uploaded picture that was scaled and compressed again', async () => {
    const photo = await sharp(await drawing('green', 'handbag'))
      .resize(120)
      .jpeg({ quality: 60 })
      .toBuffer();
    const [best] = await skus({ terms: [picture({ upload: await upload(photo) })] });
    expect(best).toBe('green-handbag');
  });

  it('takes a picture in base64 as well', async () => {
    const base64 = (await drawing('black', 'sandal')).toString('base64');
    for (const source of [{ base64 }, { base64: `data:image/jpeg;base64,${base64}` }]) {
      // Black ones are out of stock, and would stand last.
      expect((await skus({ terms: [picture(source)], unavailable: 'SHOW' }))[0]).toBe('black-sandal');
    }
  });

  it('looks at the region that is meant', async () => {
    const [shirt, sandal] = await Promise.all([drawing('red', 'shirt'), drawing('blue', 'sandal')]);
    const photo = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#fff' } })
      .composite([
        { input: shirt, left: 0, top: 0 },
        { input: sandal, left: 200, top: 0 },
      ])
      .jpeg()
      .toBuffer();
    const source = { upload: await upload(photo) };
    const [left] = await skus({ terms: [picture(source, { x: 0, y: 0, width: 0.5, height: 1 })] });
    const [right] = await skus({ terms: [picture(source, { x: 0.5, y: 0, width: 0.5, height: 1 })] });
    expect([left, right]).toEqual(['red-shirt', 'blue-sandal']);
  });

  it('takes a picture of the catalogue', async () => {
    const { product } = await server.data('{ product(by: { sku: "blue-dress" }) { images { id } } }');
    const [best] = await skus({ terms: [picture({ productImage: product.images[0].id })] });
    expect(best).toBe('blue-dress');
  });
});

describe('a search by a product, and by several things', () => {
  it('finds what is like a product, named by sku or id', async () => {
    const { product } = await server.data('{ product(by: { sku: "red-handbag" }) { id } }');
    const bySku = await skus({ terms: [{ match: { product: { sku: 'red-handbag' } } }] });
    expect(bySku[0]).toBe('red-handbag');
    expect(await skus({ terms: [{ match: { product: { id: product.id } } }] })).toEqual(bySku);
  });

  it('steers away from what has a negative weight', async () => {
    const rank = (list: string[]) => list.indexOf('red-dress');
    const plain = await skus({ terms: [text('dress')], words: 'OFF' });
    const away = await skus({ terms: [text('dress'), text('red', -0.8)], words: 'OFF' });
    expect(rank(away)).toBeGreaterThan(rank(plain));
  });

  it('weighs a picture against words', async () => {
    const like = { match: { product: { sku: 'red-dress' } } };
    const [mostlyPicture] = await skus({ terms: [{ ...like, weight: 1 }, text('blue sandal', 0.01)], words: 'OFF' });
    const [mostlyWords] = await skus({ terms: [{ ...like, weight: 0.01 }, text('blue sandal', 1)], words: 'OFF' });
    expect(mostlyPicture).toBe('red-dress');
    expect(mostlyWords).toBe('blue-sandal');
  });
});

describe('a filter', () => {
  const all = (colors: string[], kinds: string[]) =>
    kinds.flatMap((kind) => colors.map((color) => `${color}-${kind}`)).sort();
  const COLORS = ['red', 'blue', 'green', 'black'];
  const KINDS = ['shirt', 'dress', 'sandal', 'handbag'];

  it.each([
    ['a category with all below it', { category: { in: [{ path: ['Apparel'] }] } }, all(COLORS, ['shirt', 'dress'])],
    ['a category alone', { category: { in: [{ path: ['Apparel'] }], includeDescendants: false } }, []],
    ['a brand', { brand: { in: ['Acme'] } }, all(['red', 'green'], KINDS)],
    ['all brands but one', { brand: { notIn: ['Acme'] } }, all(['blue', 'black'], KINDS)],
    [
      'a price range with both ends',
      { price: { min: '100.50', max: '120.50' } },
      all(['red', 'blue', 'green'], ['dress']),
    ],
    ['availability', { availability: ['OUT_OF_STOCK'] }, all(['black'], KINDS)],
    [
      'attributes, all of them',
      {
        attributes: [
          { name: 'color', in: ['red', 'blue'] },
          { name: 'size', in: ['M'] },
        ],
      },
      all(['red', 'blue'], KINDS),
    ],
    [
      'an attribute that it must not have',
      { attributes: [{ name: 'color', notIn: ['red'] }] },
      all(['blue', 'green', 'black'], KINDS),
    ],
    ['products', { product: { in: [{ sku: 'red-shirt' }, { sku: 'no-such' }] } }, ['red-shirt']],
    [
      'all products but one',
      { product: { notIn: [{ sku: 'red-shirt' }] } },
      all(COLORS, KINDS).filter((sku) => sku !== 'red-shirt'),
    ],
    ['a time in the future', { updatedAt: { from: '2999-01-01T00:00:00Z' } }, []],
    [
      'and, or and not together',
      {
        or: [
          { and: [{ category: { in: [{ path: ['Footwear'] }] } }, { attributes: [{ name: 'color', in: ['red'] }] }] },
          { not: { or: [{ price: { max: '325' } }] } },
        ],
      },
      ['red-sandal', 'black-handbag'].sort(),
    ],
    ['an empty or: nothing', { or: [] }, []],
  ])('holds for every result: %s', async (_, filter, expected) => {
    for (const terms of [[], [text('something red')]]) {
      const page = await search({ terms, filter });
      expect(page.nodes.map(({ sku }: { sku: string }) => sku).sort()).toEqual(expected);
      expect(page.totalCount).toEqual({ value: expected.length, exact: true });
    }
  });
});

describe('paging', () => {
  it.each([
    ['by words', [text('blue shirt')]],
    ['by a product', [{ match: { product: { sku: skuOf('red', 'shirt') } } }]],
    ['without terms', []],
  ])('shows every product once, in the order of one large page: %s', async (_, terms) => {
    const whole = await skus({ terms });
    expect(new Set(whole).size).toBe(16);
    const found: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const page = await search({ terms }, { first: 5, ...(after !== undefined && { after }) });
      found.push(...page.nodes.map(({ sku }: { sku: string }) => sku));
      expect(page.pageInfo.hasPreviousPage).toBe(pages > 0);
      expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(found).toEqual(whole);
  });

  it('goes on from any result of a page', async () => {
    const terms = [text('green dress')];
    const whole = await skus({ terms });
    const { edges } = await search({ terms }, { first: 5 });
    const page = await search({ terms }, { first: 3, after: edges[1].cursor });
    expect(page.nodes.map(({ sku }: { sku: string }) => sku)).toEqual(whole.slice(2, 5));
  });
});
