/** How an HNSW scan is carried out. pgvector README, "Iterative Index Scans" and "Query Options". */
export interface ScanOptions {
  /** Length of the candidate list, 1 to 1000. */
  readonly efSearch: number;
  /** Vectors visited at most before the scan gives up. */
  readonly maxScanTuples: number;
}

/**
 * How every session scans, unless `withScanOptions` says otherwise. A candidate list as long as the first fetch for a window of 200 products, so that one walk of the graph answers it.
 * It is also what text queries need for the recall that picture queries have with half of it.
 */
export const SCAN_OPTIONS: ScanOptions = { efSearch: 250, maxScanTuples: 20_000 };

/**
 * pgvector's settings for a scan that is iterative, so that row filters do not shorten its result.
 *
 * @returns pairs of name and value
 */
export function scanSettings({ efSearch, maxScanTuples }: ScanOptions): [name: string, value: string][] {
  return [
    ['hnsw.ef_search', String(efSearch)],
    ['hnsw.iterative_scan', 'relaxed_order'],
    ['hnsw.max_scan_tuples', String(maxScanTuples)],
  ];
}

/**
 * What every session runs with, so that no search has to set it. PostgreSQL takes pgvector's on trust until its library is loaded.
 *
 * JIT compiles vector scans for longer than they take: it added 45 ms to one of 5 ms, over a million vectors.
 */
export const SESSION_SETTINGS: readonly SessionSetting[] = [['jit', 'off'], ...scanSettings(SCAN_OPTIONS)];

/** The same as options that PostgreSQL is started with. */
export const SESSION_OPTIONS: readonly string[] = SESSION_SETTINGS.flatMap(([name, value]) => [
  '-c',
  `${name}=${value}`,
]);

/** A setting of PostgreSQL and its value, in the setting's own unit. */
export type SessionSetting = readonly [name: string, value: string];
