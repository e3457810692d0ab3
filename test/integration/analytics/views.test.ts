import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEmbeddingModel } from '../../../src/database/embedding-models.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

/** The contract: columns are added at any place, and never renamed or removed. */
const COLUMNS = {
  attribute: 'name kind products coverage value_count',
  category: 'id parent_id name level path product_count created_at',
  currency: 'currency products',
  embedding_coverage: 'model_id model_name model_state kind documents embedded failed share',
  embedding_model: 'id name version dimensions state is_active created_at activated_at',
  embedding_statistic:
    'model_id model_name pair mean standard_deviation sample_size nearest_mean nearest_standard_deviation nearest_sample_size measured_at',
  evaluation:
    'evaluation_id created_at query_source query_count model_name configuration slice_name slice_value metric target k metric_query_count value low high',
  product:
    'id group_id title description brand category_id category_path category_level_1 category_level_2 category_level_3 category_level_4 variant_count look_count options price_lowest price_highest price_currency on_sale availability is_available attributes common_attributes link image_count searchable_image_count created_at updated_at category_paths',
  product_category: 'product_id group_id category_id category_path place is_main',
  product_attribute: 'product_id group_id name value position',
  product_image:
    'id product_id group_id position is_main state is_searchable failure width height source content_hash created_at note looks',
  product_variant:
    'id product_id group_id sku position title options attributes price_amount price_currency compare_at_amount on_sale discount availability is_available quantity gtin mpn link look created_at updated_at',
  product_word: 'product_id group_id lexeme kind places fields is_outdated',
  search:
    'id created_at query_text terms filter options sort word_matching is_browse model_id model_name strategy candidates result_count match_quality best_relevance milliseconds',
  search_day:
    'day searches browses searches_without_match share_without_match mean_best_relevance median_milliseconds p95_milliseconds',
  stored_query: 'id created_at terms word_matching model_id model_name',
  synonym: 'synonym_id words meanings is_two_way created_at',
  variant_attribute: 'variant_id product_id sku name value position number',
  variant_image: 'variant_id product_id sku image_id position',
  word: 'lexeme kind product_count',
};

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add([
    {
      sku: 'S1',
      title: 'Red shirt',
      brand: 'Acme',
      category: ['Apparel', 'Topwear', 'Shirts'],
      price: '12.90',
      attributes: { color: ['Red', 'White'], size: ['S'] },
      pictures: [along({ red: 1 }), along({ shirt: 1 })],
      textVector: along({ red: 1, shirt: 1 }),
    },
    { sku: 'S2', category: ['Apparel', 'Topwear'], price: '20', availability: 'OUT_OF_STOCK', pictures: [] },
    { sku: 'S3', availability: 'BACKORDER' },
  ]);
  await sql`insert into product_image (product_id, id, position, source, state, failure)
    values (${productId('S2')}, ${imageId(productId('S2'), 'x')}, 0, 'x', 'FAILED', 'expected a picture, found text')`.execute(
    shop.database.db,
  );
});
afterAll(() => shop.close());

async function rows<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(shop.database.db)).rows;
}

describe('the schema analytics', () => {
  it('has exactly these columns', async () => {
    const found = await rows(sql<{ view: string; columns: string }>`
      select c.relname as view, string_agg(a.attname, ' ' order by a.attnum) as columns
      from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'analytics'::regnamespace and c.relkind <> 'i'
      group by c.relname order by c.relname collate "C"`);
    expect(Object.fromEntries(found.map(({ view, columns }) => [view, columns]))).toEqual(COLUMNS);
  });

  it('has a comment on everything: the schema, views, columns, functions', async () => {
    const uncommented = await rows(sql`
      select 'analytics' as name where obj_description('analytics'::regnamespace, 'pg_namespace') is null
      union all
      select c.relname from pg_class as c
      where c.relnamespace = 'analytics'::regnamespace and obj_description(c.oid, 'pg_class') is null
      union all
      select c.relname || '.' || a.attname from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'analytics'::regnamespace and col_description(c.oid, a.attnum) is null
      union all
      select p.proname || '()' from pg_proc as p
      where p.pronamespace = 'analytics'::regnamespace and obj_description(p.oid, 'pg_proc') is null`);
    expect(uncommented).toEqual([]);
  });

  it('explains every argument of every function', async () => {
    const functions = await rows(sql<{ name: string; comment: string; arguments: string[] }>`
      select p.proname as name, obj_description(p.oid, 'pg_proc') as comment, coalesce(p.proargnames[1:p.pronargs], '{}') as arguments
      from pg_proc as p where p.pronamespace = 'analytics'::regnamespace order by 1`);
    for (const { name, comment, arguments: names } of functions) {
      for (const each of names) expect(`${name}: ${comment}`).toContain(each);
    }
    expect(functions.length).toBeGreaterThan(0);
  });
});

