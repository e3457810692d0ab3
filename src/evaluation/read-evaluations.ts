import type { Kysely } from 'kysely';
import type { EvaluationTable, EvaluationTarget } from '../database/evaluation-tables.ts';
import type { Database } from '../database/tables.ts';
import { DEFINITIONS } from './definitions.ts';
import { METRICS, type MetricName } from './measures.ts';
import {
  type ConfigurationKey,
  configurationsOfEvaluations,
  type EvaluationPlace,
  evaluationsByIds,
  latestEvaluations,
  measuresOfEvaluations,
  type WeakestGroups,
  weakestGroups,
} from './read-statements.ts';

/** A kept evaluation, without its figures. */
export interface KeptEvaluation {
  readonly id: string;
  readonly createdAt: Date;
  readonly querySource: EvaluationTable['query_source'];
  readonly queryFile: string | null;
  readonly distortions: readonly string[];
  readonly queryCount: number;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly findings: readonly string[];
  /** Where it stands among the evaluations. */
  readonly place: EvaluationPlace;
}

/** A way in which its queries were asked. */
export interface KeptConfiguration extends ConfigurationKey {
  readonly queriesPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
}

/** A figure with its 95 % confidence interval. */
export interface KeptMeasure {
  readonly metric: MetricName;
  readonly target: EvaluationTarget;
  /** Null for the whole ranking. */
  readonly k: number | null;
  readonly queryCount: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Its value minus that of the first configuration; null for that one itself, and for groups. */
  readonly difference: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly pValue: number;
  } | null;
}

/** Queries that have something in common. */
export interface KeptGroup {
  /** The value that they have in common: `Fruit > Apple`. */
  readonly name: string;
  readonly measure: KeptMeasure;
}

/** Evaluations, the latest first. */
export async function listEvaluations(
  db: Kysely<Database>,
  { first, after }: { first: number; after?: EvaluationPlace | undefined },
): Promise<{ items: readonly KeptEvaluation[]; hasNextPage: boolean }> {
  const rows = await latestEvaluations(db, { after, limit: first + 1 }).execute();
  return { items: rows.slice(0, first).map(evaluationOf), hasNextPage: rows.length > first };
}

/** Evaluations by id, in the order asked; undefined where there is none. */
export async function getEvaluationsByIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(KeptEvaluation | undefined)[]> {
  const rows = await evaluationsByIds(db, ids).execute();
  const found = new Map(rows.map((row) => [row.id, evaluationOf(row)]));
  return ids.map((id) => found.get(id));
}

/** The configurations of each evaluation, that which the others are compared with first. */
export async function getEvaluationConfigurations(
  db: Kysely<Database>,
  evaluationIds: readonly string[],
): Promise<KeptConfiguration[][]> {
  const rows = await configurationsOfEvaluations(db, evaluationIds).execute();
  return evaluationIds.map((evaluationId) =>
    rows
      .filter((row) => row.evaluation_id === evaluationId)
      .map((row) => ({
        evaluationId,
        name: row.name,
        queriesPerSecond: row.queries_per_second,
        p50Milliseconds: row.p50_milliseconds,
        p95Milliseconds: row.p95_milliseconds,
      })),
  );
}

/** What each configuration came to over all its queries, in the order of METRICS, PRODUCT before CATEGORY, and by k with the whole ranking last. */
export async function getEvaluationMeasures(
  db: Kysely<Database>,
  keys: readonly ConfigurationKey[],
): Promise<KeptMeasure[][]> {
  const rows = await measuresOfEvaluations(db, [...new Set(keys.map(({ evaluationId }) => evaluationId))]).execute();
  return keys.map(({ evaluationId, name }) =>
    rows
      .filter((row) => row.evaluation_id === evaluationId && row.configuration === name)
      .map((row) => ({ ...measureOf(row), difference: differenceOf(row) }))
      .sort(byMeasure),
  );
}

/** Which groups of queries to tell of: see schema.graphql. */
export type WantedGroups = Omit<WeakestGroups, 'lessIsBetter' | 'metric'> & { readonly metric: MetricName };

/** The groups of queries that fare worst in each configuration, the worst first: one statement for all. */
export async function getWeakestGroups(
  db: Kysely<Database>,
  keys: readonly ConfigurationKey[],
  wanted: WantedGroups,
): Promise<KeptGroup[][]> {
  const lessIsBetter = DEFINITIONS[wanted.metric].better === 'less';
  // It has no other.
  const k = wanted.metric === 'RECIPROCAL_RANK' ? null : wanted.k;
  const rows = await weakestGroups(db, keys, { ...wanted, k, lessIsBetter }).execute();
  return keys.map(({ evaluationId, name }) =>
    rows
      .filter((row) => row.evaluation_id === evaluationId && row.configuration === name)
      .map((row) => ({ name: row.slice_value, measure: { ...measureOf(row), difference: null } })),
  );
}

type EvaluationRow = Awaited<ReturnType<ReturnType<typeof evaluationsByIds>['execute']>>[number];
type MeasureRow = Awaited<ReturnType<ReturnType<typeof measuresOfEvaluations>['execute']>>[number];
type GroupRow = Awaited<ReturnType<ReturnType<typeof weakestGroups>['execute']>>[number];

function evaluationOf(row: EvaluationRow): KeptEvaluation {
  return {
    id: row.id,
    createdAt: row.created_at,
    querySource: row.query_source,
    queryFile: row.query_file,
    distortions: row.distortions,
    queryCount: row.query_count,
    modelName: row.model_name,
    modelVersion: row.model_version,
    findings: row.findings,
    place: { createdAt: row.place, id: row.id },
  };
}

function measureOf(row: MeasureRow | GroupRow): Omit<KeptMeasure, 'difference'> {
  const { target, k, query_count: queryCount, value, low, high } = row;
  return { metric: row.metric as MetricName, target, k, queryCount, value, low, high };
}

function differenceOf(row: MeasureRow): KeptMeasure['difference'] {
  const { difference: value, difference_low: low, difference_high: high, p_value: pValue } = row;
  return value === null || low === null || high === null || pValue === null ? null : { value, low, high, pValue };
}

const TARGETS: readonly EvaluationTarget[] = ['NONE', 'PRODUCT', 'CATEGORY'];

function byMeasure(a: KeptMeasure, b: KeptMeasure): number {
  return (
    METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric) ||
    TARGETS.indexOf(a.target) - TARGETS.indexOf(b.target) ||
    (a.k ?? Number.POSITIVE_INFINITY) - (b.k ?? Number.POSITIVE_INFINITY)
  );
}
