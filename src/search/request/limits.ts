// How much each stage of a search looks at, and where each number comes from: a page of docs/decisions with figures, or, where nothing was measured, a judgement that
// says so. What a request may ask for is checked in check-request.ts and check-filter.ts; what depends on the model or the machine is measured for each database
// (src/database/cluster-scatter.ts, src/database/scan-costs.ts).

/** With at most so many products in scope, all are compared: right by construction, and quicker than the index where filter and query disagree. docs/decisions/0004-search-ranking.md */
export const EXACT_LIMIT = 20_000;

/** How the nearest vectors are looked for. */
export const NEAREST_LIMITS = {
  /** Pictures fetched at first for each product: the fashion catalogue has one picture a product, the workload of a million 1.1 (docs/performance.md). A judgement. */
  picturesPerProduct: 1.25,
  /** How many times more are fetched where they were of too few products. A judgement: few steps, and at most four times too much. */
  widening: 4,
  /** With at most so many texts of products without a picture in scope, compare all; their index takes some 2 ms. docs/decisions/0009-pictureless.md has it */
  textsCompared: 2_000,
} as const;

/**
 * How sketches are read, found by measuring on a million pictures. docs/decisions/0011-sketches.md, 0012-fewer-sketches.md and 0014-two-thresholds.md have the tables; of what is in none of them the
 * comment says so.
 */
export const SCAN_LIMITS = {
  /** With at most so many matching pictures, look at all: recall 1. A fifth above 10,000, since the number is an estimate (0011). */
  all: 12_000,
  /** With at most so many texts of products without a picture, look at all that satisfy the filter. A judgement: two clusters' worth. */
  allTexts: 1_000,
  /** Of the matching pictures so many of the nearest are sought at least, or as many as products are wanted (0014). */
  sought: 100,
  /** Sketches that are read at least: so few take a millisecond, and what is known of clusters may be out of date (0012). */
  sketches: 5_000,
  /** Of texts, beside five times their share of what is wanted (0012). */
  soughtTexts: 20,
  soughtTextsPerShare: 5,
  /** Sketches of texts that are read at least (0014). */
  textSketches: 1_500,
  /** Texts compared for each that is sought, at least; where a fifth of the matching products are texts, as many as pictures (0014). */
  comparedPerText: 10,
  /** Sketches whose vectors are compared, and how many for each product wanted (0014). */
  compared: 500,
  comparedPerProduct: 2,
  /** Where the sketches of all that match are read, nothing else may be missed: so many at least, and of all that match (0014). */
  comparedOfAll: 900,
  comparedShare: 0.15,
  /** Of the pictures nearest to the query so many must match for the index to be asked: the walk of its graph takes as many steps for each picture that matches (0011). */
  leastNearShare: 0.9,
} as const;

/** What a choice of clusters must be for searches to be right. docs/decisions/0012-fewer-sketches.md has the table. */
export const CHOICE_LIMITS = {
  /** The share of the nearest that may be expected in clusters that are left out (0012). */
  missed: 0.003,
  /** Sketches that are read at most: a tenth of a second (0011). */
  mostSketches: 100_000,
  /** A cluster of which certainly less than this matches is passed over. A judgement: a quarter of a vector of a cluster of 500. */
  leastShare: 0.0005,
} as const;

/** How candidates are gathered by words. */
export const WORD_LIMITS = {
  /**
   * Where there is an index, with at most so many products that match words compare all; 5 blocks are read for each. Above, those that match are most often what lies near
   * the query anyway, and the index finds as many as are wanted by reading as much as for some 1,000 of them. docs/decisions/0015-words-cheaper.md
   */
  compared: 1_000,
  /** Of the products nearest to the query so many must match for the index to be asked: it walks on until it has as many as wanted. docs/decisions/0013-cost-of-a-search.md */
  leastNearShare: 0.2,
  /** Slots by which products are looked for, the most telling ones: "at least half of them" has 70 combinations of 8. Others only score what was found. A judgement. */
  slots: 8,
} as const;

/** Products of each kind of candidates where words count, and those with which a window grows. docs/decisions/0015-words-cheaper.md */
export const WINDOW_STEP = 200;
/** Products that are ranked at first: two pages of 24 and the next product. Each one costs, and most searches end with their first page. docs/decisions/0012-fewer-sketches.md */
export const FIRST_WINDOW = 50;
/** Products in a window at most: 50 pages of 100. Behind them the order goes on by the keys of the last product. A judgement: nobody reads so far. */
export const MAX_WINDOW = 5_000;

/** How products are scored. */
export const RANKING_LIMITS = {
  /** Where there are sketches, score all of at most so many matching products: as quick as finding the nearest of them first (500 vectors compared, as `SCAN_LIMITS.compared`). */
  scoredByFilter: 500,
  /** Count only when the estimate is below so many times that. A judgement: an estimate of independent values is often half of what there is. */
  trustedEstimate: 2,
  /**
   * Positions by vectors and by words that are worth telling: as many as a window grows by. They are looked up in one list each and not joined: PostgreSQL expects a row or two where hundreds
   * come, and would make the list again for each of them.
   */
  toldRanks: 200,
  /** Products to choose a varied page from, for each of the page, unless the request says how many. docs/decisions/0006-relevance.md */
  variedPerProduct: 5,
  /**
   * A product with a picture this near to the query looks the same: the same photo, or one that nobody could tell from it. Of 1,500 products of the fashion catalogue 84 have one within 0.001 and
   * 36 more within 0.003. From there on they are different products that look alike, which is what "similar" is to show (seen by eye; docs/decisions/0006-relevance.md).
   */
  duplicateDistance: 0.002,
} as const;

/** Products are counted, for totals and facets, up to so many; beyond it the answer says "at least". A judgement: more tells a shopper nothing. */
export const COUNT_LIMIT = 100_000;
