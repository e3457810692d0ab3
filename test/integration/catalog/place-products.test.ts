import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbedDeps } from '../../../src/catalog/embed-deps.ts';
import { writeRows } from '../../../src/catalog/feed/write-rows.ts';
import { placeProducts } from '../../../src/catalog/place-products.ts';
import { getProductsByIds } from '../../../src/catalog/read-products.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { openEmbedDeps } from '../../support/embed-deps.ts';
import { aProduct, aRow } from '../../support/product-factory.ts';

const MEN = ['Men', 'Shoes'];
/** As feeds' rows were kept before a product could be in several categories: one that is, one that is in two of one name, one with an attribute of that name that is none of it. */
const KEPT = [
  aProduct({ sku: 'both', category: MEN, attributes: { categories: ['Men > Shoes', 'Sale > Shoes'], size: ['40'] } }),
  aProduct({ sku: 'own', category: MEN, attributes: { categories: ['B', 'C'] } }),
  aProduct({ sku: 'one', category: MEN, attributes: { categories: ['Men > Shoes'] } }),
  aProduct({ sku: 'plain', category: MEN, attributes: {} }),
];

let database: TestDatabase;
let deps: EmbedDeps;
beforeAll(async () => {
  database = await openTestDatabase();
  deps = await openEmbedDeps(database);
  await upsertProducts(deps, KEPT);
});
afterAll(() => database.close());

describe('categories that were kept as an attribute', () => {
  it('become categories, once; an attribute that says something else stays', async () => {
    expect([await placeProducts(deps), await placeProducts(deps)]).toEqual([1, 0]);
    const products = await getProductsByIds(database.db, ['both', 'own', 'one'].map(productId));
    expect(products.map((product) => product?.categories.map(({ path }) => path.join(' > ')))).toEqual([
      ['Men > Shoes', 'Sale > Shoes'],
      ['Men > Shoes'],
      ['Men > Shoes'],
    ]);
    expect(products.map((product) => product?.attributes)).toEqual([
      { size: ['40'] },
      { categories: ['B', 'C'] },
      { categories: ['Men > Shoes'] },
    ]);
    const { rows } =
      await sql`select words @@ '''sale'''::tsquery as found from product where group_id = 'both'`.execute(database.db);
    expect(rows).toEqual([{ found: true }]);
  });

  it('are then as the same feed says it now: nothing is written again', async () => {
    const { link, description, title, brand } = KEPT[0] ?? aProduct();
    const row = aRow({
      sku: 'both',
      attributes: { size: ['40'] },
      category: MEN,
      furtherCategories: [['Sale', 'Shoes']],
    });
    const { groups } = await writeRows(deps, [{ ...row, link, description, title, brand }]);
    expect(groups).toMatchObject([{ outcome: { outcome: 'UNCHANGED', groupId: 'both' } }]);
  });
});
