import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql, type Updateable } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writePictureVectors } from '../../../src/catalog/embedding-statements.ts';
import { lockProducts } from '../../../src/catalog/write-statements.ts';
import {
  type EmbeddingModelRow,
  findActiveModel,
  registerEmbeddingModel,
} from '../../../src/database/embedding-models.ts';
import { buildSketches, dropSketches } from '../../../src/database/sketches.ts';
import type { Database } from '../../../src/database/tables.ts';
import { dropVectorIndexes } from '../../../src/database/vector-indexes.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import { invariant } from '../../../src/errors.ts';
import { categoryId, imageId, productId } from '../../../src/identifiers.ts';
import { SKETCHED_COLUMNS } from '../../../src/search/filter/fields.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';
import { differencesOfSketches, OF_VARIANTS, OWN_COLUMNS } from '../../support/sketch-table.ts';

/** Sketches of a shop of this size, and of vectors of eight numbers. */
const SMALL = { least: 10, leastDimensions: 1 };
const PICTURED = 120;
const BRANDS = ['Acme', 'Bolt', 'Core'];

let shop: SearchShop;
let db: Kysely<Database>;
let model: EmbeddingModelRow;
let random: () => number;
beforeAll(async () => {
  shop = await openSearchShop();
  db = shop.database.db;
  model = (await shop.deps.activeModel()).model;
});
afterAll(() => shop.close());

/** An empty shop again; opening another database takes longer. */
beforeEach(async () => {
  random = createRandom(7);
  await dropVectorIndexes(db, model);
  await sql`truncate category, product cascade`.execute(db);
});

const vector = () => AXES.map(() => random() - 0.5);
const text = (values: readonly number[]) => `[${[...normalise(values)].join(',')}]`;

function thing(sku: string): ShopProduct {
  return {
    sku,
    brand: BRANDS[Math.floor(random() * BRANDS.length)] as string,
    price: (random() * 100).toFixed(2),
    category: [random() < 0.5 ? 'Shoes' : 'Bags'],
    availability: random() < 0.8 ? 'IN_STOCK' : 'OUT_OF_STOCK',
    attributes: { color: [random() < 0.5 ? 'Red' : 'Blue'] },
    pictures: [vector()],
  };
}

/** P0 to P119, of which P0 has two pictures; T0, which is compared by its text; N0, which has no vector at all. With sketches. */
async function open(): Promise<void> {
  const { pictures: _, ...plain } = thing('N0');
  const products = Array.from({ length: PICTURED }, (_, n) => thing(`P${n}`));
  await shop.add([
    { ...thing('P0'), pictures: [vector(), vector()] },
    ...products.slice(1),
    { ...plain, sku: 'T0', textVector: vector() },
    plain,
  ]);
  await shop.buildIndexes(SMALL);
}

interface Sketch {
  readonly cluster: number;
  readonly image_id: string | null;
  readonly bits: string | null;
  readonly price_lowest: string | null;
}

async function sketchesOf(sku: string): Promise<Sketch[]> {
  const { rows } = await sql<Sketch>`
    select cluster, image_id, bits::text as bits, price_lowest::text as price_lowest from picture_sketch_axes
    where id = ${productId(sku)} order by image_id`.execute(db);
  return rows;
}

const clustersOf = async (sku: string) => (await sketchesOf(sku)).map(({ cluster }) => cluster);

const insertProduct = (sku: string) =>
  sql`
    with made as (
      insert into product (id, group_id, title, attributes, content_hash) values (${productId(sku)}, ${sku}, 'Thing', '{}', 'x') returning id, group_id
    )
    insert into product_variant (product_id, id, sku) select id, id, group_id from made`.execute(db);

async function insertPicture(sku: string, name: string): Promise<void> {
  const id = imageId(productId(sku), name);
  await sql`
    insert into product_image (product_id, id, position, source, state, content_hash)
    values (${productId(sku)}, ${id}, 9, ${name}, 'READY', ${name})`.execute(db);
  await sql`insert into ${sql.table(model.imageTable)} values (${productId(sku)}, ${id}, ${text(vector())})`.execute(
    db,
  );
}

