import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findActiveModel } from '../../src/database/embedding-models.ts';
import { distortPicture } from '../../src/embedding/distort-picture.ts';
import { readPictureHeader } from '../../src/embedding/picture.ts';
import { invariant } from '../../src/errors.ts';
import { parseConfiguration } from '../../src/evaluation/configuration.ts';
import { type EvaluateDeps, evaluate } from '../../src/evaluation/evaluate.ts';
import { findMetric, type MeasuredMetric } from '../../src/evaluation/evaluation.ts';
import { createRandom, randomOfKey } from '../../src/seeded-random.ts';
import { type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';

const TITLES = 200;
const PICTURES = 600;

/** Floors lie below what docs/quality.md has, by more than the interval of so many queries. */
describe.skipIf(!fashionIsHere)('the evaluation of the fashion catalogue', () => {
  let shop: FashionShop;
  let deps: EvaluateDeps;
  let folder: string;
  const made: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lookgraph-evaluation-'));
    shop = await fashionShop();
    const { db } = shop.database;
    const model = await findActiveModel(db);
    invariant(model !== undefined, 'the shop has a model');
    const images = await db.selectFrom('product_image').select(['id', 'product_id']).execute();
    const fileOf = new Map(images.map((image) => [image.id, shop.products.get(image.product_id)?.picture]));
    deps = {
      db,
      model,
      search: shop.search,
      openModel: async (name) => {
        throw new Error(`the shop has one model, ${name} was asked for`);
      },
      inspectPicture: readPictureHeader,
      loadPicture: async (id) => {
        const file = fileOf.get(id);
        invariant(file !== undefined, 'each picture is of a product of the feed');
        return readFile(file);
      },
      distort: (picture, distortion, key) => distortPicture(picture, distortion, randomOfKey(key)),
    };
  });
  // The catalogue is kept between runs, without what was measured on it.
  afterAll(async () => {
    if (made.length > 0) await shop.database.db.deleteFrom('evaluation').where('id', 'in', made).execute();
    await shop?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function measure(request: Pick<Parameters<typeof evaluate>[1], 'source' | 'sample' | 'compare'>) {
    const evaluation = await evaluate(deps, { ...request, seed: 1 });
    made.push(evaluation.id);
    console.log(evaluation.findings.join('\n'));
    return evaluation;
  }

  it('finds the same category and department for pictures that are left out', async () => {
    const { configurations } = await measure({
      source: { kind: 'CATALOGUE', distortions: [] },
      sample: PICTURES,
      compare: [],
    });
    const figure = (metric: MeasuredMetric['metric'], k: number) =>
      findMetric(configurations[0], { metric, target: 'NONE', k })?.mean;
    expect(figure('SAME_SUB_CATEGORY', 3)).toBeGreaterThanOrEqual(0.74);
    expect(figure('SAME_CATEGORY', 3)).toBeGreaterThanOrEqual(0.96);
    expect(figure('GOT_RESULTS', 30)).toBe(1);
    expect(figure('REPEATED_PRODUCTS', 30)).toBe(0);
  });

  it('finds products by their titles, for which words are needed', async () => {
    const random = createRandom(3);
    const products = [...shop.products.values()];
    const rows = Array.from({ length: TITLES }, () => products[Math.floor(random() * products.length)]);
    const file = join(folder, 'titles.tsv');
    const lines = rows.flatMap((product) => (product ? [`${product.title}\t${product.sku}`] : []));
    await writeFile(file, ['text\texpected_sku', ...lines].join('\n'));
    const { configurations } = await measure({
      source: { kind: 'FILE', file },
      sample: undefined,
      compare: [parseConfiguration('words=off')],
    });
    const wanted = { metric: 'SAME_PRODUCT', target: 'NONE', k: 3 } as const;
    expect(findMetric(configurations[0], wanted)?.mean).toBeGreaterThanOrEqual(0.6);
    const difference = configurations[1]?.differences.find(({ metric, k }) => metric === 'SAME_PRODUCT' && k === 3);
    expect(difference?.mean).toBeLessThan(-0.4);
    expect(difference?.pValue).toBeLessThan(0.001);
  });

  it('finds mirrored products, and most that are cropped or too bright or dark', async () => {
    const { configurations } = await measure({
      source: { kind: 'CATALOGUE', distortions: ['flip', 'brightness', 'crop'] },
      sample: 100,
      compare: [],
    });
    const figure = (value: string) =>
      findMetric(configurations[0], { metric: 'SAME_PRODUCT', target: 'NONE', k: 3 }, { name: 'distortion', value })
        ?.mean;
    expect(figure('flip')).toBeGreaterThanOrEqual(0.9);
    expect(figure('brightness')).toBeGreaterThanOrEqual(0.5);
    expect(figure('crop')).toBeGreaterThanOrEqual(0.5);
  });
});
