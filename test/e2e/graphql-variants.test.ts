import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variantId } from '../../src/identifiers.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { fillSmallShop } from '../support/small-shop.ts';

let server: ShopServer;

/** The red shirt in three sizes, of which S is the first and looks like M; L is another look, and out of stock. */
beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    await client.query(`update product set options = '{size}' where group_id = 'red-shirt'`);
    await client.query(
      `update product_variant set attributes = '{"color": ["red"], "size": ["S"]}' where sku = 'red-shirt'`,
    );
    await client.query(
      `insert into product_variant (product_id, id, sku, position, look, attributes, price_amount, price_currency, availability)
       select p.id, new.id, new.sku, new.position, new.look, new.attributes, new.price, 'USD', new.availability
       from product as p
       cross join (values
         ($1::uuid, 'red-shirt-m', 1, 0, '{"color": ["red"], "size": ["M"]}'::jsonb, 7.00, 'IN_STOCK'),
         ($2::uuid, 'red-shirt-l', 2, 1, '{"color": ["red"], "size": ["L"]}'::jsonb, 9.00, 'OUT_OF_STOCK')
       ) as new (id, sku, position, look, attributes, price, availability)
       where p.group_id = 'red-shirt'`,
      [variantId('red-shirt-m'), variantId('red-shirt-l')],
    );
  } finally {
    await client.end();
  }
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const SEARCH = `query Search($input: ProductSearchInput!, $after: String) {
  searchProducts(input: $input, first: 1, after: $after) {
    totalCount { value exact }
    facet(field: { attribute: "size" }) { values { value count } }
    edges { node { groupId } variant { id sku } matchingVariantCount }
    pageInfo { hasNextPage endCursor }
  }
}`;
const SHIRT = { product: { in: [{ sku: 'red-shirt-m' }] } };

async function pages(input: object) {
  const found = [];
  let after: string | null = null;
  do {
    const { searchProducts } = await server.data(SEARCH, { input, after });
    found.push(searchProducts);
    after = searchProducts.pageInfo.hasNextPage ? searchProducts.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

describe('what a result is', () => {
  it.each([
    ['PRODUCT', [['red-shirt', 3]], { S: 1, M: 1, L: 1 }],
    [
      'LOOK',
      [
        ['red-shirt', 2],
        ['red-shirt-l', 1],
      ],
      { S: 1, M: 1, L: 1 },
    ],
    [
      'VARIANT',
      [
        ['red-shirt', 1],
        ['red-shirt-m', 1],
        ['red-shirt-l', 1],
      ],
      { S: 1, M: 1, L: 1 },
    ],
  ])('is a %s: page by page, with counts of what the results are', async (collapse, results, sizes) => {
    const found = await pages({ filter: SHIRT, collapse });
    const edges = found.flatMap((page) => page.edges);
    expect(edges.map(({ variant, matchingVariantCount }) => [variant.sku, matchingVariantCount])).toEqual(results);
    expect(new Set(edges.map(({ node }) => node.groupId))).toEqual(new Set(['red-shirt']));
    expect(found[0].totalCount).toEqual({ value: results.length, exact: true });
    const told = found[0].facet.values.map(({ value, count }: { value: string; count: number }) => [value, count]);
    expect(Object.fromEntries(told)).toEqual(sizes);
  });

  it('is left out by all of its looks and variants where products like it are looked for', async () => {
    const { product } = await server.data(`{ product(by: { sku: "red-shirt-m" }) {
      similar(input: { collapse: VARIANT }, first: 50) { nodes { groupId } totalCount { value } }
    } }`);
    const groups = product.similar.nodes.map(({ groupId }: { groupId: string }) => groupId);
    expect(groups.length).toBeGreaterThan(10);
    expect(groups).not.toContain('red-shirt');
    expect(product.similar.totalCount.value).toBe(groups.length);
  });

  it('is a product whose other variants may satisfy hasVariant', async () => {
    const small = { attributes: [{ name: 'size', in: ['S'] }] };
    const large = { attributes: [{ name: 'size', in: ['L'] }] };
    const skus = async (filter: object) =>
      (await pages({ filter: { and: [SHIRT, filter] }, collapse: 'VARIANT' })).flatMap(({ edges }) =>
        edges.map(({ variant }: { variant: { sku: string } }) => variant.sku),
      );
    expect(await skus({ and: [small, large] })).toEqual([]);
    expect(await skus({ ...small, hasVariant: large })).toEqual(['red-shirt']);
    expect(await skus({ ...small, not: { hasVariant: large } })).toEqual([]);
  });
});

describe('a variant', () => {
  it('is found by its sku and by its id, alone and among other things, and tells its product', async () => {
    const { variant } = await server.data(
      '{ variant(by: { sku: "red-shirt-m" }) { id sku selectedOptions { name value } product { groupId } } }',
    );
    expect(variant).toEqual({
      id: `variant_${variantId('red-shirt-m')}`,
      sku: 'red-shirt-m',
      selectedOptions: [{ name: 'size', value: 'M' }],
      product: { groupId: 'red-shirt' },
    });
    const byId = await server.data(
      `query ById($id: ID!, $ids: [ID!]!) {
        variant(by: { id: $id }) { sku }
        node(id: $id) { __typename id ... on ProductVariant { sku } }
        nodes(ids: $ids) { id }
      }`,
      { id: variant.id, ids: [variant.id, `variant_${variantId('nobody')}`] },
    );
    expect(byId).toEqual({
      variant: { sku: 'red-shirt-m' },
      node: { __typename: 'ProductVariant', id: variant.id, sku: 'red-shirt-m' },
      nodes: [{ id: variant.id }, null],
    });
  });

  it('is null where there is none, and refused by an id of something else', async () => {
    expect(await server.data('{ variant(by: { sku: "nobody" }) { sku } }')).toEqual({ variant: null });
    const { errors } = await server.ask(`{ variant(by: { id: "product_${variantId('red-shirt-m')}" }) { sku } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
