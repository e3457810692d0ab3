import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmbedDeps } from '../../../src/catalog/embed-deps.ts';
import {
  analyzeWaiting,
  countWaiting,
  foldWords,
  isWaiting,
  recountAllWords,
  settleWordIndexes,
} from '../../../src/catalog/words/analyze-words.ts';
import { deleteProducts, upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId } from '../../../src/identifiers.ts';
import { suggest } from '../../../src/search/suggest/suggest.ts';
import { openShopWords } from '../../../src/words/shop-words.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { openEmbedDeps } from '../../support/embed-deps.ts';
import { aProduct } from '../../support/product-factory.ts';
import { refreshWords } from '../../support/test-words.ts';

let database: TestDatabase;
let deps: EmbedDeps;

beforeAll(async () => {
  database = await openTestDatabase();
  deps = await openEmbedDeps(database);
});
beforeEach(async () => {
  await sql`truncate product, category cascade`.execute(database.db);
});
afterAll(() => database.close());

async function lexemesOf(sku: string): Promise<string[]> {
  const { rows } = await sql<{ lexeme: string }>`
    select unnest(tsvector_to_array(words)) as lexeme from product where group_id = ${sku} order by 1`.execute(
    database.db,
  );
  return rows.map(({ lexeme }) => lexeme);
}

async function versionOf(sku: string): Promise<string | null> {
  const row = await database.db
    .selectFrom('product')
    .select('words_version')
    .where('group_id', '=', sku)
    .executeTakeFirst();
  return row?.words_version ?? null;
}

/** What is counted, and what counting the products says; each without what no product has. */
async function counts() {
  const counted = await sql`
    select word, sum(count)::integer as count
    from (select word, count from search_word union all select word, count from search_word_change) as part
    group by word having sum(count) <> 0 order by word collate "C"`.execute(database.db);
  const right = await sql`
    select word, count(*)::integer as count from product, unnest(array_append(tsvector_to_array(words), '')) as word
    group by word order by word collate "C"`.execute(database.db);
  return { counted: counted.rows, right: right.rows };
}

async function expectRightCounts() {
  const { counted, right } = await counts();
  expect(counted).toEqual(right);
}

/** Empties the pending list of the index that searches by words read. @returns the pages that it had */
async function pendingPages(): Promise<number> {
  const { rows } = await sql<{ pages: string }>`
    select gin_clean_pending_list('product_words_idx') as pages`.execute(database.db);
  return Number(rows[0]?.pages);
}

