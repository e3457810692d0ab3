import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** One question, answered by measuring. A file `bench/<name>.bench.ts` exports one as `benchmark`. */
export interface Benchmark {
  /** What one wants to know, as a question. */
  readonly question: string;
  /** Measures; prints nothing. */
  run(options: BenchmarkOptions): Promise<BenchmarkResult>;
}

export interface BenchmarkOptions {
  /** A native PostgreSQL; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Size of the shop, where a benchmark can be run on shops of several sizes; undefined: the benchmark's own. */
  readonly products?: number | undefined;
  /** Queries of each kind, where their number can be chosen; undefined: the benchmark's own. */
  readonly queries?: number | undefined;
  /** Engines to compare with, by name, where there are several; undefined: all. */
  readonly engines?: readonly string[] | undefined;
  /** Told what is going on, on stderr. */
  readonly say: (line: string) => void;
}

export interface BenchmarkResult {
  /** What was measured on: database version, catalogue, sizes. */
  readonly setting: Readonly<Record<string, string | number>>;
  /** One line of the table each; the same columns in each. */
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

/** The machine and the program, so that a figure can be judged. */
export function surroundings(): Record<string, string | number> {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** The value below which a share of the values lies, nearest rank. `values` need not be sorted. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('expected at least one value, found none');
  return value;
}

/** One decimal below 100, none above: what a reader can use. */
export function rounded(value: number): number {
  return value < 100 ? Math.round(value * 10) / 10 : Math.round(value);
}
