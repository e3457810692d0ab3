import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { embedCatalog } from '../../../src/catalog/embed-catalog.ts';
import type { EmbedDeps } from '../../../src/catalog/embed-deps.ts';
import type { ProductChange, VariantChange } from '../../../src/catalog/product-change.ts';
import type { ProductInput } from '../../../src/catalog/product-input.ts';
import { type ProductUpdate, updateProducts } from '../../../src/catalog/update-products.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId } from '../../../src/identifiers.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { aPicture, aProduct } from '../../support/product-factory.ts';

let database: TestDatabase;
let deps: EmbedDeps;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await emptyShop(database);
  deps = await openEmbedDeps(database);
});
afterAll(() => database.close());

/** Changes of a product and of its only variant. */
type Change = ProductChange & Pick<VariantChange, 'price' | 'compareAtPrice' | 'availability' | 'gtin' | 'quantity'>;

function updateOf(sku: string, all: Change): ProductUpdate {
  const variant = Object.entries(all).filter(([name]) => OF_VARIANTS.has(name));
  const change = Object.fromEntries(Object.entries(all).filter(([name]) => !OF_VARIANTS.has(name)));
  const variants = variant.length === 0 ? undefined : new Map([[productId(sku), Object.fromEntries(variant)]]);
  return { productId: productId(sku), change, variants };
}

const OF_VARIANTS = new Set(['price', 'compareAtPrice', 'availability', 'gtin', 'quantity']);

const update = (sku: string, change: Change) => updateProducts(deps, [updateOf(sku, change)]);
const outcomes = async (...products: ProductInput[]) =>
  (await upsertProducts(deps, products)).map(({ outcome }) => outcome);

async function stored(sku: string) {
  return database.db.selectFrom('product').selectAll().where('group_id', '=', sku).executeTakeFirstOrThrow();
}

/** Every row of pictures and vectors as it lies: the same only if nothing wrote to it. */
async function picturesAndVectors() {
  const tables = ['product_image', deps.model.imageTable, deps.model.textTable];
  return Promise.all(
    tables.map(async (table) => {
      const { rows } =
        await sql`select ctid::text, xmin::text, t::text as row from ${sql.table(table)} as t order by 1`.execute(
          database.db,
        );
      return rows;
    }),
  );
}

