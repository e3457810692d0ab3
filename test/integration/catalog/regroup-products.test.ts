import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbedDeps } from '../../../src/catalog/embed-deps.ts';
import { writeRows } from '../../../src/catalog/feed/write-rows.ts';
import { regroupProducts } from '../../../src/catalog/variants/regroup-products.ts';
import { rowsOfStored } from '../../../src/catalog/variants/stored-product.ts';
import { storedProducts } from '../../../src/catalog/variants/stored-statements.ts';
import { countWaiting } from '../../../src/catalog/words/analyze-words.ts';
import { migrateToLatest } from '../../../src/database/migrate.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { openEmbedDeps } from '../../support/embed-deps.ts';
import { applyFormerMigrations, emptyDatabase } from '../../support/former-schema.ts';
import { differencesOfSketches } from '../../support/sketch-table.ts';
import { refreshWords } from '../../support/test-words.ts';

interface FormerProduct {
  readonly sku: string;
  readonly title: string;
  readonly brand: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** By their content. */
  readonly pictures: readonly string[];
}

/** Sizes of shirts in two colours, a shirt of another brand with the same group, one with a group to itself, one whose group is no list, and one without. */
const PRODUCTS: readonly FormerProduct[] = [
  ...['red', 'blue'].flatMap((color) =>
    ['S', 'M', 'L'].map((size) => ({
      sku: `shirt-${color}-${size}`,
      title: `Linen shirt, ${size}, ${color}`,
      brand: 'Acme',
      attributes: { item_group_id: [' Shirt'], color: [color], size: [size], mpn: ['LS-1'] },
      pictures: [color, 'back'],
    })),
  ),
  { sku: 'other', title: 'Wool hat', brand: 'Bolt', attributes: { item_group_id: ['shirt'] }, pictures: ['hat'] },
  { sku: 'alone', title: 'Scarf', brand: 'Acme', attributes: { item_group_id: ['scarf'] }, pictures: [] },
  { sku: 'odd', title: 'Sock', brand: 'Acme', attributes: { item_group_id: 7, size: ['M'] }, pictures: ['sock'] },
  { sku: 'plain', title: 'Belt', brand: 'Acme', attributes: { size: ['M'] }, pictures: ['belt'] },
];

let database: TestDatabase;
let deps: EmbedDeps;
let regrouped: number[];

beforeAll(async () => {
  database = await openTestDatabase();
  const { db } = database;
  await emptyDatabase(db);
  await applyFormerMigrations(db);
  await sql`
    insert into embedding_model (id, name, version, manifest_hash, dimensions, state, image_table, text_table, activated_at)
    values (md5('axes')::uuid, 'axes', '1', 'x', 8, 'ACTIVE', 'image_embedding_axes', 'text_embedding_axes', now())`.execute(
    db,
  );
  await sql`select create_embedding_tables('image_embedding_axes', 'text_embedding_axes', 8)`.execute(db);
  for (const { sku, title, brand, attributes, pictures } of PRODUCTS) {
    const id = productId(sku);
    await sql`
      insert into product (id, sku, title, brand, attributes, price_amount, price_currency, content_hash)
      values (${id}, ${sku}, ${title}, ${brand}, ${JSON.stringify(attributes)}::jsonb, ${title.length}, 'EUR', 'x')`.execute(
      db,
    );
    await sql`
      insert into text_embedding_axes (product_id, text_hash, embedding)
      select id, encode(sha256(convert_to(title, 'UTF8')), 'hex'), '[1,2,3,4,5,6,7,8]' from product where id = ${id}`.execute(
      db,
    );
    for (const [position, content] of pictures.entries()) {
      const picture = imageId(id, `file:${content}.png`);
      await sql`
        insert into product_image (product_id, id, position, source, source_version, content_hash, width, height, state)
        values (${id}, ${picture}, ${position}, ${`file:${content}.png`}, '1-1', ${content}, 8, 6, 'READY')`.execute(
        db,
      );
      await sql`
        insert into image_embedding_axes (product_id, image_id, embedding)
        values (${id}, ${picture}, ${`[${content.length},1,0,0,0,0,0,${position}]`})`.execute(db);
    }
  }
  await sql`select build_sketches(md5('axes')::uuid, 20, 64)`.execute(db);
  await migrateToLatest(db);
  deps = await openEmbedDeps(database);
  regrouped = [await regroupProducts(deps), await regroupProducts(deps)];
});
afterAll(() => database.close());

