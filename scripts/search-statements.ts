import { normalise } from '../src/embedding-vector.ts';
import { categoryId, embeddingModelId, imageId, productId } from '../src/identifiers.ts';
import { productPredicates } from '../src/search/product-filter.ts';
import * as filter from '../src/search/queries-filter.ts';
import * as neighbours from '../src/search/queries-neighbours.ts';
import * as terms from '../src/search/queries-terms.ts';
import * as windows from '../src/search/queries-window.ts';
import * as words from '../src/search/queries-words.ts';
import type { SampleStatements } from './statement-docs.ts';

const PRODUCT = productId('SKU-1');
const PRODUCTS = [PRODUCT, productId('SKU-2')];
const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
const WINDOW = '00000000-0000-4000-8000-000000000000';
const TABLE = 'image_embedding_lookgraph_mini';
const QUERY = normalise([3, 4]);
const RED = `('red') | ('red')`;
const SHOES = `('shoe') | ('shoes')`;

/** A filter with one condition of each kind. */
const where = productPredicates({
  or: [{ brand: { in: ['Acme'] } }, { attributes: [{ name: 'color', in: ['Red', 'Maroon'] }] }],
  not: { availability: ['OUT_OF_STOCK'] },
  categoryIds: [categoryId(['Apparel'])],
  price: { min: '10', max: '99.90' },
  productIds: { notIn: [PRODUCT] },
  updatedAt: { from: new Date('2026-01-01T00:00:00Z') },
});

/** Each statement of src/search, by the name of its builder. */
export const searchStatements: SampleStatements = {
  categoriesBelow: (db) => filter.categoriesBelow(db, [categoryId(['Apparel'])]),
  matchingProductCount: (db) => neighbours.matchingProductCount(db, { where, limit: 20_001 }),

  nearestPicturesByIndex: (db) =>
    neighbours.nearestPicturesByIndex(db, { table: TABLE, query: QUERY, where: [], limit: 250 }),
  nearestPicturesByIndex_filtered: (db) =>
    neighbours.nearestPicturesByIndex(db, { table: TABLE, query: QUERY, where, limit: 250 }),
  nearestPicturesExactly: (db) =>
    neighbours.nearestPicturesExactly(db, { table: TABLE, query: QUERY, where, limit: 250 }),
  productsByDistance: (db) =>
    neighbours.productsByDistance(db, {
      table: TABLE,
      query: QUERY,
      where: [],
      excluded: PRODUCTS,
      after: { distance: 0.5, productId: PRODUCT },
      limit: 25,
    }),
  productsWithoutVector: (db) =>
    neighbours.productsWithoutVector(db, { table: TABLE, where: [], excluded: PRODUCTS, after: PRODUCT, limit: 25 }),

  understoodWords: (db) => words.understoodWords(db, ['red', 'shoes', 'for']),
  similarWords: (db) => words.similarWords(db, ['blakc']),
  lexemeCounts: (db) => words.lexemeCounts(db, ['black', 'blake']),
  wordCoverage: (db) => words.wordCoverage(db, { productIds: PRODUCTS, words: [RED, SHOES], names: ['red shoes'] }),
  wordMatchesWithoutVector: (db) =>
    words.wordMatchesWithoutVector(db, { table: TABLE, where: [], query: words.anyOf([RED, SHOES]), limit: 200 }),
  productsByWords: (db) =>
    words.productsByWords(db, {
      where: [],
      query: words.anyOf([RED, SHOES]),
      words: [RED, SHOES],
      names: ['red shoes'],
      excluded: PRODUCTS,
      after: { score: 1.2, productId: PRODUCT },
      limit: 25,
    }),

  pictureVectorsOfProduct: (db) => terms.pictureVectorsOfProduct(db, { table: TABLE, productId: PRODUCT }),
  textVectorOfProduct: (db) =>
    terms.textVectorOfProduct(db, { table: 'text_embedding_lookgraph_mini', productId: PRODUCT }),
  vectorOfPicture: (db) => terms.vectorOfPicture(db, { table: TABLE, imageId: IMAGE }),
  productExists: (db) => terms.productExists(db, PRODUCT),

  newestProducts: (db) =>
    windows.newestProducts(db, {
      where: [],
      after: { createdAt: '2026-01-01 00:00:00.123456+00', productId: PRODUCT },
      limit: 25,
    }),
  stillMatching: (db) => windows.stillMatching(db, { productIds: PRODUCTS, where }),
  insertWindow: (db) =>
    windows.insertWindow(db, {
      id: WINDOW,
      requestHash: '0'.repeat(64),
      modelId: embeddingModelId('0'.repeat(64)),
      query: [0.6, 0.8],
      words: [RED],
      strategy: 'HNSW',
      entries: [[PRODUCT, IMAGE, 0.31, 1, 2]],
    }),
  windowById: (db) => windows.windowById(db, WINDOW),
  sweepWindows: (db) => windows.sweepWindows(db),
};