describe('the views', () => {
  it('show a product with its category level by level, and its pictures counted', async () => {
    const products = await rows(sql`
      select group_id, brand, category_path, category_level_1, category_level_3, category_level_4, price_lowest, is_available, image_count, searchable_image_count
      from analytics.product order by group_id`);
    const none = { brand: null, category_level_3: null, category_level_4: null };
    expect(products).toEqual([
      {
        group_id: 'S1',
        brand: 'Acme',
        category_path: 'Apparel > Topwear > Shirts',
        category_level_1: 'Apparel',
        category_level_3: 'Shirts',
        category_level_4: null,
        price_lowest: '12.90',
        is_available: true,
        image_count: 2,
        searchable_image_count: 2,
      },
      {
        ...none,
        group_id: 'S2',
        category_path: 'Apparel > Topwear',
        category_level_1: 'Apparel',
        price_lowest: '20',
        is_available: false,
        image_count: 1,
        searchable_image_count: 0,
      },
      {
        ...none,
        group_id: 'S3',
        category_path: null,
        category_level_1: null,
        price_lowest: null,
        is_available: true,
        image_count: 0,
        searchable_image_count: 0,
      },
    ]);
  });

  it('show a row for each value of an attribute, and for each picture', async () => {
    expect(
      await rows(sql`select group_id, name, value, position from analytics.product_attribute order by name, position`),
    ).toEqual([
      { group_id: 'S1', name: 'color', value: 'Red', position: 1 },
      { group_id: 'S1', name: 'color', value: 'White', position: 2 },
      { group_id: 'S1', name: 'size', value: 'S', position: 1 },
    ]);
    expect(
      await rows(
        sql`select group_id, position, is_main, is_searchable, failure from analytics.product_image order by group_id, position`,
      ),
    ).toEqual([
      { group_id: 'S1', position: 0, is_main: true, is_searchable: true, failure: null },
      { group_id: 'S1', position: 1, is_main: false, is_searchable: true, failure: null },
      { group_id: 'S2', position: 0, is_main: true, is_searchable: false, failure: 'expected a picture, found text' },
    ]);
  });

  it('show a row for each variant, its options, what it costs less, and the pictures that show it', async () => {
    const { db } = shop.database;
    await sql`update product set options = '{size}' where group_id = 'S1'`.execute(db);
    await sql`
      insert into product_variant (product_id, id, sku, position, title, attributes, price_amount, price_currency, compare_at_amount, look)
      values (${productId('S1')}, ${productId('S1-L')}, 'S1-L', 1, 'Red shirt, L', '{"size": ["L"], "weight": ["250"]}', 9, 'USD', 12, 1)`.execute(
      db,
    );
    await sql`update product_image set looks = '{1}' where product_id = ${productId('S1')} and position = 1`.execute(
      db,
    );
    expect(
      await rows(sql`
        select sku, group_id, title, options, price_amount, on_sale, discount, look from analytics.product_variant where group_id = 'S1' order by position`),
    ).toEqual([
      {
        ...{ sku: 'S1', group_id: 'S1', title: 'Red shirt', options: { size: 'S' }, price_amount: '12.90' },
        ...{ on_sale: false, discount: null, look: 0 },
      },
      {
        ...{ sku: 'S1-L', group_id: 'S1', title: 'Red shirt, L', options: { size: 'L' }, price_amount: '9' },
        ...{ on_sale: true, discount: 0.25, look: 1 },
      },
    ]);
    expect(
      await rows(sql`
        select variant_count, look_count, price_lowest, price_highest, on_sale, attributes -> 'size' as sizes from analytics.product where group_id = 'S1'`),
    ).toEqual([
      { variant_count: 2, look_count: 2, price_lowest: '9', price_highest: '12.90', on_sale: true, sizes: ['S', 'L'] },
    ]);
    expect(
      await rows(sql`select name, value, number from analytics.variant_attribute where sku = 'S1-L' order by name`),
    ).toEqual([
      { name: 'size', value: 'L', number: null },
      { name: 'weight', value: '250', number: '250' },
    ]);
    expect(
      await rows(sql`select sku, position from analytics.variant_image where sku like 'S1%' order by 1, 2`),
    ).toEqual([
      { sku: 'S1', position: 0 },
      { sku: 'S1-L', position: 0 },
      { sku: 'S1-L', position: 1 },
    ]);
    await sql`delete from product_variant where sku = 'S1-L'`.execute(db);
  });

  it('count products in a category and below it', async () => {
    expect(await rows(sql`select path, level, product_count from analytics.category order by level`)).toEqual([
      { path: 'Apparel', level: 1, product_count: 2 },
      { path: 'Apparel > Topwear', level: 2, product_count: 2 },
      { path: 'Apparel > Topwear > Shirts', level: 3, product_count: 1 },
    ]);
  });

  it('tell how much is embedded, of a model added later, too', async () => {
    await registerEmbeddingModel(shop.database.db, {
      name: 'later',
      version: '1',
      manifestHash: '1'.repeat(64),
      dimensions: 4,
    });
    const coverage = await rows(sql`
      select model_name, model_state, kind, documents, embedded, failed, share from analytics.embedding_coverage order by model_name, kind`);
    const later = { model_name: 'later', model_state: 'BUILDING', embedded: 0, share: 0 };
    expect(coverage).toEqual([
      { model_name: 'axes', model_state: 'ACTIVE', kind: 'IMAGE', documents: 3, embedded: 2, failed: 1, share: 2 / 3 },
      { model_name: 'axes', model_state: 'ACTIVE', kind: 'TEXT', documents: 3, embedded: 1, failed: 0, share: 1 / 3 },
      { ...later, kind: 'IMAGE', documents: 3, failed: 1 },
      { ...later, kind: 'TEXT', documents: 3, failed: 0 },
    ]);
    expect(await rows(sql`select name, dimensions, is_active from analytics.embedding_model order by name`)).toEqual([
      { name: 'axes', dimensions: 8, is_active: true },
      { name: 'later', dimensions: 4, is_active: false },
    ]);
    expect(await rows(sql`select distinct model_name from analytics.embedding_statistic`)).toEqual([
      { model_name: 'axes' },
    ]);
  });
});
