import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findActiveModel } from '../../../src/database/embedding-models.ts';
import { AppError, invariant } from '../../../src/errors.ts';
import { parseConfiguration } from '../../../src/evaluation/configuration.ts';
import { type EvaluateDeps, type EvaluateRequest, evaluate } from '../../../src/evaluation/evaluate.ts';
import { type EvaluatedRun, findMetric } from '../../../src/evaluation/evaluation.ts';
import { evaluationAsJson } from '../../../src/evaluation/evaluation-json.ts';
import type { MetricName } from '../../../src/evaluation/measures.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

const SHIRTS = ['Apparel', 'Shirts'];
const DRESSES = ['Apparel', 'Dresses'];
const SHOES = ['Footwear', 'Shoes'];

let shop: SearchShop;
let folder: string;
let deps: EvaluateDeps;
const closed: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-evaluate-'));
  shop = await openSearchShop();
  await shop.add([
    // Two pictures, one of which looks like a dress.
    {
      sku: 'red-shirt',
      title: 'Red shirt',
      category: SHIRTS,
      pictures: [along({ red: 1.2, shirt: 1 }), along({ red: 1, dress: 0.9 })],
    },
    { sku: 'blue-shirt', title: 'Blue shirt', category: SHIRTS, pictures: [along({ blue: 1, shirt: 1 })] },
    { sku: 'red-dress', title: 'Red dress', category: DRESSES, pictures: [along({ red: 1, dress: 1 })] },
    { sku: 'blue-dress', title: 'Blue dress', category: DRESSES, pictures: [along({ blue: 1, dress: 1 })] },
    {
      sku: 'red-shoe',
      title: 'Red shoe',
      category: SHOES,
      availability: 'OUT_OF_STOCK',
      pictures: [along({ red: 1, shoe: 1 })],
    },
    { sku: 'unsorted', title: 'Something', pictures: [along({ bag: 1 })] },
  ]);
  const { db } = shop.database;
  const model = await findActiveModel(db);
  invariant(model !== undefined, 'the shop has a model');
  deps = {
    db,
    model,
    search: (request, signal) => searchProducts(shop.deps, request, signal),
    openModel: async (name) => {
      if (name !== 'backwards') throw new AppError('NOT_FOUND', `the shop has no vectors of a model ${name}`);
      return {
        model,
        search: async (request, signal) => {
          const page = await searchProducts(shop.deps, request, signal);
          return { ...page, results: [...page.results].reverse() };
        },
        close: async () => void closed.push(name),
      };
    },
    loadPicture: async () => encode(along({ red: 1, shirt: 1 })),
    distort: async (picture) => picture,
    inspectPicture: async (bytes) => {
      if (bytes.length === 0) throw new AppError('IMAGE_UNREADABLE', 'picture: expected a picture, found no bytes');
      return { width: 80, height: 400 };
    },
  };
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => shop.database.db.deleteFrom('evaluation').execute());

const encode = (vector: number[]) => new TextEncoder().encode(JSON.stringify(vector));

async function queryFile(
  rows: readonly string[],
  header = 'text\timage\texpected_sku\texpected_category',
): Promise<string> {
  const file = path.join(folder, 'queries.tsv');
  await writeFile(file, [header, ...rows].join('\n'));
  await writeFile(path.join(folder, 'red-shirt.jpg'), encode(along({ red: 1, shirt: 1 })));
  await writeFile(path.join(folder, 'empty.jpg'), '');
  return file;
}

const run = (request: Partial<EvaluateRequest>) =>
  evaluate(deps, {
    source: { kind: 'CATALOGUE', distortions: [] },
    compare: [],
    sample: undefined,
    seed: 1,
    ...request,
  });

const mean = (
  evaluated: EvaluatedRun,
  metric: MetricName,
  k: number | null,
  target: 'PRODUCT' | 'CATEGORY' | 'NONE' = 'NONE',
) => findMetric(evaluated, { metric, target, k })?.mean;

const countOf = async (table: 'evaluation' | 'evaluation_metric' | 'evaluation_query') => {
  const { rows } = await sql<{ count: number }>`select count(*)::integer from ${sql.table(table)}`.execute(
    shop.database.db,
  );
  return rows[0]?.count;
};

