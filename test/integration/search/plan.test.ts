import { type Compilable, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withScanOptions } from '../../../src/database/vector-sql.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import { EXACT_LIMIT, SCAN_OPTIONS } from '../../../src/search/nearest-products.ts';
import { productPredicates } from '../../../src/search/product-filter.ts';
import { nearestPicturesByIndex, nearestPicturesExactly } from '../../../src/search/queries-neighbours.ts';
import { AXES, along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

/** Enough for the index to be asked: more than are all compared. */
const PRODUCTS = EXACT_LIMIT + 4000;

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await addManyProducts(PRODUCTS);
  await shop.buildIndexes();
});
afterAll(() => shop.close());

const query = normalise(along({ red: 1, green: 0.3 }));
const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };

/** The plan of a statement, as `explain` prints it. */
async function planOf(statement: Compilable): Promise<string> {
  return withScanOptions(shop.database.db, SCAN_OPTIONS, async (transaction) => {
    const { sql: text, parameters } = statement.compile();
    const values = [...parameters];
    // One statement with the same parameters, as the program sends it: plans differ between bound and written values.
    const parts = text.split(/\$\d+/);
    const explained = sql.join(
      parts.flatMap((part, index) =>
        index < values.length ? [sql.raw(part), sql.val(values[index])] : [sql.raw(part)],
      ),
      sql``,
    );
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${explained}`.execute(transaction);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

async function statement(filtered: boolean) {
  const { model } = await shop.deps.activeModel();
  const where = filtered ? productPredicates({ availability: ['IN_STOCK'] }) : [];
  return { table: model.imageTable, query, where, limit: 250 };
}

describe('the two statements', () => {
  it.each([false, true])('use the HNSW index for the one, and never for the other; filtered: %s', async (filtered) => {
    const p = await statement(filtered);
    const index = new RegExp(`Index Scan using \\S+ on ${p.table} e`);
    const ordered = 'Order By: (embedding <=>';
    expect(await planOf(nearestPicturesByIndex(shop.database.db, p))).toMatch(index);
    expect(await planOf(nearestPicturesByIndex(shop.database.db, p))).toContain(ordered);
    expect(await planOf(nearestPicturesExactly(shop.database.db, p))).not.toContain(ordered);
  });
});

describe('the plan of a search', () => {
  it('asks the index where many products match, and finds what comparing all finds', async () => {
    const page = await shop.search({ ...RED, filter: { availability: ['IN_STOCK'] }, first: 10 });
    expect(page.strategy).toBe('HNSW');
    expect(await page.count()).toEqual({ value: (PRODUCTS * 19) / 20, exact: true });
    const exact = await nearestPicturesExactly(shop.database.db, {
      ...(await statement(true)),
      query: normalise(along({ red: 1 })),
      limit: 10,
    }).execute();
    const found = new Set(page.results.map((result) => result.productId));
    expect(exact.filter((row) => found.has(row.product_id)).length).toBeGreaterThanOrEqual(9);
  });

  it('compares all where few match', async () => {
    const page = await shop.search({ ...RED, filter: { attributes: [{ name: 'one of', in: ['b1000'] }] }, first: 100 });
    expect(await page.plan()).toMatchObject({ strategy: 'EXACT', candidates: 24 });
    expect(page.results).toHaveLength(24);
  });

  it('compares all while there is no index', async () => {
    const { model, embedder } = await shop.deps.activeModel();
    const deps = { ...shop.deps, activeModel: async () => ({ model: { ...model, indexed: false }, embedder }) };
    const { searchProducts } = await import('../../../src/search/search-products.ts');
    expect((await searchProducts(deps, RED)).strategy).toBe('EXACT');
  });

  it.each(['b1', 'b10', 'b1000', 'b5000', 'none'])('fills the page with the products of brand %s', async (brand) => {
    const matching = brand === 'none' ? 0 : PRODUCTS / Number(brand.slice(1));
    const page = await shop.search({ ...RED, filter: { attributes: [{ name: 'one of', in: [brand] }] }, first: 100 });
    expect(page.results.length).toBe(Math.min(100, Math.ceil(matching)));
  });
});

/**
 * Products with a picture each that points anywhere, made by the database, since so many rows would take long to send. Every n-th one has the value `bn` of the
 * attribute "one of", for some n.
 */
async function addManyProducts(count: number): Promise<void> {
  const { db } = shop.database;
  const { model } = await shop.deps.activeModel();
  await db.transaction().execute(async (transaction) => {
    await sql`select setseed(0.31337)`.execute(transaction);
    await sql`
      insert into product (id, sku, title, availability, attributes, content_hash)
      select md5(n::text)::uuid, 'S' || n, 'Thing',
        case when n % 20 = 0 then 'OUT_OF_STOCK' else 'IN_STOCK' end,
        jsonb_build_object('one of', array(select 'b' || every from unnest(array[1, 10, 1000, 5000]) as every where n % every = 0)),
        'x'
      from generate_series(0, ${count}::integer - 1) as n`.execute(transaction);
    await sql`
      insert into product_image (product_id, id, position, source, state)
      select id, md5(sku)::uuid, 0, '0', 'READY' from product`.execute(transaction);
    await sql`
      insert into ${sql.table(model.imageTable)} (product_id, image_id, embedding)
      select product_id, id, l2_normalize(array(
        select random() - 0.5 from generate_series(1, ${AXES.length}::integer) where product_id is not null)::vector::halfvec)
      from product_image`.execute(transaction);
  });
}