describe('words of a product', () => {
  it('wait in a list that each search reads, until that is emptied', async () => {
    await pendingPages();
    await upsertProducts(deps, [aProduct()]);
    expect(await pendingPages()).toBeGreaterThan(0);
    await upsertProducts(deps, [aProduct({ sku: 'A2' })]);
    await settleWordIndexes(database.db);
    expect(await pendingPages()).toBe(0);
  });

  it('are written with it: every text, with its weight, neighbours and names', async () => {
    const attributes = { color: ['Navy Blue'], Bestellnummer: ['QF-7781/02'] };
    await upsertProducts(deps, [aProduct({ title: 'Acme T-Shirts', gtin: '4006381333931', attributes })]);
    const row = await database.db
      .selectFrom('product')
      .select(['title_key', 'title_key_bare', 'brand_key', 'words_version'])
      .select(sql<string>`words::text`.as('words'))
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      title_key: 'acmetshirts',
      title_key_bare: 'tshirts',
      brand_key: 'acme',
      words_version: deps.words.version,
    });
    expect(row.words).toMatch(/'tshirts':\d+A/);
    expect(row.words).toMatch(/'#4006381333931':\d+A/);
    expect(row.words).toMatch(/'#qf778102':\d+C/);
    expect(row.words).toMatch(/'topwear':\d+B/);
    expect(row.words).toMatch(/'that':\d+\b(?!A)/);
    expect(await lexemesOf('A1')).toEqual(expect.arrayContaining(['+navi blue', '@navyblue=color', '~shirt']));
    const category = await database.db
      .selectFrom('category')
      .select(['name_key', 'numberless_key', 'words_version'])
      .where('name', '=', 'Shirts')
      .executeTakeFirstOrThrow();
    expect(category).toEqual({ name_key: 'shirts', numberless_key: '~shirt', words_version: deps.words.version });
  });

  it('stay when price and stock change, in the program and in SQL', async () => {
    await upsertProducts(deps, [aProduct()]);
    const before = await sql`select words::text, words_version, xmin::text from product`.execute(database.db);
    const counted = await counts();
    await sql`update product_variant set price_amount = 3, availability = 'OUT_OF_STOCK'`.execute(database.db);
    await upsertProducts(deps, [aProduct({ price: { amount: '4', currency: 'EUR' } })]);
    const after = await sql`select words::text, words_version, xmin::text from product`.execute(database.db);
    expect(after.rows).toEqual([{ ...(before.rows[0] as object), xmin: expect.any(String) }]);
    expect(after.rows).not.toEqual(before.rows);
    expect(await counts()).toEqual(counted);
    expect(await isWaiting(database.db)).toBe(false);
  });

  it.each([
    ['sku', `update product_variant set sku = 'Z-99-1' where sku = 'A1'`, '#z991'],
    ['title', `update product set title = 'Quilted anorak'`, 'anorak'],
    ['description', `update product set description = 'A jerkin'`, 'jerkin'],
    ['brand', `update product set brand = 'Zephyr'`, 'zephyr'],
    ['gtin', `update product_variant set gtin = '4006381333931'`, '#4006381333931'],
    ['attributes', `update product_variant set attributes = '{"color": ["Teal"]}'`, '@teal=color'],
    ['category', `update product set category_id = null`, undefined],
  ])('are made anew after SQL has changed %s', async (_, statement, lexeme) => {
    await upsertProducts(deps, [aProduct()]);
    await sql.raw(statement).execute(database.db);
    expect(await isWaiting(database.db)).toBe(true);
    expect(await countWaiting(deps)).toBe(1);
    expect(await analyzeWaiting(deps, { changesOnly: true })).toBe(1);
    expect(await isWaiting(database.db)).toBe(false);
    const { sku } = await database.db.selectFrom('product').select('group_id as sku').executeTakeFirstOrThrow();
    const lexemes = await lexemesOf(sku);
    if (lexeme === undefined) expect(lexemes).not.toContain('topwear');
    else expect(lexemes).toContain(lexeme);
    expect(await versionOf(sku)).toBe(deps.words.version);
    await expectRightCounts();
  });

  it('are made of what SQL inserts, categories and brands included', async () => {
    await sql`insert into category (id, name, path, ancestor_ids) values (md5('Hats')::uuid, 'Hats', '{Hats}', array[md5('Hats')::uuid])`.execute(
      database.db,
    );
    await sql`insert into product (id, group_id, title, brand, category_id, content_hash) values (${productId('S1')}, 'S1', 'Straw boater', 'Lock', md5('Hats')::uuid, 'x')`.execute(
      database.db,
    );
    await sql`insert into product_variant (product_id, id, sku) values (${productId('S1')}, ${productId('S1')}, 'S1')`.execute(
      database.db,
    );
    expect(await suggest({ db: database.db, analysis: deps.words.analysis }, { prefix: 'loc' })).toEqual([]);
    expect(await refreshWords(database.db)).toBe(1);
    expect(await lexemesOf('S1')).toEqual(expect.arrayContaining(['boater', 'hats', '~hat', '#s1', 'lock']));
    for (const [prefix, text] of [
      ['loc', 'Lock'],
      ['ha', 'Hats'],
      ['boat', 'Straw boater'],
    ] as const) {
      const [found] = await suggest({ db: database.db, analysis: deps.words.analysis }, { prefix });
      expect(found?.text).toBe(text);
    }
    await expectRightCounts();
  });

  it('follow a category that is renamed or moved, in it and below', async () => {
    await upsertProducts(deps, [aProduct(), aProduct({ sku: 'B1', category: ['Shoes'] })]);
    await sql`update category set name = 'Clothing', path = array['Clothing'] || path[2:] where name = 'Apparel'`.execute(
      database.db,
    );
    await sql`update category set path = array['Clothing'] || path[2:] where path[1] = 'Apparel'`.execute(database.db);
    expect(await countWaiting(deps)).toBe(1);
    await refreshWords(database.db);
    expect(await lexemesOf('A1')).toEqual(expect.arrayContaining(['clothing', 'shirts']));
    expect(await lexemesOf('A1')).not.toContain('apparel');
    const found = await suggest({ db: database.db, analysis: deps.words.analysis }, { prefix: 'cloth' });
    expect(found[0]).toMatchObject({ kind: 'CATEGORY', text: 'Clothing' });
    await expectRightCounts();
  });

  it('are made anew by other languages and code attributes, in the background', async () => {
    await upsertProducts(deps, [
      aProduct({ title: 'Hosen', attributes: { Lager: ['77-QX-1'] } }),
      aProduct({ sku: 'B1', title: 'Jacken' }),
    ]);
    expect(await lexemesOf('A1')).not.toContain('~hos');
    const words = await openShopWords({ languages: ['de', 'en'], codeAttributes: ['lager'] });
    expect(words.version).not.toBe(deps.words.version);
    expect(await countWaiting({ db: database.db, words })).toBe(2);
    expect(await analyzeWaiting({ db: database.db, words }, { changesOnly: true })).toBe(0);
    expect(await analyzeWaiting({ db: database.db, words })).toBe(2);
    expect(await lexemesOf('A1')).toContain('~hos');
    const { rows } = await sql`select words @@ '''#77qx1'':A' as is_code from product where group_id = 'A1'`.execute(
      database.db,
    );
    expect(rows).toEqual([{ is_code: true }]);
    expect(await analyzeWaiting({ db: database.db, words })).toBe(0);
    await expectRightCounts();
  });
});

