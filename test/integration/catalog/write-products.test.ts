import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPictureStore } from '../../../src/catalog/picture-store.ts';
import { prepareProducts } from '../../../src/catalog/prepare-products.ts';
import type { ProductInput } from '../../../src/catalog/product-input.ts';
import { deleteProducts, upsertProducts, type WriteDeps } from '../../../src/catalog/write-products.ts';
import { writeInTransaction } from '../../../src/catalog/write-transaction.ts';
import type { Database } from '../../../src/database/tables.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { categoryId, productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';
import { aProduct } from '../../support/product-factory.ts';
import { testWords } from '../../support/test-words.ts';

let database: TestDatabase;
let deps: WriteDeps;

beforeAll(async () => {
  database = await openTestDatabase();
  const pictures = await openPictureStore(`${database.dataFolder}/pictures`);
  deps = { db: database.db, words: await testWords(), pictures, inspectPicture };
});
beforeEach(async () => {
  await sql`truncate product, category cascade`.execute(database.db);
});
afterAll(() => database.close());

async function outcomes(...products: ProductInput[]): Promise<string[]> {
  return (await upsertProducts(deps, products)).map(({ outcome }) => outcome);
}

async function storedProduct(sku: string) {
  return database.db.selectFrom('product').selectAll().where('group_id', '=', sku).executeTakeFirstOrThrow();
}

/** Where each row lies: unchanged only if nothing wrote to the table. */
async function versions(table: 'product' | 'product_image' | 'category'): Promise<unknown[]> {
  return (await sql`select ctid::text, xmin::text from ${sql.table(table)} order by 1`.execute(database.db)).rows;
}

async function updatesSoFar(db: Kysely<Database>): Promise<{ all: number; hot: number }> {
  const { rows } = await sql<{ all: number; hot: number }>`
    select pg_stat_get_xact_tuples_updated('product'::regclass)::int as all,
      pg_stat_get_xact_tuples_hot_updated('product'::regclass)::int as hot`.execute(db);
  return rows[0] ?? { all: 0, hot: 0 };
}

