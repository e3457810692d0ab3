import { EXCHANGES, RESAMPLES } from './confidence.ts';
import { enoughQueries } from './confusions.ts';
import type { EvaluatedRun, Evaluation } from './evaluation.ts';

/** Groups of queries that are shown, the worst first of those that have enough queries. */
const GROUPS_SHOWN = 20;
/** Confusions of each. */
const CONFUSIONS_SHOWN = 3;

/** An evaluation as one JSON document: all figures, and the groups that fare worst. What each query found is in the table evaluation_query. */
export function evaluationAsJson(evaluation: Evaluation): object {
  const { id, createdAt, source, sampling, queryCount, model, configurations, findings } = evaluation;
  return {
    id,
    createdAt,
    source,
    sample: sampling.sample ?? null,
    seed: sampling.seed,
    queries: queryCount,
    model,
    findings,
    confidence: { level: 0.95, resamples: RESAMPLES, exchanges: EXCHANGES },
    configurations: configurations.map(configurationAsJson),
  };
}

function configurationAsJson({ run, metrics, differences, grouping, groups }: EvaluatedRun): object {
  const { name, ...settings } = run.configuration;
  return {
    name,
    settings,
    speed: { queriesPerSecond: run.queriesPerSecond, p50Milliseconds: run.p50, p95Milliseconds: run.p95 },
    metrics: metrics.map(({ slice, metric, target, k, queries, mean, low, high }) => ({
      slice,
      metric,
      target,
      k,
      queries,
      value: mean,
      low,
      high,
    })),
    differences: differences.map(({ metric, target, k, mean, low, high, pValue }) => ({
      metric,
      target,
      k,
      difference: mean,
      low,
      high,
      pValue,
    })),
    worst: {
      groupedBy: grouping,
      queriesAtLeast: enoughQueries(grouping),
      groups: groups
        .filter(({ queries }) => queries >= enoughQueries(grouping))
        .slice(0, GROUPS_SHOWN)
        .map(({ label, queries, atThree, wrongFirst, confusedWith }) => ({
          label,
          queries,
          atThree,
          wrongFirst,
          confusedWith: confusedWith
            .slice(0, CONFUSIONS_SHOWN)
            .map(({ label: shown, queries: count }) => ({ label: shown, queries: count })),
        })),
    },
  };
}
