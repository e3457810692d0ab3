import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { single } from '../support/single-product.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const UPSERT = `mutation ($products: [ProductInput!]!) {
  upsertProducts(input: { products: $products }) { results { outcome } userErrors { path message } } }`;
const UPDATE = `mutation ($products: [ProductChange!]!) {
  updateProducts(input: { products: $products }) {
    results { outcome product { sku: groupId title brand variants { gtin price { amount currency } } availability attributes { name values } } }
    userErrors { path message code }
  }
}`;
/** Saves products of one variant. */
const upsert = async (products: Parameters<typeof single>[0][]) =>
  (await server.data(UPSERT, { products: products.map(single) })).upsertProducts;
const update = async (products: object[]) => (await server.data(UPDATE, { products })).updateProducts;
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('updateProducts', () => {
  it('changes what is given, clears by null, and leaves the rest', async () => {
    await upsert([
      {
        ...{ sku: 'cup', title: 'Cup', brand: 'Acme', gtin: '4006381333931', price: usd('5') },
        attributes: [{ name: 'color', values: ['Red'] }],
      },
    ]);
    const { results, userErrors } = await update([{ by: { sku: 'cup' }, title: 'Mug', brand: null }]);
    expect(userErrors).toEqual([]);
    expect(results).toEqual([
      {
        outcome: 'UPDATED',
        product: {
          ...{ sku: 'cup', title: 'Mug', brand: null },
          variants: [{ gtin: '4006381333931', price: usd('5') }],
          ...{ availability: 'IN_STOCK', attributes: [{ name: 'color', values: ['Red'] }] },
        },
      },
    ]);
    expect((await update([{ by: { groupId: 'cup' }, title: ' Mug' }])).results).toMatchObject([
      { outcome: 'UNCHANGED' },
    ]);
  });

  it('puts a product into several categories, and takes it out of them', async () => {
    const shoes = { category: ['Men', 'Shoes'], furtherCategories: [['Sale', 'Shoes'], ['Men', 'Shoes'], ['New']] };
    await upsert([{ sku: 'oxford', title: 'Oxford', ...shoes }]);
    const placed = async () => {
      const { product, category } = await server.data(`{
        product(by: { sku: "oxford" }) { category { path } categories { path } }
        category(by: { path: ["Sale"] }) { productCount } }`);
      return [product.category?.path, product.categories.map(({ path }: { path: string[] }) => path), category];
    };
    expect(await placed()).toEqual([
      ['Men', 'Shoes'],
      [['Men', 'Shoes'], ['Sale', 'Shoes'], ['New']],
      { productCount: 1 },
    ]);
    await update([{ by: { sku: 'oxford' }, category: ['New'], furtherCategories: null }]);
    expect(await placed()).toEqual([['New'], [['New']], null]);
    const { userErrors } = await update([{ by: { sku: 'oxford' }, furtherCategories: [['A', ''], ['B']] }]);
    expect(userErrors).toMatchObject([{ path: ['products', '0', 'furtherCategories', '0', '1'] }]);
  });

  it('says of each change what happened, and of each refusal where, what was expected and what was found', async () => {
    await upsert(['a', 'b', 'c'].map((sku) => ({ sku, title: sku })));
    const { product } = await server.data('{ product(by: { sku: "c" }) { id } }');
    const { results, userErrors } = await update([
      { by: { sku: 'a' }, brand: 'Acme' },
      { by: { sku: 'nobody' }, brand: 'Acme' },
      { by: { sku: 'b' }, title: null, brand: 'x'.repeat(201) },
      { by: { groupId: 'a' }, brand: 'Bolt' },
      { by: { id: 'category_x' }, title: 'C' },
      { by: { id: product.id }, brand: 'Acme' },
      { by: { sku: 'b' }, images: [{ upload: 'never-given' }] },
      { by: { groupId: 'nobody' }, brand: null },
      { by: { sku: 'b' }, options: Array.from({ length: 9 }, (_, n) => `option ${n}`) },
    ]);
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...['UPDATED', 'REFUSED', 'REFUSED', 'REFUSED', 'REFUSED', 'UPDATED', 'REFUSED', 'REFUSED', 'REFUSED'],
    ]);
    expect(results[1].product).toBeNull();
    type Told = { path: string[]; message: string };
    expect(userErrors.map(({ path, message }: Told) => `${path.join('.')}: ${message}`)).toEqual([
      'products.1.by.sku: by.sku: expected the sku of a product of this shop, found "nobody"',
      'products.2.title: title: expected text: it cannot be cleared, only left out, found null',
      'products.2.brand: brand: expected at most 200 characters, found 201',
      'products.3.by: by: expected a product once, and products.0 changes it already, found "a"',
      expect.stringMatching(/^products\.4\.by\.id: .*found "category_x"/),
      expect.stringMatching(/^products\.6\.images\.0/),
      'products.7.by.groupId: by.groupId: expected the group id of a product of this shop, found "nobody"',
      'products.8.options: options: expected at most 8, found 9',
    ]);
    // Of what was refused nothing was written.
    expect((await server.data('{ product(by: { sku: "b" }) { title brand images { id } } }')).product).toEqual({
      ...{ title: 'b', brand: null, images: [] },
    });
  });

  it('takes at most 500 changes', async () => {
    const products = Array.from({ length: 501 }, () => ({ by: { sku: 'a' } }));
    expect((await server.ask(UPDATE, { products })).errors).toMatchObject([
      { message: 'input.products: expected at most 500, found 501', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('the shop', () => {
  it('has the currency of most of its prices, and searches compare within one', async () => {
    const eur = (amount: string) => ({ amount, currency: 'EUR' });
    const price = (sku: string, money: object) => ({ sku: `cur-${sku}`, title: 'Coin', brand: 'Mint', price: money });
    await upsert([price('1', usd('9')), price('2', usd('1')), price('3', usd('7')), price('4', usd('8'))]);
    await upsert([price('5', eur('3')), { sku: 'cur-6', title: 'Coin', brand: 'Mint' }]);
    expect(await server.data('{ shop { currency currencies } }')).toEqual({
      shop: { currency: 'USD', currencies: ['USD', 'EUR'] },
    });
    const SEARCH = `query ($input: ProductSearchInput!) { searchProducts(input: $input) {
      nodes { sku: groupId } totalCount { value } facets(fields: [{ builtIn: PRICE }]) { range { min max currency } missing } } }`;
    const mint = { brand: { in: ['Mint'] } };
    const search = async (input: object) => {
      const { searchProducts } = await server.data(SEARCH, { input: { sort: 'PRICE_ASC', filter: mint, ...input } });
      const skus = searchProducts.nodes.map(({ sku }: { sku: string }) => sku.replace('cur-', ''));
      return {
        skus: skus.slice(0, 4).join(''),
        behind: skus.slice(4).sort().join(''),
        facet: searchProducts.facets[0],
      };
    };
    expect(await search({})).toEqual({
      ...{ skus: '2341', behind: '56' },
      facet: { range: { min: '1', max: '9', currency: 'USD' }, missing: 2 },
    });
    expect((await search({ filter: { ...mint, price: { max: '7' } } })).skus).toBe('23');
    const inEuro = await search({ currency: 'eur' });
    expect(inEuro.skus[0]).toBe('5');
    expect(inEuro.facet).toEqual({ range: { min: '3', max: '3', currency: 'EUR' }, missing: 5 });
    const { errors } = await server.ask(SEARCH, { input: { currency: 'euro' } });
    expect(errors?.[0]?.message).toBe(
      'currency: expected the three letters of an ISO 4217 currency like USD, found "euro"',
    );
  });

  it('tells what attributes its products have', async () => {
    await upsert([
      { sku: 'at-1', title: 'Shelf', attributes: [{ name: 'Width (cm)', values: ['80'] }] },
      { sku: 'at-2', title: 'Shelf', attributes: [{ name: 'Width (cm)', values: ['100'] }] },
    ]);
    const { attributes } = await server.data('{ attributes(search: "WIDTH") { name kind unit coverage valueCount } }');
    expect(attributes).toEqual([
      { name: 'Width (cm)', kind: 'NUMBER', unit: 'cm', coverage: expect.any(Number), valueCount: 2 },
    ]);
    expect(attributes[0].coverage).toBeGreaterThan(0);
    const { errors } = await server.ask('{ attributes(first: 0) { name } }');
    expect(errors?.[0]?.message).toBe('first: expected 1 to 1,000, found 0');
  });

  it('forgets a category that its last product has left', async () => {
    await upsert([{ sku: 'moving', title: 'Box', category: ['Old', 'Place'] }]);
    const TOP = '{ categories { name } suggest(prefix: "place") { text } }';
    const names = async () => (await server.data(TOP)).categories.map(({ name }: { name: string }) => name);
    expect(await names()).toContain('Old');
    await update([{ by: { sku: 'moving' }, category: ['New place'] }]);
    expect(await names()).not.toContain('Old');
    expect((await server.data(TOP)).suggest).toEqual([{ text: 'New place' }]);
    await server.data('mutation { deleteProducts(input: { products: [{ sku: "moving" }] }) { deletedCount } }');
    expect(await names()).not.toContain('New place');
  });
});

describe('facet', () => {
  const FACET = `query ($search: String, $first: Int!, $sort: FacetSort!) { searchProducts(input: { filter: { brand: { in: ["Many"] } } }) {
    facet(field: { attribute: "size" }, search: $search, first: $first, sort: $sort) { field hasMore missing exact values { value count } } } }`;
  const facet = async (variables: object) =>
    (await server.data(FACET, { first: 100, sort: 'COUNT', ...variables })).searchProducts.facet;

  it('finds values beyond the most frequent 100, by what they contain or A to Z', async () => {
    const sizes = Array.from({ length: 150 }, (_, n) => `Größe ${n}`);
    await upsert([
      ...sizes.map((size, n) => ({
        ...{ sku: `size-${n}`, title: 'Shoe', brand: 'Many' },
        attributes: [{ name: 'size', values: [size] }],
      })),
      { sku: 'size-none', title: 'Shoe', brand: 'Many' },
    ]);
    expect(await facet({})).toMatchObject({ field: 'size', hasMore: true, missing: 1, exact: true });
    expect((await facet({ first: 1000 })).values).toHaveLength(150);
    const { values, hasMore } = await facet({ search: 'GROSSE 14', sort: 'VALUE', first: 3 });
    expect(values).toEqual([14, 140, 141].map((n) => ({ value: `Größe ${n}`, count: 1 })));
    expect(hasMore).toBe(true);
    expect(await facet({ search: 'nothing' })).toMatchObject({ values: [], hasMore: false, missing: 1 });
  });

  it.each([
    [{ first: 0 }, 'first: expected 1 to 1000, found 0'],
    [{ first: 1001 }, 'first: expected 1 to 1000, found 1001'],
    [{ search: 'x'.repeat(201) }, 'search: expected at most 200 characters'],
  ])('refuses %s', async (variables, message) => {
    const { errors } = await server.ask(FACET, { first: 100, sort: 'COUNT', ...variables });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('imageFailures', () => {
  it('tells every picture that failed, with its product and why, page by page', async () => {
    const broken = (n: number) => ({ base64: Buffer.from(`no picture ${n}`).toString('base64') });
    await upsert([1, 2, 3].map((n) => ({ sku: `broken-${n}`, title: 'Broken', images: [broken(n)] })));
    const PAGE = `query ($after: String) { imageFailures(first: 2, after: $after) {
      edges { cursor } nodes { source reason product { sku: groupId } image { state failure } } pageInfo { hasNextPage endCursor } } }`;
    const { imageFailures: one } = await server.data(PAGE);
    const { imageFailures: two } = await server.data(PAGE, { after: one.pageInfo.endCursor });
    expect([one.nodes.length, two.nodes.length, two.pageInfo.hasNextPage]).toEqual([2, 1, false]);
    const all = [...one.nodes, ...two.nodes];
    expect(all.map(({ product }) => product.sku).sort()).toEqual(['broken-1', 'broken-2', 'broken-3']);
    for (const { source, reason, image } of all) {
      expect(source).toMatch(/^content:[0-9a-f]{64}$/);
      expect(image).toEqual({ state: 'FAILED', failure: reason });
      expect(reason).toMatch(/expected .*found/);
    }
    for (const [args, message] of [
      ['first: 0', 'first: expected 1 to 100, found 0'],
      ['after: "x"', 'after: expected a cursor that another page of this list gave'],
    ]) {
      const { errors } = await server.ask(`{ imageFailures(${args}) { nodes { reason } } }`);
      expect(errors?.[0]?.message).toContain(message);
    }
  });
});
