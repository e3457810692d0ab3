import { type Kysely, sql } from 'kysely';
import { recountAllWords } from '../../src/catalog/words/analyze-words.ts';
import { brandWords, productWordColumns } from '../../src/catalog/words/word-columns.ts';
import { nameBrands } from '../../src/catalog/words/word-statements.ts';
import { registerEmbeddingModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { buildVectorIndexes } from '../../src/database/vector-indexes.ts';
import { categoryId, imageId, productId } from '../../src/identifiers.ts';
import { refreshWords, testWords } from './test-words.ts';

/** The product, picture and category that the sample statements of scripts/ ask for. */
const SKU = 'SKU-1';
const PICTURE = 'https://shop.example/1.jpg';
const CATEGORY = 'Apparel';

/**
 * Fills an empty database with products of one text and, three of four, one picture each, made by the database, since so many rows would take long to send. Brands, colours,
 * categories, prices and dates are spread evenly; each title has one of 5,000 rare words. Vectors have two dimensions, as those of the sample statements.
 * One picture in 1,000 has no vector yet. There are sketches of the others, though two bits tell little of a vector: for the plans of statements.
 */
export async function fillLargeShop(db: Kysely<Database>, products: number): Promise<void> {
  const identity = { name: 'lookgraph-mini', version: '1', manifestHash: '0'.repeat(64), dimensions: 2 };
  const model = await registerEmbeddingModel(db, identity);
  await db.transaction().execute(async (transaction) => {
    await sql`select setseed(0.31337)`.execute(transaction);
    await sql`
      insert into category (id, parent_id, name, path, ancestor_ids)
      select md5('category ' || n)::uuid, null::uuid, 'Category ' || n, array['Category ' || n], array[md5('category ' || n)::uuid]
      from generate_series(1, 20) as n
      union all select ${categoryId([CATEGORY])}::uuid, null, ${CATEGORY}, array[${CATEGORY}], array[${categoryId([CATEGORY])}::uuid]
      union all select md5('category ' || n)::uuid, md5('category ' || n % 20 + 1)::uuid, 'Category ' || n,
        array['Category ' || n % 20 + 1, 'Category ' || n], array[md5('category ' || n % 20 + 1), md5('category ' || n)]::uuid[]
      from generate_series(21, 1999) as n`.execute(transaction);
    await sql`
      create temporary table made on commit drop as select
        n, case when n = 1 then ${productId(SKU)}::uuid else md5(n::text)::uuid end as id,
        'SKU-' || n as sku,
        (array['Red', 'Black', 'Green', 'White'])[1 + n % 4] || ' ' || (array['shoes', 'shirt', 'bag'])[1 + n % 3] || ' '
          || translate(substr(md5((n % 5000)::text), 1, 8), '0123456789', 'ghijklmnop') as title,
        case when n % 10 > 0 then case when n % 200 = 1 then 'Acme' else 'Brand ' || n % 200 end end as brand,
        case when n % 2000 = 1 then ${categoryId([CATEGORY])}::uuid else md5('category ' || 1 + n % 1999)::uuid end as category_id,
        case when n % 13 = 0 then 'OUT_OF_STOCK' else 'IN_STOCK' end as availability,
        jsonb_build_object('color', array[(array['Red', 'Black', 'Green', 'White', 'Maroon'])[1 + n % 5]]) as attributes
      from generate_series(1, ${products}::integer) as n`.execute(transaction);
    // Words are counted once, and not chunk by chunk.
    await sql`alter table product disable trigger count_inserted_words`.execute(transaction);
    for (let from = 1; from <= products; from += CHUNK) await insertMade(transaction, from);
    await sql`alter table product enable trigger count_inserted_words`.execute(transaction);
    // What they have together is said with the products.
    await sql`alter table product_variant disable trigger variants_inserted`.execute(transaction);
    await sql`
      insert into product_variant (product_id, id, sku, attributes, price_amount, price_currency, availability, content_hash, created_at, updated_at)
      select id, id, group_id, attributes, price_lowest, price_currency, availability, content_hash, created_at, updated_at from product`.execute(
      transaction,
    );
    await sql`
      insert into product_image (product_id, id, position, source, content_hash, state)
      select id, case when group_id = ${SKU} then ${imageId(productId(SKU), PICTURE)}::uuid else md5('picture ' || group_id)::uuid end,
        0, case when group_id = ${SKU} then ${PICTURE} else group_id end, md5(group_id),
        case when substr(group_id, 5)::integer % 1000 = 0 then 'PENDING' else 'READY' end
      from product
      where substr(group_id, 5)::integer % 4 <> 3`.execute(transaction);
    await sql`alter table product_variant enable trigger variants_inserted`.execute(transaction);
    const direction = sql`l2_normalize(array[random() - 0.5, random() - 0.5]::vector::halfvec)`;
    await sql`
      insert into ${sql.table(model.imageTable)} (product_id, image_id, embedding)
      select product_id, id, ${direction} from product_image where state = 'READY'`.execute(transaction);
    await sql`
      insert into ${sql.table(model.textTable)} (product_id, text_hash, embedding)
      select id, '', ${direction} from product`.execute(transaction);
  });
  // Of the categories; products came with theirs.
  await refreshWords(db);
  await recountAllWords(db);
  await fillLogs(db);
  await buildVectorIndexes(db, model, { leastDimensions: 1 });
  // Not whenever the server gets to it: some plans read an index alone once a vacuum has passed.
  await sql`vacuum (analyze)`.execute(db);
}

/** Products in one statement. */
const CHUNK = 5_000;

interface Made {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly brand: string | null;
  readonly category: readonly string[];
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** Inserts a chunk of the made products with their words: to give them to products that are there takes ten times as long. */
async function insertMade(db: Kysely<Database>, from: number): Promise<void> {
  const words = await testWords();
  const { rows } = await sql<Made>`
    select made.id, sku, title, brand, attributes, path as category
    from made join category on category.id = category_id where n >= ${from} and n < ${from + CHUNK}`.execute(db);
  const columns = rows.map(({ id, sku, ...texts }) => ({
    id,
    ...productWordColumns(words, { ...texts, codes: [sku], description: null }),
  }));
  await sql`
    insert into product (
      id, group_id, codes, title, brand, category_id, price_lowest, price_highest, price_currency, availability, attributes, common_attributes,
      content_hash, created_at, updated_at, words, title_key, title_key_bare, brand_key, title_words, words_version)
    select
      made.id, sku, array[sku], title, brand, category_id, 5 + n % 1000, 5 + n % 1000, 'USD', availability, attributes, attributes, 'x', now() - n * interval '1 second', now() - n * interval '1 second',
      words, title_key, title_key_bare, brand_key, title_words, words_version
    from made join json_to_recordset(${JSON.stringify(columns)}::json)
      as r (id uuid, words tsvector, title_key text, title_key_bare text, brand_key text, title_words tsvector, words_version text) on r.id = made.id
    order by n`.execute(db);
  const brands = new Set(rows.flatMap(({ brand }) => brand ?? []));
  await nameBrands([...brands].map((brand) => brandWords(words, brand))).execute(db);
}

/** Searches of some days, results that are frozen for their next pages, and imports, in each of the last of which some pictures failed. */
async function fillLogs(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into import (id, source, format, state, started_at)
    select md5('import ' || n)::uuid, 'shop.tsv', 'TSV', 'COMPLETED', now() - n * interval '1 hour' from generate_series(1, 5000) as n`.execute(
    db,
  );
  await sql`
    insert into import_item (import_id, id, line, sku, outcome, reason)
    select md5('import ' || run)::uuid, md5('item ' || n)::uuid, n, 'SKU-' || n,
      case when n % 10 = 0 then 'FAILED' else 'UPDATED' end, case when n % 10 = 0 then 'expected a picture, found text' end
    from generate_series(1, 100) as run, generate_series(1, 300) as n`.execute(db);
  await sql`
    insert into search (id, created_at, terms, filter, options, sort, word_matching, words, names)
    select md5('search ' || n)::uuid, now() - n * interval '1 minute', '[]', '{}', '{}', 'RELEVANCE', 'AUTO', '{}', '{}'
    from generate_series(1, 20000) as n`.execute(db);
  await sql`
    insert into search_window (id, request_hash, strategy, created_at)
    select md5('window ' || n)::uuid, md5(n::text), 'NONE', now() - n * interval '1 second' from generate_series(1, 5000) as n`.execute(
    db,
  );
  await sql`
    insert into search_window_part (window_id, start, entries, complete)
    select id, 0, jsonb_build_array(jsonb_build_array(id)), false from search_window`.execute(db);
}
