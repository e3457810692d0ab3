import { CompiledQuery, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogStatements } from '../../../scripts/catalog-statements.ts';
import { databaseStatements } from '../../../scripts/database-statements.ts';
import { searchStatements } from '../../../scripts/search-statements.ts';
import type { SampleStatements } from '../../../scripts/statement-docs.ts';
import type { Database } from '../../../src/database/tables.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import { invariant } from '../../../src/errors.ts';
import { embeddingModelId } from '../../../src/identifiers.ts';
import { anyMatching, matchingProductCount } from '../../../src/search/filter/matching-statements.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { nearestPicturesByIndex, nearestTextsByIndex } from '../../../src/search/nearest/neighbour-statements.ts';
import { nearestBySketch, type SketchedKind } from '../../../src/search/nearest/sketch-statements.ts';
import { vectorScoring } from '../../../src/search/query/scoring.ts';
import { rankedProducts } from '../../../src/search/ranking/ranking-statements.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';
import { fillLargeShop } from '../../support/large-shop.ts';

const PRODUCTS = 20_000;
/** PostgreSQL weighs a plan for any values from the sixth on. */
const EXECUTIONS = 10;
/** In milliseconds: the embedded database takes a minute, and longer where it is not alone. */
const FILLING = 600_000;

const PICTURES = 'image_embedding_lookgraph_mini';
const PICTURES_KEY = `${PICTURES}_pkey`;
const PICTURES_INDEX = `${PICTURES}_hnsw`;
const TEXTS = 'text_embedding_lookgraph_mini';
const TEXTS_KEY = `${TEXTS}_pkey`;
const TEXTS_INDEX = `${TEXTS}_hnsw`;
const SKETCHES = 'picture_sketch_lookgraph_mini';
const BRAND = { brand: { in: ['Brand 9'] } };
const PICTURELESS = `${TEXTS}_pictureless_idx`;

/** Cannot be explained, or is a function that shows nothing of what it reads. */
const { analyzeProducts: _, pruneCategories: __, ...explained } = catalogStatements;
/** Of those about the database itself, what a search reads. */
const { clustersAfter, valuesAfter, variantsOfSkus } = databaseStatements;

/** Where another sample shows more: the index is asked only where very many match. */
const STATEMENTS: SampleStatements = {
  ...explained,
  ...searchStatements,
  ...(clustersAfter && { clustersAfter }),
  ...(valuesAfter && { valuesAfter }),
  ...(variantsOfSkus && { variantsOfSkus }),
  matchingProductCount_byCode: (db) =>
    matchingProductCount(db, { filter: { gtin: { in: ['4006381333931'] } }, limit: 100 }),
  nearestPicturesByIndex_filtered: (db) =>
    nearestPicturesByIndex(db, {
      table: PICTURES,
      query: normalise([3, 4]),
      filter: { availability: ['IN_STOCK'] },
      limit: 250,
    }),
  nearestTextsByIndex_filtered: (db) =>
    nearestTextsByIndex(db, {
      table: TEXTS,
      query: normalise([3, 4]),
      filter: { availability: ['IN_STOCK'] },
      limit: 200,
    }),
  nearestBySketch_clusters_inStock: () => nearestSketches('PICTURE', { availability: ['IN_STOCK'] }, [3, 17, 5]),
  nearestBySketch_pictures_brand: () => nearestSketches('PICTURE', { brand: { in: ['Brand 9'] } }),
  nearestBySketch_pictures_brandFirst: () =>
    nearestSketches('PICTURE', { ...BRAND, attributes: [{ name: 'color', in: ['Red'] }] }, undefined, BRAND),
  nearestBySketch_pictures_price: () =>
    nearestSketches('PICTURE', { price: { min: '10', max: '20', currency: 'USD' } }),
  rankedProducts_everything: () =>
    rankedProducts({
      filter: {},
      query: {
        vectors: {
          modelId: '00000000-0000-4000-8000-000000000001',
          pictures: { vector: normalise([3, 4]), mean: 0, standardDeviation: 1 },
          texts: { vector: normalise([3, 4]), mean: 0, standardDeviation: 1 },
          shares: undefined,
        },
        words: null,
        scoring: vectorScoring([{ kind: 'text', weight: 1 }], {}, null),
      },
      model: { imageTable: PICTURES, textTable: TEXTS },
      boosts: [],
      minRelevance: 0,
      duplicateDistance: undefined,
      pinned: [],
      sort: 'RELEVANCE',
      unavailable: 'LAST',
      excluded: [],
      limit: 200,
    }),
  anyMatching_rare: (db) => anyMatching(db, { filter: {}, textQuery: `'mjgfgk' & 'shoe'`, limit: 20_000 }),
};

