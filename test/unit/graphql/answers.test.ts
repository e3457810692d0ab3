import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachText } from '../../../src/catalog/product-texts.ts';
import type { ImportFailure, ImportRun } from '../../../src/catalog/read-imports.ts';
import type { Category, Product, ProductImage } from '../../../src/catalog/read-products.ts';
import type { Synonym } from '../../../src/catalog/synonyms/read-synonyms.ts';
import { AppError } from '../../../src/errors.ts';
import type { KeptEvaluation, KeptMeasure } from '../../../src/evaluation/read-evaluations.ts';
import { startApolloServer } from '../../../src/graphql/apollo-server.ts';
import { createContext, type GraphqlContext } from '../../../src/graphql/context.ts';
import type { GraphqlDeps } from '../../../src/graphql/graphql-deps.ts';
import type { SearchPage } from '../../../src/search/request/search-request.ts';

const uuid = (number: number) => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;
const PAGE = 100;

/** A shop of as many products as anyone asks for, each with two pictures; every category has ten children. Notes each read. */
function endlessShop({ deleted = [] as readonly string[] } = {}) {
  const reads: string[] = [];
  const note = <Value>(name: string, value: Value): Value => {
    reads.push(name);
    return value;
  };
  const noted =
    <Key, Value>(name: string, read: (key: Key) => Value) =>
    async (keys: readonly Key[]) =>
      note(name, keys.map(read));
  const category = (id: string): Category => ({
    id,
    name: 'Shirts',
    path: ['Top', 'Shirts'],
    ancestorIds: [uuid(8), id],
  });
  const image = (id: string, product = uuid(1)): ProductImage => ({
    id,
    productId: product,
    contentHash: null,
    width: null,
    height: null,
    state: 'PENDING',
    failure: null,
    looks: null,
  });
  const product = (id: string): Product => ({
    id,
    groupId: `sku of ${id}`,
    title: 'Thing',
    ...eachText(() => null),
    categories: [category(uuid(7))],
    options: [],
    price: null,
    onSale: false,
    availability: 'IN_STOCK',
    attributes: {},
    commonAttributes: {},
    variants: [],
    link: null,
    images: [image(pictureOf(id), id), image(uuid(2), id)],
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  const unused = async () => {
    throw new Error('not part of these tests');
  };
  const deps: GraphqlDeps = {
    startImport: unused,
    cancelImport: () => false,
    explain: true,
    searchesAtOnce: 4,
    searchProducts: async ({ first = 24 }) => note('search', somePage(first, note)),
    suggest: async ({ prefix }) =>
      note('suggest', [
        { text: prefix, kind: 'PRODUCT', productId: uuid(1), categoryId: null },
        { text: prefix, kind: 'BRAND', productId: null, categoryId: null },
        { text: prefix, kind: 'CATEGORY', productId: null, categoryId: uuid(7) },
      ]),
    getProductIdsBySkus: noted('skus', () => uuid(1)),
    getProductIdsByVariants: noted('variants', () => uuid(1)),
    getProductsByIds: noted('products', (id) => (deleted.includes(id) ? undefined : product(id))),
    getProductImages: noted('images', (id) => image(id)),
    getCategoriesByIds: noted('categories', category),
    getChildCategories: noted('children', () => Array.from({ length: 10 }, (_, index) => category(uuid(100 + index)))),
    countProductsInCategories: noted('counts', () => 3),
    listEmbeddingModels: async () => note('models', []),
    getCurrencies: unused,
    listAttributes: unused,
    listImageFailures: unused,
    updateProducts: unused,
    getEmbeddingCoverage: unused,
    listImports: async ({ first }) =>
      note('imports', { items: Array.from({ length: first }, someImport), hasNextPage: true }),
    getImportsByIds: noted('imports by id', () => someImport(undefined, 0)),
    listImportFailures: async (ids, { first }) =>
      note(
        'failures',
        ids.map(() => ({ items: Array.from({ length: first }, someFailure), hasNextPage: true })),
      ),
    listEvaluations: async ({ first }) =>
      note('evaluations', { items: Array.from({ length: first }, someEvaluation), hasNextPage: true }),
    getEvaluationsByIds: noted('evaluations by id', () => someEvaluation(undefined, 0)),
    getEvaluationConfigurations: noted('configurations', (evaluationId) => [
      { evaluationId, name: 'default', queriesPerSecond: 40, p50Milliseconds: 40, p95Milliseconds: 60 },
      { evaluationId, name: 'words=off', queriesPerSecond: 50, p50Milliseconds: 30, p95Milliseconds: 50 },
    ]),
    getEvaluationMeasures: noted('measures', () => [someMeasure]),
    getWeakestGroups: async (keys) =>
      note(
        'groups',
        keys.map(() => [{ name: 'Fruit > Apple', measure: someMeasure }]),
      ),
    interpretQuery: unused,
    listSynonyms: async ({ first }) =>
      note('synonyms', { items: Array.from({ length: first }, someSynonym), hasNextPage: true }),
    getSynonymsByIds: noted('synonyms by id', () => someSynonym(undefined, 0)),
    addSynonyms: unused,
    deleteSynonyms: unused,
    upsertProducts: unused,
    deleteProducts: unused,
    updateVariants: unused,
    deleteVariants: unused,
    loadImage: unused,
  };
  return { deps, reads };
}

const someImport = (_: unknown, index: number): ImportRun => ({
  ...{ id: uuid(index), source: 'feed.tsv', format: 'TSV', state: 'COMPLETED', progress: null, failure: null },
  ...{ startedAt: new Date(0), finishedAt: new Date(1), place: { startedAt: 1000 - index, id: uuid(index) } },
  ...{
    productsCreated: 1,
    productsUpdated: 2,
    productsUnchanged: 3,
    productsFailed: 4,
    imagesEmbedded: 5,
    imagesFailed: 6,
    productsMissing: 7,
    productsDeleted: 8,
    productsExpired: 9,
  },
});

const someSynonym = (_: unknown, index: number): Synonym => ({
  ...{ id: uuid(index), words: ['loo roll'], meanings: ['toilet paper'], createdAt: new Date(0) },
  place: { position: 1000 - index, id: uuid(index) },
});

const someFailure = (_: unknown, index: number): ImportFailure => ({
  ...{ line: index + 2, sku: null, imageSource: null, reason: 'title: expected 1 to 1,000 characters, found none' },
  place: { line: index + 2, id: uuid(index) },
});

const someEvaluation = (_: unknown, index: number): KeptEvaluation => ({
  ...{
    id: uuid(index),
    createdAt: new Date(0),
    querySource: 'CATALOGUE',
    queryFile: null,
    distortions: [],
    queryCount: 40,
  },
  ...{
    modelName: 'mini',
    modelVersion: '1.0.0',
    findings: ['Good.'],
    place: { createdAt: 1000 - index, id: uuid(index) },
  },
});

const someMeasure: KeptMeasure = {
  ...({ metric: 'SAME_PRODUCT', target: 'NONE', k: 3, queryCount: 40 } as const),
  ...{ value: 0.84, low: 0.79, high: 0.88, difference: null },
};

const pictureOf = (productId: string) => productId.replace(/^0/, '1');

/** So many products, each found by its first picture. */
function somePage(length: number, note: <Value>(name: string, value: Value) => Value): SearchPage {
  return {
    results: Array.from({ length }, (_, index) => ({
      productId: uuid(index),
      cursor: `c${index}`,
      relevance: 0.9,
      similarity: 0.5,
      imageId: pictureOf(uuid(index)),
      why: {
        vectorRank: index + 1,
        wordRank: null,
        vectorScore: 3,
        wordScore: 0,
        named: false,
        boost: 0,
        pinned: false,
        words: [],
      },
    })),
    hasNextPage: true,
    hasPreviousPage: false,
    modelId: uuid(9),
    strategy: 'EXACT',
    queryImages: [{ term: 0, region: { x: 0.25, y: 0, width: 0.5, height: 1 }, turn: 90 }],
    milliseconds: 1,
    matchQuality: 'STRONG',
    corrections: [],
    count: async () => note('count', { value: PAGE, exact: false }),
    facets: async (fields) => {
      const values = [{ value: 'Top > Shirts', count: 2, categoryId: uuid(7) }];
      return note(
        'facets',
        fields.map(() => ({ field: 'CATEGORY', values, hasMore: false, range: null, missing: 0, exact: true })),
      );
    },
    variants: async () => note('variants', []),
    plan: () =>
      note('plan', {
        ...({ strategy: 'EXACT', candidates: PAGE, examined: PAGE, milliseconds: 1, sql: 'select 1' } as const),
        ...{ ways: [], stages: [], statements: [], searchId: null },
      }),
    termSimilarities: async () =>
      note(
        'terms',
        Array.from({ length }, (_, index) => [index / 1000, null]),
      ),
  };
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
        edges { matchedImage { id } why { termSimilarities } node { sku: groupId images { url } category { name productCount parent { name parent { name } } } } }
        nodes { title images { id } category { path } }
        totalCount { value } facets(fields: [{ builtIn: CATEGORY }]) { field exact values { value count category { name } } }
        model { name } plan { strategy }
      } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.searchProducts.edges).toHaveLength(PAGE);
    const [, edge] = data.searchProducts.edges;
    expect(edge.node.images[0].url).toBe(`http://shop.test/images/image_${pictureOf(uuid(1))}`);
    expect(edge.matchedImage).toEqual({ id: `image_${pictureOf(uuid(1))}` });
    expect(edge.node.category).toEqual({ name: 'Shirts', productCount: 3, parent: { name: 'Top', parent: null } });
    expect(edge.why).toEqual({ termSimilarities: [0.001, null] });
    expect(data.searchProducts.facets).toEqual([
      { field: 'CATEGORY', exact: true, values: [{ value: 'Top > Shirts', count: 2, category: { name: 'Shirts' } }] },
    ]);
    expect(reads.toSorted()).toEqual([
      'categories',
      'count',
      'counts',
      'facets',
      'models',
      'plan',
      'products',
      'search',
      'terms',
    ]);
  });

  it('costs one read for each kind of list, however many have one', async () => {
    const { deps, reads } = endlessShop();
    const measure = 'measure { label moreIsBetter value difference { pValue } }';
    const { data, errors } = await ask(
      deps,
      `{
        imports(first: 100) { nodes { source failures(first: 3) { nodes { line } pageInfo { endCursor } } } }
        evaluations(first: 100) { edges { node { findings configurations {
          name measures(k: 3) { label meaning } weakest { name ${measure} } again: weakest { name } worst: weakest(first: 1, metric: NDCG) { name }
        } } } }
      }`,
    );
    expect(errors).toBeUndefined();
    expect(data.imports.nodes).toHaveLength(100);
    expect(data.imports.nodes[1].failures.nodes).toEqual([{ line: 2 }, { line: 3 }, { line: 4 }]);
    expect(data.evaluations.edges[99].node.configurations[1]).toMatchObject({
      name: 'words=off',
      measures: [{ label: 'SameProduct@3', meaning: expect.stringContaining('expected product') }],
      weakest: [
        {
          name: 'Fruit > Apple',
          measure: { label: 'SameProduct@3', moreIsBetter: true, value: 0.84, difference: null },
        },
      ],
    });
    // Groups that are asked for in two ways take two.
    expect(reads.toSorted()).toEqual([
      'configurations',
      'evaluations',
      'failures',
      'groups',
      'groups',
      'imports',
      'measures',
    ]);
  });

  it('reads only what was asked for', async () => {
    const { deps, reads } = endlessShop();
    const { data } = await ask(deps, '{ searchProducts(input: {}) { matchQuality pageInfo { endCursor } } }');
    expect(data.searchProducts).toEqual({ matchQuality: 'STRONG', pageInfo: { endCursor: 'c23' } });
    expect(reads).toEqual(['search']);
    await ask(deps, '{ searchProducts(input: {}) { edges { relevance why { vectorScore pinned } } } }');
    expect(reads.toSorted()).toEqual(['products', 'search', 'search']);
  });

  it('leaves out a product that was deleted after it was found', async () => {
    const { deps } = endlessShop({ deleted: [uuid(3)] });
    const { data, errors } = await ask(
      deps,
      '{ searchProducts(input: {}) { edges { cursor } nodes { sku: groupId } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.searchProducts.nodes).toHaveLength(23);
    expect(data.searchProducts.edges.map(({ cursor }: { cursor: string }) => cursor)).not.toContain('c3');
  });

  it('shows no plan, and makes none, unless the shop explains', async () => {
    const { deps, reads } = endlessShop();
    const { data } = await ask({ ...deps, explain: false }, '{ searchProducts(input: {}) { plan { sql } } }');
    expect(data.searchProducts).toEqual({ plan: null });
    expect(reads).toEqual(['search']);
  });

  it('names what suggestions lead to', async () => {
    const { deps, reads } = endlessShop();
    const query = '{ suggest(prefix: "shi") { text kind product { sku: groupId } category { path } } }';
    expect((await ask(deps, query)).data.suggest).toEqual([
      { text: 'shi', kind: 'PRODUCT', product: { sku: `sku of ${uuid(1)}` }, category: null },
      { text: 'shi', kind: 'BRAND', product: null, category: null },
      { text: 'shi', kind: 'CATEGORY', product: null, category: { path: ['Top', 'Shirts'] } },
    ]);
    expect(reads.toSorted()).toEqual(['categories', 'products', 'suggest']);
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
    const failures = ['a', 'b', 'c'].map((name) => `${name}: failures(first: 100) { nodes { line } }`).join(' ');
    const lists = await ask(deps, `{ imports(first: 100) { nodes { ${failures} } } }`);
    expect(lists.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('tells of a read that failed a whole page twenty times at most, and logs it once', async () => {
    const { deps } = endlessShop();
    const countProductsInCategories = async () => {
      throw new Error('connection reset');
    };
    logged.length = 0;
    const { errors } = await ask(
      { ...deps, countProductsInCategories },
      `{ nodes(ids: [${PRODUCT_IDS}]) { ... on Product { category { productCount } } } }`,
    );
    expect(errors).toHaveLength(20);
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('connection reset');
  });
});

describe('what is similar', () => {
  const SIMILAR = 'similar(input: { minRelevance: 0.5 }) { nodes { sku: groupId } matchQuality totalCount { value } }';

  it('is searched for each product of a page', async () => {
    const { deps, reads } = endlessShop();
    const { data, errors } = await ask(deps, `{ searchProducts(input: {}, first: 24) { nodes { ${SIMILAR} } } }`);
    expect(errors).toBeUndefined();
    expect(data.searchProducts.nodes[23].similar).toMatchObject({
      matchQuality: 'STRONG',
      totalCount: { value: PAGE },
    });
    expect(data.searchProducts.nodes[23].similar.nodes).toHaveLength(12);
    expect(reads.filter((read) => read === 'search')).toHaveLength(25);
  });

  it('is refused for more products than thirty, after no more than a few searches', async () => {
    const { deps, reads } = endlessShop();
    const { errors } = await ask(deps, `{ searchProducts(input: {}, first: 30) { nodes { ${SIMILAR} } } }`);
    expect(errors?.[0]).toMatchObject({
      message: 'query: expected at most 30 searches in one operation ("similar" is one for each product), found 31',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(reads.filter((read) => read === 'search').length).toBeLessThan(10);
  });

  it('is nothing for a product that cannot be compared yet, and the others have theirs', async () => {
    const { deps } = endlessShop();
    const searchProducts: GraphqlDeps['searchProducts'] = async (request) => {
      if (JSON.stringify(request.unlike) === JSON.stringify({ kind: 'id', id: uuid(1) })) {
        throw new AppError('BAD_USER_INPUT', 'not searchable yet', { path: ['terms', '0', 'match', 'product'] });
      }
      return deps.searchProducts(request);
    };
    const { data, errors } = await ask(
      { ...deps, searchProducts },
      `{ searchProducts(input: {}) { nodes { similar {
        edges { cursor } pageInfo { hasNextPage endCursor } totalCount { value exact } matchQuality model { name }
        facets(fields: [{ builtIn: BRAND }, { attribute: "color" }]) { field values { value } range { min } exact }
        plan { strategy candidates }
      } } } }`,
    );
    expect(errors).toBeUndefined();
    const [other, none] = data.searchProducts.nodes;
    expect(other.similar.edges).toHaveLength(12);
    expect(none.similar).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: { value: 0, exact: true },
      matchQuality: 'NONE',
      model: null,
      facets: ['BRAND', 'color'].map((field) => ({ field, values: [], range: null, exact: true })),
      plan: { strategy: 'NONE', candidates: 0 },
    });
  });

  it('is refused with the place of what the client said wrong', async () => {
    const { deps } = endlessShop();
    const searchProducts = async () => {
      throw new AppError('BAD_USER_INPUT', 'filter.price.min: no', { path: ['filter', 'price', 'min'] });
    };
    const { errors } = await ask({ ...deps, searchProducts }, `{ product(by: { sku: "A-1" }) { ${SIMILAR} } }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', path: ['filter', 'price', 'min'] } });
  });
});
