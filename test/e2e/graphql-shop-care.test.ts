import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing } from '../support/small-shop.ts';

let server: ShopServer;
let folder: string;

const tsv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.join('\t')).join('\n')}\n`;

async function importFeed(name: string, rows: readonly (readonly string[])[]) {
  await writeFile(path.join(folder, name), tsv([['id', 'title', 'product_type', 'image_link', 'price'], ...rows]));
  return server.shop.importFeed({ path: path.join(folder, name) });
}

/** More than a page of failures: rows without a title. */
const NAMELESS = 25;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-care-'));
  server = await startShopServer({ embedInBackground: false });
  for (const color of ['red', 'blue'] as const) {
    for (const kind of ['shirt', 'dress'] as const) {
      await writeFile(path.join(folder, `${color}-${kind}.jpg`), await drawing(color, kind));
    }
  }
  await writeFile(path.join(folder, 'broken.jpg'), 'no picture');
  const product = (color: string, kind: string, picture = `${color}-${kind}.jpg`) => [
    `${color}-${kind}`,
    `A ${color} ${kind}`,
    `Apparel > ${kind}`,
    picture,
    '12.90 USD',
  ];
  await importFeed('first.tsv', [
    product('red', 'shirt'),
    product('red', 'dress'),
    ['dear', 'A dear thing', 'Apparel', '', 'very'],
    product('green', 'shirt', 'broken.jpg'),
    // Not the shop's to ask: refused when it is fetched, long after its line was read.
    product('green', 'dress', 'http://127.0.0.1:9/green-dress.jpg'),
    ...Array.from({ length: NAMELESS }, (_, index) => [`nameless-${index}`, '', '', '', '']),
  ]);
  await importFeed('second.tsv', [product('red', 'shirt'), product('blue', 'shirt'), product('blue', 'dress')]);
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
  await rm(folder, { recursive: true });
});

describe('imports', () => {
  const IMPORT = `id source format state startedAt finishedAt progress { phase } failure
    productsCreated productsUpdated productsUnchanged productsFailed imagesEmbedded imagesFailed
    productsMissing productsDeleted productsExpired`;

  it('are listed, the latest first, with what became of them', async () => {
    const { imports } = await server.data(
      `{ imports { edges { cursor node { ${IMPORT} } } nodes { source } pageInfo { hasNextPage } } }`,
    );
    expect(imports.nodes).toEqual([{ source: 'second.tsv' }, { source: 'first.tsv' }]);
    expect(imports.pageInfo.hasNextPage).toBe(false);
    expect(imports.edges[0].node).toMatchObject({
      ...{ format: 'TSV', state: 'COMPLETED', progress: null, failure: null },
      ...{ productsCreated: 2, productsUpdated: 0, productsUnchanged: 1, productsFailed: 0 },
      ...{ imagesEmbedded: 2, imagesFailed: 0 },
      ...{ productsMissing: 4, productsDeleted: 0, productsExpired: 0 },
    });
    const [, { node: first }] = imports.edges;
    // What is dear goes in without its price, which is told.
    expect(first).toMatchObject({ productsCreated: 5, imagesEmbedded: 2, imagesFailed: 2 });
    expect(first.productsFailed).toBe(NAMELESS);
    expect(new Date(first.finishedAt).getTime()).toBeGreaterThanOrEqual(new Date(first.startedAt).getTime());
  });

  it('come page by page, and each by its id', async () => {
    const PAGE =
      'query ($after: String) { imports(first: 1, after: $after) { nodes { id source } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    const { imports: one } = await server.data(PAGE);
    const { imports: two } = await server.data(PAGE, { after: one.pageInfo.endCursor });
    expect([...one.nodes, ...two.nodes].map(({ source }) => source)).toEqual(['second.tsv', 'first.tsv']);
    expect(one.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(two.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const { node } = await server.data(
      'query ($id: ID!) { node(id: $id) { __typename id ... on Import { source } } }',
      {
        id: two.nodes[0].id,
      },
    );
    expect(node).toEqual({ __typename: 'Import', id: two.nodes[0].id, source: 'first.tsv' });
    expect(await server.data('{ node(id: "import_6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11") { id } }')).toEqual({
      node: null,
    });
  });

  it('tell each failure once, in the order of the feed, with the reason', async () => {
    const FAILURES = `query ($after: String) { imports { nodes { source failures(first: 20, after: $after) {
      edges { cursor node { line sku imageSource reason } } pageInfo { hasNextPage endCursor } } } } }`;
    const [, first] = (await server.data(FAILURES)).imports.nodes;
    expect(first.failures.pageInfo.hasNextPage).toBe(true);
    const [second, behind] = (await server.data(FAILURES, { after: first.failures.pageInfo.endCursor })).imports.nodes;
    const told = [...first.failures.edges, ...behind.failures.edges].map(({ node }) => node);
    expect(told).toHaveLength(NAMELESS + 3);
    expect(told[0]).toEqual({ line: 4, sku: 'dear', imageSource: null, reason: expect.stringContaining('price') });
    expect(told[1]).toMatchObject({ line: 5, sku: 'green-shirt', imageSource: 'file:broken.jpg' });
    expect(told[2]).toMatchObject({ line: 7, sku: 'nameless-0', reason: expect.stringContaining('title') });
    expect(new Set(told.map(({ sku }) => sku)).size).toBe(NAMELESS + 3);
    expect(told.at(-1)).toMatchObject({
      line: null,
      sku: 'green-dress',
      reason: expect.stringContaining('port 80 or 443'),
    });
    expect(behind.failures.pageInfo.hasNextPage).toBe(false);
    expect(second.failures.edges).toEqual([]);
  });

  it.each([
    ['imports(first: 0) { nodes { id } }', 'first: expected 1 to 100, found 0'],
    ['imports(first: 101) { nodes { id } }', 'first: expected 1 to 100, found 101'],
    ['imports(after: "x") { nodes { id } }', 'after: expected a cursor that another page of this list gave, found "x"'],
    ['imports { nodes { failures(first: 0) { nodes { line } } } }', 'first: expected 1 to 100, found 0'],
    ['imports { nodes { failures(after: "") { nodes { line } } } }', 'after: expected a cursor'],
    ['evaluations(first: 101) { nodes { id } }', 'first: expected 1 to 100, found 101'],
    ['evaluations(after: "WzEsMl0") { nodes { id } }', 'after: expected a cursor'],
  ])('are refused where they are asked for wrongly: %s', async (field, message) => {
    const { errors } = await server.ask(`{ ${field} }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('the models', () => {
  it('say how much of the catalogue they have vectors of', async () => {
    const { embeddingModels } = await server.data(
      '{ embeddingModels { name version state coverage { kind documents embedded failed } } }',
    );
    expect(embeddingModels).toEqual([
      {
        ...{ name: 'lookgraph-mini', version: expect.stringMatching(/^\d/), state: 'ACTIVE' },
        coverage: [
          { kind: 'IMAGE', documents: 6, embedded: 4, failed: 2 },
          { kind: 'TEXT', documents: 7, embedded: 7, failed: 0 },
        ],
      },
    ]);
  });
});

