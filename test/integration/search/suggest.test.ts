import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryId, productId } from '../../../src/identifiers.ts';
import { type SuggestRequest, suggest as suggestOf } from '../../../src/search/suggest/suggest.ts';
import { openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';
import { refreshWords, testWords } from '../../support/test-words.ts';

const SHIRTS = ['Apparel', 'Topwear', 'Shirts'];
const products: ShopProduct[] = [
  { sku: 'P1', title: 'Puma Men Polo Shirt', brand: 'Puma', category: SHIRTS },
  { sku: 'P2', title: 'Shirt of linen', brand: 'Levis', category: SHIRTS },
  { sku: 'P3', title: 'Black Shoes by Puma', brand: 'Puma', category: ['Footwear', 'Shoes'] },
  { sku: 'A1', title: 'Running T-shirt', brand: 'Adidas', category: ['Apparel', 'Topwear', 'Tshirts'] },
  { sku: 'A2', title: 'Running T-Shirt', brand: 'ADIDAS', category: ['Apparel', 'Topwear', 'Tshirts'] },
  { sku: 'A3', title: 'Wool socks', brand: 'Adidas', category: ['Socks', 'Socks'] },
  { sku: 'K1', title: 'Crème Kurta', brand: 'Mother Earth', category: ['Apparel', 'Kurtas'] },
  { sku: 'S1', title: "Men's socks", category: ['Sale', 'Shirts'] },
];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

async function suggest(db: SearchShop['deps']['db'], request: SuggestRequest) {
  return suggestOf({ db, analysis: (await testWords()).analysis }, request);
}

async function texts(prefix: string, first = 8): Promise<string[]> {
  return (await suggest(shop.deps.db, { prefix, first })).map(({ text }) => text);
}

describe('suggestions', () => {
  it('say what they are', async () => {
    expect(await suggest(shop.deps.db, { prefix: 'shirt', first: 4 })).toEqual([
      { text: 'Apparel > Topwear > Shirts', kind: 'CATEGORY', productId: null, categoryId: categoryId(SHIRTS) },
      { text: 'Sale > Shirts', kind: 'CATEGORY', productId: null, categoryId: categoryId(['Sale', 'Shirts']) },
      { text: 'Shirt of linen', kind: 'PRODUCT', productId: productId('P2'), categoryId: null },
      // Two products are called so.
      { text: 'Running T-Shirt', kind: 'PRODUCT', productId: expect.any(String), categoryId: null },
    ]);
    expect(await suggest(shop.deps.db, { prefix: 'puma', first: 1 })).toEqual([
      { text: 'Puma', kind: 'BRAND', productId: null, categoryId: null },
    ]);
  });

  it.each([
    ['one letter', 'p', 'Puma'],
    ['any case', 'PUM', 'Puma'],
    ['no accents', 'creme k', 'Crème Kurta'],
    ['accents that are not there', 'pümà', 'Puma'],
    ['several words in part, in any order', 'puma sho', 'Black Shoes by Puma'],
    ['a word in the middle of a brand', 'earth', 'Mother Earth'],
    ['words of a path', 'apparel topwear shi', 'Apparel > Topwear > Shirts'],
    ['no apostrophe', 'mens so', "Men's socks"],
    ['an apostrophe', 'men’s so', "Men's socks"],
    ['a hyphen', 't-sh', 'Apparel > Topwear > Tshirts'],
    ['white space around it', '  levi ', 'Levis'],
    ['a wrong letter in a beginning', 'addi', 'Adidas'],
    ['two letters swapped', 'adidsa', 'Adidas'],
    ['two letters swapped in a whole word', 'levsi', 'Levis'],
    ['a wrong first letter', 'luma', 'Puma'],
    ['a slip in a category', 'kurat', 'Apparel > Kurtas'],
    ['a slip in one of two words', 'puma sheos', 'Black Shoes by Puma'],
    ['two slips in a long word', 'rnningg', 'Running T-Shirt'],
  ])('come first for %s', async (_, prefix, text) => {
    expect((await texts(prefix))[0]).toBe(text);
  });

  it('put the commoner first among brands and categories', async () => {
    // Apparel has six products, Adidas three.
    expect((await texts('a')).slice(0, 2)).toEqual(['Apparel', 'Adidas']);
    expect((await texts('shoe'))[0]).toBe('Footwear > Shoes');
    expect(await texts('lev')).toEqual(['Levis']);
  });

  it('give one of several equal titles and brands, as they are written most', async () => {
    expect((await texts('running')).filter((text) => /running/i.test(text))).toHaveLength(1);
    expect((await texts('adid')).filter((text) => /adidas/i.test(text))).toEqual(['Adidas']);
  });

  it('leave out a category that is named as the one above it', async () => {
    expect(await texts('sock')).toEqual(['Socks', "Men's socks", 'Wool socks']);
  });

  it('mend no short words and nothing too far away', async () => {
    expect(await texts('pma')).toEqual([]);
    expect(await texts('zzzzzzzz')).toEqual([]);
    expect(await texts('kxrxt')).toEqual([]);
  });

  it.each([
    '',
    '   ',
    '%',
    '_',
    '\\',
    "'",
    '"',
    '&|!:*()<->',
    ":*'",
    '👗',
    '%%%puma%%%x',
    "puma'); drop table product;--",
    'x'.repeat(200),
    'a '.repeat(100),
  ])('break nothing with %j', async (prefix) => {
    const found = await suggest(shop.deps.db, { prefix });
    if (!/\p{L}/u.test(prefix)) expect(found).toEqual([]);
    expect((await texts('puma'))[0]).toBe('Puma');
  });

  it('take punctuation for a space', async () => {
    expect((await texts('%puma_&|!*'))[0]).toBe('Puma');
  });

  it.each([
    ['prefix', { prefix: 'x'.repeat(201) }],
    ['prefix', { prefix: 'a\u0000b' }],
    ['prefix', { prefix: 'a\ud800' }],
    ['first', { prefix: 'a', first: 0 }],
    ['first', { prefix: 'a', first: 21 }],
    ['first', { prefix: 'a', first: 1.5 }],
    ['first', { prefix: '', first: Number.NaN }],
  ])('refuse a %s that cannot be: %j', async (path, request) => {
    await expect(suggest(shop.deps.db, request)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', path: [path] });
  });

  it('are never more than asked for', async () => {
    expect(await texts('s', 2)).toHaveLength(2);
    expect(await texts('shrit', 1)).toHaveLength(1);
  });
});

describe('suggestions of a shop that changes', () => {
  let changing: SearchShop;
  beforeAll(async () => {
    changing = await openSearchShop();
  });
  afterAll(() => changing.close());

  /** Brands and categories with their products, as the rows say and as counting the products says. */
  async function counts() {
    const { db } = changing.deps;
    const told =
      await sql`select text, sum(products)::integer as products from suggestion group by kind, text having sum(products) <> 0 order by text collate "C"`.execute(
        db,
      );
    const counted = await sql`
      select text, count(*)::integer as products from (
        select brand as text from product where brand is not null
        union all
        select array_to_string(above.path, ' > ') from product join category on category.id = product.category_id
        join category as above on above.id = any(category.ancestor_ids)) as named
      group by text order by text collate "C"`.execute(db);
    return { told: told.rows, counted: counted.rows };
  }

  it('keep count through inserts, changes, moves and deletions of many at once', async () => {
    const { db } = changing.deps;
    await changing.add(
      Array.from({ length: 300 }, (_, i) => ({
        sku: `N${i}`,
        title: `Thing ${i}`,
        ...(i % 7 !== 0 && { brand: `Brand ${i % 5}` }),
        ...(i % 3 !== 0 && { category: i % 2 ? ['Home', 'Kitchen'] : ['Home'] }),
      })),
    );
    let { told, counted } = await counts();
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(counted);
    await sql`update product set brand = 'Newbrand' where brand = 'Brand 1'`.execute(db);
    await sql`update product set category_id = null where brand = 'Brand 2'`.execute(db);
    await sql`delete from product where brand = 'Brand 3'`.execute(db);
    await refreshWords(db);
    ({ told, counted } = await counts());
    expect(told).toEqual(counted);
    expect(await suggest(db, { prefix: 'newb' })).toMatchObject([{ text: 'Newbrand' }]);
    expect((await suggest(db, { prefix: 'brand' })).map(({ text }) => text)).toEqual(['Brand 0', 'Brand 2', 'Brand 4']);
  });

  it('count what several writers insert at the same time, once each', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        changing.add(Array.from({ length: 20 }, (_, i) => ({ sku: `C${writer}-${i}`, brand: `Common ${i % 3}` }))),
      ),
    );
    const { told, counted } = await counts();
    expect(told).toEqual(counted);
  });

  it('follow a title that changes, and forget what is gone', async () => {
    const { db } = changing.deps;
    await changing.add([{ sku: 'T', title: 'Zebra lamp' }]);
    expect(await suggest(db, { prefix: 'zeb' })).toMatchObject([{ text: 'Zebra lamp' }]);
    await sql`update product set title = 'Yucca lamp' where group_id = 'T'`.execute(db);
    await refreshWords(db);
    expect(await suggest(db, { prefix: 'zebra' })).toEqual([]);
    expect(await suggest(db, { prefix: 'yuca' })).toMatchObject([{ text: 'Yucca lamp' }]);
    await sql`truncate product cascade`.execute(db);
    expect(await suggest(db, { prefix: 'yucca' })).toEqual([]);
    expect(await counts()).toEqual({ told: [], counted: [] });
  });

  it('take titles and brands of any length and script', async () => {
    const { db } = changing.deps;
    await changing.add([
      { sku: 'L1', title: `${'Ω'.repeat(3000)} long`, brand: 'я'.repeat(3000) },
      { sku: 'L2', title: '!!!', brand: '???' },
      { sku: 'L3', title: 'Курта синяя', brand: 'Ёлка' },
    ]);
    expect(await suggest(db, { prefix: 'елка' })).toMatchObject([{ kind: 'BRAND', text: 'Ёлка' }]);
    expect(await suggest(db, { prefix: 'кутра' })).toMatchObject([{ text: 'Курта синяя' }]);
    expect(await suggest(db, { prefix: 'ωωω' })).toHaveLength(1);
  });

  it('change nothing with price and availability', async () => {
    const { db } = changing.deps;
    const rows = () =>
      sql`select ctid::text, suggestion.* from suggestion order by ctid`.execute(db).then((result) => result.rows);
    const before = await rows();
    expect(before).not.toEqual([]);
    await sql`update product_variant set price_amount = 5, price_currency = 'EUR', availability = 'OUT_OF_STOCK'`.execute(
      db,
    );
    expect(await rows()).toEqual(before);
  });
});
