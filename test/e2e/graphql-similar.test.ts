import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, embedded, fillSmallShop } from '../support/small-shop.ts';

// Sixteen products: shirt, dress, sandal, handbag in red, blue, green and black; black ones are OUT_OF_STOCK, red and green ones are of Acme.
let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});

afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

describe('similar', () => {
  const SIMILAR = `query ($sku: String!, $input: SimilarProductsInput, $after: String) {
    product(by: { sku: $sku }) { similar(input: $input, first: 3, after: $after) {
      nodes { sku: groupId } edges { cursor relevance } totalCount { value } matchQuality pageInfo { hasNextPage endCursor } } }
  }`;
  const SAVE =
    'mutation ($products: [ProductInput!]!) { upsertProducts(input: { products: $products }) { userErrors { message } } }';
  const similar = async (variables: object) => (await server.data(SIMILAR, { ...variables })).product.similar;
  const names = ({ nodes }: { nodes: { sku: string }[] }) => nodes.map(({ sku }) => sku);

  it('is what looks like a product, without itself', async () => {
    const page = await similar({ sku: 'red-dress' });
    expect(names(page)).not.toContain('red-dress');
    expect(names(page).some((sku) => sku.endsWith('dress'))).toBe(true);
    const next = await similar({ sku: 'red-dress', after: page.pageInfo.endCursor });
    expect(names(next).some((sku) => names(page).includes(sku))).toBe(false);
    const { errors } = await server.ask(SIMILAR, { sku: 'blue-dress', after: page.pageInfo.endCursor });
    expect(errors).toMatchObject([{ path: ['product', 'similar'], extensions: { code: 'CURSOR_STALE' } }]);
  });

  it('takes a filter, a least relevance and hides what is out of stock', async () => {
    const filter = { category: { in: [{ path: ['Footwear'] }] } };
    expect(names(await similar({ sku: 'black-sandal', input: { filter, unavailable: 'HIDE' } })).sort()).toEqual([
      'blue-sandal',
      'green-sandal',
      'red-sandal',
    ]);
    expect(await similar({ sku: 'red-dress', input: { minRelevance: 1 } })).toMatchObject({
      nodes: [],
      totalCount: { value: 0 },
    });
  });

  it('leaves out what looks the same', async () => {
    const base64 = (await drawing('blue', 'handbag')).toString('base64');
    await server.data(SAVE, { products: [{ title: 'A copy', images: [{ base64 }], variants: [{ sku: 'copy' }] }] });
    await embedded(server);
    const page = await similar({ sku: 'blue-handbag' });
    expect(names(page)).not.toContain('copy');
    expect(page.nodes).toHaveLength(3);
    await server.data('mutation { deleteProducts(input: { products: [{ sku: "copy" }] }) { deletedCount } }');
  });

  it('is nothing for a product that cannot be compared yet', async () => {
    const waiting = await startShopServer({ embedInBackground: false });
    try {
      await waiting.data(SAVE, { products: [{ title: 'A new thing', variants: [{ sku: 'new' }] }] });
      const { product } = await waiting.data(SIMILAR, { sku: 'new' });
      expect(product.similar).toEqual({
        nodes: [],
        edges: [],
        totalCount: { value: 0 },
        matchQuality: 'NONE',
        pageInfo: { hasNextPage: false, endCursor: null },
      });
    } finally {
      await waiting.close();
    }
  });

  it('is found for each product of a page at once', async () => {
    const { searchProducts } = await server.data(
      '{ searchProducts(input: {}, first: 16) { nodes { sku: groupId similar(first: 2) { nodes { sku: groupId } } } } }',
    );
    for (const { sku, similar } of searchProducts.nodes) {
      expect(similar.nodes).toHaveLength(2);
      expect(names(similar)).not.toContain(sku);
    }
  });
});

describe('suggest', () => {
  const suggest = async (prefix: string, first = 8) =>
    (
      await server.data(
        'query ($prefix: String!, $first: Int!) { suggest(prefix: $prefix, first: $first) { text kind product { sku: groupId } category { path } } }',
        { prefix, first },
      )
    ).suggest;

  it('completes brands, categories and titles, and names where they lead', async () => {
    expect(await suggest('zen')).toContainEqual({ text: 'Zenith', kind: 'BRAND', product: null, category: null });
    expect(await suggest('shir')).toContainEqual({
      text: 'Apparel > Topwear > Shirts',
      kind: 'CATEGORY',
      product: null,
      category: { path: ['Apparel', 'Topwear', 'Shirts'] },
    });
    expect(await suggest('a red shi')).toContainEqual({
      text: 'A red shirt',
      kind: 'PRODUCT',
      product: { sku: 'red-shirt' },
      category: null,
    });
  });

  it('takes a slip, and has nothing for nothing', async () => {
    expect((await suggest('zenoth')).map(({ text }: { text: string }) => text)).toContain('Zenith');
    expect(await suggest('  ')).toEqual([]);
    expect(await suggest('sand', 2)).toHaveLength(2);
  });
});
