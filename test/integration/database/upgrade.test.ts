import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSchema } from '../../../scripts/schema-listing.ts';
import { countWaiting } from '../../../src/catalog/words/analyze-words.ts';
import { migrateToLatest, pendingMigrations } from '../../../src/database/migrate.ts';
import type { Database } from '../../../src/database/tables.ts';
import { embeddingModelId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { applyFormerMigrations, emptyDatabase } from '../../support/former-schema.ts';
import { schemaDetails } from '../../support/schema-details.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { differencesOfSketches } from '../../support/sketch-table.ts';
import { refreshWords, testWords } from '../../support/test-words.ts';

const MANIFEST_HASH = '0'.repeat(64);
const MODEL = embeddingModelId(MANIFEST_HASH);
/** Of which every third has no picture. */
const PRODUCTS = 60;
const SEARCH = '00000000-0000-4000-8000-000000000001';

/** Of the logged search, as it was then. */
const FORMER_SCORING = { wordWeight: 1.5, wordCount: 2, titledRelevance: 0, midpoint: 3.24, width: 0.16 };
/** The same without words. */
const SCORING = {
  ...{ midpoint: 2.025, width: 0.1, nearFrom: 1.8, nearSpan: 0.55, trust: 1 },
  ...{ coverageCounts: 0, coverageWorth: 0, nameWorth: 0, wordsTell: 0, reference: 1, picturesFirst: 0 },
};

/** What products are called by and what they cost, in the former schema and in today's. */
const NAMES = {
  former: { key: 'sku', price: 'price_amount', prices: 'price_amount', amounts: 'n' },
  today: { key: 'group_id', price: 'price_lowest', prices: 'price_lowest, price_highest', amounts: 'n, n' },
} as const;

/** A shop with vectors and sketches, and a logged search for "red shoe"; in statements of their own, which the former schema takes as well as today's. */
async function fillShop(
  db: Kysely<Database>,
  scoring: object,
  { key, price, prices, amounts }: (typeof NAMES)[keyof typeof NAMES],
): Promise<void> {
  await sql
    .raw(`
    insert into category (id, parent_id, name, path, ancestor_ids)
    values (md5('Shoes')::uuid, null, 'Shoes', '{Shoes}', array[md5('Shoes')::uuid]), (md5('Bags')::uuid, null, 'Bags', '{Bags}', array[md5('Bags')::uuid]);
    insert into product (id, ${key}, title, brand, category_id, ${prices}, price_currency, attributes, content_hash)
    select md5('P' || n)::uuid, 'P' || n, case n % 2 when 0 then 'Red shoe ' else 'Blue bag ' end || n, 'Brand ' || n % 3,
      md5(case n % 2 when 0 then 'Shoes' else 'Bags' end)::uuid, ${amounts}, 'USD', jsonb_build_object('size', jsonb_build_array(n % 5)), 'P' || n
    from generate_series(1, ${PRODUCTS}) as n;
    insert into product_image (product_id, id, position, source, state)
    select id, md5('picture' || ${key})::uuid, 0, '0', 'READY' from product where ${price}::integer % 3 > 0;
    insert into embedding_model (id, name, version, manifest_hash, dimensions, state, image_table, text_table, activated_at)
    values ('${MODEL}', 'axes', '1', '${MANIFEST_HASH}', 8, 'ACTIVE', 'image_embedding_axes', 'text_embedding_axes', now());
    select create_embedding_tables('image_embedding_axes', 'text_embedding_axes', 8);
    create function test_vector(n integer) returns text language sql as $$
      select case n % 2 when 0 then format('[1,%1$s,0,0,2,%2$s,0,0]', n % 7 / 10.0, n % 5 / 10.0) else format('[0,1,%1$s,0,%2$s,2,0,0]', n % 7 / 10.0, n % 5 / 10.0) end $$;
    insert into text_embedding_axes (product_id, text_hash, embedding)
    select id, ${key}, l2_normalize(test_vector(${price}::integer)::vector) from product;
    insert into image_embedding_axes (product_id, image_id, embedding)
    select product_id, i.id, l2_normalize(test_vector(${price}::integer)::vector) from product_image as i inner join product as p on p.id = i.product_id;
    drop function test_vector;
    insert into embedding_statistic (model_id, pair, mean, standard_deviation, sample_size, nearest_mean, nearest_standard_deviation, nearest_sample_size)
    select '${MODEL}', pair, 0, 0.35, 1000, 0.95, 0.05, 1000 from unnest(array['TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT']) as pair;
    select build_sketches('${MODEL}', 20, 64);
    insert into search (id, terms, filter, options, sort, word_matching, model_id, strategy, result_count, match_quality, milliseconds, picture_vector, picture_mean,
      picture_standard_deviation, text_vector, text_mean, text_standard_deviation, words, names, scoring)
    values ('${SEARCH}', '[{"text": "red shoe", "weight": 1}]', '{}', '{}', 'RELEVANCE', 'AUTO', '${MODEL}', 'EXACT', 24, 'STRONG', 5,
      '{0.6,0,0,0,0.8,0,0,0}', 0, 0.35, '{0.6,0,0,0,0.8,0,0,0}', 0, 0.35, array['''red''', '''shoe'''], '{red shoe}',
      '${JSON.stringify(scoring)}');`)
    .execute(db);
  if (key === 'sku') return;
  await sql`
    insert into product_variant (product_id, id, sku, attributes, price_amount, price_currency, content_hash, updated_at)
    select id, id, group_id, attributes, price_lowest, price_currency, content_hash, updated_at from product`.execute(
    db,
  );
  await refreshWords(db);
}

/** What SQL finds. */
interface FoundRow {
  readonly product_id: string;
  readonly image_id: string | null;
  readonly similarity: number;
  /** Of a search. */
  readonly vector_score?: number;
}

/** What is found by a search that was logged, among all and among some, and what is like a product. */
async function findings(
  db: Kysely<Database>,
  { price }: { readonly price: string } = NAMES.today,
): Promise<FoundRow[][]> {
  const asked = [
    sql<FoundRow>`select * from analytics.search_products(${SEARCH}, 100)`,
    sql<FoundRow>`select * from analytics.search_products(${SEARCH}, 100, among => array(select id from analytics.product where ${sql.ref(price)} < 20))`,
    sql<FoundRow>`select * from analytics.similar_products('P4', 100)`,
  ];
  const rows = [];
  for (const query of asked) rows.push((await query.execute(db)).rows);
  return rows;
}

/** Each product that was found, and how near it is, in no order. */
function nearness(rows: readonly FoundRow[]) {
  const told = rows.map(({ product_id, image_id, similarity, vector_score }) => ({
    ...{ product_id, image_id, similarity, vector_score },
  }));
  return told.toSorted((a, b) => (a.product_id < b.product_id ? -1 : 1));
}

/** What else analysts ask, and what completes a typed text. */
async function answers(db: Kysely<Database>): Promise<unknown[][]> {
  const asked = [
    sql`select * from analytics.image_neighbours(md5('pictureP4')::uuid, 50)`,
    sql`select * from analytics.embedding_coverage order by kind`,
    sql`select id, query_text, model_name from analytics.search`,
    sql`select text, sum(products) as products from suggestion group by text order by text`,
    sql`select product_id, pictureless from text_embedding_axes order by product_id`,
  ];
  const rows = [];
  for (const query of asked) rows.push((await query.execute(db)).rows);
  return rows;
}

async function appliedMigrations(db: Kysely<Database>): Promise<unknown[]> {
  return (await sql`select name from kysely_migration order by name`.execute(db)).rows;
}

describe('a database that has had all migrations of commit b8d6655', () => {
  let shop: SearchShop;
  let upgraded: TestDatabase;
  let fresh: TestDatabase;
  let before: unknown[][];
  let foundBefore: FoundRow[][];
  let pending: string[];
  let applied: string[][];
  let waiting: number;
  beforeAll(async () => {
    upgraded = await openTestDatabase();
    await emptyDatabase(upgraded.db);
    await applyFormerMigrations(upgraded.db);
    await fillShop(upgraded.db, FORMER_SCORING, NAMES.former);
    await sql`update product set attributes = attributes || '{"gtin": [" 4006381333931 ", "0"]}' where sku = 'P6'`.execute(
      upgraded.db,
    );
    await sql`
      update product set price_amount = 12, price_currency = 'USD', attributes = attributes || '{"price_before": ["15.50"]}' where sku = 'P7'`.execute(
      upgraded.db,
    );
    before = await answers(upgraded.db);
    foundBefore = await findings(upgraded.db, NAMES.former);
    pending = await pendingMigrations(upgraded.db);
    applied = await Promise.all(Array.from({ length: 4 }, () => migrateToLatest(upgraded.db)));
    shop = await openSearchShop({ database: upgraded, measured: false });
    waiting = await countWaiting({ db: upgraded.db, words: await testWords() });
    await refreshWords(upgraded.db);
    fresh = await openTestDatabase();
    await fillShop(fresh.db, SCORING, NAMES.today);
    await refreshWords(fresh.db);
  });
  afterAll(async () => {
    await shop.close();
    await fresh.close();
  });

  it('is upgraded once by all who start at once, and then there is nothing to do', async () => {
    expect(applied.filter((names) => names.length > 0)).toEqual([pending]);
    expect(pending.slice(0, 2)).toEqual(['upgrade/0023_two_thresholds', '0008_function_script']);
    expect(pending.at(-1)).toBe('functions/95_triggers');
    expect(await pendingMigrations(upgraded.db)).toEqual([]);
  });

  it('has then the schema of a database made today', async () => {
    expect(await listSchema(upgraded.db)).toBe(await listSchema(fresh.db));
    const details = await schemaDetails(upgraded.db);
    expect(details.length).toBeGreaterThan(300);
    expect(details).toEqual(await schemaDetails(fresh.db));
  });

  it('has its products analysed anew, as those of one made today', async () => {
    expect(waiting).toBe(PRODUCTS);
    const words = (db: Kysely<Database>) =>
      sql`select group_id, words::text, title_key, brand_key, title_words::text, words_version from product where group_id <> 'P6' order by group_id`.execute(
        db,
      );
    expect((await words(upgraded.db)).rows).toEqual((await words(fresh.db)).rows);
    const counts = (db: Kysely<Database>) =>
      sql`select lexeme, product_count from analytics.word where lexeme in ('red', 'shoe', '~shoe', '@1=size', '+red shoe') order by 1`.execute(
        db,
      );
    expect((await counts(upgraded.db)).rows).toEqual((await counts(fresh.db)).rows);
  });

  it('answers as before, and as one made today', async () => {
    for (const rows of before) expect(rows.length).toBeGreaterThan(0);
    expect(await answers(upgraded.db)).toEqual(before);
    expect(await answers(fresh.db)).toEqual(before);
  });

  it('finds the same by a search of before, as near, and orders it by that alone; what looks like a product first', async () => {
    for (const rows of foundBefore) expect(rows.length).toBeGreaterThan(0);
    const found = await findings(upgraded.db);
    expect(found.map(nearness)).toEqual(foundBefore.map(nearness));
    for (const rows of found.slice(0, 2)) {
      const scores = rows.map(({ vector_score = 0 }) => vector_score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
    const pictured = found[2]?.map(({ image_id }) => image_id !== null) ?? [];
    expect(pictured).toEqual(pictured.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(pictured).size).toBe(2);
    expect(await findings(fresh.db)).toEqual(found);
  });

  it('finds what was there before', async () => {
    const page = await shop.search({
      terms: [{ match: { kind: 'text', text: 'red shoe' } }],
      filter: { price: { max: String(PRODUCTS / 2) } },
      first: PRODUCTS,
    });
    expect(page.matchQuality).toBe('STRONG');
    expect(page.results).toHaveLength(PRODUCTS / 2);
  });

  it('has codes in their column, which were attributes, and finds them by filter and by word', async () => {
    const { rows } =
      await sql`select gtin, attributes from product_variant where sku in ('P5', 'P6') order by sku`.execute(
        upgraded.db,
      );
    expect(rows).toEqual([
      { gtin: null, attributes: { size: [0] } },
      { gtin: '4006381333931', attributes: { size: [1] } },
    ]);
    const code = '4006381333931';
    const byFilter = await shop.search({ filter: { gtin: { in: [code] } } });
    const byWord = await shop.search({ terms: [{ match: { kind: 'text', text: code } }], words: 'ONLY' });
    expect(byFilter.results).toHaveLength(1);
    expect(byWord.results.map(({ productId }) => productId)).toEqual(
      byFilter.results.map(({ productId }) => productId),
    );
  });

  it('has prices before a sale in their column, which were attributes, and finds what is on sale', async () => {
    const { rows } = await sql`
        select v.compare_at_amount::text, p.on_sale, p.attributes ? 'price_before' as kept
        from product_variant as v inner join product as p on p.id = v.product_id where v.sku in ('P6', 'P7') order by v.sku`.execute(
      upgraded.db,
    );
    expect(rows).toEqual([
      { compare_at_amount: null, on_sale: false, kept: false },
      { compare_at_amount: '15.50', on_sale: true, kept: false },
    ]);
    expect((await shop.search({ filter: { onSale: true } })).results).toHaveLength(1);
  });

  it('keeps sketches and counts in step with what is written after', async () => {
    expect(await differencesOfSketches(upgraded)).toEqual([]);
    await shop.add([{ sku: 'new', title: 'Green dress', brand: 'Brand 9', pictures: [along({ green: 1, dress: 1 })] }]);
    await sql`update product_variant set price_amount = 1 where sku = 'P2'`.execute(upgraded.db);
    await sql`delete from product where group_id = 'P3'`.execute(upgraded.db);
    expect(await differencesOfSketches(upgraded)).toEqual([]);
    const { rows } =
      await sql`select sum(products)::integer as products from suggestion where text = 'Brand 9'`.execute(upgraded.db);
    expect(rows).toEqual([{ products: 1 }]);
  });
});

describe('a database that stopped between those migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it.each([
    ['0001_catalog', '1 up to 0001_catalog'],
    ['0015_sketches', '15 up to 0015_sketches'],
  ])('is refused and left as it is: %s', async (until, found) => {
    await emptyDatabase(database.db);
    await applyFormerMigrations(database.db, until);
    const before = await appliedMigrations(database.db);
    const refusal = {
      code: 'DATABASE_UNSUITABLE',
      message: `the database was migrated by an older Lookgraph than this one goes on from: expected 19 migrations up to 0023_two_thresholds, found ${found}; start Lookgraph of commit b8d6655 on it once`,
    };
    await expect(migrateToLatest(database.db)).rejects.toMatchObject(refusal);
    await expect(pendingMigrations(database.db)).rejects.toMatchObject(refusal);
    expect(await appliedMigrations(database.db)).toEqual(before);
  });
});