describe('evaluations', () => {
  const EVALUATIONS = `query ($after: String) { evaluations(first: 1, after: $after) {
    nodes { id createdAt querySource queryFile distortions queryCount modelName modelVersion findings configurations {
      name queriesPerSecond p50Milliseconds p95Milliseconds
      headline: measures(metrics: [SAME_PRODUCT, SAME_SUB_CATEGORY], k: 3) { label k queryCount value low high moreIsBetter difference { value low high pValue } }
      everything: measures { metric target k }
      weakest(minQueries: 1) { name measure { label value queryCount } }
      byOrder: weakest(metric: RECIPROCAL_RANK, target: PRODUCT, minQueries: 1, first: 1) { name measure { label k } }
      unknown: weakest(by: "no such thing", minQueries: 1) { name }
    } } pageInfo { hasNextPage endCursor } } }`;

  it('are none before the first', async () => {
    expect((await server.data(EVALUATIONS)).evaluations).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it('tell what was found, how sure it is, where it is weak, and how configurations differ', async () => {
    await writeFile(
      path.join(folder, 'queries.tsv'),
      tsv([
        ['image', 'text', 'expected_sku'],
        ['red-shirt.jpg', '', 'red-shirt'],
        ['', 'blue dress', 'blue-dress'],
        // Nobody would call it that.
        ['red-shirt.jpg', '', 'blue-shirt'],
      ]),
    );
    const request = { sample: undefined, seed: 1 } as const;
    const evaluation = await server.shop.evaluate({
      ...request,
      source: { kind: 'FILE', file: path.join(folder, 'queries.tsv') },
      compare: [
        { name: 'words=off', words: 'OFF', filterByCategory: false, model: null, textWeight: 1, pictureWeight: 1 },
      ],
    });
    const { evaluations } = await server.data(EVALUATIONS);
    const [node] = evaluations.nodes;
    expect(node).toMatchObject({
      ...{
        id: `evaluation_${evaluation.id}`,
        querySource: 'FILE',
        queryFile: 'queries.tsv',
        distortions: [],
        queryCount: 3,
      },
      ...{ modelName: 'lookgraph-mini', findings: evaluation.findings },
    });
    const [base, other] = node.configurations;
    expect([base.name, other.name]).toEqual(['default', 'words=off']);
    expect(base.headline.map(({ label }: { label: string }) => label)).toEqual(['SameSubCategory@3', 'SameProduct@3']);
    for (const { value, low, high, difference } of base.headline) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(difference).toBeNull();
    }
    expect(other.headline[0].difference).toMatchObject({ value: expect.any(Number), pValue: expect.any(Number) });
    const measured = evaluation.configurations[0].metrics.filter(({ slice }) => slice.name === 'all');
    expect(base.everything).toHaveLength(measured.length);
    expect(base.weakest[0].measure).toMatchObject({ label: 'SameProduct@3', queryCount: expect.any(Number) });
    expect(base.weakest.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Apparel > dress',
      'Apparel > shirt',
    ]);
    const values = base.weakest.map(({ measure }: { measure: { value: number } }) => measure.value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(base.byOrder).toEqual([{ name: expect.any(String), measure: { label: 'MRR (product)', k: null } }]);
    expect(base.unknown).toEqual([]);

    await server.shop.evaluate({ ...request, source: { kind: 'CATALOGUE', distortions: [] }, compare: [] });
    const { evaluations: latest } = await server.data(EVALUATIONS);
    expect(latest.nodes[0]).toMatchObject({ querySource: 'CATALOGUE', queryFile: null, queryCount: 4 });
    // No query of these has a product to find: its own picture is left out of the results.
    expect(latest.nodes[0].configurations[0].weakest[0].measure.label).toBe('SameSubCategory@3');
    const { evaluations: before } = await server.data(EVALUATIONS, { after: latest.pageInfo.endCursor });
    expect(before.nodes[0].id).toBe(node.id);
    const asked = await server.data(
      'query ($id: ID!) { node(id: $id) { __typename ... on Evaluation { queryCount } } }',
      { id: node.id },
    );
    expect(asked.node).toEqual({ __typename: 'Evaluation', queryCount: 3 });
  });

  it.each([
    ['weakest(first: 0) { name }', 'first: expected 1 to 100, found 0'],
    ['weakest(minQueries: 0) { name }', 'minQueries: expected 1 or more, found 0'],
  ])('are refused where they are asked for wrongly: %s', async (field, message) => {
    const { errors } = await server.ask(`{ evaluations { nodes { configurations { ${field} } } } }`);
    expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
  });
});