describe('an evaluation with a file of queries', () => {
  const ROWS = [
    'red shirt\t\tred-shirt\t',
    '\tred-shirt.jpg\tred-shirt\tApparel',
    'blue\tred-shirt.jpg\tblue-dress\t',
    // Out of stock counts as anything else.
    'red shoe\t\t\tFootwear > Shoes',
  ];

  it('judges what the search finds', async () => {
    const file = await queryFile(ROWS);
    const { configurations, queryCount, findings } = await run({ source: { kind: 'FILE', file } });
    expect(queryCount).toBe(4);
    const [base] = configurations;
    expect(base.run.outcomes.map(({ results }) => results[0]?.sku)).toEqual([
      'red-shirt',
      'red-shirt',
      'blue-shirt',
      'red-shoe',
    ]);
    // Two of the three queries that mean a product have it first; the third finds the blue shirt before the blue dress.
    expect(mean(base, 'SAME_PRODUCT', 1)).toBeCloseTo(2 / 3);
    expect(mean(base, 'SAME_PRODUCT', 3)).toBe(1);
    expect(mean(base, 'SAME_SUB_CATEGORY', 1)).toBe(3 / 4);
    expect(mean(base, 'SAME_CATEGORY', 1)).toBe(1);
    expect(mean(base, 'GOT_RESULTS', 5)).toBe(1);
    expect(mean(base, 'GOT_RESULTS', 10)).toBe(0);
    // Read to the end: a small shop.
    expect(mean(base, 'AVERAGE_PRECISION', null, 'CATEGORY')).toBeGreaterThan(0);
    const pictures = { name: 'picture', value: 'below 100 px' };
    expect(findMetric(base, { metric: 'SAME_PRODUCT', target: 'NONE', k: 1 }, pictures)).toMatchObject({
      queries: 2,
      mean: 0.5,
    });
    expect(findings[0]).toMatch(/^In a carousel of three, 100 of 100 queries show the same product/);
  });

  it('takes the category of the product where the file names none, and what is below one that it names', async () => {
    const file = await queryFile(ROWS);
    const { configurations } = await run({ source: { kind: 'FILE', file } });
    expect(configurations[0].run.outcomes.map(({ query }) => query.expected)).toMatchObject([
      { category: SHIRTS, categoryProducts: 2 },
      { category: ['Apparel'], categoryProducts: 4 },
      { category: DRESSES, categoryProducts: 2 },
      { product: null, category: SHOES, categoryProducts: 1 },
    ]);
  });

  it('compares configurations on the same queries', async () => {
    const file = await queryFile(ROWS);
    const compare = ['filter=category', 'words=off', 'text=0.1'].map(parseConfiguration);
    const { configurations } = await run({ source: { kind: 'FILE', file }, compare });
    const [base, filtered, withoutWords, lighter] = configurations;
    expect(base.differences).toEqual([]);
    expect(filtered && mean(filtered, 'SAME_SUB_CATEGORY', 3)).toBe(1);
    const difference = filtered?.differences.find(({ metric, k }) => metric === 'SAME_SUB_CATEGORY' && k === 3);
    expect(difference?.mean).toBeCloseTo(1 - (mean(base, 'SAME_SUB_CATEGORY', 3) ?? 0));
    expect(withoutWords?.run.configuration.words).toBe('OFF');
    // The picture outweighs the words now.
    expect(lighter?.run.outcomes[2]?.results[0]?.sku).toBe('red-shirt');
  });

  it('compares with another model, and closes it', async () => {
    const file = await queryFile(ROWS);
    const compare = ['model=backwards', 'model=backwards,words=off'].map(parseConfiguration);
    const { configurations, model } = await run({ source: { kind: 'FILE', file }, compare });
    const [base, other] = configurations;
    expect(model.name).toBe('axes');
    expect(other?.run.outcomes.map(({ results }) => results.at(-1)?.sku)).toEqual(
      base.run.outcomes.map(({ results }) => results[0]?.sku),
    );
    expect(closed).toEqual(['backwards']);
    const missing = [parseConfiguration('model=none')];
    const asked = shop.encoded.length;
    await expect(run({ source: { kind: 'FILE', file }, compare: missing })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'the shop has no vectors of a model none',
    });
    expect(shop.encoded.length).toBe(asked);
  });

  it('keeps everything in SQL, and gives the same figures again', async () => {
    const file = await queryFile(ROWS);
    const request = { source: { kind: 'FILE', file }, compare: [parseConfiguration('words=off')] } as const;
    const first = await run(request);
    const second = await run(request);
    for (const place of [0, 1]) {
      expect(second.configurations[place]?.metrics).toEqual(first.configurations[place]?.metrics);
      expect(second.configurations[place]?.differences).toEqual(first.configurations[place]?.differences);
    }
    expect(await countOf('evaluation')).toBe(2);
    const { rows } = await sql`
      select configuration, value, low, high, metric_query_count from analytics.evaluation
      where evaluation_id = ${first.id} and metric = 'SAME_PRODUCT' and k = 1 and slice_name = 'all' order by configuration`.execute(
      shop.database.db,
    );
    const { low, high } = findMetric(first.configurations[0], { metric: 'SAME_PRODUCT', target: 'NONE', k: 1 }) ?? {};
    expect(rows).toEqual(
      ['default', 'words=off'].map((configuration) => ({
        configuration,
        value: 2 / 3,
        low,
        high,
        metric_query_count: 3,
      })),
    );
    const queries = await sql`
      select position, query_text, expected_sku, product_rank, category_rank, result_skus[1] as first
      from evaluation_query where evaluation_id = ${first.id} and configuration = 'default' order by position`.execute(
      shop.database.db,
    );
    expect(queries.rows).toMatchObject([
      { position: 1, query_text: 'red shirt', expected_sku: 'red-shirt', product_rank: 1, first: 'red-shirt' },
      { position: 2, query_text: null, product_rank: 1, category_rank: 1 },
      { position: 3, query_text: 'blue', expected_sku: 'blue-dress', category_rank: 2, first: 'blue-shirt' },
      { position: 4, expected_sku: null, product_rank: null, category_rank: 1 },
    ]);
    expect(JSON.parse(JSON.stringify(evaluationAsJson(first)))).toMatchObject({
      id: first.id,
      source: { kind: 'FILE', file: 'queries.tsv' },
      configurations: [{ name: 'default' }, { name: 'words=off', settings: { words: 'OFF' } }],
    });
    await shop.database.db.deleteFrom('evaluation').where('id', '=', first.id).execute();
    await shop.database.db.deleteFrom('evaluation').where('id', '=', second.id).execute();
    expect(await countOf('evaluation_metric')).toBe(0);
    expect(await countOf('evaluation_query')).toBe(0);
  });

  it('finds products by the ids of their groups, and tells those that the shop does not have', async () => {
    const header = 'text\timage\texpected_group\tview';
    const found = await run({
      source: { kind: 'FILE', file: await queryFile(['red shirt\t\tred-shirt\tfront'], header) },
    });
    const wanted = { metric: 'SAME_PRODUCT', target: 'NONE', k: 1 } as const;
    expect(findMetric(found.configurations[0], wanted)?.mean).toBe(1);
    await shop.database.db.deleteFrom('evaluation').execute();
    const missing = await queryFile(['red shirt\t\tnone\tfront'], header);
    await expect(run({ source: { kind: 'FILE', file: missing } })).rejects.toThrow(
      'line 2: expected the id of a product of this shop, found "none"',
    );
  });

  it('tells every wrong row, asks nothing and keeps nothing', async () => {
    const file = await queryFile([
      'x\t\tnone\t',
      'x\t\t\tApparel > Hats',
      '\tmissing.jpg\tred-shirt\t',
      '\tempty.jpg\tred-shirt\t',
      'x\t\tred-shirt\t',
      `${'x'.repeat(1_001)}\t\tred-shirt\t`,
    ]);
    const before = shop.encoded.length;
    await expect(run({ source: { kind: 'FILE', file } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: [
        `${file}: nothing was evaluated:`,
        'line 2: expected a sku of this shop, found "none"',
        'line 3: expected a category of this shop that has products, found "Apparel > Hats"',
        `line 4: expected a picture, found no file "${path.join(folder, 'missing.jpg')}" that can be read`,
        `line 5: ${path.join(folder, 'empty.jpg')}: picture: expected a picture, found no bytes`,
        'line 7: terms.0.match.text: expected at most 1000 characters, found "1001 characters"',
      ].join('\n  '),
    });
    expect(shop.encoded.length).toBe(before);
    expect(await countOf('evaluation')).toBe(0);
  });

  it('says which query failed, and keeps nothing', async () => {
    const file = await queryFile(ROWS);
    const failing: EvaluateDeps = {
      ...deps,
      search: async (request) => {
        if (request.terms.length === 2) throw new AppError('TIMEOUT', 'the statement took too long');
        return searchProducts(shop.deps, request);
      },
    };
    const request: EvaluateRequest = { source: { kind: 'FILE', file }, compare: [], sample: undefined, seed: 1 };
    await expect(evaluate(failing, request)).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'line 4: the statement took too long',
    });
    expect(await countOf('evaluation')).toBe(0);
  });

  it('ends when it is interrupted, and keeps nothing', async () => {
    const file = await queryFile(ROWS);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await expect(run({ source: { kind: 'FILE', file }, signal: controller.signal, onProgress })).rejects.toThrow();
    expect(await countOf('evaluation')).toBe(0);
  });

  it('draws a sample by the seed alone', async () => {
    const file = await queryFile([...ROWS, ...ROWS, ...ROWS]);
    const drawn = async (seed: number) => {
      const { configurations } = await run({ source: { kind: 'FILE', file }, sample: 5, seed });
      return configurations[0].run.outcomes.map(({ query }) => `${query.text} ${query.picture?.kind}`);
    };
    const first = await drawn(1);
    expect(first).toHaveLength(5);
    expect(await drawn(1)).toEqual(first);
    expect(new Set((await Promise.all([2, 3, 4, 5].map(drawn))).map(String)).size).toBeGreaterThan(1);
  });
});

