import { categoryId } from '../src/identifiers.ts';
import * as facets from '../src/search/counts/facet-statements.ts';
import * as filter from '../src/search/filter/category-statements.ts';
import * as matching from '../src/search/filter/matching-statements.ts';
import * as log from '../src/search/log/log-statements.ts';
import { loggedSearch } from '../src/search/log/logged-search.ts';
import * as few from '../src/search/nearest/comparison-statements.ts';
import * as neighbours from '../src/search/nearest/neighbour-statements.ts';
import * as sketches from '../src/search/nearest/sketch-statements.ts';
import * as windows from '../src/search/pages/window-statements.ts';
import * as names from '../src/search/query/name-statements.ts';
import * as terms from '../src/search/query/term-statements.ts';
import { allOf, anyOf } from '../src/search/query/tsquery.ts';
import * as vocabulary from '../src/search/query/vocabulary-statements.ts';
import { isTitled, nameParameters } from '../src/search/query/word-score-statements.ts';
import * as words from '../src/search/query/words-among-statements.ts';
import * as browse from '../src/search/ranking/browse-statements.ts';
import * as ranking from '../src/search/ranking/ranking-statements.ts';
import * as traits from '../src/search/ranking/trait-statements.ts';
import * as shown from '../src/search/ranking/variant-statements.ts';
import * as suggestions from '../src/search/suggest/suggestion-statements.ts';
import {
  FILTER,
  IMAGE,
  MODEL,
  PRODUCT,
  PRODUCTS,
  QUERY,
  RED,
  SCORES,
  SHOES,
  SKETCHES,
  TABLE,
  TEXTS,
  WINDOW,
  WORDS,
} from './search-samples.ts';
import type { SampleStatements } from './statement-docs.ts';
import { unitStatements } from './unit-statements.ts';

/** The nearest by sketches, for the first window. */
const NEAREST_SKETCHES = { modelId: MODEL, table: SKETCHES, filter: FILTER, limit: 200 };

function sketched(kind: sketches.SketchedKind['kind'], clusters?: readonly number[]): sketches.SketchedKind {
  return {
    kind,
    vectors: kind === 'PICTURE' ? TABLE : TEXTS,
    clusters,
    query: QUERY,
    compared: 600,
    selective: undefined,
  };
}

/** One product of a frozen result. */
const ENTRIES = JSON.stringify([[PRODUCT, IMAGE, 0.31, 0.97, 1, 2, 3.3, 1.5, false, 0, false, false, 0.97, [1, 4]]]);

/** Its row in the log. */
const LOGGED_SEARCH = loggedSearch(
  {
    request: { terms: [{ match: { kind: 'text', text: 'red shoes' } }], filter: { brand: { in: ['Acme'] } } },
    query: SCORES.query,
    strategy: 'EXACT',
    candidates: 120,
    results: [{ productId: PRODUCT }],
    bestRelevance: 0.97,
    matchQuality: 'STRONG',
    milliseconds: 12.5,
  },
  { id: WINDOW, createdAt: new Date('2026-01-01T00:00:00Z') },
);

/** Somebody typed "puma sho". */
const PUMA_SHOES: suggestions.WantedWords = {
  all: `('puma':*) & ('sho':*)`,
  any: ['puma', 'sho'],
  whole: 'pumasho',
  beginnings: ['pumasho'],
};

