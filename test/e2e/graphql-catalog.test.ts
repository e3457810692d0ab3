import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { single } from '../support/single-product.ts';
import { drawing, embedded, fillSmallShop } from '../support/small-shop.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});

afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const UPSERT = `mutation Save($products: [ProductInput!]!) {
  upsertProducts(input: { products: $products }) {
    results { outcome product { sku: groupId title images { state } category { path } } }
    userErrors { path message code }
  }
}`;

const DELETE = `mutation Delete($products: [ProductKey!]!) {
  deleteProducts(input: { products: $products }) { deletedCount userErrors { path message code } }
}`;

/** Saves products of one variant. */
const upsert = async (products: Parameters<typeof single>[0][]) =>
  (await server.data(UPSERT, { products: products.map(single) })).upsertProducts;
const UNKNOWN = '6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11';

describe('the catalogue', () => {
  it('tells everything of a product', async () => {
    const { product } = await server.data(`{ product(by: { sku: "black-sandal" }) {
      id sku: groupId title description brand category { id name path parent { name } } variants { price { amount currency } } availability
      attributes { name values } link images { id url(width: 64) width height state } createdAt updatedAt
    } }`);
    expect(product).toMatchObject({
      id: expect.stringMatching(/^product_/),
      sku: 'black-sandal',
      title: 'A black sandal',
      description: 'Plain, in black.',
      brand: 'Zenith',
      category: { name: 'Sandal', path: ['Footwear', 'Sandal'], parent: { name: 'Footwear' } },
      variants: [{ price: { amount: '230.50', currency: 'USD' } }],
      availability: 'OUT_OF_STOCK',
      link: 'https://shop.example/black-sandal',
      images: [{ width: 200, height: 200, state: 'READY' }],
    });
    expect(product.attributes).toHaveLength(2);
    expect(product.attributes).toContainEqual({ name: 'size', values: ['S', 'M'] });
    expect(product.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('shows the tree of categories with counts that hold what is below', async () => {
    const { categories } = await server.data(
      '{ categories { name productCount children { name productCount children { path } } } }',
    );
    expect(categories).toEqual([
      { name: 'Accessories', productCount: 4, children: [{ name: 'Bags', productCount: 4, children: [] }] },
      {
        name: 'Apparel',
        productCount: 8,
        children: [
          { name: 'Dress', productCount: 4, children: [] },
          { name: 'Topwear', productCount: 4, children: [{ path: ['Apparel', 'Topwear', 'Shirts'] }] },
        ],
      },
      { name: 'Footwear', productCount: 4, children: [{ name: 'Sandal', productCount: 4, children: [] }] },
    ]);
    const below = await server.data('{ categories(parent: { path: ["Apparel"] }) { name } }');
    expect(below.categories).toEqual([{ name: 'Dress' }, { name: 'Topwear' }]);
  });

  it('finds anything by its global id, in the order asked, null for what is not there', async () => {
    const { product, embeddingModels } = await server.data(
      '{ product(by: { sku: "red-shirt" }) { id category { id } images { id } } embeddingModels { id name dimensions state } }',
    );
    const [model] = embeddingModels;
    expect(model).toMatchObject({ name: 'lookgraph-mini', dimensions: 256, state: 'ACTIVE' });
    const ids = [
      product.images[0].id,
      `product_${UNKNOWN}`,
      product.id,
      'nonsense',
      product.category.id,
      model.id,
      `model_${UNKNOWN}`,
    ];
    const query = 'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    expect((await server.data(query, { ids })).nodes).toEqual([
      { __typename: 'ProductImage', id: ids[0] },
      null,
      { __typename: 'Product', id: product.id },
      null,
      { __typename: 'Category', id: product.category.id },
      { __typename: 'EmbeddingModel', id: model.id },
      null,
    ]);
    const one = await server.data('query Node($id: ID!) { node(id: $id) { ... on Product { sku: groupId } } }', {
      id: product.id,
    });
    expect(one.node).toEqual({ sku: 'red-shirt' });
  });

  it('answers null for a product and a category that are not there', async () => {
    const query = `{ product(by: { sku: "no-such" }) { id } other: product(by: { id: "product_${UNKNOWN}" }) { id }
      category(by: { path: ["No", "Such"] }) { id } }`;
    expect(await server.data(query)).toEqual({ product: null, other: null, category: null });
  });
});

describe('upsertProducts', () => {
  it('saves a product that can be searched by its picture at once it is embedded, and replaces it', async () => {
    const base64 = (await drawing('red', 'sandal', { background: '#8cf' })).toString('base64');
    const first = await upsert([{ sku: 'new-1', title: 'Beach sandal', images: [{ base64 }] }]);
    expect(first).toMatchObject({
      results: [{ outcome: 'CREATED', product: { sku: 'new-1', images: [{ state: expect.any(String) }] } }],
      userErrors: [],
    });
    await embedded(server);
    const search = `query ($base64: String!) {
      searchProducts(input: { terms: [{ match: { image: { source: { base64: $base64 } } } }] }, first: 1) { nodes { sku: groupId } }
    }`;
    expect((await server.data(search, { base64 })).searchProducts.nodes).toEqual([{ sku: 'new-1' }]);

    const second = await upsert([{ sku: 'new-1', title: 'Pool sandal', category: ['New', 'Things'] }]);
    const product = { sku: 'new-1', title: 'Pool sandal', images: [], category: { path: ['New', 'Things'] } };
    expect(second.results).toEqual([{ outcome: 'UPDATED', product }]);
  });

  it('saves the good ones and says of each other what is wrong, with its place', async () => {
    const { results, userErrors } = await upsert([
      { sku: 'good-1', title: 'Good' },
      { sku: '', title: '  ' },
      { sku: 'bad-2', title: 'Bad', price: { amount: '-1', currency: 'dollars' } },
      { sku: ' good-1 ', title: 'Again' },
      { sku: 'bad-4', title: 'Bad', images: [{ upload: 'never-given' }, { productImage: 'image_x' }, { base64: '!' }] },
      { sku: 'bad-5', title: 'Bad', images: Array.from({ length: 33 }, () => ({ base64: 'AAAA' })) },
      { sku: 'nul\u0000', title: 'Bad' },
      { sku: 'good-7', title: 'Good', images: [{ base64: Buffer.from('no picture').toString('base64') }] },
    ]);
    type Result = { outcome: string; product: { sku: string } | null };
    expect(results.map(({ outcome, product }: Result) => `${outcome} ${product?.sku}`)).toEqual([
      'CREATED good-1',
      ...Array.from({ length: 6 }, () => 'REFUSED undefined'),
      'CREATED good-7',
    ]);
    expect(userErrors.map(({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`)).toEqual([
      'products.1.title BAD_USER_INPUT',
      'products.1.variants.0.sku BAD_USER_INPUT',
      'products.2.variants.0.price.amount BAD_USER_INPUT',
      'products.2.variants.0.price.currency BAD_USER_INPUT',
      'products.3.variants.0.sku BAD_USER_INPUT',
      'products.4.images.0 IMAGE_NOT_FOUND',
      'products.4.images.1.productImage BAD_USER_INPUT',
      'products.4.images.2.base64 BAD_USER_INPUT',
      'products.5.images BAD_USER_INPUT',
      'products.6.variants.0.sku BAD_USER_INPUT',
      'products.7.images.0 IMAGE_UNREADABLE',
    ]);
    expect(userErrors.at(4).message).toBe(
      'variants.0.sku: expected a group id once, and products.0 has it already, found "good-1"',
    );
    const { product } = await server.data('{ product(by: { sku: "good-7" }) { images { state failure url } } }');
    expect(product.images).toMatchObject([{ state: 'FAILED', failure: expect.stringContaining('expected') }]);
  });

  it('keeps a web address for later', async () => {
    // 192.0.2.0/24 is for documentation: never fetched, and the guard refuses it anyway.
    const { results } = await upsert([{ sku: 'web-1', title: 'Web', images: [{ url: 'https://192.0.2.1/1.jpg' }] }]);
    expect(results).toMatchObject([{ product: { sku: 'web-1', images: [{}] } }]);
  });

  it('takes at most 500 products', async () => {
    const products = Array.from({ length: 501 }, (_, index) => single({ sku: `many-${index}`, title: 'Many' }));
    const { errors } = await server.ask(UPSERT, { products });
    expect(errors).toMatchObject([
      {
        message: 'input.products: expected at most 500, found 501',
        path: ['upsertProducts'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});

describe('deleteProducts', () => {
  it('deletes by sku and id, counts what was there, and refuses only keys that name nothing', async () => {
    const { results } = await upsert([1, 2, 3].map((number) => ({ sku: `gone-${number}`, title: 'Gone' })));
    expect(results).toHaveLength(3);
    const { product } = await server.data('{ product(by: { sku: "gone-2" }) { id } }');
    const keys = [{ sku: 'gone-1' }, { id: product.id }, { id: 'category_x' }, { sku: 'never' }, { sku: 'gone-1' }];
    const { deleteProducts } = await server.data(DELETE, { products: keys });
    expect(deleteProducts).toEqual({
      deletedCount: 2,
      userErrors: [
        {
          path: ['products', '2', 'id'],
          message: expect.stringContaining('found "category_x"'),
          code: 'BAD_USER_INPUT',
        },
      ],
    });
    expect(
      await server.data(
        '{ a: product(by: { sku: "gone-1" }) { id } b: product(by: { sku: "gone-3" }) { sku: groupId } }',
      ),
    ).toEqual({
      a: null,
      b: { sku: 'gone-3' },
    });
  });

  it('answers from after it within one request', async () => {
    await upsert([{ sku: 'brief', title: 'Before' }]);
    const data = await server.data(`mutation {
      first: upsertProducts(input: { products: [{ title: "Between", variants: [{ sku: "brief" }] }] }) { results { product { title } } }
      gone: deleteProducts(input: { products: [{ sku: "brief" }] }) { deletedCount }
      last: upsertProducts(input: { products: [{ title: "After", variants: [{ sku: "brief" }] }] }) { results { product { title } } }
    }`);
    expect(data).toEqual({
      first: { results: [{ product: { title: 'Between' } }] },
      gone: { deletedCount: 1 },
      last: { results: [{ product: { title: 'After' } }] },
    });
  });
});
