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
import * as place from '../src/catalog/variants/place-statements.ts';
import * as stored from '../src/catalog/variants/stored-statements.ts';
import * as variants from '../src/catalog/variants/variant-statements.ts';
import * as words from '../src/catalog/words/word-statements.ts';
import * as write from '../src/catalog/write-statements.ts';
import { categoryId, imageId, pictureSourceId, productId, synonymId, variantId } from '../src/identifiers.ts';
import { MODEL } from './database-statements.ts';
import type { SampleStatements } from './statement-docs.ts';

const PRODUCT = productId('DRESS-1');
const PRODUCTS = [PRODUCT, productId('DRESS-2')];
const VARIANTS = [variantId('SKU-1'), variantId('SKU-2')];
const IMAGE = imageId(PRODUCT, 'https://shop.example/1.jpg');
const CATEGORY = categoryId(['Apparel']);
const IMPORT = '00000000-0000-4000-8000-000000000000';

const SYNONYM = synonymId('sofa');

const PRODUCT_RECORD: write.ProductRecord = {
  id: PRODUCT,
  group_id: 'DRESS-1',
  title: 'Red dress',
  ...eachText(() => null),
  category_id: CATEGORY,
  further_category_ids: [categoryId(['Sale'])],
  link: null,
  options: ['size'],
  attributes: { color: ['Red'], size: ['S', 'M'] },
  common_attributes: { color: ['Red'] },
  codes: ['SKU-1', 'SKU-2'],
  variant_count: 2,
  look_count: 1,
  price_lowest: '12.90',
  price_highest: '14.90',
  price_currency: 'USD',
  availability: 'IN_STOCK',
  on_sale: true,
  content_hash: '0'.repeat(64),
};

const VARIANT_RECORD: variants.VariantRecord = {
  product_id: PRODUCT,
  id: variantId('SKU-1'),
  sku: 'SKU-1',
  position: 0,
  title: 'Red dress, S',
  attributes: { color: ['Red'], size: ['S'] },
  price_amount: '12.90',
  price_currency: 'USD',
  compare_at_amount: '15.00',
  availability: 'IN_STOCK',
  quantity: 3,
  gtin: null,
  mpn: null,
  link: null,
  look: 0,
  image_ids: [IMAGE],
  content_hash: '0'.repeat(64),
};

const PRODUCT_WORDS = {
  words: "'+red dress' '@red=color' 'red':1A,9C 'dress':2A '~shoe':12B",
  title_key: 'reddress',
  title_key_bare: '',
  brand_key: '',
  title_words: "'red' 'dress'",
  words_version: '1.2 en',
};
const CATEGORY_WORDS = {
  name_key: 'apparel',
  numberless_key: '~apparel',
  words: "'apparel'",
  words_version: '1.2 en',
};

const IMAGE_RECORD: write.ImageRecord = {
  product_id: PRODUCT,
  id: IMAGE,
  position: 0,
  looks: null,
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
  groupIdsOfProducts: (db) => records.groupIdsOfProducts(db, PRODUCTS),
  analyzeProducts: () => records.analyzeProducts(),

  variantsBeforeImport: (db) => missing.variantsBeforeImport(db, { importId: IMPORT, after: undefined, limit: 2_000 }),
  variantsBeforeImport_behind: (db) =>
    missing.variantsBeforeImport(db, {
      importId: IMPORT,
      after: { createdAt: 1_767_225_600_123_456, id: PRODUCT },
      limit: 2_000,
    }),
  expireVariants: () => missing.expireVariants(VARIANTS),

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

  productHashes: (db) => stored.productHashes(db, PRODUCTS),
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
  productsOfVariants: (db) => change.productsOfVariants(db, VARIANTS),
  storedProducts: (db) => stored.storedProducts(db, PRODUCTS),
  productsOfGroups: (db) => stored.productsOfGroups(db, ['DRESS-1']),
  variantOffers: (db) => stored.variantOffers(db, VARIANTS),
  placedProducts: (db) => place.placedProducts(db, { after: PRODUCT, limit: 100 }),
  ungroupedProducts: (db) => stored.ungroupedProducts(db, { after: PRODUCT, limit: 100 }),
  ungroupedOfGroups: (db) => stored.ungroupedOfGroups(db, ['DRESS-1']),
  inheritVectors: () => stored.inheritVectors([{ from: VARIANTS[0] ?? '', to: PRODUCT }]),
  ownersOfVariants: (db) => variants.ownersOfVariants(db, [VARIANT_RECORD]),
  deleteVariantsByKey: (db) => variants.deleteVariantsByKey(db, [VARIANT_RECORD]),
  updateVariantOffers: (db) => variants.updateVariantOffers(db, [VARIANT_RECORD]),
  leaveProductsToWriter: () => variants.leaveProductsToWriter(),
  insertVariants: (db) => variants.insertVariants(db, [VARIANT_RECORD]),
  writeVariants: (db) => variants.writeVariants(db, { gone: [VARIANT_RECORD], variants: [VARIANT_RECORD] }),
  pruneCategories: () => change.pruneCategories(),
  deleteProductsById: (db) => write.deleteProductsById(db, PRODUCTS),

  productsToAnalyze: (db) => words.productsToAnalyze(db, { version: '1.2 en', limit: 200 }),
  writeProductWords: (db) => words.writeProductWords(db, [{ id: PRODUCT, ...PRODUCT_WORDS }]),
  categoriesToAnalyze: (db) => words.categoriesToAnalyze(db, { version: '1.2 en', limit: 500 }),
  writeCategoryWords: () => words.writeCategoryWords([{ id: CATEGORY, ...CATEGORY_WORDS }]),
  nameBrands: () => words.nameBrands([{ brand: 'Brand 1', key: 'brand1', words: "'brand' '1'" }]),
  foldWordCounts: () => words.foldWordCounts(50_000),
  emptyPendingLists: () => words.emptyPendingLists(),
  recountWords: () => words.recountWords(),
  waitingProducts: (db) => words.waitingProducts(db, '1.2 en'),
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
