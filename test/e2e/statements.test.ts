import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { type Color, drawing, embedded, type Kind } from '../support/small-shop.ts';

const PRODUCTS = 60;
const COLORS: readonly Color[] = ['red', 'blue', 'green', 'black'];
const KINDS: readonly Kind[] = ['shirt', 'dress', 'sandal', 'handbag'];

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  const products = [];
  for (let i = 0; i < PRODUCTS; i++) {
    const [color = 'red', kind = 'shirt'] = [COLORS[i % 4], KINDS[Math.floor(i / 4) % 4]];
    const pictures = await Promise.all(
      [i, i + PRODUCTS].map((shade) => drawing(color, kind, { background: `hsl(${3 * shade}, 40%, 90%)` })),
    );
    products.push({
      sku: `p${i}`,
      title: `A ${color} ${kind}, the ${i}th`,
      brand: i % 3 === 0 ? 'Acme' : 'Zenith',
      category: ['Apparel', kind],
      price: { amount: `${i}.00`, currency: 'USD' },
      attributes: [{ name: 'color', values: [color] }],
      images: pictures.map((bytes) => ({ base64: bytes.toString('base64') })),
    });
  }
  const { upsertProducts } = await server.data(
    'mutation ($products: [ProductInput!]!) { upsertProducts(input: { products: $products }) { userErrors { message } } }',
    { products },
  );
  expect(upsertProducts.userErrors).toEqual([]);
  await embedded(server);
});
afterAll(() => server.close());

const PAGE = `query Page($text: String!) {
  searchProducts(input: { terms: [{ match: { text: $text } }] }, first: 50) {
    edges {
      cursor relevance similarity why { vectorScore wordScore pinned } matchedImage { id url(width: 300) }
      node {
        sku title brand price { amount currency } availability attributes { name values }
        category { name path parent { name parent { name } } } images { id url width height state }
      }
    }
    pageInfo { hasNextPage endCursor }
    matchQuality
    facets(fields: [{ builtIn: CATEGORY }, { builtIn: BRAND }, { builtIn: PRICE }, { builtIn: AVAILABILITY }, { attribute: "color" }]) {
      field values { value count } range { min max }
    }
  }
}`;

/** More than once, because of what the shop does by the clock. */
const TIMES = 10;

/** The statements that a page costs. What the shop does by the clock (to look for a newly activated model, to write its log) only adds some: the fewest of several times count. */
async function statementsOf(ask: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    const times: string[][] = [];
    for (let time = 0; time < TIMES; time++) {
      spy.mockClear();
      await ask();
      times.push(spy.mock.calls.map(([statement]) => String(statement)));
    }
    return times.reduce((fewest, each) => (each.length < fewest.length ? each : fewest));
  } finally {
    spy.mockRestore();
  }
}

describe('a page of fifty products with pictures, categories and facets', () => {
  it('costs five statements', async () => {
    const statements = await statementsOf(async () => {
      const { searchProducts } = await server.data(PAGE, { text: 'blue shirt' });
      expect(searchProducts.edges).toHaveLength(50);
      expect(searchProducts.edges[0].node.images).toHaveLength(2);
      expect(searchProducts.facets[1].values).toHaveLength(2);
    });
    // The words, the ranking, the window for the next page, the facets, the products.
    expect(statements).toHaveLength(5);
  });
});

describe('the next page', () => {
  it('costs four', async () => {
    const query = `query ($after: String) {
      searchProducts(input: { terms: [{ match: { text: "red dress" } }] }, first: 20, after: $after) {
        nodes { sku images { url } category { path } } pageInfo { endCursor }
      }
    }`;
    const { searchProducts } = await server.data(query);
    const after = searchProducts.pageInfo.endCursor;
    const statements = await statementsOf(() => server.data(query, { after }));
    // The search as it was kept, the part of its results, what of them still matches, the products.
    expect(statements).toHaveLength(4);
  });
});
