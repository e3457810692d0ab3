import { categoryName, type EvaluationQuery } from './evaluation-query.ts';
import {
  averagePrecisionAt,
  categorySpreadAt,
  hitAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
  repeatedAt,
  shareAt,
} from './metrics.ts';
import { type Outcome, READ_AT_LEAST } from './run-queries.ts';

/** How many results a shopper sees: the first one, a carousel of three or five, a first and a long page. */
export const RANKS = [1, 3, 5, 10, 30] as const;

/** What is looked for: the very product, or any of its category. NONE: the metric looks at the results alone. */
export type Target = 'PRODUCT' | 'CATEGORY' | 'NONE';

/** A metric, by its name in tables and JSON. */
export const METRICS = [
  'GOT_RESULTS',
  'SAME_CATEGORY',
  'SAME_SUB_CATEGORY',
  'SAME_PRODUCT',
  'PRECISION',
  'RECALL',
  'HIT_RATE',
  'AVERAGE_PRECISION',
  'NDCG',
  'RECIPROCAL_RANK',
  'CATEGORY_SPREAD',
  'REPEATED_PRODUCTS',
] as const;
export type MetricName = (typeof METRICS)[number];

/** One figure of each query. */
export interface Measure {
  readonly metric: MetricName;
  readonly target: Target;
  /** Results that are looked at; null for the whole ranking. */
  readonly k: number | null;
  /** NaN where it is not defined for the query. */
  readonly of: (judged: JudgedOutcome) => number;
}

/** The results of a query, judged against what it should find. */
export interface JudgedOutcome {
  readonly outcome: Outcome;
  readonly product: JudgedRanking | null;
  readonly category: JudgedRanking | null;
  /** Of each result: whether the first name of its category is the expected one's. Null without an expected category. */
  readonly sameTopCategory: readonly boolean[] | null;
}

export interface JudgedRanking {
  /** Of each result, best first. */
  readonly relevance: readonly boolean[];
  /** Relevant products of the catalogue. */
  readonly relevantCount: number;
}

/** Compares results with the expectation: the product itself; its category or one below it; the category at the top of its path. */
export function judge(outcome: Outcome): JudgedOutcome {
  const { query, results } = outcome;
  const { product, category, categoryProducts } = query.expected;
  return {
    outcome,
    product: product && { relevance: results.map(({ id }) => id === product.id), relevantCount: 1 },
    category:
      category === null || categoryProducts === 0
        ? null
        : { relevance: results.map((result) => isWithin(result.category, category)), relevantCount: categoryProducts },
    sameTopCategory: category && results.map((result) => result.category?.[0] === category[0]),
  };
}

/** Whether a category is the other one or lies below it. */
export function isWithin(path: readonly string[] | null, other: readonly string[]): boolean {
  return path !== null && other.every((name, index) => path[index] === name);
}

/** All measures, in the order in which they are shown. */
export const MEASURES: readonly Measure[] = [
  ...atEachRank('GOT_RESULTS', 'NONE', ({ outcome }, k) => (outcome.results.length >= k ? 1 : 0)),
  ...atEachRank('SAME_CATEGORY', 'NONE', ({ sameTopCategory }, k) =>
    orUndefined(sameTopCategory, (is) => shareAt(is, k)),
  ),
  ...atEachRank('SAME_SUB_CATEGORY', 'NONE', ({ category }, k) =>
    orUndefined(category, (is) => shareAt(is.relevance, k)),
  ),
  ...atEachRank('SAME_PRODUCT', 'NONE', ({ product }, k) => orUndefined(product, (is) => hitAt(is.relevance, k))),
  ...forTarget('PRODUCT', ({ product }) => product),
  ...forTarget('CATEGORY', ({ category }) => category),
  ...atEachRank('CATEGORY_SPREAD', 'NONE', ({ outcome }, k) =>
    categorySpreadAt(
      outcome.results.map(({ category }) => category && categoryName(category)),
      k,
    ),
  ),
  ...atEachRank('REPEATED_PRODUCTS', 'NONE', ({ outcome }, k) =>
    repeatedAt(
      outcome.results.map(({ id }) => id),
      k,
    ),
  ),
];

function forTarget(target: Target, rankingOf: (judged: JudgedOutcome) => JudgedRanking | null): Measure[] {
  type OfRanking = (ranking: JudgedRanking, k: number) => number;
  const at = (metric: MetricName, of: OfRanking) =>
    atEachRank(metric, target, (judged, k) => orUndefined(rankingOf(judged), (ranking) => of(ranking, k)));
  return [
    ...at('PRECISION', ({ relevance }, k) => precisionAt(relevance, k)),
    ...at('RECALL', ({ relevance, relevantCount }, k) => recallAt(relevance, relevantCount, k)),
    ...at('HIT_RATE', ({ relevance }, k) => hitAt(relevance, k)),
    // Where there are many relevant products, thirty places say little of the order.
    ...atRanks([...RANKS, READ_AT_LEAST], 'AVERAGE_PRECISION', target, (judged, k) =>
      orUndefined(rankingOf(judged), (is) => averagePrecisionAt(is.relevance, is.relevantCount, k)),
    ),
    {
      metric: 'AVERAGE_PRECISION',
      target,
      k: null,
      // Of a ranking that goes on behind what was read, the rest is not known. (Where all that is relevant was found, too: only easy queries would count.)
      of: (judged) =>
        orUndefined(rankingOf(judged), ({ relevance, relevantCount }) =>
          judged.outcome.complete ? averagePrecisionAt(relevance, relevantCount, Number.POSITIVE_INFINITY) : Number.NaN,
        ),
    },
    ...at('NDCG', ({ relevance, relevantCount }, k) => ndcgAt(relevance, relevantCount, k)),
    {
      metric: 'RECIPROCAL_RANK',
      target,
      k: null,
      of: (judged) => orUndefined(rankingOf(judged), (is) => reciprocalRank(is.relevance)),
    },
  ];
}

function atRanks(
  ranks: readonly number[],
  metric: MetricName,
  target: Target,
  of: (judged: JudgedOutcome, k: number) => number,
): Measure[] {
  return ranks.map((k) => ({ metric, target, k, of: (judged) => of(judged, k) }));
}

function atEachRank(metric: MetricName, target: Target, of: (judged: JudgedOutcome, k: number) => number): Measure[] {
  return atRanks(RANKS, metric, target, of);
}

function orUndefined<T>(value: T | null, of: (value: T) => number): number {
  return value === null ? Number.NaN : of(value);
}

/** The values of all measures for all queries: one column each, in the order of MEASURES. */
export function measureAll(judged: readonly JudgedOutcome[]): Float64Array[] {
  return MEASURES.map(({ of }) => Float64Array.from(judged, of));
}

/** The groups of queries to report by: everything first, then each value of each grouping. */
export function sliceQueries(queries: readonly EvaluationQuery[]): Slice[] {
  const slices = new Map<string, Slice & { places: number[] }>();
  for (const [place, query] of queries.entries()) {
    for (const [name, value] of Object.entries(query.slices)) {
      const key = JSON.stringify([name, value]);
      const slice = slices.get(key) ?? { name, value, places: [] };
      slice.places.push(place);
      slices.set(key, slice);
    }
  }
  const sorted = [...slices.values()].sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return [{ name: 'all', value: 'all', places: queries.map((_, place) => place) }, ...sorted];
}

/** A group of queries. */
export interface Slice {
  /** Of the grouping: `category`; `all` for everything. */
  readonly name: string;
  /** `Fruit > Apple`. */
  readonly value: string;
  /** Places of its queries, from 0. */
  readonly places: readonly number[];
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
