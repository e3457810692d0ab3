import * as embedding from '../src/catalog/embedding-statements.ts';
import * as records from '../src/catalog/import-records.ts';
import * as imports from '../src/catalog/import-statements.ts';
import * as missing from '../src/catalog/missing-statements.ts';
import { eachText } from '../src/catalog/product-texts.ts';
import * as read from '../src/catalog/read-statements.ts';
import * as words from '../src/catalog/words/word-statements.ts';
import * as write from '../src/catalog/write-statements.ts';
import { categoryId, imageId, productId } from '../src/identifiers.ts';
import { MODEL } from './database-statements.ts';
import type { SampleStatements } from './statement-docs.ts';

const PRODUCT = productId('SKU-1');
const PRODUCTS = [PRODUCT, productId('SKU-2')];
const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
const CATEGORY = categoryId(['Apparel']);
const IMPORT = '00000000-0000-4000-8000-000000000000';

const PRODUCT_RECORD: write.ProductRecord = {
  id: PRODUCT,
  sku: 'SKU-1',
  title: 'Red dress',
  ...eachText(() => null),
  category_id: CATEGORY,
  price_amount: '12.90',
  price_currency: 'USD',
  availability: 'IN_STOCK',
  attributes: { color: ['Red'] },
  link: null,
  content_hash: '0'.repeat(64),
};

const PRODUCT_WORDS = {
  words: "'+red dress' '@red=color' 'red':1A,9C 'dress':2A '~shoe':12B",
  title_key: 'reddress',
  title_key_bare: '',
  brand_key: '',
  title_words: "'red' 'dress'",
  words_version: '1.1 en',
};
const CATEGORY_WORDS = {
  name_key: 'apparel',
  numberless_key: '~apparel',
  words: "'apparel'",
  words_version: '1.1 en',
};

const IMAGE_RECORD: write.ImageRecord = {
  product_id: PRODUCT,
  id: IMAGE,
  position: 0,
  source: 'https://shop.example/1.jpg',
  source_version: null,
  content_hash: null,
  width: null,
  height: null,
  state: 'PENDING',
  failure: null,
};

const COUNTS: records.ImportCounts = {
  products_created: 1,
  products_updated: 0,
  products_unchanged: 0,
  products_failed: 0,
  images_embedded: 1,
  images_failed: 0,
  products_missing: 12,
  products_deleted: 0,
  products_expired: 0,
};