describe('updateProducts', () => {
  it('writes price and availability beside pictures and vectors, which stay as they lie, by a HOT update', async () => {
    const images = await Promise.all([1, 2].map(async (n) => ({ kind: 'bytes' as const, bytes: await aPicture(n) })));
    // Long enough that text and words lie outside the row.
    const description = Array.from({ length: 3_000 }, (_, i) => `word${i}`).join(' ');
    await outcomes(aProduct({ images, description }));
    await embedCatalog(deps, {});
    const before = await picturesAndVectors();
    expect(before.map((rows) => rows.length)).toEqual([2, 2, 1]);
    await database.db.connection().execute(async (db) => {
      const counted = async () => {
        await sql`select pg_stat_force_next_flush()`.execute(db);
        const { rows } = await sql<{ all: number; hot: number }>`
          select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'product'`.execute(
          db,
        );
        return rows[0] ?? { all: 0, hot: 0 };
      };
      const earlier = await counted();
      const change = { price: { amount: '9.99', currency: 'EUR' }, availability: 'BACKORDER' as const };
      const updated = await updateProducts({ ...deps, db }, [updateOf('A1', change)]);
      expect(updated).toEqual([
        {
          ...{ outcome: 'UPDATED', productId: productId('A1'), groupId: 'A1', imageProblems: [], variantProblems: [] },
          changedVariantIds: [productId('A1')],
        },
      ]);
      const later = await counted();
      expect({ all: later.all - earlier.all, hot: later.hot - earlier.hot }).toEqual({ all: 1, hot: 1 });
    });
    const hash = (await stored('A1')).content_hash;
    expect(await stored('A1')).toMatchObject({
      ...{ price_lowest: '9.99', price_currency: 'EUR', availability: 'BACKORDER', description },
    });
    expect(await picturesAndVectors()).toEqual(before);
    // Nothing lacks a vector.
    expect(await embedCatalog(deps, {})).toMatchObject({ total: 0 });
    // And it is as if it had been inserted so.
    const price = { amount: '9.99', currency: 'EUR' };
    expect(await outcomes(aProduct({ images, description, price, availability: 'BACKORDER' }))).toEqual(['UNCHANGED']);
    expect((await stored('A1')).content_hash).toBe(hash);
  });

  it('keeps what a product cost before beside the price, and drops it with the price or its currency', async () => {
    const money = (amount: string, currency = 'EUR') => ({ amount, currency });
    await outcomes(aProduct({ price: money('20'), compareAtPrice: null }));
    const amountBefore = async () =>
      (await database.db.selectFrom('product_variant').select('compare_at_amount').executeTakeFirstOrThrow())
        .compare_at_amount;
    expect(await update('A1', { compareAtPrice: money('25') })).toMatchObject([{ outcome: 'UPDATED' }]);
    expect([await amountBefore(), (await stored('A1')).on_sale]).toEqual(['25', true]);
    expect(await update('A1', { price: money('30') })).toMatchObject([{ outcome: 'UPDATED' }]);
    expect([await amountBefore(), (await stored('A1')).on_sale]).toEqual(['25', false]);
    expect(await update('A1', { compareAtPrice: money('40', 'USD') })).toMatchObject([
      {
        outcome: 'UNCHANGED',
        variantProblems: [
          { sku: 'A1', reason: 'compareAtPrice.currency: expected the currency of the price, EUR, found "USD"' },
        ],
      },
    ]);
    expect(await update('A1', { price: money('33', 'USD') })).toMatchObject([{ outcome: 'UPDATED' }]);
    expect(await amountBefore()).toBe(null);
    expect(await update('A1', { price: money('33'), compareAtPrice: money('40') })).toMatchObject([
      { outcome: 'UPDATED' },
    ]);
    expect(await update('A1', { price: null })).toMatchObject([{ outcome: 'UPDATED' }]);
    expect(await amountBefore()).toBe(null);
    expect(await update('A1', { compareAtPrice: money('40') })).toMatchObject([
      {
        outcome: 'UNCHANGED',
        variantProblems: [{ sku: 'A1', reason: 'compareAtPrice.currency: expected a price beside it, found "EUR"' }],
      },
    ]);
  });

  it('changes any field alone, and clears it, as if the whole product had been given so', async () => {
    const changes: Change[] = [
      { title: 'Blue shirt' },
      { description: 'Other' },
      { description: null },
      { brand: null },
      { gtin: '4006381333931' },
      { category: ['Home', 'Kitchen'] },
      { category: [] },
      { price: null },
      { availability: 'OUT_OF_STOCK' },
      { attributes: { color: ['Blue'], weight: ['1.5'] } },
      { attributes: {} },
      { link: null },
      { title: 'Both', price: { amount: '0.0010', currency: 'JPY' } },
    ];
    let said: Change & Parameters<typeof aProduct>[0] = {
      images: [{ kind: 'url', url: 'https://shop.example/1.jpg' }],
    };
    await outcomes(aProduct(said));
    for (const change of changes) {
      said = { ...said, ...change };
      expect(await update('A1', change)).toMatchObject([{ outcome: 'UPDATED' }]);
      expect(await update('A1', change)).toMatchObject([{ outcome: 'UNCHANGED' }]);
      expect([change, await outcomes(aProduct(said))]).toEqual([change, ['UNCHANGED']]);
    }
  });

  it('replaces pictures where they are given: those that stay keep their vectors', async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(async (n) => ({ kind: 'bytes' as const, bytes: await aPicture(n) })),
    );
    if (!one || !two || !three) throw new Error('three pictures');
    await outcomes(aProduct({ images: [one, two] }));
    await embedCatalog(deps, {});
    const { db } = database;
    const vectors = () =>
      sql<{ image_id: string; xmin: string }>`
      select image_id, xmin::text from ${sql.table(deps.model.imageTable)} order by 1`.execute(db);
    const before = (await vectors()).rows;
    const broken = { kind: 'bytes' as const, bytes: Buffer.from('no picture') };
    const [outcome] = await update('A1', { images: [three, two, broken] });
    expect(outcome).toMatchObject({
      outcome: 'UPDATED',
      imageProblems: [{ reason: expect.stringContaining('expected') }],
    });
    const rows = await db.selectFrom('product_image').select(['state', 'position']).orderBy('position').execute();
    expect(rows.map(({ state }) => state)).toEqual(['PENDING', 'READY', 'FAILED']);
    const kept = (await vectors()).rows;
    expect(kept).toHaveLength(1);
    expect(before).toContainEqual(kept[0]);
    expect(await update('A1', { images: [] })).toMatchObject([{ outcome: 'UPDATED' }]);
    expect(await db.selectFrom('product_image').select('id').execute()).toEqual([]);
  });

  it('says what it does not know, and makes the other changes', async () => {
    await outcomes(aProduct(), aProduct({ sku: 'A2' }));
    const change = { brand: 'Bolt' };
    const results = await updateProducts(
      deps,
      ['A1', 'nobody', 'A2'].map((sku) => ({ productId: productId(sku), change })),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'UNKNOWN', 'UPDATED']);
    expect((await stored('A2')).brand).toBe('Bolt');
    expect(await updateProducts(deps, [])).toEqual([]);
  });

  it('refuses alone what the database does not take', async () => {
    await outcomes(aProduct(), aProduct({ sku: 'A2' }));
    // A rule of the shop's own in SQL.
    await sql`alter table product add constraint no_anvils check (title <> 'Anvil')`.execute(database.db);
    const results = await updateProducts(deps, [
      { productId: productId('A1'), change: { title: 'Anvil' } },
      { productId: productId('A2'), change: { brand: 'Bolt' } },
    ]);
    await sql`alter table product drop constraint no_anvils`.execute(database.db);
    expect(results).toMatchObject([
      { outcome: 'FAILED', reason: expect.stringContaining('SQLSTATE 23514') },
      { outcome: 'UPDATED' },
    ]);
  });

  it('loses no change of two at once to the same products, in whatever order', async () => {
    const skus = Array.from({ length: 20 }, (_, n) => `S${n}`);
    await outcomes(...skus.map((sku) => aProduct({ sku })));
    const random = createRandom(3);
    const mixed = () => skus.toSorted(() => random() - 0.5);
    const all = (change: (n: number) => Change) => (n: number) =>
      updateProducts(
        deps,
        mixed().map((sku) => updateOf(sku, change(n))),
      );
    const prices = all((n) => ({ price: { amount: String(n), currency: 'USD' } }));
    const titles = all((n) => ({ title: `Title ${n}`, category: [`Category ${n}`] }));
    for (let n = 1; n <= 5; n++) await Promise.all([prices(n), titles(n)]);
    for (const sku of skus) expect(await stored(sku)).toMatchObject({ price_lowest: '5', title: 'Title 5' });
  });
});