describe('counts of words', () => {
  it('are right after inserts, changes, deletions and folding, and after counting anew', async () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      aProduct({ sku: `N${i}`, title: `Thing ${i % 7} of ${i % 3}`, brand: `Brand ${i % 5}` }),
    );
    await upsertProducts(deps, many);
    await expectRightCounts();
    await upsertProducts(
      deps,
      many.slice(0, 20).map((product) => ({ ...product, title: 'Renamed item' })),
    );
    await expectRightCounts();
    await foldWords(database.db);
    await expectRightCounts();
    await deleteProducts(
      database.db,
      many.slice(10, 40).map(({ groupId }) => productId(groupId)),
    );
    await sql`delete from product where group_id = 'N50'`.execute(database.db);
    await expectRightCounts();
    await foldWords(database.db);
    const { rows } = await sql`select count(*)::integer as left from search_word_change`.execute(database.db);
    expect(rows).toEqual([{ left: 0 }]);
    await expectRightCounts();
    await sql`update search_word set count = count + 7 where word = 'thing'`.execute(database.db);
    await sql`insert into search_word_change values ('nowhere', 3)`.execute(database.db);
    expect(await recountAllWords(database.db)).toBeGreaterThan(20);
    await expectRightCounts();
  });

  it('are right when words come back after the last product that had them was deleted', async () => {
    const product = aProduct({ title: 'Unicycle' });
    await upsertProducts(deps, [product]);
    await foldWords(database.db);
    await deleteProducts(database.db, [productId('A1')]);
    await foldWords(database.db);
    await upsertProducts(deps, [product]);
    await expectRightCounts();
    await foldWords(database.db);
    await expectRightCounts();
  });

  it('are right after many writers at once, of the same words, with others who add up meanwhile', async () => {
    let writing = true;
    const folding = (async () => {
      while (writing) await foldWords(database.db);
    })();
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let round = 0; round < 3; round += 1) {
          const products = Array.from({ length: 20 }, (__, i) =>
            aProduct({ sku: `W${writer}-${i}`, title: `Common word ${round} ${i % 4}`, brand: 'One brand' }),
          );
          // In opposite orders: whoever locked words would wait for each other.
          await upsertProducts(deps, writer % 2 ? products : products.toReversed());
        }
        await deleteProducts(database.db, [productId(`W${writer}-0`)]);
      }),
    );
    writing = false;
    await folding;
    await foldWords(database.db);
    await expectRightCounts();
    const { rows } =
      await sql`select sum(products)::integer as products from suggestion where text = 'One brand'`.execute(
        database.db,
      );
    expect(rows).toEqual([{ products: 6 * 19 }]);
  });

  it('wait for no writer that is not done yet', async () => {
    await upsertProducts(deps, [aProduct()]);
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = database.db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('product')
        .values({
          id: productId('SLOW'),
          group_id: 'SLOW',
          title: 'Red shirt',
          brand: 'Acme',
          attributes: '{}',
          content_hash: 'x',
          words: "'red':1A 'new':2A",
        })
        .execute();
      await held;
    });
    // PGlite has one connection for all, and this one is busy.
    if (database.kind === 'native') await upsertProducts(deps, [aProduct({ sku: 'FAST', title: 'New red shirt' })]);
    go();
    await slow;
    await expectRightCounts();
  });
});