/** Each statement of src/catalog, by the name of its builder. */
export const catalogStatements: SampleStatements = {
  productsByIds: (db) => read.productsByIds(db, PRODUCTS),
  imagesByIds: (db) => read.imagesByIds(db, [IMAGE]),
  categoriesByIds: (db) => read.categoriesByIds(db, [CATEGORY]),
  childCategories: (db) => read.childCategories(db, [CATEGORY]),
  childCategories_top: (db) => read.childCategories(db, [null]),
  productCounts: (db) => read.productCounts(db, [CATEGORY]),
  embeddingCoverage: () => read.embeddingCoverage([MODEL.id]),

  latestImports: (db) => imports.latestImports(db, { after: undefined, limit: 11 }),
  latestImports_behind: (db) =>
    imports.latestImports(db, { after: { startedAt: 1_767_225_600_123_456, id: IMPORT }, limit: 11 }),
  importsByIds: (db) => imports.importsByIds(db, [IMPORT]),
  failuresOfImports: (db) =>
    imports.failuresOfImports(db, { importIds: [IMPORT], after: { line: 12, id: IMPORT }, limit: 21 }),

  insertImport: (db) => records.insertImport(db, { id: IMPORT, source: 'products.tsv', format: 'TSV' }),
  interruptRunningImports: (db) => records.interruptRunningImports(db),
  deleteOldImportItems: (db) => records.deleteOldImportItems(db, 100),
  insertImportItems: (db) =>
    records.insertImportItems(db, IMPORT, [
      { id: '00000000-0000-4000-8000-000000000001', item: { outcome: 'CREATED', line: 2, sku: 'SKU-1' } },
    ]),
  updateRunningImport: (db) =>
    records.updateRunningImport(db, IMPORT, {
      counts: COUNTS,
      progress: { phase: 'EMBEDDING', done: 500, total: 2_000 },
    }),
  updateImport: (db) =>
    records.updateImport(db, IMPORT, { ...COUNTS, state: 'COMPLETED', failure: null, finished_at: new Date(0) }),
  skusOfProducts: (db) => records.skusOfProducts(db, PRODUCTS),
  analyzeProducts: () => records.analyzeProducts(),

  productsBeforeImport: (db) => missing.productsBeforeImport(db, { importId: IMPORT, after: undefined, limit: 2_000 }),
  productsBeforeImport_behind: (db) =>
    missing.productsBeforeImport(db, {
      importId: IMPORT,
      after: { createdAt: 1_767_225_600_123_456, id: PRODUCT },
      limit: 2_000,
    }),
  expireProducts: (db) => missing.expireProducts(db, PRODUCTS),

  productHashes: (db) => write.productHashes(db, PRODUCTS),
  storedImages: (db) => write.storedImages(db, PRODUCTS),
  failedImages: (db) => write.failedImages(db, PRODUCTS),
  lockProducts: (db) => write.lockProducts(db, PRODUCTS),
  insertCategories: (db) =>
    write.insertCategories(db, [
      {
        id: CATEGORY,
        parent_id: null,
        name: 'Apparel',
        path: ['Apparel'],
        ancestor_ids: [CATEGORY],
        ...CATEGORY_WORDS,
      },
    ]),
  updateOffers: (db) => write.updateOffers(db, [PRODUCT_RECORD]),
  insertProducts: (db) => write.insertProducts(db, [{ ...PRODUCT_RECORD, ...PRODUCT_WORDS }]),
  insertImages: (db) => write.insertImages(db, [IMAGE_RECORD]),
  moveImages: (db) => write.moveImages(db, [IMAGE_RECORD]),
  deleteImages: (db) => write.deleteImages(db, [{ product_id: PRODUCT, id: IMAGE }]),
  deleteProductsById: (db) => write.deleteProductsById(db, PRODUCTS),

  productsToAnalyze: (db) => words.productsToAnalyze(db, { version: '1.1 en', limit: 200 }),
  writeProductWords: (db) => words.writeProductWords(db, [{ id: PRODUCT, ...PRODUCT_WORDS }]),
  categoriesToAnalyze: (db) => words.categoriesToAnalyze(db, { version: '1.1 en', limit: 500 }),
  writeCategoryWords: () => words.writeCategoryWords([{ id: CATEGORY, ...CATEGORY_WORDS }]),
  nameBrands: () => words.nameBrands([{ brand: 'Brand 1', key: 'brand1', words: "'brand' '1'" }]),
  foldWordCounts: () => words.foldWordCounts(50_000),
  recountWords: () => words.recountWords(),
  waitingProducts: (db) => words.waitingProducts(db, '1.1 en'),
  hasChangesOfSql: () => words.hasChangesOfSql(),

  picturesWithoutVector: (db) =>
    embedding.picturesWithoutVector(db, MODEL, { after: { productId: PRODUCT, imageId: IMAGE }, limit: 500 }),
  countPicturesWithoutVector: (db) => embedding.countPicturesWithoutVector(db, MODEL),
  textsWithoutVector: (db) => embedding.textsWithoutVector(db, MODEL, { afterProductId: PRODUCT, limit: 500 }),
  countTextsWithoutVector: (db) => embedding.countTextsWithoutVector(db, MODEL),
  countVectors: () => embedding.countVectors(MODEL),
  vectorsOfContents: (db) => embedding.vectorsOfContents(db, MODEL, ['0'.repeat(64)]),
  writePictureVectors: () =>
    embedding.writePictureVectors(MODEL, [
      { productId: PRODUCT, imageId: IMAGE, contentHash: '0'.repeat(64), vector: '[1,0]' },
    ]),
  writeTextVectors: () =>
    embedding.writeTextVectors(MODEL, [{ productId: PRODUCT, textHash: '0'.repeat(64), vector: '[1,0]' }]),
  markEmbeddedPictures: () => embedding.markEmbeddedPictures(MODEL),
  markFailedPictures: () =>
    embedding.markFailedPictures(MODEL, [
      { productId: PRODUCT, imageId: IMAGE, reason: 'expected a picture, found text' },
    ]),
  setPictureContent: (db) =>
    embedding.setPictureContent(db, {
      productId: PRODUCT,
      imageId: IMAGE,
      contentHash: '0'.repeat(64),
      version: '"etag"',
      width: 600,
      height: 800,
    }),
};