const remove = (sku: string, picture: string) =>
  db
    .deleteFrom('product_image')
    .where('id', '=', imageId(productId(sku), picture))
    .execute();

const writeText = (sku: string) =>
  sql`
  insert into ${sql.table(model.textTable)} (product_id, text_hash, embedding) values (${productId(sku)}, 'x', ${text(vector())})
  on conflict (product_id) do update set embedding = excluded.embedding`.execute(db);

type Offer = Updateable<
  Pick<Database['product_variant'], 'price_amount' | 'price_currency' | 'availability' | 'attributes'>
>;

/** Of a product, whose only variant has the price, stock and attributes. */
async function update(
  sku: string,
  values: Updateable<
    Pick<Database['product'], 'brand' | 'category_id' | 'further_category_ids' | 'title' | 'updated_at'>
  > &
    Offer,
) {
  const { brand, category_id, further_category_ids, title, updated_at, ...offer } = values;
  const product = {
    ...('brand' in values && { brand }),
    ...('category_id' in values && { category_id }),
    ...('further_category_ids' in values && { further_category_ids }),
    ...('title' in values && { title }),
    ...('updated_at' in values && { updated_at }),
  };
  if (Object.keys(product).length > 0)
    await db.updateTable('product').set(product).where('group_id', '=', sku).execute();
  if (Object.keys(offer).length > 0)
    await db.updateTable('product_variant').set(offer).where('sku', '=', sku).execute();
}

async function modelRow() {
  return db
    .selectFrom('embedding_model')
    .select(['sketch_table', 'sketched_at', 'sketched_pictures', 'scan_costs', 'cluster_scatter'])
    .executeTakeFirstOrThrow();
}

/** Pictures of all clusters together, as counted. */
async function counted(): Promise<number> {
  const { rows } = await sql<{
    sum: number;
  }>`select sum(vectors)::integer as sum from embedding_cluster where number > 0`.execute(db);
  return rows[0]?.sum ?? 0;
}

