import * as ask from '../src/evaluation/evaluation-statements.ts';
import * as kept from '../src/evaluation/read-statements.ts';
import * as store from '../src/evaluation/store-statements.ts';
import { categoryId, imageId, productId } from '../src/identifiers.ts';
import type { SampleStatements } from './statement-docs.ts';

const PRODUCT = productId('SKU-1');
const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
const TABLE = 'image_embedding_lookgraph_mini';
const EVALUATION = '00000000-0000-4000-8000-000000000000';
const OF_RUN = { evaluation_id: EVALUATION, configuration: 'default' };
const SAME_PRODUCT = { metric: 'SAME_PRODUCT', target: 'NONE', k: 3 } as const;

/** Each statement of src/evaluation, by the name of its builder. */
export const evaluationStatements: SampleStatements = {
  productLabels: (db) => ask.productLabels(db, [PRODUCT]),
  categorySizes: (db) => ask.categorySizes(db, [categoryId(['Apparel'])]),
  sampledPictures: (db) => ask.sampledPictures(db, { table: TABLE, seed: 1, limit: 3_000 }),
  nearestOtherPicture: (db) => ask.nearestOtherPicture(db, { table: TABLE, imageId: IMAGE, productId: PRODUCT }),
  productCount: (db) => ask.productCount(db, 1_001),

  latestEvaluations: (db) => kept.latestEvaluations(db, { after: undefined, limit: 11 }),
  evaluationsByIds: (db) => kept.evaluationsByIds(db, [EVALUATION]),
  configurationsOfEvaluations: (db) => kept.configurationsOfEvaluations(db, [EVALUATION]),
  measuresOfEvaluations: (db) => kept.measuresOfEvaluations(db, [EVALUATION]),
  weakestGroups: (db) =>
    kept.weakestGroups(db, [{ evaluationId: EVALUATION, name: 'default' }], {
      ...{ by: 'category', metric: 'SAME_PRODUCT', target: 'CATEGORY', k: 3, minQueries: 5 },
      ...{ limit: 5, lessIsBetter: false },
    }),

  insertEvaluation: (db) =>
    store.insertEvaluation(db, {
      id: EVALUATION,
      created_at: new Date('2026-01-01T00:00:00Z'),
      query_source: 'FILE',
      query_file: 'queries.tsv',
      distortions: [],
      query_count: 296,
      sample: null,
      seed: 1,
      model_name: 'lookgraph-mini',
      model_version: '1.0.0',
      findings: ['In a carousel of three, 84 of 100 queries show the same product.'],
    }),
  insertEvaluationConfigurations: (db) =>
    store.insertEvaluationConfigurations(db, [
      {
        evaluation_id: EVALUATION,
        name: 'default',
        position: 0,
        settings: '{"words":"AUTO"}',
        queries_per_second: 38,
        p50_milliseconds: 47,
        p95_milliseconds: 69,
      },
    ]),
  insertEvaluationMetrics: (db) =>
    store.insertEvaluationMetrics(db, [
      {
        ...OF_RUN,
        slice_name: 'category',
        slice_value: 'Fruit > Apple',
        ...SAME_PRODUCT,
        query_count: 20,
        value: 0.84,
        low: 0.79,
        high: 0.88,
      },
    ]),
  insertEvaluationDifferences: (db) =>
    store.insertEvaluationDifferences(db, [
      { ...OF_RUN, ...SAME_PRODUCT, difference: 0.02, low: -0.01, high: 0.05, p_value: 0.2 },
    ]),
  insertEvaluationQueries: (db) =>
    store.insertEvaluationQueries(db, [
      {
        ...OF_RUN,
        position: 1,
        query_text: null,
        picture: '/photos/apple.jpg',
        expected_sku: 'SKU-1',
        expected_category: ['Fruit', 'Apple'],
        product_rank: 1,
        category_rank: 1,
        result_skus: ['SKU-1', 'SKU-2'],
        milliseconds: 12.5,
      },
    ]),
};
