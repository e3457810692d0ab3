import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { type Color, drawing, embedded, type Kind } from '../support/small-shop.ts';

/** More than a page, so that its result is frozen for the next one. */
const PRODUCTS = 64;
const PAGE = 50;

let server: ShopServer;
beforeAll(async () => {
  server = await startShopServer();
  await fill();
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

/** Every statement that reaches the database, those that begin and end transactions and set options, too. */
const statements: string[] = [];
beforeEach(() => {
  const query = pg.Client.prototype.query;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    statements.push(String(args[0]));
    return Reflect.apply(query, this, args);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What the server asks on its own: every two seconds which model is active and whether it has products without a picture, and the log of searches. */
const IN_BACKGROUND = [
  /from "embedding_model" as "m"/,
  /^\s*select exists \(select from "text_embedding_\w+" where pictureless\)/,
  /(insert into|delete from) "search"/,
];

const SEARCH = `query Search($input: ProductSearchInput!, $first: Int!, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) {
    edges {
      cursor relevance similarity
      why { vectorRank wordRank vectorScore wordScore boost pinned }
      matchedImage { id url width height }
      node { sku title brand price { amount currency } availability attributes { name values } images { id url } category { name path } }
    }
    pageInfo { hasNextPage endCursor }
    totalCount { value exact }
    matchQuality
    facets(fields: [{ builtIn: CATEGORY }, { builtIn: BRAND }, { builtIn: PRICE }, { builtIn: AVAILABILITY }, { attribute: "color" }]) {
      field values { value count } range { min max }
    }
  }
}`;

async function search(input: object, after?: string) {
  statements.length = 0;
  const { searchProducts } = await server.data(SEARCH, { input, first: PAGE, after });
  return { page: searchProducts, asked: forRequests() };
}

function forRequests(): string[] {
  return statements.filter((statement) => !IN_BACKGROUND.some((own) => own.test(statement)));
}

/** Waits until what was saved has been embedded and measured, and nothing is asked but what is asked all the time. */
async function quiet(): Promise<void> {
  do {
    statements.length = 0;
    await delay(500);
  } while (forRequests().length > 0);
}

describe('a page of 50 products with pictures, categories and facets', () => {
  const text = { match: { text: 'red dress' } };

  it.each<[string, number, object]>([
    // Its words, the ranking, the window that is kept, the products, the facets. The count comes with the ranking.
    ['a text', 5, { terms: [text] }],
    [
      'a text that is shaped',
      5,
      {
        terms: [text],
        minRelevance: 1e-30,
        boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 0.1 }],
        pin: [{ sku: 'S2' }],
      },
    ],
    ['a text in an order', 5, { terms: [text], sort: 'PRICE_ASC' }],
    ['words alone', 5, { terms: [{ match: { text: 'red blue green black' } }], words: 'ONLY' }],
    // These look up one thing more: what was meant, the brands and looks, the product's vector, the category.
    ['a misspelt text', 6, { terms: [{ match: { text: 'red drses' } }] }],
    ['a varied text', 6, { terms: [text], diversify: {} }],
    ['a text and a product', 6, { terms: [text, { match: { product: { sku: 'S1' } }, weight: 0.5 }] }],
    ['a text in a category', 6, { terms: [text], filter: { category: { in: [{ path: ['Apparel'] }] } } }],
    // Without words, but two walks and a count.
    ['browsing', 6, { terms: [] }],
  ])('takes no more statements than it should: %s, %i', async (_, most, input) => {
    await quiet();
    const { page, asked } = await search(input);
    expect(page.edges).toHaveLength(PAGE);
    expect(page.totalCount).toEqual({ value: PRODUCTS, exact: true });
    expect(page.facets).toHaveLength(5);
    expect(asked.length, asked.join('\n\n')).toBeLessThanOrEqual(most);
  });

  it('takes no more than six for a later page of a text, and encodes nothing again', async () => {
    await quiet();
    const { page } = await search({ terms: [text] });
    const { page: next, asked } = await search({ terms: [text] }, page.pageInfo.endCursor);
    expect(next.edges).toHaveLength(PRODUCTS - PAGE);
    // The window, its slice, what still matches, the products, the count, the facets.
    expect(asked.length, asked.join('\n\n')).toBeLessThanOrEqual(6);
    expect(asked.filter((statement) => statement.includes('plainto_tsquery'))).toEqual([]);
  });
});

async function fill(): Promise<void> {
  const kinds: Kind[] = ['shirt', 'dress', 'sandal', 'handbag'];
  const colors: Color[] = ['red', 'blue', 'green', 'black'];
  const products = await Promise.all(
    Array.from({ length: PRODUCTS }, async (_, index) => {
      const kind = kinds[index % 4] as Kind;
      const color = colors[Math.floor(index / 4) % 4] as Color;
      const background = `#f${(index % 10).toString()}${Math.floor(index / 16)}`;
      return {
        sku: `S${index}`,
        title: `A ${color} ${kind}`,
        brand: index % 2 === 0 ? 'Acme' : 'Zenith',
        category: ['Apparel', kind],
        price: { amount: `${index}.50`, currency: 'USD' },
        attributes: [{ name: 'color', values: [color] }],
        images: [{ base64: (await drawing(color, kind, { background })).toString('base64') }],
      };
    }),
  );
  for (let start = 0; start < PRODUCTS; start += 16) {
    const { upsertProducts } = await server.data(
      'mutation Fill($input: UpsertProductsInput!) { upsertProducts(input: $input) { userErrors { path message } } }',
      { input: { products: products.slice(start, start + 16) } },
    );
    expect(upsertProducts.userErrors).toEqual([]);
  }
  await embedded(server);
}
