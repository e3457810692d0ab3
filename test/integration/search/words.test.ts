import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WordMatching } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';
import { refreshWords } from '../../support/test-words.ts';

const products: ShopProduct[] = [
  {
    sku: 'AB-12/x',
    title: 'Running shoes',
    brand: 'Mother Earth',
    description: 'For the road',
    pictures: [along({ shoe: 1 })],
  },
  {
    sku: 'W1',
    title: 'Leather wallet',
    brand: 'Nobody',
    attributes: { color: ['Turquoise'] },
    pictures: [along({ other: 1, red: 1 })],
  },
  { sku: 'W2', title: 'Black leather wallet', brand: 'Lino', pictures: [along({ bag: 1, other: 0.5 })] },
  { sku: 'W3', title: 'Black wallets', brand: 'Lino', pictures: [along({ bag: 1, red: 0.1 })] },
  { sku: 'T1', title: "Men's T-shirt", brand: 'Bolt', pictures: [along({ shirt: 1 })] },
  { sku: 'R1', title: 'Rouge top', brand: 'Red', pictures: [along({ blue: 1 })] },
  { sku: 'R2', title: 'A red one', pictures: [along({ red: 1 })] },
  { sku: 'C1', title: 'Mug', brand: 'Black Coffee', pictures: [along({ dress: 1 })] },
  { sku: 'E1', title: 'Embroidered dupatta', description: 'No picture of it yet' },
];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

async function found(text: string, words: WordMatching = 'ONLY'): Promise<string[]> {
  return shop.skus(await shop.search({ terms: [{ match: { kind: 'text', text } }], words }));
}

describe('words alone', () => {
  it.each([
    ['stems', 'wallet', ['W3', 'W2', 'W1']],
    ['other forms of a word', 'runs', ['AB-12/x']],
    ['words of attributes', 'turquoise', ['W1']],
    ['words of descriptions', 'roads', ['AB-12/x']],
    ['brands, in any case', 'mother EARTH', ['AB-12/x']],
    ['skus, in any case', 'ab-12/X', ['AB-12/x']],
    ['words with hyphens and apostrophes', "men's t-shirts", ['T1']],
    ['products without a picture', 'dupatta', ['E1']],
    ['a swap of two letters', 'dupatat', ['E1']],
    ['a missing letter', 'turquose', ['W1']],
    ['a wrong and a doubled letter', 'embroiderred', ['E1']],
    ['a misspelt brand', 'mohter', ['AB-12/x']],
  ])('find %s', async (_, text, skus) => {
    expect((await found(text)).toSorted()).toEqual(skus.toSorted());
  });

  it('put products with all words before those with some', async () => {
    expect((await found('black leather wallet'))[0]).toBe('W2');
    expect((await found('black leather wallet')).slice(1, 3).toSorted()).toEqual(['W1', 'W3']);
  });

  it('find what is made of words that say little, where it was asked for', async () => {
    expect(await found('for the')).toEqual(['AB-12/x']);
  });

  it.each(['zzzzzzzz', '!!! ???', 'a', "'); drop table product; --", '\\', '&|!()', ':*'])(
    'find nothing and break nothing with %j',
    async (text) => {
      const page = await shop.search({
        terms: [{ match: { kind: 'text', text } }],
        words: 'ONLY',
        filter: { brand: { notIn: ['Red'] } },
      });
      expect(shop.skus(page).filter((sku) => sku !== 'R2')).toEqual([]);
    },
  );

  it('mend no short words, no codes, and nothing that is a word of the shop', async () => {
    expect(await found('ret')).toEqual([]);
    expect(await found('w9')).toEqual([]);
    expect(await found('rouge')).toEqual(['R1']);
  });

  it('count the products that match and satisfy the filter, compare no vectors, and encode nothing', async () => {
    const before = shop.encoded.length;
    const terms = [{ match: { kind: 'text' as const, text: 'wallet' } }];
    const page = await shop.search({ terms, words: 'ONLY', filter: { brand: { in: ['Lino'] } } });
    expect(shop.skus(page).toSorted()).toEqual(['W2', 'W3']);
    expect(await page.count()).toEqual({ value: 2, exact: true });
    expect(page).toMatchObject({ strategy: 'NONE', modelId: null });
    expect(page.results[0]).toMatchObject({ similarity: null, imageId: null, why: { vectorRank: null, wordRank: 1 } });
    expect(shop.encoded.length).toBe(before);
  });
});

