import type { Difference, Estimate } from './confidence.ts';
import type { Group, Grouping } from './confusions.ts';
import type { Distortion } from './evaluation-query.ts';
import type { Measure, MetricName, Target } from './measures.ts';
import type { Sampling } from './query-set.ts';
import type { Run } from './run-queries.ts';

/** Which queries an evaluation asks. */
export type QuerySource =
  | { readonly kind: 'FILE'; readonly file: string }
  /** The catalogue's own pictures; `distortions`: as copies, one for each; none: as they are, the query left out of its results. */
  | { readonly kind: 'CATALOGUE'; readonly distortions: readonly Distortion[] };

/** All that an evaluation measured. */
export interface Evaluation {
  /** Of its rows in SQL. */
  readonly id: string;
  readonly createdAt: Date;
  readonly source: QuerySource;
  readonly sampling: Sampling;
  readonly queryCount: number;
  readonly model: { readonly name: string; readonly version: string };
  /** The first is the one that the others are compared with. */
  readonly configurations: readonly [EvaluatedRun, ...EvaluatedRun[]];
  /** What the figures say, in sentences; the most important first. */
  readonly findings: readonly string[];
}

/** What one way of asking the queries came to. */
export interface EvaluatedRun {
  readonly run: Run;
  /** By group of queries, all of them first, and within it in the order of MEASURES; without what no query of the group defines. */
  readonly metrics: readonly MeasuredMetric[];
  /** Against the first configuration, over all queries; empty for that one. */
  readonly differences: readonly MeasuredDifference[];
  readonly grouping: Grouping;
  /** The worst first. */
  readonly groups: readonly Group[];
}

export interface MeasuredMetric extends Pick<Measure, 'metric' | 'target' | 'k'>, Estimate {
  readonly slice: { readonly name: string; readonly value: string };
}

export interface MeasuredDifference extends Pick<Measure, 'metric' | 'target' | 'k'>, Difference {}

/** The figure of a metric over a group of queries (all); undefined where no query defines it. */
export function findMetric(
  { metrics }: Pick<EvaluatedRun, 'metrics'>,
  wanted: { metric: MetricName; target: Target; k: number | null },
  slice: { name: string; value: string } = { name: 'all', value: 'all' },
): MeasuredMetric | undefined {
  return metrics.find(
    (each) =>
      each.metric === wanted.metric &&
      each.target === wanted.target &&
      each.k === wanted.k &&
      each.slice.name === slice.name &&
      each.slice.value === slice.value,
  );
}
