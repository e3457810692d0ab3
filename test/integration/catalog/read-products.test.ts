import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPictureStore } from '../../../src/catalog/picture-store.ts';
import {
  countProductsInCategories,
  getCategoriesByIds,
  getChildCategories,
  getProductImages,
  getProductsByIds,
  parentOf,
} from '../../../src/catalog/read-products.ts';
import {
  categoriesByIds,
  childCategories,
  imagesByIds,
  productCounts,
  productsByIds,
} from '../../../src/catalog/read-statements.ts';
import { productHashes, storedProducts, variantOffers } from '../../../src/catalog/variants/stored-statements.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { deleteProductsById, failedImages, lockProducts, storedImages } from '../../../src/catalog/write-statements.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { categoryId, imageId, productId, variantId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { aPicture, aProduct } from '../../support/product-factory.ts';
import { testWords } from '../../support/test-words.ts';

let database: TestDatabase;
const UNKNOWN = productId('unknown');
const SHIRTS = ['Apparel', 'Topwear', 'Shirts'];
const SHIRT_ANCESTORS = SHIRTS.map((_, index) => categoryId(SHIRTS.slice(0, index + 1)));

beforeAll(async () => {
  database = await openTestDatabase();
  const pictures = await openPictureStore(`${database.dataFolder}/pictures`);
  const addresses = ['z', 'a', 'm'].map((name) => ({ kind: 'url', url: `https://x.example/${name}` }) as const);
  await upsertProducts({ db: database.db, words: await testWords(), pictures, inspectPicture }, [
    aProduct({ sku: '1', category: SHIRTS, images: [{ kind: 'bytes', bytes: await aPicture(1) }] }),
    aProduct({
      sku: '2',
      category: ['Apparel', 'Topwear'],
      images: addresses,
      price: { amount: '5.00', currency: 'EUR' },
    }),
    aProduct({ sku: '3', category: [], description: null, brand: null, price: null, attributes: {}, link: null }),
    aProduct({ sku: '4', category: ['Bags'] }),
  ]);
});
afterAll(() => database.close());

describe('getProductsByIds', () => {
  it('gives products in the order asked, undefined for unknown ones, each as often as asked', async () => {
    const ids = [productId('3'), UNKNOWN, productId('1'), productId('3')];
    const products = await getProductsByIds(database.db, ids);
    expect(products.map((product) => product?.groupId)).toEqual(['3', undefined, '1', '3']);
    expect(products[2]).toEqual({
      id: productId('1'),
      groupId: '1',
      title: 'Red shirt',
      options: [],
      description: 'A shirt that is red',
      brand: 'Acme',
      categories: [{ id: categoryId(SHIRTS), name: 'Shirts', path: SHIRTS, ancestorIds: SHIRT_ANCESTORS }],
      price: { lowest: { amount: '12.90', currency: 'USD' }, highest: { amount: '12.90', currency: 'USD' } },
      onSale: false,
      availability: 'IN_STOCK',
      attributes: { color: ['Red'], size: ['S', 'M'] },
      commonAttributes: { color: ['Red'], size: ['S', 'M'] },
      variants: [
        {
          ...{ id: variantId('1'), productId: productId('1'), sku: '1', title: null, look: 0, link: null },
          ...{ price: { amount: '12.90', currency: 'USD' }, compareAtPrice: null, availability: 'IN_STOCK' },
          ...{ quantity: null, gtin: null, mpn: null, attributes: { color: ['Red'], size: ['S', 'M'] } },
          imageIds: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
          updatedAt: expect.any(Date),
        },
      ],
      link: 'https://shop.example/a1',
      images: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          productId: productId('1'),
          contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          width: 8,
          height: 6,
          state: 'PENDING',
          failure: null,
          looks: null,
        },
      ],
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
    expect(products[0]).toMatchObject({
      description: null,
      brand: null,
      categories: [],
      price: null,
      onSale: false,
      attributes: {},
      images: [],
    });
  });

  it("gives pictures in the shop's order", async () => {
    const [product] = await getProductsByIds(database.db, [productId('2')]);
    expect(product?.images.map(({ id }) => id)).toEqual(
      ['z', 'a', 'm'].map((name) => imageId(productId('2'), `https://x.example/${name}`)),
    );
  });

  it('gives nothing for no ids', async () => {
    expect(await getProductsByIds(database.db, [])).toEqual([]);
  });
});

describe('getProductImages', () => {
  it('gives pictures in the order asked', async () => {
    const id = imageId(productId('2'), 'https://x.example/a');
    const [unknown, image] = await getProductImages(database.db, [UNKNOWN, id]);
    expect(unknown).toBeUndefined();
    expect(image).toEqual({
      id,
      productId: productId('2'),
      contentHash: null,
      width: null,
      height: null,
      state: 'PENDING',
      failure: null,
      looks: null,
    });
  });
});

describe('categories', () => {
  it('are found by id', async () => {
    const ids = [categoryId(SHIRTS), UNKNOWN, categoryId(['Apparel'])];
    expect(await getCategoriesByIds(database.db, ids)).toEqual([
      { id: ids[0], name: 'Shirts', path: SHIRTS, ancestorIds: SHIRT_ANCESTORS },
      undefined,
      { id: ids[2], name: 'Apparel', path: ['Apparel'], ancestorIds: [ids[2]] },
    ]);
  });

  it('know the categories above them', async () => {
    const ids = SHIRT_ANCESTORS.toReversed();
    const [shirts, topwear, apparel] = await getCategoriesByIds(database.db, ids);
    for (const [category, parent] of [
      [shirts, topwear],
      [topwear, apparel],
    ] as const) {
      expect(category && parentOf(category)).toEqual(parent);
    }
    expect(apparel && parentOf(apparel)).toBeNull();
  });

  it('are found by what they are in, the top of the tree too', async () => {
    const children = await getChildCategories(database.db, [categoryId(['Apparel']), null, categoryId(SHIRTS)]);
    expect(children.map((each) => each.map(({ name }) => name))).toEqual([['Topwear'], ['Apparel', 'Bags'], []]);
    expect(await getChildCategories(database.db, [categoryId(['Apparel'])])).toMatchObject([[{ name: 'Topwear' }]]);
  });

  it('count their products and those of all categories below', async () => {
    const paths = [['Apparel'], ['Apparel', 'Topwear'], SHIRTS, ['Bags'], ['Apparel'], ['No such']];
    expect(await countProductsInCategories(database.db, paths.map(categoryId))).toEqual([2, 2, 1, 1, 2, 0]);
  });
});

describe('statements', () => {
  it('use an index each, however many rows there are', async () => {
    await sql`insert into category (id, parent_id, name, path, ancestor_ids)
      select id, null, name, array[name], array[id]
      from (select gen_random_uuid() as id, 'many ' || i as name from generate_series(1, 3000) i) many`.execute(
      database.db,
    );
    await sql`insert into product (id, group_id, title, content_hash, category_id)
      select gen_random_uuid(), name, 'many', 'x', id from category where name like 'many %'`.execute(database.db);
    await sql`insert into product_image (product_id, id, position, source)
      select id, gen_random_uuid(), 0, group_id from product where group_id like 'many %'`.execute(database.db);
    await sql`insert into product_variant (product_id, id, sku)
      select id, id, group_id from product where group_id like 'many %'`.execute(database.db);
    await sql`analyze product, product_variant, product_image, category`.execute(database.db);
    const ids = [productId('1'), productId('2'), UNKNOWN];
    for (const query of [
      productsByIds(database.db, ids),
      imagesByIds(database.db, ids),
      categoriesByIds(database.db, ids),
      childCategories(database.db, ids),
      productCounts(database.db, ids),
      productHashes(database.db, ids),
      storedProducts(database.db, ids),
      variantOffers(database.db, ids),
      storedImages(database.db, ids),
      failedImages(database.db, ids),
      lockProducts(database.db, ids),
      deleteProductsById(database.db, ids),
    ]) {
      const { sql: statement, parameters } = query.compile();
      const explain = CompiledQuery.raw(`explain ${statement}`, [...parameters]);
      const plan = JSON.stringify((await database.db.executeQuery(explain)).rows, null, 1);
      expect(plan).toMatch(/Index (Only )?Scan/);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });
});