describe('words beside vectors', () => {
  it('put a brand or sku that the query is, and nothing else, first', async () => {
    expect((await found('red', 'AUTO'))[0]).toBe('R1');
    expect((await found('red', 'OFF'))[0]).toBe('R2');
    expect((await found('ab-12/x', 'AUTO'))[0]).toBe('AB-12/x');
    // Part of a brand is only a word.
    expect((await found('black', 'AUTO'))[0]).toBe('W2');
    expect((await found('black coffee', 'AUTO'))[0]).toBe('C1');
  });

  it('find what the model does not know', async () => {
    expect((await found('mug', 'OFF')).slice(0, 2)).toEqual(['W1', 'W2']);
    expect((await found('mug', 'AUTO')).slice(0, 2).toSorted()).toEqual(['C1', 'W1']);
  });

  it('give similarity and picture also for what only words found, null where there is no picture', async () => {
    const page = await shop.search({ terms: [{ match: { kind: 'text', text: 'dupatta' } }] });
    const bySku = new Map(shop.skus(page).map((sku, index) => [sku, page.results[index]]));
    expect(bySku.get('E1')).toMatchObject({ similarity: null, imageId: null, why: { vectorRank: null, wordRank: 1 } });
    expect(bySku.get('W1')).toMatchObject({
      similarity: expect.closeTo(Math.SQRT1_2, 3),
      why: { vectorRank: 1, wordRank: null },
    });
  });

  it('mend the text for the model as well', async () => {
    const before = shop.encoded.length;
    await found('shrit', 'OFF');
    expect(shop.encoded.slice(before)).toEqual(['shrit']);
    await shop.add([{ sku: 'S9', title: 'Shirt', pictures: [along({ shirt: 1, other: 0.5 })] }]);
    await found('shrit', 'AUTO');
    expect(shop.encoded.slice(before + 1)).toEqual(['shirt']);
    await shop.remove('S9');
  });

  it('are left out for searches by picture and for unwanted texts', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(along({ bag: 1 })));
    const page = await shop.search({
      terms: [
        { match: { kind: 'image', source: { kind: 'bytes', bytes } } },
        { match: { kind: 'text', text: 'rouge' }, weight: -0.5 },
      ],
    });
    expect(page.results.map((result) => result.why.wordRank)).toEqual(page.results.map(() => null));
  });

  it('never break the filter', async () => {
    const page = await shop.search({
      terms: [{ match: { kind: 'text', text: 'black leather wallet' } }],
      filter: { brand: { in: ['Bolt', 'Red'] } },
    });
    expect(shop.skus(page).toSorted()).toEqual(['R1', 'T1']);
  });
});

describe('the vocabulary', () => {
  it('learns the words of products that were changed in SQL when they are analysed, and holds each once', async () => {
    const { db } = shop.database;
    await db.updateTable('product').set({ title: 'Quilted anorak' }).where('group_id', '=', 'R1').execute();
    await db.updateTable('product_variant').set({ price_amount: '1', price_currency: 'USD' }).execute();
    expect(await found('quiltde')).toEqual([]);
    await refreshWords(db);
    expect(await found('quiltde')).toEqual(['R1']);
    const rows = await db.selectFrom('search_word').select('word').execute();
    expect(new Set(rows.map((row) => row.word)).size).toBe(rows.length);
  });
});
