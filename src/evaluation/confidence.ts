import { createRandom } from '../seeded-random.ts';

/** A mean over queries and how far chance alone could move it. */
export interface Estimate {
  /** Queries that the metric is defined for. */
  readonly queries: number;
  readonly mean: number;
  /** The interval that holds 95 % of the means of resampled queries. */
  readonly low: number;
  readonly high: number;
}

/** How two configurations differ on the same queries: second minus first. */
export interface Difference extends Estimate {
  /** How often chance makes a difference at least as large where there is none, 0 to 1. Small: the difference is real. */
  readonly pValue: number;
}

/** Sets of queries drawn: the ends of an interval move by about a thirtieth of its width with another seed. */
export const RESAMPLES = 1_000;
/** Ways to exchange the configurations: the smallest p-value is 1 / 2,001. */
export const EXCHANGES = 2_000;
const TAIL = 0.025;

/**
 * Means of metrics with their 95 % confidence intervals: as many queries as there are are drawn with replacement, 1,000 times, the same ones for every metric; the
 * interval leaves out 2.5 % of the means at each end (percentile bootstrap).
 *
 * Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 * @param columns - one for each metric: its value for each query, NaN where it is not defined; all equally long
 * @returns in their order; undefined for a metric that no query defines
 */
export function estimateMeans(columns: readonly Float64Array[], seed: number): (Estimate | undefined)[] {
  const random = createRandom(seed);
  const length = columns[0]?.length ?? 0;
  const varying = columns.map((column) => (isConstant(column) ? undefined : new Float64Array(RESAMPLES)));
  const drawn = new Uint32Array(length);
  for (let round = 0; round < RESAMPLES; round++) {
    for (let i = 0; i < length; i++) drawn[i] = Math.floor(random() * length);
    for (const [place, column] of columns.entries()) {
      const means = varying[place];
      if (means !== undefined) means[round] = meanOf(column, drawn);
    }
  }
  return columns.map((column, place) => {
    const queries = column.filter((value) => !Number.isNaN(value)).length;
    if (queries === 0) return undefined;
    const mean = meanOf(column, undefined);
    const means = varying[place];
    return { queries, mean, ...(means === undefined ? { low: mean, high: mean } : interval(means)) };
  });
}

/**
 * The differences of two configurations with their confidence intervals (bootstrap of the pairs), and whether they are real: the two values of each query are
 * exchanged or left by the toss of a coin, 2,000 times, and it is counted how often that makes as large a difference (Fisher's randomisation test, both sides).
 *
 * Source: Smucker, Allan, Carterette, A comparison of statistical significance tests for information retrieval evaluation, CIKM 2007.
 * @param first - one column for each metric, as `estimateMeans` takes them
 * @param second - the same metrics for the same queries
 */
export function compareMeans(
  first: readonly Float64Array[],
  second: readonly Float64Array[],
  seed: number,
): (Difference | undefined)[] {
  const differences = first.map((column, place) =>
    column.map((value, i) => (second[place]?.[i] ?? Number.NaN) - value),
  );
  const estimates = estimateMeans(differences, seed);
  const extremes = countExtremes(differences, seed);
  return estimates.map((estimate, place) => {
    if (estimate === undefined) return undefined;
    // The arrangement that was found is one of those that are possible: counted too, so that no p-value is 0.
    return { ...estimate, pValue: (1 + (extremes[place] ?? 0)) / (1 + EXCHANGES) };
  });
}

/** Of each metric: in how many exchanges the sum of differences is at least as far from 0 as it was found. */
function countExtremes(differences: readonly Float64Array[], seed: number): number[] {
  const random = createRandom(seed);
  const length = differences[0]?.length ?? 0;
  // What is equal stays equal however it is exchanged.
  const telling = differences.map((column) => column.map((value) => (Number.isNaN(value) ? 0 : value)));
  const found = telling.map((column) => Math.abs(column.reduce((sum, value) => sum + value, 0)));
  const extremes = differences.map(() => 0);
  const signs = new Float64Array(length);
  for (let round = 0; round < EXCHANGES; round++) {
    for (let i = 0; i < length; i++) signs[i] = random() < 0.5 ? -1 : 1;
    for (const [place, column] of telling.entries()) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += (column[i] ?? 0) * (signs[i] ?? 0);
      // Sums in another order differ in their last bits.
      if (Math.abs(sum) >= (found[place] ?? 0) - 1e-9) extremes[place] = (extremes[place] ?? 0) + 1;
    }
  }
  return extremes;
}

/** @param drawn - places; undefined for each once. @returns NaN where no value is defined */
function meanOf(column: Float64Array, drawn: Uint32Array | undefined): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[drawn?.[i] ?? i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Whether every set of queries has the same mean. */
function isConstant(column: Float64Array): boolean {
  return new Set(column.filter((value) => !Number.isNaN(value))).size <= 1;
}

/** Resamples without a single defined value say nothing and are left out. */
function interval(means: Float64Array): { low: number; high: number } {
  const sorted = means.filter((mean) => !Number.isNaN(mean)).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(TAIL), high: at(1 - TAIL) };
}