describe('products of which the group was kept as an attribute', () => {
  it('are variants of one product, those of another brand of another; once', async () => {
    expect(regrouped).toEqual([9, 0]);
    const { rows } = await sql`
      select group_id, title, options, variant_count, look_count, codes, attributes ? 'item_group_id' as is_kept from product order by group_id collate "C"`.execute(
      database.db,
    );
    expect(rows).toMatchObject([
      { group_id: '7', title: 'Sock', variant_count: 1, codes: ['odd'], is_kept: false },
      {
        group_id: 'Shirt',
        title: 'Linen shirt',
        options: ['color', 'size'],
        variant_count: 6,
        look_count: 2,
        is_kept: false,
      },
      { group_id: 'Shirt/Bolt', title: 'Wool hat', variant_count: 1, codes: ['other'] },
      { group_id: 'plain', title: 'Belt', variant_count: 1, codes: ['plain'] },
      { group_id: 'scarf', title: 'Scarf', variant_count: 1, codes: ['alone'] },
    ]);
    const { rows: variants } = await sql`
      select sku, title, mpn, look, price_amount::text, price_currency, attributes from product_variant
      where product_id = ${productId('Shirt')} and sku like '%blue-S'`.execute(database.db);
    expect(variants).toEqual([
      {
        ...{ sku: 'shirt-blue-S', title: 'Linen shirt, S, blue', mpn: 'LS-1', look: expect.any(Number) },
        ...{ price_amount: '20', price_currency: 'EUR', attributes: { color: ['blue'], size: ['S'] } },
      },
    ]);
  });

  it('have each picture once, with its vector, and their text; sketches follow', async () => {
    const { rows } = await sql`
      select p.group_id, i.source, i.state, i.looks is null as is_general, e.embedding::text as vector
      from product_image as i
      inner join product as p on p.id = i.product_id
      left join image_embedding_axes as e on e.product_id = i.product_id and e.image_id = i.id
      order by 1, 2`.execute(database.db);
    expect(rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual(
      [
        ['7', 'sock', true, 4, 0],
        ['Shirt', 'back', false, 4, 1],
        ['Shirt', 'blue', false, 4, 0],
        ['Shirt', 'red', false, 3, 0],
        ['Shirt/Bolt', 'hat', true, 3, 0],
        ['plain', 'belt', true, 4, 0],
      ].map(([group_id, content, is_general, length, position]) => ({
        ...{ group_id, source: `file:${content}.png`, state: 'READY', is_general },
        vector: `[${length},1,0,0,0,0,0,${position}]`,
      })),
    );
    const { rows: texts } = await sql`
      select p.group_id, t.text_hash = encode(sha256(convert_to(p.title, 'UTF8')), 'hex') as is_of_title
      from product as p inner join text_embedding_axes as t on t.product_id = p.id order by p.group_id collate "C"`.execute(
      database.db,
    );
    expect(texts).toEqual([
      { group_id: '7', is_of_title: true },
      // The title of all is nobody's: it is encoded with what is new.
      { group_id: 'Shirt', is_of_title: false },
      { group_id: 'Shirt/Bolt', is_of_title: true },
      { group_id: 'plain', is_of_title: true },
      { group_id: 'scarf', is_of_title: true },
    ]);
    expect(await differencesOfSketches(database)).toEqual([]);
  });

  it('are as if a feed had brought them so', async () => {
    await refreshWords(database.db);
    expect(await countWaiting(deps)).toBe(0);
    const stored = await storedProducts(database.db, [productId('Shirt')]).execute();
    const rows = stored.flatMap(rowsOfStored).map(({ row, images }) => ({
      ...row,
      images: images.map((image) => ({ kind: 'stored' as const, ...image })),
    }));
    expect(rows).toHaveLength(6);
    expect((await writeRows(deps, rows)).groups).toMatchObject([
      { outcome: { outcome: 'UNCHANGED', groupId: 'Shirt' } },
    ]);
  });
});