function nearestSketches(
  kind: SketchedKind['kind'],
  filter: ResolvedFilter,
  clusters?: readonly number[],
  selective?: SketchedKind['selective'],
) {
  const modelId = embeddingModelId('0'.repeat(64));
  const vectors = kind === 'PICTURE' ? PICTURES : TEXTS;
  const of = { kind, vectors, clusters, query: normalise([3, 4]), compared: 600, selective };
  return nearestBySketch({ modelId, table: SKETCHES, filter, ...of, limit: 200 });
}

/** What a statement may read: indexes, and whole tables where it is about all of their rows. */
interface Intended {
  readonly indexes: readonly string[];
  readonly whole?: readonly string[];
  /** As good. */
  readonly or?: Intended | readonly Intended[];
}

const BEFORE_IMPORT: Intended = {
  indexes: ['import_pkey', 'product_created_at_idx', 'product_variant_pkey'],
  or: { indexes: ['import_pkey', 'product_created_at_idx', 'product_variant_pkey'], whole: ['product_variant'] },
};

/** What is in a category, by the main one and by the others. */
const CATEGORY = ['product_category_id_idx', 'product_further_category_ids_idx'];
const SKETCHED_CATEGORY = [`${SKETCHES}_category_id_idx`, `${SKETCHES}_further_category_ids_idx`];

/** What is ranked in full, by its vectors; the pictures of what has several looks are asked which they show. */
const RANKED: Intended = {
  indexes: [PICTURES_KEY, ...CATEGORY, TEXTS_KEY, 'product_image_id_idx', 'product_variant_pkey'],
  or: { indexes: [PICTURES_KEY, ...CATEGORY, TEXTS_KEY, 'product_image_pkey', 'product_variant_pkey'] },
};