/** Each statement of src/search, by the name of its builder. */
export const searchStatements: SampleStatements = {
  ...unitStatements,
  categoriesBelow: (db) => filter.categoriesBelow(db, [categoryId(['Apparel'])]),
  categoriesNamed: (db) => filter.categoriesNamed(db, ['Shirts'], 20),
  anyCurrency: (db) => matching.anyCurrency(db),
  matchingProductCount: (db) => matching.matchingProductCount(db, { filter: FILTER, limit: 20_001 }),

  nearestPicturesByIndex: (db) =>
    neighbours.nearestPicturesByIndex(db, { table: TABLE, query: QUERY, filter: {}, limit: 250 }),
  nearestPicturesByIndex_filtered: (db) =>
    neighbours.nearestPicturesByIndex(db, { table: TABLE, query: QUERY, filter: FILTER, limit: 250 }),
  nearestPicturesExactly: (db) =>
    neighbours.nearestPicturesExactly(db, { table: TABLE, query: QUERY, filter: FILTER, limit: 250 }),
  picturelessCount: (db) => neighbours.picturelessCount(db, { table: TEXTS, filter: FILTER, limit: 20_001 }),
  nearestTextsByIndex: (db) =>
    neighbours.nearestTextsByIndex(db, { table: TEXTS, query: QUERY, filter: {}, limit: 200 }),
  nearestTextsByIndex_filtered: (db) =>
    neighbours.nearestTextsByIndex(db, { table: TEXTS, query: QUERY, filter: FILTER, limit: 200 }),
  nearestTextsExactly: (db) =>
    neighbours.nearestTextsExactly(db, { table: TEXTS, query: QUERY, filter: FILTER, limit: 200 }),
  nearestOfFew: () =>
    few.nearestOfFew({
      filter: FILTER,
      textQuery: allOf([RED, SHOES]),
      imageTable: TABLE,
      textTable: TEXTS,
      vectors: {
        pictures: { vector: QUERY, mean: 0.07, standardDeviation: 0.21 },
        texts: { vector: QUERY, mean: 0.08, standardDeviation: 0.25 },
      },
      picturesFirst: false,
      exactLimit: 20_000,
      limit: 200,
    }),
  wordsAmong: () =>
    words.wordsAmong({
      productIds: PRODUCTS,
      words: WORDS,
      slots: [RED, SHOES],
      scoring: { coverageWorth: 1.5, nameWorth: 3 },
    }),

  fewProducts: (db) =>
    sketches.fewProducts(db, {
      table: SKETCHES,
      filter: FILTER,
      selective: { category: [categoryId(['Apparel'])] },
      limit: 501,
    }),
  nearestBySketch_clusters: () => sketches.nearestBySketch({ ...NEAREST_SKETCHES, ...sketched('PICTURE', [3, 17, 5]) }),
  nearestBySketch_all: () => sketches.nearestBySketch({ ...NEAREST_SKETCHES, ...sketched('PICTURE') }),
  nearestBySketch_texts: () => sketches.nearestBySketch({ ...NEAREST_SKETCHES, ...sketched('TEXT') }),

  rankedProducts: () =>
    ranking.rankedProducts({
      ...SCORES,
      sort: 'RELEVANCE',
      unavailable: 'LAST',
      excluded: [],
      limit: 200,
    }),
  rankedProducts_byPrice: () =>
    ranking.rankedProducts({
      ...SCORES,
      query: null,
      model: null,
      sort: 'PRICE_ASC',
      currency: 'USD',
      unavailable: 'SHOW',
      excluded: PRODUCTS,
      after: ['12.90', PRODUCT],
      limit: 200,
    }),
  rankedEntries: () =>
    ranking.rankedEntries(
      { ...SCORES, sort: 'RELEVANCE', unavailable: 'LAST', excluded: [], limit: 200 },
      { places: false },
    ),
  resultCount: () => ranking.resultCount({ ...SCORES, atMost: { products: 100_000, beyond: 'SO_MANY' } }),
  browsedProducts_byNumber: () =>
    browse.browsedProducts({
      filter: { gtin: { notIn: ['4006381333931'] }, numbers: [{ name: 'weight', min: '0', max: '2.5' }] },
      sort: 'NUMBER_ASC',
      sortAttribute: 'weight',
      excluded: [],
      after: undefined,
      limit: 200,
    }),
  browsedProducts: () =>
    browse.browsedProducts({
      filter: {},
      sort: 'NEWEST',
      excluded: PRODUCTS,
      after: ['2026-01-01 00:00:00.123456+00', PRODUCT],
      limit: 200,
    }),
  facetCounts: () =>
    facets.facetCounts(
      [
        {
          scores: { ...SCORES, minRelevance: 0, currency: 'USD' },
          fields: [
            { field: { builtIn: 'CATEGORY' }, number: 0, limit: 101 },
            { field: { attribute: 'color' }, number: 1, limit: 101 },
            { field: { builtIn: 'PRICE' }, number: 3, limit: 101 },
            { field: { builtIn: 'AVAILABILITY' }, number: 4, limit: 101 },
          ],
        },
        {
          scores: { ...SCORES, minRelevance: 0, filter: {} },
          fields: [{ field: { builtIn: 'BRAND' }, number: 2, limit: 101 }],
        },
      ],
      100_000,
    ),
  productTraits: () => traits.productTraits({ table: TABLE, pairs: [{ product_id: PRODUCT, image_id: IMAGE }] }),
  shownVariants: () =>
    shown.shownVariants({
      filter: FILTER,
      sort: 'PRICE_ASC',
      collapse: 'PRODUCT',
      currency: 'USD',
      results: [{ result_id: PRODUCT, product_id: PRODUCT, image_id: IMAGE }],
    }),
  shareProducts: () =>
    traits.shareProducts({
      table: TABLE,
      shares: ['[0.3,0.4]', '[0.3,0.4]'],
      pairs: [{ product_id: PRODUCT, image_id: IMAGE }],
    }),

  knownNames: (db) => names.knownNames(db, ['redshoes', '~redshoe', 'red', 'shoes', '~shoe']),
  anyMatching_words: (db) => matching.anyMatching(db, { filter: {}, textQuery: anyOf([RED, SHOES]), limit: 20_000 }),
  anyMatching_named: (db) =>
    matching.anyMatching(db, { filter: {}, predicates: [isTitled(nameParameters(WORDS.names))], limit: 20_000 }),

  namesByWords: (db) => suggestions.namesByWords(db, { words: PUMA_SHOES, limit: 8 }),
  titlesByBeginning: (db) => suggestions.titlesByBeginning(db, { key: 'pumasho', limit: 8 }),
  titlesByWords: (db) => suggestions.titlesByWords(db, { words: PUMA_SHOES, limit: 8 }),

  knownAtOnce: () =>
    vocabulary.knownAtOnce({
      lexemes: ['', 'red', '~shoe'],
      keys: ['red', 'redshoes'],
      endings: { words: ['shoe', 'shoes'], limit: 50 },
    }),
  wordsTogether: () => vocabulary.wordsTogether("('back' & 'evening' & 'dress')"),
  wordsNear: () => vocabulary.wordsNear(['blakc', 'runing']),
  wordsBeginningNear: () =>
    vocabulary.wordsBeginningNear([{ word: 'kurat', forms: ['kur*', 'kura*', 'ura*', 'kra*', 'kua*', 'kurt*'] }]),
  codesBeginning: () => vocabulary.codesBeginning(['qf77', '4006'], 200),
  namedByKeys: () => vocabulary.namedByKeys(['redshoe', '~shoe', 'acme', 'navyblue']),

  meanPictureVector: (db) => terms.meanPictureVector(db, { table: TABLE, productId: PRODUCT }),
  textVectorOfProduct: (db) =>
    terms.textVectorOfProduct(db, { table: 'text_embedding_lookgraph_mini', productId: PRODUCT }),
  vectorOfPicture: (db) => terms.vectorOfPicture(db, { table: TABLE, imageId: IMAGE }),
  nearestSimilarities: () => terms.nearestSimilarities({ table: TABLE, vectors: [QUERY, QUERY] }),
  framesOfShop: () => terms.framesOfShop(),
  productExists: (db) => terms.productExists(db, PRODUCT),

  stillMatching: (db) => matching.stillMatching(db, { productIds: PRODUCTS, filter: FILTER }),
  insertWindow: () =>
    windows.insertWindow(
      {
        id: WINDOW,
        request_hash: '0'.repeat(64),
        query: null,
        strategy: 'NONE',
        best_relevance: 1,
        entries: ENTRIES,
        complete: false,
      },
      true,
    ),
  partsFrom: (db) => windows.partsFrom(db, { windowId: WINDOW, position: 24 }),
  resultIdsOfWindow: () => windows.resultIdsOfWindow(WINDOW),
  appendPart: (db) => windows.appendPart(db, { windowId: WINDOW, start: 200, entries: ENTRIES, complete: true }),
  windowById: (db) => windows.windowById(db, WINDOW),

  insertSearches: (db) => log.insertSearches(db, [LOGGED_SEARCH]),
  deleteOldSearches: (db) => log.deleteOldSearches(db, { days: 7, limit: 5_000 }),
};
