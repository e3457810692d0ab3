import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Category, Product, ProductImage } from '../../../src/catalog/read-products.ts';
import { startApolloServer } from '../../../src/graphql/apollo-server.ts';
import { createContext, type GraphqlContext, type GraphqlDeps } from '../../../src/graphql/context.ts';

const uuid = (number: number) => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;
const PAGE = 100;

/** A shop of as many products as anyone asks for, each with two pictures; every category has ten children. Notes each read. */
function endlessShop({ deleted = [] as readonly string[] } = {}) {
  const reads: string[] = [];
  const noted =
    <Key, Value>(name: string, read: (key: Key) => Value) =>
    async (keys: readonly Key[]) => {
      reads.push(name);
      return keys.map(read);
    };
  const product = (id: string): Product => ({
    id,
    sku: `sku of ${id}`,
    title: 'Thing',
    description: null,
    brand: null,
    categoryId: uuid(7),
    price: null,
    availability: 'IN_STOCK',
    attributes: {},
    link: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  const image = (id: string): ProductImage => ({
    id,
    productId: uuid(1),
    contentHash: null,
    width: null,
    height: null,
    state: 'PENDING',
  });
  const category = (id: string): Category => ({ id, name: 'Category', path: ['Category'], parentId: uuid(8) });
  const unused = async () => {
    throw new Error('not part of these tests');
  };
  const deps: GraphqlDeps = {
    searchProducts: async () => {
      reads.push('search');
      return {
        results: Array.from({ length: PAGE }, (_, index) => ({
          productId: uuid(index),
          cursor: `c${index}`,
          similarity: 0.5,
          imageId: uuid(1000 + index),
          vectorRank: index + 1,
          wordRank: null,
        })),
        hasNextPage: true,
        hasPreviousPage: false,
        totalCount: { value: PAGE, exact: false },
        plan: { strategy: 'EXACT', candidates: PAGE, modelId: uuid(9), milliseconds: 1 },
      };
    },
    getProductsByIds: noted('products', (id) => (deleted.includes(id) ? undefined : product(id))),
    getProductImages: noted('images', image),
    getImagesOfProducts: noted('images of products', () => [image(uuid(1)), image(uuid(2))]),
    getCategoriesByIds: noted('categories', category),
    getChildCategories: noted('children', () => Array.from({ length: 10 }, (_, index) => category(uuid(100 + index)))),
    countProductsInCategories: noted('counts', () => 3),
    listEmbeddingModels: async () => {
      reads.push('models');
      return [];
    },
    upsertProducts: unused,
    deleteProducts: unused,
    loadImage: unused,
  };
  return { deps, reads };
}

const PRODUCT_IDS = Array.from({ length: 50 }, (_, index) => `"product_${uuid(index)}"`).join(' ');
const logged: string[] = [];
let apollo: Awaited<ReturnType<typeof startApolloServer>>;

beforeAll(async () => {
  const signal = new AbortController().signal;
  apollo = await startApolloServer({
    logger: pino({ level: 'info' }, { write: (line: string) => logged.push(line) }),
    currentRequest: () => ({ requestId: 'r-1', signal }),
    onOperation: () => {},
  });
});

afterAll(() => apollo.stop());

async function ask(deps: GraphqlDeps, query: string) {
  const contextValue: GraphqlContext = createContext(deps, {
    signal: new AbortController().signal,
    addressOf: (path) => `http://shop.test${path}`,
  });
  const { body } = await apollo.executeOperation({ query }, { contextValue });
  if (body.kind !== 'single') throw new Error('expected one answer');
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the query's.
  return body.singleResult as { data?: any; errors?: readonly { message: string; extensions?: { code: string } }[] };
}

describe('an answer', () => {
  it('costs one read for each kind of thing, however many there are', async () => {
    const { deps, reads } = endlessShop();
    const { data, errors } = await ask(
      deps,
      `{ searchProducts(input: {}, first: 100) {
        edges { matchedImage { id } node { sku images { url } category { name productCount parent { name } } } }
        nodes { title images { id } category { path } }
        model { name }
      } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.searchProducts.edges).toHaveLength(PAGE);
    expect(data.searchProducts.edges[0].node.images[0].url).toBe(`http://shop.test/images/image_${uuid(1)}`);
    expect(reads.toSorted()).toEqual(
      // Categories twice: the parents are known only once the children are.
      ['categories', 'categories', 'counts', 'images', 'images of products', 'models', 'products', 'search'],
    );
  });

  it('reads only what was asked for', async () => {
    const { deps, reads } = endlessShop();
    const { data } = await ask(
      deps,
      '{ searchProducts(input: {}) { totalCount { value exact } pageInfo { endCursor } } }',
    );
    expect(data.searchProducts).toEqual({ totalCount: { value: PAGE, exact: false }, pageInfo: { endCursor: 'c99' } });
    expect(reads).toEqual(['search']);
  });

  it('leaves out a product that was deleted after it was found', async () => {
    const { deps } = endlessShop({ deleted: [uuid(3)] });
    const { data, errors } = await ask(deps, '{ searchProducts(input: {}) { edges { cursor } nodes { sku } } }');
    expect(errors).toBeUndefined();
    expect(data.searchProducts.nodes).toHaveLength(PAGE - 1);
    expect(data.searchProducts.edges.map(({ cursor }: { cursor: string }) => cursor)).not.toContain('c3');
  });

  it('holds at most 20,000 objects, whatever the query multiplies', async () => {
    const { deps } = endlessShop();
    const { errors } = await ask(
      deps,
      '{ categories { children { parent { children { parent { children { parent { children { name } } } } } } } } }',
    );
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^query: expected an answer of at most 20,000 objects, found \d+$/),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(errors).toHaveLength(20);
  });

  it('tells of a read that failed a whole page twenty times at most, and logs it once', async () => {
    const { deps } = endlessShop();
    const getImagesOfProducts = async () => {
      throw new Error('connection reset');
    };
    logged.length = 0;
    const { errors } = await ask(
      { ...deps, getImagesOfProducts },
      `{ nodes(ids: [${PRODUCT_IDS}]) { ... on Product { images { id } } } }`,
    );
    expect(errors).toHaveLength(20);
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('connection reset');
  });
});