/** Every statement by its name. Those that write rows without looking for any read nothing. */
const INTENDED: Readonly<Record<string, Intended>> = {
  productsByIds: { indexes: ['category_pkey', 'product_image_pkey', 'product_pkey', 'product_variant_pkey'] },
  imagesByIds: { indexes: ['product_image_id_idx'] },
  variantsOfSkus: { indexes: ['product_variant_sku_key'] },
  failedPictures: { indexes: ['product_image_failed_idx'] },
  failedPictures_behind: { indexes: ['product_image_failed_idx'] },
  categoriesByIds: { indexes: ['category_pkey'] },
  childCategories: { indexes: ['category_parent_id_idx'] },
  childCategories_top: { indexes: ['category_parent_id_idx'] },
  // The embedded PostgreSQL is a newer one, which reads all of 2,000 categories as gladly.
  productCounts: {
    indexes: ['category_ancestor_ids_idx', ...CATEGORY],
    or: { indexes: CATEGORY, whole: ['category'] },
  },
  // Counts them all; where a vacuum has just passed, products in the smallest index.
  embeddingCoverage: {
    indexes: [],
    whole: ['product', 'product_image'],
    or: [
      { indexes: ['product_words_version_idx'], whole: ['product_image'] },
      { indexes: ['product_category_id_idx'], whole: ['product_image'] },
    ],
  },
  insertImport: { indexes: [] },
  insertImportItems: { indexes: [] },
  interruptRunningImports: { indexes: [], whole: ['import'] },
  // Once an import, of the items of a hundred.
  // There are few imports here: the embedded PostgreSQL, a newer one, reads them all as gladly.
  deleteOldImportItems: {
    indexes: ['import_started_at_idx'],
    whole: ['import_item'],
    or: { indexes: [], whole: ['import', 'import_item'] },
  },
  updateRunningImport: { indexes: ['import_pkey'] },
  updateImport: { indexes: ['import_pkey'] },
  groupIdsOfProducts: { indexes: ['product_pkey'] },
  latestImports: { indexes: ['import_started_at_idx'] },
  latestImports_behind: { indexes: ['import_started_at_idx'] },
  importsByIds: { indexes: ['import_pkey'] },
  failuresOfImports: { indexes: ['import_item_failed_idx'] },
  // Of so few variants it reads all as gladly.
  variantsBeforeImport: BEFORE_IMPORT,
  variantsBeforeImport_behind: BEFORE_IMPORT,
  expireVariants: { indexes: ['product_pkey', 'product_variant_id_key'] },
  // Few rows: once a change, or for a page of a list.
  latestSynonyms: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_position_key'] } },
  latestSynonyms_behind: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_position_key'] } },
  everySynonym: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_position_key'] } },
  synonymsByIds: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_pkey'] } },
  synonymVersion: { indexes: [], whole: ['synonym_version'] },
  lockSynonyms: { indexes: [], whole: ['synonym_version'] },
  countSynonyms: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_position_key'] } },
  storedSynonyms: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_pkey'] } },
  insertSynonyms: { indexes: [] },
  deleteSynonymsById: { indexes: [], whole: ['synonym'], or: { indexes: ['synonym_pkey'] } },
  deleteOtherSynonyms: { indexes: [], whole: ['synonym'] },
  productHashes: { indexes: ['product_pkey'] },
  storedImages: { indexes: ['product_image_pkey'] },
  // Few failed in all.
  failedImages: { indexes: ['product_image_failed_idx'], or: { indexes: ['product_image_pkey'] } },
  lockProducts: { indexes: ['product_pkey'] },
  productsOfVariants: { indexes: ['product_variant_id_key'] },
  storedProducts: { indexes: ['category_pkey', 'product_image_pkey', 'product_pkey', 'product_variant_pkey'] },
  productsOfGroups: { indexes: ['product_group_id_lower_idx', 'product_variant_pkey'] },
  variantOffers: { indexes: ['product_variant_id_key'] },
  placedProducts: { indexes: ['category_pkey', 'product_unplaced_idx'] },
  ungroupedProducts: { indexes: ['product_ungrouped_idx'] },
  ungroupedOfGroups: { indexes: ['product_ungrouped_idx'] },
  inheritVectors: { indexes: [] },
  ownersOfVariants: { indexes: ['product_variant_id_key'] },
  deleteVariantsByKey: { indexes: ['product_variant_id_key'] },
  updateVariantOffers: { indexes: ['product_variant_id_key'] },
  leaveProductsToWriter: { indexes: [] },
  insertVariants: { indexes: [] },
  writeVariants: { indexes: ['product_variant_id_key'] },
  insertCategories: { indexes: [] },
  updateOffers: { indexes: ['product_pkey'] },
  insertProducts: { indexes: [] },
  insertImages: { indexes: [] },
  moveImages: { indexes: ['product_image_id_idx'] },
  deleteImages: { indexes: ['product_image_id_idx'] },
  deleteProductsById: { indexes: ['product_pkey'] },
  // What is missing is found by comparing both tables, in an import of everything as after it.
  productsToAnalyze: { indexes: ['category_pkey', 'product_words_version_idx'] },
  writeProductWords: { indexes: ['product_pkey'] },
  categoriesToAnalyze: { indexes: ['category_words_version_idx'] },
  // Up to 500 at a time, of 2,000 here.
  writeCategoryWords: {
    indexes: [],
    whole: ['category', 'suggestion'],
    or: [
      { indexes: ['category_pkey', 'suggestion_category_id_idx'] },
      { indexes: ['category_pkey'], whole: ['suggestion'] },
      { indexes: ['suggestion_category_id_idx'], whole: ['category'] },
    ],
  },
  nameBrands: { indexes: [], whole: ['suggestion'], or: { indexes: ['suggestion_text_idx'] } },
  foldWordCounts: { indexes: [] },
  emptyPendingLists: { indexes: [] },
  recountWords: { indexes: [] },
  waitingProducts: { indexes: ['product_words_version_idx'] },
  hasChangesOfSql: { indexes: ['category_words_version_idx', 'product_words_version_idx'] },
  picturesWithoutVector: {
    indexes: [],
    whole: [PICTURES, 'product_image'],
    or: { indexes: [PICTURES_KEY, 'product_image_pkey'] },
  },
  countPicturesWithoutVector: { indexes: [], whole: [PICTURES, 'product_image'] },
  textsWithoutVector: { indexes: ['product_pkey', TEXTS_KEY] },
  countTextsWithoutVector: { indexes: [], whole: ['product', TEXTS] },
  // Counts them all.
  countVectors: { indexes: [], whole: [PICTURES, TEXTS] },
  vectorsOfContents: { indexes: [PICTURES_KEY, 'product_image_content_hash_idx'] },
  writePictureVectors: { indexes: ['product_image_id_idx', 'product_pkey'] },
  writeTextVectors: { indexes: ['product_pkey'] },
  markEmbeddedPictures: { indexes: [PICTURES_KEY, 'product_image_pending_idx'] },
  markFailedPictures: { indexes: ['product_image_id_idx'] },
  markIgnoredPictures: { indexes: ['product_image_id_idx'] },
  contentsWaiting: { indexes: ['product_image_pending_idx'] },
  // There is none in this shop.
  knownSource: { indexes: ['picture_source_pkey'], or: { indexes: [], whole: ['picture_source'] } },
  keepSource: { indexes: [] },
  keepSourceFailure: { indexes: [] },
  fetchedPictures: { indexes: ['product_image_web_idx'] },
  lockProductsOfSource: { indexes: ['product_image_source_idx', 'product_pkey'] },
  picturesOfSource: { indexes: ['product_image_source_idx'], or: { indexes: ['product_image_pkey'] } },
  deleteUnusedSources: {
    indexes: ['product_image_source_idx'],
    whole: ['picture_source'],
    or: { indexes: ['product_image_web_idx'], whole: ['picture_source'] },
  },
  contentsInUse: { indexes: ['product_image_content_hash_idx'] },
  // Products are counted from the smallest index.
  placeholders: {
    indexes: ['product_image_content_hash_idx', 'product_pkey', 'product_words_version_idx'],
    or: { indexes: ['product_category_id_idx', 'product_image_content_hash_idx', 'product_pkey'] },
  },
  placeholders_all: {
    indexes: ['product_image_content_hash_idx', 'product_words_version_idx'],
    whole: ['product', 'product_image'],
    or: [
      { indexes: ['product_category_id_idx', 'product_image_content_hash_idx'], whole: ['product', 'product_image'] },
      // Few contents are shared: their products are looked up.
      {
        indexes: ['product_image_content_hash_idx', 'product_pkey', 'product_words_version_idx'],
        whole: ['product_image'],
      },
      // The embedded PostgreSQL, a newer one, sorts what it has read anyway.
      { indexes: ['product_words_version_idx'], whole: ['product', 'product_image'] },
    ],
  },
  markPlaceholders: { indexes: ['product_image_content_hash_idx'] },
  knownPlaceholders: { indexes: ['product_image_ignored_idx'] },
  unmarkPlaceholders: { indexes: ['product_image_ignored_idx'] },
  imageTables: { indexes: [] },
  deleteIgnoredVectors: { indexes: [PICTURES_KEY, 'product_image_ignored_idx'] },
  setPictureContent: { indexes: ['product_image_id_idx'] },
  categoriesBelow: { indexes: ['category_ancestor_ids_idx'], or: { indexes: [], whole: ['category'] } },
  categoriesNamed: { indexes: [], whole: ['category'] },
  // The first product that has a price.
  anyCurrency: { indexes: [], whole: ['product'] },
  matchingProductCount: { indexes: [...CATEGORY, 'product_variant_pkey'] },
  nearestPicturesByIndex: { indexes: [PICTURES_INDEX] },
  nearestPicturesByIndex_filtered: {
    indexes: [PICTURES_INDEX, 'product_pkey', 'product_image_pkey', 'product_variant_pkey'],
    or: { indexes: [PICTURES_INDEX, 'product_pkey', 'product_image_id_idx', 'product_variant_pkey'] },
  },
  // All vectors of what matches: here the few of a category.
  nearestPicturesExactly: {
    indexes: [PICTURES_KEY, ...CATEGORY, 'product_image_pkey', 'product_variant_pkey'],
    or: { indexes: [PICTURES_KEY, ...CATEGORY, 'product_image_id_idx', 'product_variant_pkey'] },
  },
  picturelessCount: { indexes: [PICTURELESS, ...CATEGORY, 'product_variant_pkey'] },
  nearestTextsByIndex: { indexes: [TEXTS_INDEX] },
  nearestTextsByIndex_filtered: { indexes: [TEXTS_INDEX, 'product_pkey'] },
  nearestTextsExactly: { indexes: [PICTURELESS, ...CATEGORY, 'product_variant_pkey'] },
  wordsAmong: { indexes: ['product_pkey'] },
  knownNames: {
    indexes: [
      'category_ancestor_ids_idx',
      'category_name_key_idx',
      'category_numberless_key_idx',
      'product_brand_key_idx',
      'product_title_key_bare_idx',
      'product_title_key_idx',
    ],
  },
  nearestOfFew: { indexes: [PICTURES_KEY, ...CATEGORY, TEXTS_KEY, 'product_variant_pkey'] },
  fewProducts: { indexes: [...SKETCHED_CATEGORY, 'product_variant_pkey'] },
  nearestBySketch_clusters: {
    indexes: [PICTURES_KEY, ...SKETCHED_CATEGORY, 'product_variant_pkey'],
    or: { indexes: [PICTURES_KEY, ...SKETCHED_CATEGORY, `${SKETCHES}_cluster_idx`, 'product_variant_pkey'] },
  },
  // To the embedded PostgreSQL 600 vectors of two numbers are as good as all.
  nearestBySketch_clusters_inStock: {
    indexes: [PICTURES_KEY, `${SKETCHES}_cluster_idx`],
    or: { indexes: [`${SKETCHES}_cluster_idx`], whole: [PICTURES] },
  },
  nearestBySketch_all: {
    indexes: [PICTURES_KEY, ...SKETCHED_CATEGORY, 'product_variant_pkey'],
    or: {
      indexes: [PICTURES_KEY, ...SKETCHED_CATEGORY, `${SKETCHES}_price_lowest_idx`, 'product_variant_pkey'],
    },
  },
  nearestBySketch_texts: {
    indexes: [...SKETCHED_CATEGORY, TEXTS_KEY, 'product_variant_pkey'],
    or: { indexes: [...SKETCHED_CATEGORY, `${SKETCHES}_price_lowest_idx`, TEXTS_KEY, 'product_variant_pkey'] },
  },
  nearestBySketch_pictures_brand: {
    indexes: [PICTURES_KEY, `${SKETCHES}_brand_idx`],
    or: { indexes: [`${SKETCHES}_brand_idx`], whole: [PICTURES] },
  },
  // Not what has the attribute as well.
  nearestBySketch_pictures_brandFirst: {
    indexes: [PICTURES_KEY, `${SKETCHES}_brand_idx`],
    or: { indexes: [`${SKETCHES}_brand_idx`], whole: [PICTURES] },
  },
  nearestBySketch_pictures_price: {
    indexes: [PICTURES_KEY, `${SKETCHES}_price_lowest_idx`, 'product_variant_pkey'],
    or: [
      { indexes: [`${SKETCHES}_price_lowest_idx`, 'product_variant_pkey'], whole: [PICTURES] },
      { indexes: [PICTURES_KEY, `${SKETCHES}_cluster_idx`, `${SKETCHES}_price_lowest_idx`, 'product_variant_pkey'] },
    ],
  },
  // Few, so they may lie on one page.
  clustersAfter: { indexes: ['embedding_cluster_pkey'], or: { indexes: [], whole: ['embedding_cluster'] } },
  valuesAfter: { indexes: ['embedding_cluster_value_pkey'] },
  rankedProducts: RANKED,
  rankedEntries: RANKED,
  rankedProducts_byPrice: { indexes: [...CATEGORY, 'product_variant_pkey'] },
  resultCount: RANKED,
  browsedProducts: { indexes: ['product_created_at_idx'] },
  // No index has numbers of attributes.
  browsedProducts_byNumber: { indexes: ['product_variant_gtin_idx', 'product_variant_pkey'], whole: ['product'] },
  matchingProductCount_byCode: {
    indexes: ['product_variant_gtin_idx', 'product_pkey'],
    or: { indexes: ['product_variant_gtin_idx'] },
  },
  // One of its groups has no filter.
  facetCounts: { indexes: ['category_pkey', ...CATEGORY, 'product_variant_pkey'], whole: ['product'] },
  productTraits: { indexes: [PICTURES_KEY, 'product_pkey'] },
  shareProducts: { indexes: [PICTURES_KEY] },
  // Two common words: more than half of all products.
  anyMatching_words: { indexes: [], whole: ['product'] },
  anyMatching_named: { indexes: ['product_title_key_idx'] },
  namesByWords: {
    indexes: ['category_name_key_idx', 'category_pkey', 'suggestion_key_idx', 'suggestion_words_idx'],
    or: { indexes: ['category_pkey', 'suggestion_key_idx', 'suggestion_words_idx'] },
  },
  titlesByBeginning: { indexes: ['product_title_key_idx'] },
  titlesByWords: { indexes: ['product_title_words_idx'] },
  // Changes of words were added up, so there is none.
  knownAtOnce: { indexes: ['search_word_ending_idx', 'search_word_word_idx'], whole: ['search_word_change'] },
  wordsNear: { indexes: ['search_word_slips_idx'], whole: ['search_word_change'] },
  wordsTogether: { indexes: ['product_words_idx'] },
  wordsBeginningNear: { indexes: ['search_word_slips_idx'], whole: ['search_word_change'] },
  codesBeginning: { indexes: ['product_words_idx', 'search_word_word_idx'] },
  namedByKeys: {
    indexes: [
      ...['product_title_key_idx', 'product_words_idx', 'search_word_word_idx'],
      ...['category_name_key_idx', 'category_numberless_key_idx', 'suggestion_category_id_idx', 'suggestion_key_idx'],
    ],
    whole: ['search_word_change'],
  },
  meanPictureVector: { indexes: [PICTURES_KEY] },
  textVectorOfProduct: { indexes: [TEXTS_KEY] },
  vectorOfPicture: { indexes: [PICTURES_KEY, 'product_image_id_idx'] },
  nearestSimilarities: { indexes: [PICTURES_INDEX] },
  framesOfShop: { indexes: ['product_image_pkey'] },
  productExists: { indexes: ['product_pkey'] },
  shownVariants: {
    indexes: ['product_image_id_idx', 'product_pkey', 'product_variant_pkey'],
    or: { indexes: ['product_image_pkey', 'product_pkey', 'product_variant_pkey'] },
  },
  stillMatching: {
    indexes: ['product_pkey', 'product_variant_pkey'],
    or: { indexes: ['product_category_id_idx', 'product_pkey', 'product_variant_pkey'] },
  },
  insertWindow: { indexes: ['search_window_created_at_idx'] },
  partsFrom: { indexes: ['search_window_part_pkey'] },
  matchingResultCount: { indexes: [...CATEGORY, 'product_variant_pkey'] },
  matchingResultCount_looks: { indexes: [...CATEGORY, 'product_variant_pkey'] },
  rankedProducts_looks: RANKED,
  browsedProducts_variants: { indexes: ['product_created_at_idx', 'product_variant_pkey'] },
  facetCounts_looks: { indexes: [...CATEGORY, 'product_variant_pkey'] },
  shownVariants_ofLooks: {
    indexes: ['product_image_id_idx', 'product_pkey', 'product_variant_id_key', 'product_variant_pkey'],
    or: { indexes: ['product_image_pkey', 'product_pkey', 'product_variant_id_key', 'product_variant_pkey'] },
  },
  resultsStillMatching: { indexes: ['product_pkey', 'product_variant_id_key'] },
  resultsStillMatching_looks: { indexes: ['product_pkey', 'product_variant_id_key', 'product_variant_pkey'] },
  resultIdsOfWindow: { indexes: ['search_window_part_pkey'] },
  appendPart: { indexes: [] },
  windowById: { indexes: ['search_window_pkey'] },
  insertSearches: { indexes: [] },
  // Half of the log is old.
  deleteOldSearches: { indexes: ['search_created_at_idx'], whole: ['search'] },
  anyMatching_rare: { indexes: ['product_words_idx'] },
  // Compares every picture, which no index spares; texts are for products without one.
  rankedProducts_everything: { indexes: [TEXTS_KEY], whole: [PICTURES, 'product'] },
};

