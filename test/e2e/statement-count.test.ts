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

/** What the server asks on its own: every two seconds which model is active and whether it has products without a picture, and synonyms, where searches come; every five whether SQL changed words; and the log of searches. */
const IN_BACKGROUND = [
  /from "embedding_model" as "m"/,
  /^\s*select exists \(select from "text_embedding_\w+" where pictureless\)/,
  /(insert into|delete from) "search"/,
  // Whether another process has written other currencies.
  /"catalog_count"|analytics\.currency/,
  /from "synonym(_version)?"/,
  /where words_version is null|fold_search_words|gin_clean_pending_list/,
  // At the beginning of each connection.
  /from unnest\(.* as s\(name, value\)/,
];

const SEARCH = `query Search($input: ProductSearchInput!, $first: Int!, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) {
    edges {
      cursor relevance similarity
      why { vectorRank wordRank vectorScore wordScore boost pinned }
      matchedImage { id url width height }
      node { sku: groupId title brand variants { price { amount currency } } availability attributes { name values } images { id url } category { name path } }
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

/** Half seconds without a statement after which what was saved has been embedded and measured: on a busy machine one text may take longer than one. */
const SETTLED = 6;
let isSettled = false;

/** Waits until what was saved has been embedded and measured, and nothing is asked but what is asked all the time. */
async function quiet(): Promise<void> {
  let silent = 0;
  while (silent < (isSettled ? 1 : SETTLED)) {
    statements.length = 0;
    await delay(500);
    silent = forRequests().length > 0 ? 0 : silent + 1;
  }
  isSettled = true;
}

it('reads one row, and an index of products whose words are still to be read, to tell whether it is ready', async () => {
  // Asked again where what was saved is still being embedded meanwhile.
  const asked = async () => {
    statements.length = 0;
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    return forRequests();
  };
  await expect
    .poll(asked, { timeout: 30_000 })
    .toEqual([
      'select "id" from "embedding_model" where "state" = $1',
      expect.stringMatching(
        /^select count\(\*\) as "count" from "product" as "p" where \("p"."words_version" is null or /,
      ),
    ]);
});

describe('a page of 50 products with pictures, categories and facets', () => {
  const text = { match: { text: 'red dress' } };

  it.each<[string, number, object]>([
    // How many products have its words, what longer words end in them, and how many have these, what attributes have them as values, what it names; the ranking, the window that is kept, the products, the
    // facets. The count comes with the ranking.
    ['a text', 9, { terms: [text] }],
    // Which product the pinned sku is a variant of.
    [
      'a text that is shaped',
      10,
      {
        terms: [text],
        minRelevance: 1e-30,
        boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 0.1 }],
        pin: [{ sku: 'S2' }],
      },
    ],
    ['a text in an order', 9, { terms: [text], sort: 'PRICE_ASC' }],
    ['words alone', 9, { terms: [{ match: { text: 'red blue green black' } }], words: 'ONLY' }],
    // What was meant, and how many products have that, its compounds, and what stands beside its neighbours.
    ['a misspelt text', 13, { terms: [{ match: { text: 'red drses' } }] }],
    // These look up one thing more: the brands and looks, the category.
    ['a varied text', 10, { terms: [text], diversify: {} }],
    // Its product by its sku, and the vector.
    ['a text and a product', 11, { terms: [text, { match: { product: { sku: 'S1' } }, weight: 0.5 }] }],
    ['a text in a category', 10, { terms: [text], filter: { category: { in: [{ path: ['Apparel'] }] } } }],
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

describe('what the page tells of a shop', () => {
  const ASKED = `{
    embeddingModels { name coverage { kind embedded } }
    imports(first: 20) { nodes { source failures(first: 5) { nodes { reason } } } }
    evaluations(first: 20) { nodes { findings configurations { name measures(k: 3) { label value } weakest(minQueries: 1) { name } } } }
  }`;

  it('takes as many statements for many imports and evaluations as for one', async () => {
    const db = new pg.Client(server.connection);
    await db.connect();
    await db.query(`
      insert into import (id, source, format, state, started_at)
      select gen_random_uuid(), 'feed-' || number || '.tsv', 'TSV', 'COMPLETED', now() - number * interval '1 day' from generate_series(1, 20) as number`);
    await db.query(`
      insert into import_item (import_id, id, line, outcome, reason)
      select import.id, gen_random_uuid(), number, 'FAILED', 'because' from import, generate_series(1, 9) as number`);
    await db.query(`
      insert into evaluation (id, created_at, query_source, distortions, query_count, seed, model_name, model_version, findings)
      select gen_random_uuid(), now() - number * interval '1 day', 'CATALOGUE', '{}', 9, 1, 'mini', '1', '{Good.}' from generate_series(1, 20) as number`);
    await db.query(`
      insert into evaluation_configuration (evaluation_id, name, position, settings, queries_per_second, p50_milliseconds, p95_milliseconds)
      select evaluation.id, 'c' || number, number, '{}', 1, 1, 1 from evaluation, generate_series(0, 2) as number`);
    await db.query(`
      insert into evaluation_metric (evaluation_id, configuration, slice_name, slice_value, metric, target, k, query_count, value, low, high)
      select evaluation_id, name, slice, slice, 'SAME_PRODUCT', 'NONE', 3, 9, 0.5, 0.4, 0.6
      from evaluation_configuration, unnest(array['all', 'category']) as slice`);
    await db.end();
    await quiet();
    statements.length = 0;
    const { imports, evaluations } = await server.data(ASKED);
    const asked = forRequests();
    expect(imports.nodes).toHaveLength(20);
    expect(imports.nodes[19].failures.nodes).toHaveLength(5);
    expect(evaluations.nodes).toHaveLength(20);
    expect(evaluations.nodes[19].configurations.map(({ name }: { name: string }) => name)).toEqual(['c0', 'c1', 'c2']);
    expect(evaluations.nodes[19].configurations[2]).toMatchObject({
      measures: [{ label: 'SameProduct@3', value: 0.5 }],
      weakest: [{ name: 'category' }],
    });
    // Models with two counts, their coverage; imports, failures; evaluations, configurations, measures, groups.
    expect(asked.length, asked.join('\n\n')).toBeLessThanOrEqual(10);
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
        title: `A ${color} ${kind}`,
        brand: index % 2 === 0 ? 'Acme' : 'Zenith',
        category: ['Apparel', kind],
        variants: [{ sku: `S${index}`, price: { amount: `${index}.50`, currency: 'USD' } }],
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
