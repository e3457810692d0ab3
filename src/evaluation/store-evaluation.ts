import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { EvaluatedRun, Evaluation } from './evaluation.ts';
import type { QueryPicture } from './evaluation-query.ts';
import { judge } from './measures.ts';
import { firstRank } from './metrics.ts';
import type { Outcome } from './run-queries.ts';
import {
  insertEvaluation,
  insertEvaluationConfigurations,
  insertEvaluationDifferences,
  insertEvaluationMetrics,
  insertEvaluationQueries,
} from './store-statements.ts';

/** Rows of one insert: 11 parameters each at most, of the 65,535 that a statement may have. */
const ROWS_PER_INSERT = 1_000;
/** Results kept of each query. */
const RESULTS_KEPT = 30;

/** Keeps an evaluation in SQL, all of it or nothing. */
export async function storeEvaluation(db: Kysely<Database>, evaluation: Evaluation): Promise<void> {
  const { id, source, sampling, configurations } = evaluation;
  await db.transaction().execute(async (transaction) => {
    await insertEvaluation(transaction, {
      id,
      created_at: evaluation.createdAt,
      query_source: source.kind,
      query_file: source.kind === 'FILE' ? source.file : null,
      distortions: source.kind === 'FILE' ? [] : [...source.distortions],
      query_count: evaluation.queryCount,
      sample: sampling.sample ?? null,
      seed: sampling.seed,
      model_name: evaluation.model.name,
      model_version: evaluation.model.version,
      findings: [...evaluation.findings],
    }).execute();
    await insertEvaluationConfigurations(
      transaction,
      configurations.map(({ run }, position) => {
        const { name, ...settings } = run.configuration;
        return {
          evaluation_id: id,
          name,
          position,
          settings: JSON.stringify(settings),
          queries_per_second: run.queriesPerSecond,
          p50_milliseconds: run.p50,
          p95_milliseconds: run.p95,
        };
      }),
    ).execute();
    for (const evaluated of configurations) {
      for (const rows of chunks(metricRows(id, evaluated))) await insertEvaluationMetrics(transaction, rows).execute();
      for (const rows of chunks(differenceRows(id, evaluated)))
        await insertEvaluationDifferences(transaction, rows).execute();
      for (const rows of chunks(queryRows(id, evaluated))) await insertEvaluationQueries(transaction, rows).execute();
    }
  });
}

function metricRows(evaluationId: string, { run, metrics }: EvaluatedRun) {
  return metrics.map(({ slice, metric, target, k, queries, mean, low, high }) => ({
    evaluation_id: evaluationId,
    configuration: run.configuration.name,
    slice_name: slice.name,
    slice_value: slice.value,
    metric,
    target,
    k,
    query_count: queries,
    value: mean,
    low,
    high,
  }));
}

function differenceRows(evaluationId: string, { run, differences }: EvaluatedRun) {
  return differences.map(({ metric, target, k, mean, low, high, pValue }) => ({
    evaluation_id: evaluationId,
    configuration: run.configuration.name,
    metric,
    target,
    k,
    difference: mean,
    low,
    high,
    p_value: pValue,
  }));
}

function queryRows(evaluationId: string, { run }: EvaluatedRun) {
  return run.outcomes.map((outcome) => {
    const { query, results, milliseconds } = outcome;
    return {
      evaluation_id: evaluationId,
      configuration: run.configuration.name,
      position: query.position,
      query_text: query.text,
      picture: query.picture && pictureName(query.picture),
      expected_sku: query.expected.product?.sku ?? null,
      expected_category: query.expected.category && [...query.expected.category],
      ...ranksOf(outcome),
      result_skus: results.slice(0, RESULTS_KEPT).map(({ sku }) => sku),
      milliseconds,
    };
  });
}

function pictureName(picture: QueryPicture): string {
  if (picture.kind === 'file') return picture.path;
  return picture.distortion === null ? picture.imageId : `${picture.imageId} (${picture.distortion})`;
}

function ranksOf(outcome: Outcome): { product_rank: number | null; category_rank: number | null } {
  const { product, category } = judge(outcome);
  const rank = (ranking: typeof product) => {
    const first = ranking === null ? Number.POSITIVE_INFINITY : firstRank(ranking.relevance);
    return Number.isFinite(first) ? first : null;
  };
  return { product_rank: rank(product), category_rank: rank(category) };
}

function* chunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) yield rows.slice(start, start + ROWS_PER_INSERT);
}