describe("an evaluation with the catalogue's own pictures", () => {
  it('leaves out the picture of a product that has others, and the product of a picture that is its only one', async () => {
    const { configurations } = await run({});
    const outcomes = configurations[0].run.outcomes;
    const asked = (id: string) =>
      outcomes.find(({ query }) => query.picture?.kind === 'catalogue' && query.picture.imageId === id);
    const skus = (id: string) => asked(id)?.results.map(({ sku }) => sku);
    const picture = (sku: string, place = '0') => imageId(productId(sku), place);

    // Without itself, the shirt is found by its other picture, which looks like a red dress: the dress comes first.
    const ofShirt = asked(picture('red-shirt', '1'));
    expect(ofShirt?.query).toMatchObject({ leftOut: 'OWN_PICTURE', expected: { product: { sku: 'red-shirt' } } });
    expect(skus(picture('red-shirt', '1'))?.slice(0, 2)).toEqual(['red-dress', 'red-shirt']);
    expect(ofShirt?.results.find(({ sku }) => sku === 'red-shirt')?.imageId).toBe(picture('red-shirt', '0'));

    const ofDress = asked(picture('red-dress'));
    expect(ofDress?.query).toMatchObject({
      leftOut: 'OWN_PRODUCT',
      expected: { product: null, category: DRESSES, categoryProducts: 1 },
    });
    expect(skus(picture('red-dress'))?.[0]).toBe('red-shirt');
    expect(skus(picture('red-dress'))).not.toContain('red-dress');

    // The only shoe and what is in no category: nothing could be found.
    expect(asked(picture('red-shoe'))).toBeUndefined();
    expect(asked(picture('unsorted'))).toBeUndefined();
    expect(outcomes).toHaveLength(5);
  });

  it('leaves nothing out for distorted copies, and slices by distortion', async () => {
    const { configurations } = await run({ source: { kind: 'CATALOGUE', distortions: ['flip', 'blur'] }, sample: 3 });
    const [base] = configurations;
    expect(base.run.outcomes.map(({ query }) => query.slices.distortion)).toEqual([
      'flip',
      'blur',
      'flip',
      'blur',
      'flip',
      'blur',
    ]);
    expect(base.run.outcomes.every(({ query }) => query.leftOut === 'NOTHING' && query.expected.product)).toBe(true);
    // The shop's loader always gives the red shirt.
    expect(base.run.outcomes.every(({ results }) => results[0]?.sku === 'red-shirt')).toBe(true);
    expect(
      findMetric(base, { metric: 'GOT_RESULTS', target: 'NONE', k: 1 }, { name: 'distortion', value: 'flip' })?.queries,
    ).toBe(3);
  });

  it('says when there is nothing to ask with', async () => {
    const empty = await openSearchShop();
    try {
      const model = await findActiveModel(empty.database.db);
      invariant(model !== undefined, 'the shop has a model');
      const source = { kind: 'CATALOGUE', distortions: [] } as const;
      await expect(
        evaluate({ ...deps, db: empty.database.db, model }, { source, compare: [], sample: undefined, seed: 1 }),
      ).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining('found no searchable picture'),
      });
    } finally {
      await empty.close();
    }
  });

  it.each([
    [{ sample: 0 }, '--sample: expected 1 to 2,147,483,647, found 0'],
    [{ sample: 1.5 }, '--sample: expected 1 to 2,147,483,647, found 1.5'],
    [{ seed: -1 }, '--seed: expected 0 to 4294967295, found -1'],
    [
      { compare: [parseConfiguration('words=off'), parseConfiguration('words=off')] },
      '--compare: expected configurations that differ, found "words=off"',
    ],
  ])('refuses %j', async (request, message) => {
    await expect(run(request)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message });
  });
});
