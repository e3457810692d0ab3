import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchPage } from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, along, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

/** The laws of words beside vectors, over a random catalogue, through the real search. */
const SEED = 17;
const PRODUCTS = 400;
const QUERIES = 30;
/** No model knows them, so every product is as near to a query of them as its picture's last axis says. */
const COMMON = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven'];
const BRANDS = ['Northwind', 'Quiet Harbour', 'Ironwood'];
const CATEGORIES = [['Lamps'], ['Garden Chairs'], ['Boxes']];

const random = createRandom(SEED);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const some = (count: number) => Array.from({ length: count }, () => pick(COMMON));
/** A word of its own. */
const rareWord = (number: number) => `zor${String.fromCharCode(97 + (number % 26), 97 + Math.floor(number / 26))}ek`;

const products: ShopProduct[] = Array.from({ length: PRODUCTS }, (_, number) => ({
  sku: `L${number}`,
  title: [...some(3), ...(number % 20 === 0 ? [rareWord(number / 20)] : [])].join(' '),
  brand: pick(BRANDS),
  category: pick(CATEGORIES),
  attributes: { material: some(1) },
  description: [...some(2), ...(number % 20 === 10 ? [rareWord(100 + number / 20)] : [])].join(' '),
  pictures: random() < 0.8 ? [along(Object.fromEntries(AXES.map((axis) => [axis, random()])))] : [],
}));

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const ask = (text: string): Promise<SearchPage> =>
  shop.search({ terms: [{ match: { kind: 'text', text } }], unavailable: 'SHOW', first: 100 });

/** Every product of the shop, in order. */
async function ranking(text: string): Promise<ShopProduct[]> {
  const pages = await shop.pages({ terms: [{ match: { kind: 'text', text } }], unavailable: 'SHOW', first: 100 });
  return pages.flat().map((sku) => products.find((product) => product.sku === sku) as ShopProduct);
}

function wordsOf({
  title = '',
  brand = '',
  category = [],
  attributes = {},
  description = '',
}: ShopProduct): Set<string> {
  return new Set(
    [title, brand, ...category, ...Object.values(attributes).flat(), description].join(' ').toLowerCase().split(' '),
  );
}

describe(`words in a random catalogue, seed ${SEED}`, () => {
  it('never put a product with all of them behind one with none', async () => {
    for (let query = 0; query < QUERIES; query++) {
      const words = [...new Set(some(3))];
      const order = await ranking(words.join(' '));
      const lastOfAll = order.findLastIndex((product) => words.every((word) => wordsOf(product).has(word)));
      const firstOfNone = order.findIndex((product) => words.every((word) => !wordsOf(product).has(word)));
      if (firstOfNone >= 0) expect(lastOfAll, words.join(' ')).toBeLessThan(firstOfNone);
    }
    expect(products).toHaveLength(PRODUCTS);
  });

  it('let a word that few products have outweigh every vector, wherever it stands', async () => {
    for (const product of products) {
      const own = [...wordsOf(product)].find((word) => /^zor..ek$/.test(word));
      if (own === undefined) continue;
      // The other word is an axis: what looks like it is near.
      expect(shop.skus(await ask(`${pick(AXES)} ${own}`))[0], own).toBe(product.sku);
    }
    expect.hasAssertions();
  });

  it('never lower a product for a word that it has, against one that lacks it', async () => {
    for (let query = 0; query < QUERIES / 4; query++) {
      // All vectors point along the last axis, whichever words are asked: similarities stay as they are.
      const words = [...new Set(some(2))];
      const added = pick(COMMON.filter((word) => !words.includes(word)));
      const [before, after] = [await ranking(words.join(' ')), await ranking([...words, added].join(' '))];
      const places = new Map(after.map((product, place) => [product.sku, place]));
      for (const [place, product] of before.entries()) {
        if (!wordsOf(product).has(added)) continue;
        for (const other of before.slice(place + 1)) {
          if (wordsOf(other).has(added)) continue;
          expect(places.get(product.sku), `${product.sku} and ${other.sku}: ${words} and ${added}`).toBeLessThan(
            places.get(other.sku) ?? Number.NaN,
          );
        }
      }
    }
  });

  it('are never sure of anything where one of them was mended, whatever is called so or looks so', async () => {
    const slip = (word: string) => word.slice(0, 2) + word.slice(3);
    let mended = 0;
    for (const word of COMMON) {
      // An axis is near what looks like it, with and without the word; a brand names its products, and a title one of them.
      const titled = products.find(({ title = '' }) => title.startsWith(`${word} `))?.title ?? '';
      for (const text of [word, `${pick(AXES)} ${word}`, `${pick(BRANDS)} ${word}`, titled]) {
        const page = await ask(text.replace(word, slip(word)));
        if (!page.corrections.some(({ isApplied }) => isApplied)) continue;
        mended += 1;
        expect(page.matchQuality, text).not.toBe('STRONG');
      }
    }
    expect(mended).toBeGreaterThan(COMMON.length);
  });

  it('put what is called as the query first, and are sure of it', async () => {
    for (let query = 0; query < QUERIES; query++) {
      const product = pick(products);
      const page = await ask(product.title ?? '');
      const first = products.find(({ sku }) => sku === shop.skus(page)[0]);
      expect(first?.title).toBe(product.title);
      expect(page).toMatchObject({
        matchQuality: 'STRONG',
        results: [{ why: { named: true } }, ...page.results.slice(1)],
      });
    }
    for (const brand of BRANDS) {
      const page = await ask(brand);
      expect(page.matchQuality).toBe('STRONG');
      const brands = shop.skus(page).map((sku) => products.find((product) => product.sku === sku)?.brand);
      const count = products.filter((product) => product.brand === brand).length;
      expect(new Set(brands.slice(0, count))).toEqual(new Set([brand]));
    }
    for (const [name = ''] of CATEGORIES) {
      for (const text of [name, name.toUpperCase(), name.replace(/e?s$/, '')]) {
        const page = await ask(text);
        expect(page.matchQuality, text).toBe('STRONG');
        const first = products.find(({ sku }) => sku === shop.skus(page)[0]);
        expect(first?.category, text).toEqual([name]);
      }
    }
  });
});
