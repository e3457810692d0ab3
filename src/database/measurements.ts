/**
 * Microseconds for each row: handed over by the HNSW index, compared by its bits in clusters that are read whole, the same found by an index, compared by its vector; and, where sketches
 * are looked up by parts of a filter, read, had in a list of an index of a column, had in a list of the index of attributes.
 */
export interface ScanCosts {
  readonly hnsw: number;
  readonly probed: number;
  readonly gathered: number;
  readonly compared: number;
  readonly read: number;
  readonly listed: number;
  readonly listedAttribute: number;
}

/** How the vectors of a model lie in their clusters. */
export interface ClusterScatter {
  /**
   * Standard deviation of the cosine between what is left of a query and of a vector once the direction of the vector's centroid is taken off: 1 / sqrt(d) for random directions in d dimensions.
   * Vectors of a model fill far fewer than it has.
   */
  readonly beside: number;
  /** Standard deviation of the cosines to a centroid, for each 1 that their mean is below 1. */
  readonly along: number;
}

/**
 * What rows cost where there is nothing to measure with (no prices, no attributes, no HNSW index), and in a database that was measured by an older program: on two cores with a million pictures,
 * docs/decisions/0011-sketches.md and 0014-two-thresholds.md.
 */
export const COSTS_ELSEWHERE: ScanCosts = {
  hnsw: 25,
  probed: 0.35,
  gathered: 0.8,
  compared: 5,
  read: 0.35,
  listed: 0.02,
  listedAttribute: 0.06,
};

/** The same of how vectors scatter: what recall was measured with, docs/decisions/0012-fewer-sketches.md. */
export const SCATTER_ELSEWHERE: ClusterScatter = { beside: 0.2, along: 0.5 };

/** A search looks for pictures and texts at once: docs/decisions/0016-at-once.md. */
const CONNECTIONS_OF_A_SEARCH = 2;
/** For everybody else, while one operation searches as often as it may. A judgement. */
const CONNECTIONS_LEFT = 2;

/**
 * How many searches of one operation run at the same time, so that they take all connections of a pool but two: 4 of 10. A page of 24 products of the fashion catalogue with what is similar to each
 * takes 0.8 s one at a time, 0.55 s two, 0.42 s four and 0.38 s ten at a time (medians of ten, two cores), measured before a search took two connections.
 *
 * @param poolSize - connections at most, 1 or more
 */
export function searchesWithin(poolSize: number): number {
  return Math.max(1, Math.floor((poolSize - CONNECTIONS_LEFT) / CONNECTIONS_OF_A_SEARCH));
}

/** The embedded database has one connection, for which they wait as they would in line: so many that it always has the next statement. A judgement. */
export const SEARCHES_EMBEDDED = 4;
