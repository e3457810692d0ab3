import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeDemoShop } from '../../demo/demo-shop.ts';
import { testDatabaseKind } from '../support/database.ts';
import { demoShop } from '../support/demo-shop.ts';
import { aProduct } from '../support/product-factory.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { type CaseAnswer, offences, readCases, type WordCase } from '../support/words/cases.ts';

/** 957 pictures are embedded, and some 500 searches made. */
const SLOW = 900_000;
const LEAST_RIGHT = 0.97;
const LEAST_OF_CLASS = 0.9;

let server: ShopServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-test-word-cases-'));
  if (testDatabaseKind() === 'embedded') {
    // The page's tests have the same shop, and it is kept.
    server = await startShopServer({ copyOf: await demoShop() });
    return;
  }
  await cp(inject('drawnPictures'), folder, { recursive: true });
  const { feed } = await writeDemoShop({ folder });
  server = await startShopServer();
  const { failed } = await server.shop.importFeed({ path: feed, missing: 'KEEP', confirmed: false });
  expect(failed).toBe(0);
}, SLOW);

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asked as the cases say: one text term, as a page would. */
async function answerOf({ query }: WordCase): Promise<CaseAnswer> {
  const { shop } = server;
  const page = await shop.searchProducts({ terms: [{ match: { kind: 'text', text: query } }], first: 100 });
  const products = await shop.getProductsByIds(page.results.map(({ productId }) => productId));
  const found = products.flatMap((product) =>
    product === undefined
      ? []
      : [
          {
            product: { ...product, codes: [product.groupId], category: product.categories[0]?.path ?? [] },
            isMended: page.corrections.some(({ isApplied }) => isApplied),
          },
        ],
  );
  return { found, quality: page.matchQuality, query: { corrections: page.corrections } };
}

async function addProducts(cases: readonly WordCase[]): Promise<string[]> {
  const products = new Map(cases.flatMap(({ products = [] }) => products).map((product) => [product.sku, product]));
  const outcomes = await server.shop.upsertProducts(
    [...products.values()].map(({ attributes = [], ...product }) =>
      aProduct({
        ...{ description: null, brand: null, link: null, category: [], ...product },
        price: { amount: '9', currency: 'USD' },
        attributes: Object.fromEntries(attributes.map(({ name, values }) => [name, values])),
      }),
    ),
  );
  const ids = outcomes.flatMap((outcome) => (outcome.outcome === 'FAILED' ? [] : [outcome.productId]));
  expect(ids).toHaveLength(products.size);
  return ids;
}

/** Every product without a picture has the vector of its text. */
async function textsEmbedded(ids: readonly string[]): Promise<void> {
  const terms = ids.map((id) => ({ match: { kind: 'product' as const, product: { kind: 'id' as const, id } } }));
  for (const term of terms) {
    await expect
      .poll(
        () =>
          server.shop.searchProducts({ terms: [term], words: 'OFF', first: 1 }).then(
            () => true,
            () => false,
          ),
        {
          timeout: SLOW,
          interval: 500,
        },
      )
      .toBe(true);
  }
}

describe.each(['words.jsonl', 'words-own.jsonl'])('%s', (file) => {
  it(
    'is right for 97 of 100, and for nine of ten of each class',
    async ({ annotate }) => {
      const cases = readCases(file);
      const ofDemo = cases.filter(({ setting }) => setting === 'demo');
      const ofProducts = cases.filter(({ setting }) => setting === 'repro');
      const wrong = new Map<WordCase, string[]>();
      const ask = async (some: readonly WordCase[]) => {
        for (const one of some) {
          const found = offences(one, await answerOf(one));
          if (found.length > 0) wrong.set(one, found);
        }
      };
      await ask(ofDemo);
      const ids = await addProducts(ofProducts);
      await textsEmbedded(ids);
      await ask(ofProducts);
      await server.shop.deleteProducts(ids);

      const asked = [...ofDemo, ...ofProducts];
      const lines = [...wrong].map(([one, found]) => `${one.id} ${JSON.stringify(one.query)}: ${found.join('; ')}`);
      await annotate([`${asked.length - wrong.size} of ${asked.length} are right`, ...lines].join('\n'));
      console.log(`${file}: ${asked.length - wrong.size} of ${asked.length} are right\n${lines.join('\n')}`);
      expect(1 - wrong.size / asked.length, lines.join('\n')).toBeGreaterThanOrEqual(LEAST_RIGHT);
      for (const name of new Set(asked.map((one) => one.class))) {
        const all = asked.filter((one) => one.class === name).length;
        const bad = [...wrong.keys()].filter((one) => one.class === name).length;
        expect(1 - bad / all, `${name}: ${lines.join('\n')}`).toBeGreaterThanOrEqual(LEAST_OF_CLASS);
      }
    },
    SLOW,
  );
});