describe('upsertProducts', () => {
  it('creates products with all that is said of them', async () => {
    expect(await upsertProducts(deps, [aProduct()])).toEqual([
      {
        outcome: 'CREATED',
        productId: productId('A1'),
        groupId: 'A1',
        imageProblems: [],
        variantProblems: [],
        movedVariants: [],
      },
    ]);
    expect(await storedProduct('A1')).toMatchObject({
      id: productId('A1'),
      title: 'Red shirt',
      description: 'A shirt that is red',
      brand: 'Acme',
      category_id: categoryId(['Apparel', 'Topwear', 'Shirts']),
      price_lowest: '12.90',
      price_highest: '12.90',
      price_currency: 'USD',
      availability: 'IN_STOCK',
      attributes: { color: ['Red'], size: ['S', 'M'] },
      link: 'https://shop.example/a1',
    });
  });

  it('makes missing categories with all that are above them', async () => {
    await outcomes(
      aProduct({ sku: '1', category: ['Apparel', 'Topwear', 'Shirts'] }),
      aProduct({ sku: '2', category: ['Apparel', 'Shoes'] }),
      aProduct({ sku: '3', category: ['Shirts'] }),
      aProduct({ sku: '4', category: [] }),
    );
    const rows = await database.db.selectFrom('category').selectAll().orderBy('path').execute();
    expect(rows.map(({ path }) => path.join('/'))).toEqual([
      'Apparel',
      'Apparel/Shoes',
      'Apparel/Topwear',
      'Apparel/Topwear/Shirts',
      'Shirts',
    ]);
    const [apparel, , topwear, shirts] = rows;
    expect(shirts?.parent_id).toBe(topwear?.id);
    expect(shirts?.ancestor_ids).toEqual([apparel?.id, topwear?.id, shirts?.id]);
    expect((await storedProduct('4')).category_id).toBeNull();
  });

  it('writes nothing at all when everything is as it was', async () => {
    await outcomes(
      aProduct({ sku: '1' }),
      aProduct({ sku: '2', images: [{ kind: 'url', url: 'https://x.example/1' }] }),
    );
    const before = [await versions('product'), await versions('product_image'), await versions('category')];
    const again = aProduct({ sku: '1', attributes: { size: ['S', 'M'], color: ['Red'] } });
    expect(
      await outcomes(again, aProduct({ sku: '2', images: [{ kind: 'url', url: 'https://x.example/1' }] })),
    ).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect([await versions('product'), await versions('product_image'), await versions('category')]).toEqual(before);
  });

  it.each<[string, Parameters<typeof aProduct>[0]]>([
    ['title', { title: 'Blue shirt' }],
    ['description', { description: null }],
    ['brand', { brand: null }],
    ['category', { category: ['Apparel'] }],
    ['price', { price: { amount: '12.91', currency: 'USD' } }],
    ['no price', { price: null }],
    ['currency', { price: { amount: '12.90', currency: 'EUR' } }],
    ['availability', { availability: 'OUT_OF_STOCK' }],
    ['attributes', { attributes: { color: ['Red'], size: ['M', 'S'] } }],
    ['link', { link: null }],
    ['price and title', { price: null, title: 'Blue shirt' }],
  ])('replaces a product whose %s has changed', async (_what, change) => {
    await outcomes(aProduct(), aProduct({ sku: 'other' }));
    const before = await storedProduct('A1');
    expect(await outcomes(aProduct(change), aProduct({ sku: 'other' }))).toEqual(['UPDATED', 'UNCHANGED']);
    const changed = await storedProduct('A1');
    expect(changed.created_at).toEqual(before.created_at);
    expect(changed.updated_at.getTime()).toBeGreaterThanOrEqual(before.updated_at.getTime());
    expect(changed).not.toEqual(before);
    expect(await outcomes(aProduct(change))).toEqual(['UNCHANGED']);
  });

  it('tells new, changed and unchanged products of one call apart, in the order given', async () => {
    await outcomes(aProduct({ sku: 'same' }), aProduct({ sku: 'dearer' }), aProduct({ sku: 'renamed' }));
    const price = { amount: '99', currency: 'USD' };
    expect(
      await outcomes(
        aProduct({ sku: 'renamed', title: 'Other' }),
        aProduct({ sku: 'new' }),
        aProduct({ sku: 'dearer', price }),
        aProduct({ sku: 'same' }),
      ),
    ).toEqual(['UPDATED', 'CREATED', 'UPDATED', 'UNCHANGED']);
    expect((await storedProduct('renamed')).title).toBe('Other');
    expect((await storedProduct('dearer')).price_lowest).toBe('99');
  });

  it.each<[string, Parameters<typeof aProduct>[0], number]>([
    ['price and availability', { price: { amount: '99', currency: 'EUR' }, availability: 'BACKORDER' }, 1],
    ['title', { title: 'Blue shirt' }, 0],
  ])('writes a change of %s as a HOT update or not', async (_what, change, hot) => {
    // Long enough that text and words lie outside the row, where PostgreSQL cannot tell that they are the same.
    const description = Array.from({ length: 3_000 }, (_, i) => `word${i}`).join(' ');
    await outcomes(aProduct({ description }));
    // Counters of a session are not yet given to others within a transaction, so they can be read there.
    const updates = await database.db.transaction().execute(async (db) => {
      const before = await updatesSoFar(db);
      await writeInTransaction(
        db,
        deps.words,
        await prepareProducts({ ...deps, db }, [{ product: aProduct({ description, ...change }) }]),
      );
      const after = await updatesSoFar(db);
      return { all: after.all - before.all, hot: after.hot - before.hot };
    });
    expect(updates).toEqual({ all: 1, hot });
  });

  it('saves the others when the database refuses one', async () => {
    // A rule of the shop's own in SQL.
    await sql`alter table product add constraint no_anvils check (title <> 'Anvil')`.execute(database.db);
    const results = await upsertProducts(deps, [
      aProduct({ sku: '1' }),
      aProduct({ sku: '2', title: 'Anvil' }),
      aProduct({ sku: '3' }),
    ]);
    await sql`alter table product drop constraint no_anvils`.execute(database.db);
    expect(results.map(({ outcome }) => outcome)).toEqual(['CREATED', 'FAILED', 'CREATED']);
    expect(results[1]).toEqual({
      outcome: 'FAILED',
      groupId: '2',
      reason:
        'expected a product that the database can hold, found a value that a rule of its tables forbids (SQLSTATE 23514)',
    });
    expect(await database.db.selectFrom('product').select('group_id').orderBy('group_id').execute()).toEqual([
      { group_id: '1' },
      { group_id: '3' },
    ]);
  });

  it('refuses a group id given twice in one call the second time', async () => {
    const results = await upsertProducts(deps, [aProduct({ title: 'First' }), aProduct({ title: 'Second' })]);
    expect(results).toMatchObject([
      { outcome: 'CREATED' },
      {
        outcome: 'FAILED',
        groupId: 'A1',
        reason: 'groupId: expected each once, found "A1" again; the first was taken',
      },
    ]);
    expect((await storedProduct('A1')).title).toBe('First');
  });

  it('takes 500 products with all the text they may have, and no more', async () => {
    const products = Array.from({ length: 501 }, (_, i) => aProduct({ sku: `p${i}` }));
    await expect(upsertProducts(deps, products)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(new Set(await outcomes(...products.slice(1)))).toEqual(new Set(['CREATED']));
    expect(await outcomes()).toEqual([]);
  });

  it('keeps quotes, backslashes, emoji and other scripts as they are', async () => {
    const title = `O'Neill "x" \\ \n {a,b} $1 %s 😀 赤いシャツ`;
    const attributes = { [title]: [title, 'NULL', ''.padEnd(3, '"')], ['__proto__']: ['x'] };
    await outcomes(aProduct({ sku: title, title, brand: title, category: [title, '{}', 'NULL'], attributes }));
    expect(await storedProduct(title)).toMatchObject({ title, brand: title, attributes });
    const { path } = await database.db
      .selectFrom('category')
      .select('path')
      .where('name', '=', 'NULL')
      .executeTakeFirstOrThrow();
    expect(path).toEqual([title, '{}', 'NULL']);
    expect(
      await outcomes(aProduct({ sku: title, title, brand: title, category: [title, '{}', 'NULL'], attributes })),
    ).toEqual(['UNCHANGED']);
  });

  it('lets writers of the same products, in any order, follow one another', async () => {
    const products = Array.from({ length: 40 }, (_, i) =>
      aProduct({ sku: `p${i}`, category: ['A', `B${i % 7}`, `C${i}`] }),
    );
    await outcomes(...products.slice(0, 20));
    const rounds = Array.from({ length: 12 }, (_, round) => {
      const batch = products.map((product) => ({
        ...product,
        title: `Round ${round}`,
        images: [{ kind: 'url', url: `https://x.example/${round % 3}` } as const],
      }));
      return outcomes(...(round % 2 === 0 ? batch : batch.reverse()));
    });
    expect((await Promise.all(rounds)).flat()).not.toContain('FAILED');
    const titles = await database.db.selectFrom('product').select('title').distinct().execute();
    expect(titles).toHaveLength(1);
    const images = await database.db.selectFrom('product_image').select('product_id').execute();
    expect(images).toHaveLength(40);
  });

  it.skipIf(testDatabaseKind() === 'embedded')(
    'reads again what somebody else changes between its look at a product and its new price',
    async () => {
      await outcomes(aProduct());
      const price = { amount: '5', currency: 'USD' };
      let writing: Promise<string[]> | undefined;
      await database.db.transaction().execute(async (other) => {
        await sql`select from product for update`.execute(other);
        writing = outcomes(aProduct({ price }));
        await expect.poll(waitingForLocks, { timeout: 10_000, interval: 20 }).toBe(1);
        await sql`update product_variant set content_hash = 'other', attributes = '{"color": ["Blue"]}'`.execute(other);
      });
      expect(await writing).toEqual(['UPDATED']);
      expect(await storedProduct('A1')).toMatchObject({
        price_lowest: '5',
        attributes: aProduct().variants[0]?.attributes,
      });
      expect(await outcomes(aProduct({ price }))).toEqual(['UNCHANGED']);
    },
  );
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    database.db,
  );
  return rows[0]?.waiting ?? 0;
}

describe('deleteProducts', () => {
  it('deletes with pictures, and says how many there were', async () => {
    const images = [{ kind: 'url', url: 'https://x.example/1' } as const];
    await outcomes(aProduct({ sku: '1', images }), aProduct({ sku: '2', images }), aProduct({ sku: '3', images }));
    const unknown = Array.from({ length: 1_200 }, (_, i) => productId(`unknown ${i}`));
    expect(await deleteProducts(database.db, [productId('1'), ...unknown, productId('2'), productId('2')])).toBe(2);
    expect(await database.db.selectFrom('product').select('group_id').execute()).toEqual([{ group_id: '3' }]);
    expect(await database.db.selectFrom('product_image').select('product_id').execute()).toEqual([
      { product_id: productId('3') },
    ]);
    expect(await deleteProducts(database.db, [])).toBe(0);
  });
});