const PICTURES_WHOLE: Intended = { indexes: [], whole: ['product_image'] };

/** Of several conditions on products all indexes, where the other has enough with the category's. */
const NARROWED = ['product_attributes_idx', 'product_brand_idx', ...CATEGORY, 'product_variant_pkey'];
const NARROWED_RANKING: Intended = { indexes: [PICTURES_KEY, ...NARROWED, 'product_image_id_idx', TEXTS_KEY] };

/** As good to the embedded PostgreSQL, a newer one, where there are 15,000 pictures; with 26,000 it reads what the other does. */
const INTENDED_IF_EMBEDDED: Readonly<Record<string, Intended>> = {
  moveImages: PICTURES_WHOLE,
  deleteImages: PICTURES_WHOLE,
  markFailedPictures: PICTURES_WHOLE,
  markIgnoredPictures: PICTURES_WHOLE,
  markPlaceholders: PICTURES_WHOLE,
  writePictureVectors: { indexes: ['product_image_id_idx', 'product_pkey'], whole: ['product_image'] },
  productTraits: { indexes: ['product_pkey'], whole: [PICTURES] },
  shareProducts: { indexes: [], whole: [PICTURES] },
  matchingProductCount: { indexes: NARROWED },
  rankedProducts_byPrice: { indexes: NARROWED },
  nearestPicturesExactly: { indexes: [PICTURES_KEY, ...NARROWED, 'product_image_id_idx'] },
  picturelessCount: { indexes: [PICTURELESS, ...NARROWED] },
  nearestTextsExactly: { indexes: [PICTURELESS, ...NARROWED] },
  nearestOfFew: { indexes: [PICTURES_KEY, ...NARROWED, TEXTS_KEY] },
  rankedProducts: NARROWED_RANKING,
  rankedEntries: NARROWED_RANKING,
  resultCount: NARROWED_RANKING,
  browsedProducts_byNumber: {
    indexes: ['product_variant_gtin_idx', 'product_variant_pkey'],
    whole: ['product', 'product_variant'],
  },
  facetCounts: { indexes: ['category_pkey', ...NARROWED], whole: ['category', 'product'] },
};