describe('analysing what waits', () => {
  const insertMany = (count: number) =>
    sql`insert into product (id, group_id, title, content_hash)
      select md5('M' || n)::uuid, 'M' || n, 'Thing number ' || n, 'x' from generate_series(1, ${count}::integer) as n`.execute(
      database.db,
    );

  it('goes on where it was stopped', async () => {
    await insertMany(700);
    const stop = new AbortController();
    const done = await analyzeWaiting(deps, { signal: stop.signal, onBatch: async () => stop.abort() });
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(700);
    expect(await countWaiting(deps)).toBe(700 - done);
    await expectRightCounts();
    expect(await analyzeWaiting(deps)).toBe(700 - done);
    await expectRightCounts();
  });

  it('is shared by several who do it at once', async () => {
    await insertMany(900);
    const done = await Promise.all([analyzeWaiting(deps), analyzeWaiting(deps), analyzeWaiting(deps)]);
    expect(done.reduce((sum, each) => sum + each, 0)).toBe(900);
    expect(await countWaiting(deps)).toBe(0);
    await expectRightCounts();
  });

  it('takes whatever SQL may hold', async () => {
    const hostile = [
      ['quotes', `'; drop table product; -- "\\' \\\\ ' & | ! :* <->`],
      ['script', '𠮷野家 레드 ชุดเดรส Ёлка مرحبا \u200d\ud83d\udc68\u200d\ud83d\udc69'],
      ['one-word', 'x'.repeat(20_000)],
      ['astral', '𠮷'.repeat(5_000)],
      ['signs', '+++ ~~~ ### === @@@ +a b @c=d'],
    ] as const;
    for (const [sku, text] of hostile) {
      await sql`insert into product (id, group_id, title, brand, description, attributes, content_hash)
        values (${productId(sku)}, ${sku}, ${text}, ${text.slice(0, 1000)}, ${text}, ${JSON.stringify({ [text.slice(0, 300)]: [text] })}::jsonb, 'x')`.execute(
        database.db,
      );
    }
    await sql`insert into product (id, group_id, title, attributes, content_hash)
      values (${productId('json')}, 'json', 'Json', '{"a": [1, null, true, {"b": 2}], "c": "bare", "d": null, "e": 7}', 'x')`.execute(
      database.db,
    );
    // A million letters, and ten thousand different words, of which none may be too much for PostgreSQL.
    const long = Array.from({ length: 150_000 }, (_, i) => `w${i.toString(36)}`).join(' ');
    const many = Array.from({ length: 10_000 }, (_, i) => `slowo${i.toString(36)}ż`).join(' ');
    await sql`insert into product (id, group_id, title, description, content_hash) values
      (${productId('long')}, 'long', 'Long', ${long}, 'x'), (${productId('many')}, 'many', 'Many', ${many.slice(0, 50_000)}, 'x')`.execute(
      database.db,
    );
    expect(await refreshWords(database.db)).toBe(hostile.length + 3);
    expect(await lexemesOf('json')).toEqual(expect.arrayContaining(['@1=a', '@bare=c', '@7=e']));
    expect((await lexemesOf('many')).length).toBeGreaterThan(4_000);
    expect(await countWaiting(deps)).toBe(0);
    await expectRightCounts();
    await upsertProducts(deps, [aProduct({ sku: 'again', title: hostile[0][1], description: many.slice(0, 50_000) })]);
    expect(await versionOf('again')).toBe(deps.words.version);
    await expectRightCounts();
  });
});
