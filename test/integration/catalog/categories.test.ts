import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pruneCategories } from '../../../src/catalog/change-statements.ts';
import { openPictureStore } from '../../../src/catalog/picture-store.ts';
import { getChildCategories } from '../../../src/catalog/read-products.ts';
import { deleteProducts, upsertProducts, type WriteDeps } from '../../../src/catalog/write-products.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { productId } from '../../../src/identifiers.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
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

const put = (sku: string, ...category: string[]) => upsertProducts(deps, [aProduct({ sku, category })]);
async function paths(): Promise<string[]> {
  const rows = await database.db.selectFrom('category').select('path').orderBy('path').execute();
  return rows.map(({ path }) => path.join(' > '));
}
async function prune(): Promise<number | undefined> {
  return (await pruneCategories().execute(database.db)).rows[0]?.pruned;
}

describe('prune_categories', () => {
  it('takes away what is empty to the top, and nothing that has a product in it or below', async () => {
    await put('1', 'A', 'B', 'C');
    await put('2', 'A', 'D');
    await put('3', 'E', 'F');
    expect(await prune()).toBe(0);
    await deleteProducts(database.db, [productId('1'), productId('3')]);
    expect(await prune()).toBe(4);
    expect(await paths()).toEqual(['A', 'A > D']);
    expect((await getChildCategories(database.db, [null]))[0]).toMatchObject([{ name: 'A' }]);
    await put('2', 'G');
    expect(await prune()).toBe(2);
    expect(await paths()).toEqual(['G']);
  });

  it.runIf(process.env.LOOKGRAPH_TEST_DATABASE_URL)(
    'passes over what somebody is about to fill, and waits for nobody',
    async () => {
      await put('1', 'A', 'B');
      await deleteProducts(database.db, [productId('1')]);
      await database.db.transaction().execute(async (transaction) => {
        await sql`insert into product (id, group_id, title, category_id, content_hash)
          select gen_random_uuid(), 'late', 'Late', id, 'x' from category where name = 'B'`.execute(transaction);
        expect(await prune()).toBe(0);
      });
      expect(await prune()).toBe(0);
      expect(await paths()).toEqual(['A', 'A > B']);
    },
  );

  it('goes on beside writers that fill and empty the same categories: no product is refused, none loses its category', async () => {
    const random = createRandom(11);
    const names = ['A', 'B', 'C'];
    const path = () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => names[Math.floor(random() * 3)] ?? 'A');
    const writer = async (name: string) => {
      for (let n = 0; n < 25; n++) {
        const outcomes = await put(`${name}${n % 3}`, ...path());
        expect(outcomes.map(({ outcome }) => outcome)).not.toContain('FAILED');
        if (random() < 0.3) await deleteProducts(database.db, [productId(`${name}${n % 3}`)]);
      }
    };
    let writing = true;
    const pruner = async () => {
      while (writing) await prune();
    };
    const pruning = pruner();
    await Promise.all(['x', 'y', 'z'].map(writer)).finally(() => {
      writing = false;
    });
    await pruning;
    const { rows } = await sql<{ lost: number }>`
      select count(*)::int as lost from product where category_id is null`.execute(database.db);
    expect(rows).toEqual([{ lost: 0 }]);
    await prune();
    const used = await database.db
      .selectFrom('product')
      .innerJoin('category', 'category.id', 'product.category_id')
      .select('path')
      .execute();
    const expected = new Set(used.flatMap((row) => row.path.map((_, i) => row.path.slice(0, i + 1).join(' > '))));
    expect(await paths()).toEqual([...expected].sort());
  });
});
