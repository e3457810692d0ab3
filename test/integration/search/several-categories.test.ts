import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPictureStore } from '../../../src/catalog/picture-store.ts';
import { countProductsInCategories, getProductsByIds } from '../../../src/catalog/read-products.ts';
import { updateProducts } from '../../../src/catalog/update-products.ts';
import { upsertProducts, type WriteDeps } from '../../../src/catalog/write-products.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { categoryId, productId } from '../../../src/identifiers.ts';
import type { ProductFilter, SearchRequest } from '../../../src/search/request/search-request.ts';
import { suggest } from '../../../src/search/suggest/suggest.ts';
import { aProduct } from '../../support/product-factory.ts';
import { openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { refreshWords, testWords } from '../../support/test-words.ts';

const SHOES = ['Men', 'Shoes'];
const SALE_SHOES = ['Sale', 'Shoes'];
const products = [
  aProduct({ sku: 'both', title: 'Oxford', category: SHOES, furtherCategories: [SALE_SHOES, ['Sale', 'New']] }),
  aProduct({ sku: 'men', title: 'Derby', category: SHOES }),
  aProduct({ sku: 'sale', title: 'Clog', category: SALE_SHOES }),
  aProduct({ sku: 'top', title: 'Tie', category: ['Men'], furtherCategories: [['Men', 'Gifts']] }),
  aProduct({ sku: 'none', title: 'Cup', category: [] }),
];

let shop: SearchShop;
let deps: WriteDeps;
beforeAll(async () => {
  shop = await openSearchShop();
  deps = {
    ...{ db: shop.deps.db, words: await testWords() },
    pictures: await openPictureStore(`${shop.database.dataFolder}/pictures`),
    inspectPicture,
  };
  await upsertProducts(deps, products);
  await refreshWords(shop.deps.db);
});
afterAll(() => shop.close());

const below = (...path: string[]): ProductFilter => ({ category: { in: [{ kind: 'path', path }] } });
const names = new Map(products.map(({ groupId }) => [productId(groupId), groupId]));
async function found(request: Partial<SearchRequest>): Promise<(string | undefined)[]> {
  return (await shop.search(request)).results.map(({ productId: id }) => names.get(id)).toSorted();
}
const among = (filter: ProductFilter) => found({ filter });
async function counts(filter: ProductFilter = {}): Promise<Record<string, number>> {
  const [facet] = await (await shop.search({ filter })).facets([{ builtIn: 'CATEGORY' }]);
  return Object.fromEntries(facet?.values.map(({ value, count }) => [value, count]) ?? []);
}

describe('a product in several categories', () => {
  it('satisfies a filter of each of them, and of all that are above', async () => {
    expect(await among(below(...SHOES))).toEqual(['both', 'men']);
    expect(await among(below(...SALE_SHOES))).toEqual(['both', 'sale']);
    expect(await among(below('Sale'))).toEqual(['both', 'sale']);
    expect(await among(below('Sale', 'New'))).toEqual(['both']);
    expect(await among({ and: [below('Men'), below('Sale')] })).toEqual(['both']);
    expect(await among({ category: { in: [{ kind: 'path', path: ['Men'] }], includeDescendants: false } })).toEqual([
      'top',
    ]);
  });

  it('does not satisfy the opposite', async () => {
    expect(await among({ not: below('Sale') })).toEqual(['men', 'none', 'top']);
    expect(await among({ not: below('Men') })).toEqual(['none', 'sale']);
  });

  it('is counted once in each, and once in what is above two of them', async () => {
    const all = { Men: 3, 'Men > Gifts': 1, 'Men > Shoes': 2, Sale: 2, 'Sale > New': 1, 'Sale > Shoes': 2 };
    expect(await counts()).toEqual(all);
    // Its own condition does not narrow a facet; another one does.
    expect(await counts(below('Sale'))).toEqual(all);
    const both = { product: { in: [{ kind: 'id' as const, id: productId('both') }] } };
    expect(await counts(both)).toEqual({ Men: 1, 'Men > Shoes': 1, Sale: 1, 'Sale > New': 1, 'Sale > Shoes': 1 });
    const paths = Object.keys(all);
    const ids = paths.map((path) => categoryId(path.split(' > ')));
    expect(await countProductsInCategories(shop.deps.db, [...ids, categoryId(['Nowhere'])])).toEqual([
      ...Object.values(all),
      0,
    ]);
    const { rows } = await sql<{ path: string; product_count: number }>`
      select path, product_count from analytics.category`.execute(shop.deps.db);
    expect(Object.fromEntries(rows.map(({ path, product_count }) => [path, product_count]))).toEqual(all);
  });

  it('is counted so in suggestions, too, which come and go with it', async () => {
    const { analysis } = await testWords();
    const counted = async () => {
      const { rows } = await sql<{ text: string; products: number }>`
        select text, sum(products)::integer as products from suggestion where kind = 'CATEGORY' group by text having sum(products) <> 0 order by text`.execute(
        shop.deps.db,
      );
      return Object.fromEntries(rows.map(({ text, products: count }) => [text, count]));
    };
    expect(await counted()).toEqual(await counts());
    const texts = async () =>
      (await suggest({ db: shop.deps.db, analysis }, { prefix: 'new', first: 5 })).map(({ text }) => text);
    expect(await texts()).toEqual(['Sale > New']);
    const change = { furtherCategories: [SALE_SHOES] };
    await updateProducts(deps, [{ productId: productId('both'), change }]);
    expect(await texts()).toEqual([]);
    expect(await counted()).toEqual(await counts());
    expect(await upsertProducts(deps, products)).toMatchObject([{ outcome: 'UPDATED' }, ...same(4)]);
    expect(await counted()).toEqual(await counts());
  });

  it('is found by the names of all of them', async () => {
    const request = { terms: [{ match: { kind: 'text' as const, text: 'sale' } }], words: 'ONLY' as const };
    expect(await found(request)).toEqual(['both', 'sale']);
    expect((await shop.search(request)).results.map(({ why }) => why.named)).toEqual([true, true]);
  });

  it('is read with all of them, the main one first; in SQL, too', async () => {
    const [both, top, none] = await getProductsByIds(shop.deps.db, ['both', 'top', 'none'].map(productId));
    const paths = both?.categories.map(({ path }) => path.join(' > '));
    expect(paths).toEqual(['Men > Shoes', 'Sale > Shoes', 'Sale > New']);
    expect([top?.categories.length, none?.categories.length]).toEqual([2, 0]);
    const { rows } = await sql`
      select category_path, place, is_main from analytics.product_category where group_id = 'both' order by place`.execute(
      shop.deps.db,
    );
    expect(rows).toEqual(paths?.map((category_path, at) => ({ category_path, place: at + 1, is_main: at === 0 })));
    const { rows: wide } = await sql`
      select category_path, category_paths from analytics.product where group_id in ('both', 'none') order by group_id`.execute(
      shop.deps.db,
    );
    expect(wide).toEqual([
      { category_path: paths?.[0], category_paths: paths },
      { category_path: null, category_paths: [] },
    ]);
  });

  it('keeps those that a change does not name; the first of those that are left is the main one', async () => {
    const change = async (of: object) => {
      const [outcome] = await updateProducts(deps, [{ productId: productId('top'), change: of }]);
      const [top] = await getProductsByIds(shop.deps.db, [productId('top')]);
      return [outcome?.outcome, ...(top?.categories.map(({ path }) => path.join(' > ')) ?? [])];
    };
    expect(await change({ category: ['Sale'] })).toEqual(['UPDATED', 'Sale', 'Men > Gifts']);
    expect(await change({ category: ['Men', 'Gifts'] })).toEqual(['UPDATED', 'Men > Gifts']);
    expect(await change({ furtherCategories: [['Men'], ['Men', 'Gifts']] })).toEqual(['UPDATED', 'Men > Gifts', 'Men']);
    expect(await change({ category: [] })).toEqual(['UPDATED', 'Men']);
    expect(await upsertProducts(deps, products)).toMatchObject([...same(3), { outcome: 'UPDATED' }, ...same(1)]);
    expect(await upsertProducts(deps, products)).toMatchObject(same(5));
  });

  it('keeps its categories in being, whoever writes', async () => {
    const { db } = shop.deps;
    const id = productId('both');
    const refused = 'violates foreign key constraint "product_further_category_ids_fkey"';
    const set = (ids: string[]) =>
      sql`update product set further_category_ids = ${ids}::uuid[] where id = ${id}`.execute(db);
    await expect(set([categoryId(['Nowhere'])])).rejects.toThrow(refused);
    await expect(set([categoryId(['Men']), categoryId(['Men'])])).rejects.toThrow(refused);
    await expect(set([categoryId(SHOES)])).rejects.toThrow('product_further_category_ids_check');
    await expect(sql`delete from category where id = ${categoryId(['Sale', 'New'])}`.execute(db)).rejects.toThrow(
      refused,
    );
    await sql`select prune_categories()`.execute(db);
    expect(Object.keys(await counts())).toContain('Sale > New');
  });
});

function same(count: number) {
  return Array.from({ length: count }, () => ({ outcome: 'UNCHANGED' }));
}
