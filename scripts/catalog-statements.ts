import * as change from '../src/catalog/change-statements.ts';
import * as embedding from '../src/catalog/embedding-statements.ts';
import * as records from '../src/catalog/import-records.ts';
import * as imports from '../src/catalog/import-statements.ts';
import * as missing from '../src/catalog/missing-statements.ts';
import * as sources from '../src/catalog/picture-source-statements.ts';
import * as placeholders from '../src/catalog/placeholder-statements.ts';
import { eachText } from '../src/catalog/product-texts.ts';
import * as read from '../src/catalog/read-statements.ts';
import * as synonyms from '../src/catalog/synonyms/synonym-statements.ts';
import * as words from '../src/catalog/words/word-statements.ts';
import * as write from '../src/catalog/write-statements.ts';
import { categoryId, imageId, pictureSourceId, productId, synonymId } from '../src/identifiers.ts';
import { MODEL } from './database-statements.ts';
import type { SampleStatements } from './statement-docs.ts';

const PRODUCT = productId('SKU-1');
const PRODUCTS = [PRODUCT, productId('SKU-2')];
const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
const CATEGORY = categoryId(['Apparel']);
const IMPORT = '00000000-0000-4000-8000-000000000000';

const SYNONYM = synonymId('sofa');

const PRODUCT_RECORD: write.ProductRecord = {
  id: PRODUCT,
  sku: 'SKU-1',
  title: 'Red dress',
  ...eachText(() => null),
  category_id: CATEGORY,
  price_amount: '12.90',
  price_currency: 'USD',
  compare_at_amount: '15.00',
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

const ADDRESS = 'https://shop.example/1.jpg';
const SOURCE = { id: pictureSourceId(ADDRESS), source: ADDRESS, asked_at: new Date('2026-11-30T06:00:00Z') };
const CONTENT = '0'.repeat(64);

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
  failedPictures: (db) => read.failedPictures(db, { after: undefined, limit: 21 }),
  failedPictures_behind: (db) => read.failedPictures(db, { after: IMAGE, limit: 21 }),
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

  latestSynonyms: (db) => synonyms.latestSynonyms(db, { after: undefined, limit: 21 }),
  latestSynonyms_behind: (db) => synonyms.latestSynonyms(db, { after: { position: 40, id: SYNONYM }, limit: 21 }),
  everySynonym: (db) => synonyms.everySynonym(db, 10_000),
  synonymsByIds: (db) => synonyms.synonymsByIds(db, [SYNONYM]),
  synonymVersion: (db) => synonyms.synonymVersion(db),
  lockSynonyms: (db) => synonyms.lockSynonyms(db),
  countSynonyms: (db) => synonyms.countSynonyms(db),
  storedSynonyms: (db) => synonyms.storedSynonyms(db, [SYNONYM]),
  insertSynonyms: (db) =>
    synonyms.insertSynonyms(db, [{ id: SYNONYM, words: ['loo roll'], meanings: ['toilet paper'] }]),
  deleteSynonymsById: (db) => synonyms.deleteSynonymsById(db, [SYNONYM]),
  deleteOtherSynonyms: (db) => synonyms.deleteOtherSynonyms(db, [SYNONYM]),

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
  productsToChange: (db) => change.productsToChange(db, PRODUCTS),
  pruneCategories: () => change.pruneCategories(),
  deleteProductsById: (db) => write.deleteProductsById(db, PRODUCTS),

  productsToAnalyze: (db) => words.productsToAnalyze(db, { version: '1.1 en', limit: 200 }),
  writeProductWords: (db) => words.writeProductWords(db, [{ id: PRODUCT, ...PRODUCT_WORDS }]),
  categoriesToAnalyze: (db) => words.categoriesToAnalyze(db, { version: '1.1 en', limit: 500 }),
  writeCategoryWords: () => words.writeCategoryWords([{ id: CATEGORY, ...CATEGORY_WORDS }]),
  nameBrands: () => words.nameBrands([{ brand: 'Brand 1', key: 'brand1', words: "'brand' '1'" }]),
  foldWordCounts: () => words.foldWordCounts(50_000),
  emptyPendingLists: () => words.emptyPendingLists(),
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
  contentsWaiting: (db) => embedding.contentsWaiting(db, 5_001),
  markIgnoredPictures: () =>
    embedding.markIgnoredPictures([{ productId: PRODUCT, imageId: IMAGE, contentHash: CONTENT, reason: 'blank' }]),

  knownSource: (db) => sources.knownSource(db, SOURCE.id),
  keepSource: (db) =>
    sources.keepSource(db, { ...SOURCE, version: '"etag"', content_hash: CONTENT, width: 600, height: 800 }),
  keepSourceFailure: (db) =>
    sources.keepSourceFailure(db, { ...SOURCE, failure: 'expected a picture, found HTTP status 404' }),
  fetchedPictures: (db) => sources.fetchedPictures(db, { after: { productId: PRODUCT, imageId: IMAGE }, limit: 500 }),
  lockProductsOfSource: (db) => sources.lockProductsOfSource(db, { source: ADDRESS, contentHash: CONTENT }),
  picturesOfSource: (db) => sources.picturesOfSource(db, { source: ADDRESS, productIds: PRODUCTS }),
  deleteUnusedSources: (db) => sources.deleteUnusedSources(db),
  contentsInUse: () => sources.contentsInUse([CONTENT]),

  placeholders: () => placeholders.placeholders({ products: 10 }, [CONTENT]),
  placeholders_all: () => placeholders.placeholders({ products: 10 }, undefined),
  markPlaceholders: () => placeholders.markPlaceholders([{ content_hash: CONTENT, products: 30 }]),
  knownPlaceholders: () => placeholders.knownPlaceholders(),
  unmarkPlaceholders: () => placeholders.unmarkPlaceholders([CONTENT]),
  imageTables: (db) => placeholders.imageTables(db),
  deleteIgnoredVectors: () => placeholders.deleteIgnoredVectors(MODEL.imageTable),
};
