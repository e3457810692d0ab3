import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vectorParameter } from '../../../src/database/vector-sql.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import { productId } from '../../../src/identifiers.ts';
import type { SearchRequest } from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { draws } from '../../support/draws.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const SEED = 8_191;
const PRODUCTS = draws(1_000);
const PAGES = PRODUCTS / 20;
const PAGE = 16;

let random: () => number;
let shop: SearchShop;
const numbered = (prefix: string, n: number) => `${prefix}${String(n).padStart(4, '0')}`;
const vector = () => AXES.map(() => random() - 0.4);

function aProduct(sku: string): ShopProduct {
  return {
    sku,
    title: `${random() < 0.5 ? 'Red' : 'Blue'} thing ${Math.floor(random() * 1000)}`,
    brand: 'Acme',
    price: (random() * 100).toFixed(2),
    availability: random() < 0.2 ? 'OUT_OF_STOCK' : 'IN_STOCK',
    pictures: random() < 0.1 ? [] : [vector()],
  };
}

/** Products that were there all the time and satisfied the filter all the time. */
let steady: Set<string>;
let inserted: number;

/** Several changes at random, each a statement of its own. */
async function churn(kinds: readonly (keyof typeof CHANGES)[]): Promise<void> {
  for (let n = 0; n < 8; n++) {
    const sku = numbered('S', Math.floor(random() * PRODUCTS));
    await CHANGES[kinds[Math.floor(random() * kinds.length)] as keyof typeof CHANGES](sku);
  }
}

const CHANGES = {
  insert: () => shop.add([aProduct(numbered('N', inserted++))]),
  async remove(sku: string) {
    steady.delete(sku);
    await shop.remove(sku);
  },
  /** Out of the filter and, later, perhaps back. */
  async brand(sku: string) {
    steady.delete(sku);
    await change(sku, { brand: random() < 0.5 ? 'Bolt' : 'Acme' });
  },
  price: (sku: string) => change(sku, { price_amount: (random() * 100).toFixed(2) }),
  stock: (sku: string) => change(sku, { availability: random() < 0.5 ? 'OUT_OF_STOCK' : 'IN_STOCK' }),
  title: (sku: string) => change(sku, { title: `Green thing ${Math.floor(random() * 1000)}` }),
  async picture(sku: string) {
    const { model } = await shop.deps.activeModel();
    await sql`update ${sql.table(model.imageTable)} set embedding = ${vectorParameter(normalise(vector()))}
      where product_id = ${productId(sku)}`.execute(shop.database.db);
  },
};

async function change(
  sku: string,
  values: { brand?: string; price_amount?: string; title?: string; availability?: 'IN_STOCK' | 'OUT_OF_STOCK' },
) {
  const { price_amount, availability, ...product } = values;
  const { db } = shop.database;
  if (Object.keys(product).length > 0)
    await db.updateTable('product').set(product).where('group_id', '=', sku).execute();
  const offer = { ...(price_amount !== undefined && { price_amount }), ...(availability && { availability }) };
  if (Object.keys(offer).length > 0)
    await db.updateTable('product_variant').set(offer).where('sku', '=', sku).execute();
}

/** All pages, while the catalogue changes before, during and after each. */
async function readAll(request: Partial<SearchRequest>, kinds: readonly (keyof typeof CHANGES)[]): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const asked = { ...request, first: PAGE, ...(after !== undefined && { after }) };
    const [page] = await Promise.all([shop.search(asked), churn(kinds)]);
    if (page.hasNextPage) expect(page.results).toHaveLength(PAGE);
    pages.push(shop.skus(page));
    after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return pages;
}

function expectOnceAndAll(pages: readonly string[][], context: string): void {
  const seen = pages.flat();
  const counts = new Map<string, number>();
  for (const sku of seen) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  expect(
    [...counts].filter(([, count]) => count > 1),
    `twice: ${context}`,
  ).toEqual([]);
  expect(
    [...steady].filter((sku) => !counts.has(sku)),
    `missing: ${context}`,
  ).toEqual([]);
}

const text = [{ match: { kind: 'text' as const, text: 'red thing' } }];
const ACME = { brand: { in: ['Acme'] } };

async function open(maxWindow?: number): Promise<void> {
  random = createRandom(SEED);
  shop = await openSearchShop(maxWindow === undefined ? {} : { maxWindow });
  const products = Array.from({ length: PRODUCTS }, (_, n) => aProduct(numbered('S', n)));
  await shop.add(products);
  steady = new Set(products.map(({ sku }) => sku));
  inserted = 0;
}
afterEach(() => shop.close());

describe('pages while products are inserted, changed and deleted', () => {
  beforeEach(() => open());

  it.each<[string, Partial<SearchRequest>]>([
    ['text and words', { terms: text }],
    ['vectors alone, shown whatever their stock', { terms: text, words: 'OFF', unavailable: 'SHOW' }],
    ['words alone', { terms: [{ match: { kind: 'text', text: 'thing' } }], words: 'ONLY' }],
    ['a price', { terms: text, sort: 'PRICE_ASC' }],
    ['browsing', {}],
    ['a title', { sort: 'TITLE', unavailable: 'SHOW' }],
    [
      'boosts, pins and variety',
      {
        terms: text,
        boosts: [{ filter: { price: { max: '50' } }, by: 0.5 }],
        pin: [
          { kind: 'sku', sku: numbered('S', PRODUCTS / 2) },
          { kind: 'sku', sku: numbered('S', PRODUCTS - 100) },
        ],
        diversify: { strength: 0.4 },
      },
    ],
  ])('show nothing twice and leave nothing out: %s', async (_, request) => {
    const kinds = Object.keys(CHANGES) as (keyof typeof CHANGES)[];
    const pages = await readAll({ ...request, filter: ACME }, kinds);
    const context = `seed ${SEED}, ${pages.length} pages`;
    expectOnceAndAll(pages, context);
    // Else too little happened.
    expect(pages.length, context).toBeGreaterThan(PAGES);
    expect(steady.size).toBeLessThan(PRODUCTS - PAGES);
    expect(inserted).toBeGreaterThan(PAGES / 3);
  });
});

describe('pages past the longest window', () => {
  beforeEach(() => open(200));

  it.each<[string, Partial<SearchRequest>]>([
    ['text and words', { terms: text }],
    ['a price', { terms: text, sort: 'PRICE_DESC' }],
    ['browsing', {}],
    ['browsing by title', { sort: 'TITLE' }],
  ])('show nothing twice and leave nothing out while products come and go: %s', async (_, request) => {
    const pages = await readAll({ ...request, filter: ACME }, ['insert', 'remove']);
    expectOnceAndAll(pages, `seed ${SEED}, ${pages.length} pages`);
    expect(pages.length).toBeGreaterThan(PAGES);
  });
});
