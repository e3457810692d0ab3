import { normalise } from '../src/embedding-vector.ts';
import { categoryId, embeddingModelId, imageId, productId, variantId } from '../src/identifiers.ts';
import type { ResolvedFilter } from '../src/search/filter/product-filter.ts';
import type { ProductScores } from '../src/search/ranking/ranking-statements.ts';
import { sampleWords } from './sample-words.ts';

// What the samples of searches are about.

export const PRODUCT = productId('SKU-1');
export const VARIANT = variantId('SKU-1-M');
export const PRODUCTS = [PRODUCT, productId('SKU-2')];
export const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
export const WINDOW = '00000000-0000-4000-8000-000000000000';
export const TABLE = 'image_embedding_lookgraph_mini';
export const TEXTS = 'text_embedding_lookgraph_mini';
export const SKETCHES = 'picture_sketch_lookgraph_mini';
export const MODEL = embeddingModelId('0'.repeat(64));
export const QUERY = normalise([3, 4]);
export const RED = `('red' | '~red')`;
export const SHOES = `('shoes' | '~shoe')`;
export const WORDS = sampleWords([categoryId(['Footwear'])]);

/** A filter with conditions of each kind but codes and numbers of attributes, which few searches ask for; `browsedProducts_byNumber` has these. */
export const FILTER: ResolvedFilter = {
  or: [{ brand: { in: ['Acme'] } }, { attributes: [{ name: 'color', in: ['Red', 'Maroon'] }] }],
  not: { availability: ['OUT_OF_STOCK'] },
  category: [categoryId(['Apparel'])],
  price: { min: '10', max: '99.90', currency: 'USD' },
  product: { notIn: [PRODUCT] },
  updatedAt: { from: new Date('2026-01-01T00:00:00Z') },
};

/** A search for red shoes, with a boost. */
export const SCORES: ProductScores = {
  filter: FILTER,
  query: {
    vectors: {
      modelId: '00000000-0000-4000-8000-000000000001',
      pictures: { vector: QUERY, mean: 0.07, standardDeviation: 0.21 },
      texts: { vector: QUERY, mean: 0.08, standardDeviation: 0.25 },
      shares: undefined,
    },
    words: WORDS,
    scoring: {
      midpoint: 4.05,
      width: 0.2,
      mostJudged: 1,
      nearFrom: 2.1,
      nearSpan: 1.75,
      trust: 1,
      coverageCounts: 1.5,
      coverageWorth: 1.5,
      nameWorth: 3,
      wordsTell: 1,
      reference: 4,
      picturesFirst: 0,
    },
  },
  model: { imageTable: TABLE, textTable: TEXTS },
  boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 0.2 }],
  minRelevance: 0.5,
  duplicateDistance: undefined,
  pinned: PRODUCTS,
};