/** So small that reading them whole is best. */
const SMALL = ['embedding_model'];

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

let database: TestDatabase;

describe(`with ${PRODUCTS} products, after analyze`, () => {
  beforeAll(async () => {
    database = await openTestDatabase();
    await fillLargeShop(database.db, PRODUCTS);
  }, FILLING);
  afterAll(() => database.close());

  it('every statement has a plan that is intended', () => {
    expect(Object.keys(INTENDED).toSorted()).toEqual(Object.keys(STATEMENTS).toSorted());
  });

  it.each(Object.entries(INTENDED))('%s reads what it is meant to', async (name, { or, ...intended }) => {
    await onOneConnection(async (db) => {
      const plan = await planOf(db, name);
      const embedded = testDatabaseKind() === 'embedded' ? (INTENDED_IF_EMBEDDED[name] ?? []) : [];
      expect([intended, or ?? [], embedded].flat().map(sorted)).toContainEqual(plan);
    });
  });

  const reading = Object.keys(INTENDED).filter(
    (name) => !/^(insert|append|write|mark|update|delete|move|set|recount|fold|prune|keep)/.test(name),
  );
  it.each(reading)(`%s keeps its plan after ${EXECUTIONS} executions`, async (name) => {
    await onOneConnection(async (db) => {
      const before = await planOf(db, name);
      const statement = compiled(db, name);
      for (let i = 0; i < EXECUTIONS; i++) await db.executeQuery(statement);
      expect(await planOf(db, name)).toEqual(before);
      // Kept parsed or not, statements are planned each time for the values that they come with: there is no plan for any values to slip into.
      const { rows } = await sql`
        select coalesce(sum(generic_plans), 0)::integer as generic from pg_prepared_statements`.execute(db);
      expect(rows).toEqual([{ generic: 0 }]);
    });
  });
});

function sorted({ indexes, whole = [] }: Intended): Intended {
  return { indexes: indexes.toSorted(), whole: whole.toSorted() };
}

function compiled(db: Kysely<Database>, name: string): CompiledQuery {
  const build = STATEMENTS[name];
  invariant(build !== undefined, `there is a statement ${name}`);
  return build(db).compile(db);
}

/** What PostgreSQL would read, with the parameters bound as the program binds them. */
async function planOf(db: Kysely<Database>, name: string): Promise<Intended> {
  const { sql: text, parameters } = compiled(db, name);
  const explain = CompiledQuery.raw(`explain (format json) ${text}`, [...parameters]);
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(explain);
  const nodes = rows.flatMap((row) => nodesOf(row['QUERY PLAN'][0].Plan));
  const whole = nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []));
  return {
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))].toSorted(),
    whole: [...new Set(whole)].filter((table) => !SMALL.includes(table)).toSorted(),
  };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

async function onOneConnection(work: (db: Kysely<Database>) => Promise<void>): Promise<void> {
  await database.db.connection().execute(work);
}