describe('buildSketches', () => {
  it('makes a row for each picture, and one for each product without', async () => {
    await open();
    expect(await differencesOfSketches(shop.database)).toEqual([]);
    const { rows } = await sql`
      select count(*)::integer as rows, count(distinct id)::integer as products, count(*) filter (where cluster > 0)::integer as pictures
      from picture_sketch_axes`.execute(db);
    expect(rows).toEqual([{ rows: PICTURED + 3, products: PICTURED + 2, pictures: PICTURED + 1 }]);
    expect(await sketchesOf('P0')).toHaveLength(2);
    expect(await sketchesOf('T0')).toMatchObject([
      {
        cluster: expect.toSatisfy((cluster: number) => cluster < 0),
        image_id: null,
        bits: expect.stringMatching(/^[01]{16}$/),
      },
    ]);
    expect(await sketchesOf('N0')).toMatchObject([{ cluster: 0, image_id: null, bits: null }]);
    expect(await modelRow()).toMatchObject({ sketch_table: 'picture_sketch_axes', sketched_pictures: PICTURED + 1 });
    expect(await counted()).toBe(PICTURED + 1);
  });

  it('has the columns that the table of fields says, of the types in product', async () => {
    await open();
    const { rows } = await sql<{ name: string; same: boolean }>`
      select s.column_name as name, p.data_type is not distinct from s.data_type as same
      from information_schema.columns as s
      left join information_schema.columns as p on p.table_schema = s.table_schema and p.table_name = 'product' and p.column_name = s.column_name
      where s.table_schema = 'public' and s.table_name = (select sketch_table from embedding_model)`.execute(db);
    expect(rows.map(({ name }) => name).sort()).toEqual(
      [...new Set([...OWN_COLUMNS, ...SKETCHED_COLUMNS, ...OF_VARIANTS])].sort(),
    );
    for (const { name, same } of rows)
      expect({ name, same }).toEqual({ name, same: !OWN_COLUMNS.includes(name) && name !== 'looks' });
  });

  it('counts how many vectors of each cluster have a value', async () => {
    await open();
    const { rows } = await sql<{ field: string; name: string; value: string; cluster: number; pictures: number }>`
      select field, name, value, cluster, n as pictures from embedding_cluster_value, unnest(clusters, vectors) as u (cluster, n)
      where field <> 'PRICE'
      except all
      (select 'BRAND', '', brand, cluster, count(*)::integer from picture_sketch_axes where cluster <> 0 group by brand, cluster
       union all select 'CATEGORY', '', category_id::text, cluster, count(*) from picture_sketch_axes where cluster <> 0 group by category_id, cluster
       union all select 'AVAILABILITY', '', availability, cluster, count(*) from picture_sketch_axes where cluster <> 0 group by availability, cluster
       union all select 'ATTRIBUTE', 'color', attributes->'color'->>0, cluster, count(*) from picture_sketch_axes where cluster <> 0 group by 3, cluster)`.execute(
      db,
    );
    expect(rows).toEqual([]);
    const { rows: fields } = await sql`
      select field, count(*)::integer as values, sum((select sum(n) from unnest(vectors) as n))::integer as vectors
      from embedding_cluster_value group by field order by field`.execute(db);
    expect(fields).toEqual([
      // Of all pictures, and of the text of one product.
      { field: 'ATTRIBUTE', values: 2, vectors: PICTURED + 2 },
      { field: 'AVAILABILITY', values: 2, vectors: PICTURED + 2 },
      { field: 'BRAND', values: 3, vectors: PICTURED + 2 },
      { field: 'CATEGORY', values: 2, vectors: PICTURED + 2 },
      { field: 'PRICE', values: 64, vectors: PICTURED + 2 },
    ]);
  });

  it('never uses a number of a cluster twice, so that what looks under old ones finds nothing', async () => {
    await open();
    const numbers = async () => {
      const { rows } = await sql<{ number: number }>`select number from embedding_cluster`.execute(db);
      return rows.map(({ number }) => Math.abs(number));
    };
    const first = await numbers();
    await buildSketches(db, model, { ...SMALL, anew: true });
    const second = await numbers();
    expect(Math.min(...second)).toBeGreaterThan(Math.max(...first));
  });

  it('keeps the first product without a picture apart in a shop that had none', async () => {
    await shop.add(Array.from({ length: 60 }, (_, n) => thing(`P${n}`)));
    await shop.buildIndexes(SMALL);
    await insertProduct('X');
    await writeText('X');
    expect(await clustersOf('X')).toEqual([-1]);
    const active = await findActiveModel(db);
    expect(active?.sketches?.clusters.texts).toMatchObject({ numbers: [], total: 0 });
    await buildSketches(db, model, { ...SMALL, anew: true });
    expect((await findActiveModel(db))?.sketches?.clusters.texts).toMatchObject({ sizes: [1], total: 1 });
    expect((await clustersOf('X'))[0]).toBeLessThan(-1);
  });

  it('makes none of few pictures or short vectors, and drops those of a shop that has shrunk', async () => {
    await open();
    await dropSketches(db, model);
    for (const options of [{}, { least: 10 }, { ...SMALL, least: PICTURED + 2 }]) {
      await buildSketches(db, model, options);
      expect((await modelRow()).sketch_table).toBeNull();
    }
    await buildSketches(db, model, { ...SMALL, least: PICTURED + 1 });
    expect((await modelRow()).sketch_table).toBe('picture_sketch_axes');
    await remove('P0', '0');
    await buildSketches(db, model, { ...SMALL, least: PICTURED + 1 });
    expect(await modelRow()).toEqual({
      sketch_table: null,
      sketched_at: null,
      sketched_pictures: null,
      scan_costs: null,
      cluster_scatter: null,
    });
    const left = sql`
      select to_regclass('picture_sketch_axes')::text as sketches, (select count(*) from embedding_cluster)::integer as clusters,
        (select count(*) from embedding_cluster_value)::integer as values`;
    // Searches that were planned a moment ago still find the table; the next look takes it away.
    expect((await left.execute(db)).rows).toEqual([{ sketches: 'picture_sketch_axes', clusters: 0, values: 0 }]);
    await buildSketches(db, model, { ...SMALL, least: PICTURED + 1 });
    expect((await left.execute(db)).rows).toEqual([{ sketches: null, clusters: 0, values: 0 }]);
  });

  it('makes them anew only where pictures have doubled or halved, and counts where some came or went', async () => {
    await open();
    const before = await modelRow();
    await buildSketches(db, model, SMALL);
    expect(await modelRow()).toEqual(before);

    await shop.add(Array.from({ length: 20 }, (_, n) => thing(`more-${n}`)));
    await buildSketches(db, model, SMALL);
    const recounted = await modelRow();
    expect(recounted).toMatchObject({ sketched_pictures: PICTURED + 1, scan_costs: before.scan_costs });
    expect(Number(recounted.sketched_at)).toBeGreaterThan(Number(before.sketched_at));
    expect(await counted()).toBe(PICTURED + 21);

    await shop.add(Array.from({ length: PICTURED }, (_, n) => thing(`many-${n}`)));
    await buildSketches(db, model, SMALL);
    expect(await modelRow()).toMatchObject({ sketched_pictures: 2 * PICTURED + 21 });
    await shop.remove(
      ...Array.from({ length: PICTURED }, (_, n) => `many-${n}`),
      ...Array.from({ length: 20 }, (_, n) => `more-${n}`),
    );
    await buildSketches(db, model, SMALL);
    expect(await modelRow()).toMatchObject({ sketched_pictures: PICTURED + 1 });
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('says what ways to compare cost here', async () => {
    await open();
    const { scan_costs: costs } = await modelRow();
    const measured = ['compared', 'gathered', 'hnsw', 'listed', 'listedAttribute', 'probed', 'read'];
    expect(Object.keys(costs ?? {}).sort()).toEqual(measured);
    for (const cost of Object.values(costs ?? {})) expect(cost).toBeGreaterThan(0);
  });

  it('says how vectors scatter in their clusters', async () => {
    await open();
    const { cluster_scatter: scatter } = await modelRow();
    expect(Object.keys(scatter ?? {}).sort()).toEqual(['along', 'beside']);
    for (const deviation of Object.values(scatter ?? {})) {
      expect(deviation).toBeGreaterThan(0);
      // A cosine is within 1 of its mean, and a part of what it may be.
      expect(deviation).toBeLessThan(2);
    }
  });

  it('takes costs that an older program did not measure from elsewhere, and how vectors scatter', async () => {
    await open();
    const older = { hnsw: 1, probed: 2, gathered: 3, compared: 4 };
    await db
      .updateTable('embedding_model')
      .set({ scan_costs: sql`${JSON.stringify(older)}::jsonb`, cluster_scatter: null })
      .execute();
    const sketches = (await findActiveModel(db))?.sketches;
    expect(sketches?.costs).toEqual({ ...older, read: 0.35, listed: 0.02, listedAttribute: 0.06 });
    expect(sketches?.scatter).toEqual({ beside: 0.2, along: 0.5 });
  });

  it('takes what it cannot measure from elsewhere: a shop without prices', async () => {
    const products = Array.from({ length: PICTURED }, (_each, n) => {
      const { price: _, ...rest } = thing(`P${n}`);
      return rest;
    });
    await shop.add(products);
    await shop.buildIndexes(SMALL);
    expect((await modelRow()).scan_costs).toMatchObject({ gathered: 0.8, probed: expect.any(Number) });
  });

  it('misses nothing that is written while it works', async () => {
    await open();
    let works = true;
    const building = (async () => {
      try {
        for (let round = 0; round < 3; round++) await buildSketches(db, model, { ...SMALL, anew: true });
      } finally {
        works = false;
      }
    })();
    // First products, then pictures and vectors, as everything is written.
    for (let n = 0; works; n++) {
      await update(`P${n % PICTURED}`, { price_amount: String(n) });
      await insertPicture(`P${n % PICTURED}`, `while-${n}`);
      if (n > 20) await remove(`P${(n - 20) % PICTURED}`, `while-${n - 20}`);
      await writeText('N0');
      await insertProduct(`while-${n}`);
      if (n > 20) await shop.remove(`while-${n - 20}`);
    }
    await building;
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });
});

describe('sketches are kept in step', () => {
  it('or the comparison that the other tests make says so', async () => {
    await open();
    await sql`delete from picture_sketch_axes where id in (${productId('P1')}, ${productId('T0')})`.execute(db);
    await sql`update picture_sketch_axes set price_lowest = 1, cluster = -1 where id = ${productId('P2')}`.execute(db);
    await sql`
      update picture_sketch_axes as s set cluster = (
        select c.number from embedding_cluster as c, image_embedding_axes as e where e.product_id = s.id order by c.centroid <#> e.embedding::vector desc limit 1)
      where id = ${productId('P3')}`.execute(db);
    const differences = await differencesOfSketches(shop.database);
    expect(differences.map((each) => each.split(' ')[1]).sort()).toEqual([
      'far',
      'missing',
      'missing',
      'missing',
      'too',
    ]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a price changes', () => update('P1', { price_amount: '12345.67', price_currency: 'USD' })],
    ['a currency changes', () => update('P1', { price_currency: 'EUR' })],
    ['a price goes', () => update('P1', { price_amount: null, price_currency: null })],
    ['the stock changes', () => update('P1', { availability: 'BACKORDER' })],
    ['the brand changes', () => update('T0', { brand: 'Other' })],
    ['the category changes', () => update('P1', { category_id: categoryId(['Shoes']) })],
    [
      'further categories come',
      () => update('P0', { category_id: categoryId(['Bags']), further_category_ids: [categoryId(['Shoes'])] }),
    ],
    ['the category goes', () => update('P0', { category_id: null })],
    ['attributes change', () => update('N0', { attributes: JSON.stringify({ size: ['S'] }) })],
    [
      'all change at once',
      () =>
        db
          .updateTable('product_variant')
          .set({ price_amount: '1', price_currency: 'USD', updated_at: new Date() })
          .execute(),
    ],
    ['a picture comes', () => insertPicture('P1', 'second')],
    ['a picture comes to a product compared by its text', () => insertPicture('T0', 'first')],
    ['a picture goes', () => remove('P0', '1')],
    ['the last picture goes', () => remove('P1', '0')],
    [
      'a vector changes',
      () =>
        sql`update ${sql.table(model.imageTable)} set embedding = ${text(vector())} where product_id = ${productId('P1')}`.execute(
          db,
        ),
    ],
    ['all vectors go', () => sql`delete from ${sql.table(model.imageTable)}`.execute(db)],
    ['a text comes', () => writeText('N0')],
    ['a text changes', () => writeText('T0')],
    ['a text goes', () => sql`delete from ${sql.table(model.textTable)}`.execute(db)],
    ['a text comes to a product with pictures', () => writeText('P1')],
    ['a product comes', () => shop.add([thing('new')])],
    ['a product is replaced', () => shop.add([thing('P1')])],
    ['a product goes', () => shop.remove('P0')],
    ['products of all kinds go', () => shop.remove('P1', 'T0', 'N0')],
  ])('when %s', async (_, change) => {
    await open();
    await change();
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('through all that becomes of one product', async () => {
    await open();
    await insertProduct('X');
    expect(await clustersOf('X')).toEqual([0]);
    await writeText('X');
    expect((await clustersOf('X'))[0]).toBeLessThan(0);
    await insertPicture('X', 'a');
    expect(await sketchesOf('X')).toMatchObject([
      { cluster: expect.any(Number), image_id: imageId(productId('X'), 'a') },
    ]);
    expect((await clustersOf('X'))[0]).toBeGreaterThan(0);
    await insertPicture('X', 'b');
    expect(await sketchesOf('X')).toHaveLength(2);
    await update('X', { price_amount: '5', price_currency: 'USD' });
    expect((await sketchesOf('X')).map((each) => each.price_lowest)).toEqual(['5', '5']);
    await remove('X', 'a');
    expect(await sketchesOf('X')).toMatchObject([{ image_id: imageId(productId('X'), 'b') }]);
    await remove('X', 'b');
    expect((await clustersOf('X'))[0]).toBeLessThan(0);
    await sql`delete from ${sql.table(model.textTable)} where product_id = ${productId('X')}`.execute(db);
    expect(await clustersOf('X')).toEqual([0]);
    await shop.remove('X');
    expect(await sketchesOf('X')).toEqual([]);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('through many changes of any kind', async () => {
    await open();
    const any = () => `P${Math.floor(random() * PICTURED)}`;
    const changes: (() => Promise<unknown>)[] = [
      () => update(any(), { price_amount: (random() * 50).toFixed(2) }),
      () => update(any(), { availability: 'PREORDER', updated_at: new Date() }),
      () => shop.add([thing(any()), { ...thing('other'), pictures: [] }]),
      () => shop.add([{ ...thing(any()), pictures: [vector(), vector(), vector()] }]),
      () => shop.add([{ ...thing(any()), pictures: [], textVector: vector() }]),
      () => remove(any(), '0'),
      () => shop.remove(any()),
    ];
    for (let n = 0; n < 150; n++) await changes[Math.floor(random() * changes.length)]?.();
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('of every model that has any', async () => {
    await open();
    const identity = { name: 'other', version: '1', manifestHash: '1'.repeat(64), dimensions: AXES.length };
    const other = await registerEmbeddingModel(db, identity);
    await sql`insert into ${sql.table(other.imageTable)} select * from ${sql.table(model.imageTable)}`.execute(db);
    await buildSketches(db, other, SMALL);
    await shop.add([thing('new')]);
    await update('P1', { price_amount: '777' });
    await shop.remove('P2');
    const { rows } = await sql`
      select (select count(*) from picture_sketch_axes where cluster > 0)::integer as axes,
        (select count(*) from picture_sketch_other where cluster > 0)::integer as other`.execute(db);
    expect(rows).toEqual([{ axes: PICTURED + 1, other: PICTURED }]);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
    await dropSketches(db, other);
    await db.deleteFrom('embedding_model').where('id', '=', other.id).execute();
    await sql`drop table ${sql.table(other.imageTable)}, ${sql.table(other.textTable)}`.execute(db);
  });

  it('until they are dropped for a bulk load', async () => {
    await open();
    await dropVectorIndexes(db, model);
    expect((await modelRow()).sketch_table).toBeNull();
    await dropSketches(db, model);
    await shop.add([thing('P1'), thing('new')]);
    await shop.remove('P2');
    await shop.buildIndexes(SMALL);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });
});

describe('two that write at once', () => {
  it('leave the new price, where it is not committed while a vector is written', async () => {
    await open();
    const { writing } = await db.transaction().execute(async (transaction) => {
      await transaction.updateTable('product_variant').set({ price_amount: '777' }).where('sku', '=', 'P1').execute();
      const writing = insertPicture('P1', 'second');
      // Time for the other to look at the price of before, were it not kept waiting.
      await sleep(300);
      return { writing };
    });
    await writing;
    expect((await sketchesOf('P1')).map(({ price_lowest: price }) => price)).toEqual(['777', '777']);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('leave the new price, where it changes while a vector is not committed', async () => {
    await open();
    const { writing } = await db.transaction().execute(async (transaction) => {
      await sql`update ${sql.table(model.imageTable)} set embedding = ${text(vector())} where product_id = ${productId('P1')}`.execute(
        transaction,
      );
      const writing = update('P1', { price_amount: '777' });
      await sleep(300);
      return { writing };
    });
    await writing;
    expect((await sketchesOf('P1')).map(({ price_lowest: price }) => price)).toEqual(['777']);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });

  it('do not wait for each other: products and vectors of the same products, fifty times', async () => {
    await open();
    const skus = Array.from({ length: 40 }, (_, n) => `P${n}`);
    await sql`update product_image set content_hash = 'x'`.execute(db);
    for (let round = 0; round < 50; round++) {
      const vectors = skus.map((sku) => ({
        productId: productId(sku),
        imageId: imageId(productId(sku), '0'),
        contentHash: 'x',
        vector: text(vector()),
      }));
      const ids = skus.map(productId);
      await Promise.all([
        writePictureVectors(model, vectors).execute(db),
        db.transaction().execute(async (transaction) => {
          await lockProducts(transaction, ids).execute();
          await transaction
            .updateTable('product_variant')
            .set({ price_amount: String(round) })
            .where('product_id', 'in', ids)
            .execute();
        }),
        writePictureVectors(model, vectors.toReversed()).execute(db),
      ]);
    }
    expect((await sketchesOf('P0')).map(({ price_lowest: price }) => price)).toEqual(['49', '49']);
    expect(await differencesOfSketches(shop.database)).toEqual([]);
  });
});

describe('findActiveModel', () => {
  const sketches = async (before?: Awaited<ReturnType<typeof findActiveModel>>) => {
    const active = await findActiveModel(db, before);
    invariant(active?.sketches, 'the shop has sketches');
    return { active, ...active.sketches };
  };

  it('has none before they are made, nor after they are dropped', async () => {
    await open();
    const { active } = await sketches();
    await dropSketches(db, model);
    expect((await findActiveModel(db, active))?.sketches).toBeNull();
  });

  it('reads all of the clusters: numbers, centroids of length 1, values and ranges of prices', async () => {
    await open();
    const { costs, ...read } = await sketches();
    const clusters = read.clusters.pictures;
    expect(read.clusters.texts).toMatchObject({ sizes: [1], total: 1, cohesions: [expect.closeTo(1, 2)] });
    expect(clusters.cohesions.every((cohesion) => cohesion > 0 && cohesion <= 1)).toBe(true);
    expect(clusters.numbers.length).toBeGreaterThan(2);
    expect(clusters.total).toBe(PICTURED + 1);
    expect(clusters.sizes.reduce((sum, each) => sum + each, 0)).toBe(PICTURED + 1);
    expect(clusters.centroids).toHaveLength(clusters.numbers.length * AXES.length);
    for (let place = 0; place < clusters.numbers.length; place++) {
      const centroid = clusters.centroids.subarray(place * AXES.length, (place + 1) * AXES.length);
      expect(Math.hypot(...centroid)).toBeCloseTo(1, 2);
    }
    expect(clusters.values.size).toBe(9);
    const sums = [...clusters.values].map(([, { vectors }]) => vectors.reduce((sum, each) => sum + each, 0));
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(4 * (PICTURED + 1));
    for (const { places } of clusters.values.values())
      expect(Math.max(...places)).toBeLessThan(clusters.numbers.length);
    expect(clusters.prices).toHaveLength(64);
    const bounds = clusters.prices.flatMap(({ lowest, highest }) => [lowest, highest]);
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    expect(costs).toEqual((await modelRow()).scan_costs);
  });

  it('keeps the clusters that were read before, until they are made anew', async () => {
    await open();
    const first = await sketches();
    await update('P1', { price_amount: '1' });
    const second = await sketches(first.active);
    expect(second.clusters).toBe(first.clusters);
    expect((await sketches()).clusters).not.toBe(first.clusters);
    await buildSketches(db, model, { ...SMALL, anew: true });
    const third = await sketches(second.active);
    expect(third.clusters).not.toBe(first.clusters);
    expect(third.madeAt.getTime()).toBeGreaterThan(first.madeAt.getTime());
  });

  it('reads values of many pages', async () => {
    await shop.add(Array.from({ length: 450 }, (_, n) => ({ ...thing(`P${n}`), attributes: { id: [`id-${n}`] } })));
    await shop.buildIndexes(SMALL);
    const { clusters } = await sketches();
    const ids = [...clusters.pictures.values.keys()].filter((key) => key.startsWith('ATTRIBUTE\nid\n'));
    expect(ids).toHaveLength(450);
  });
});
