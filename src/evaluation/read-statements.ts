// The statements that read kept evaluations; none is run here.
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { EvaluationTarget } from '../database/evaluation-tables.ts';
import type { Database } from '../database/tables.ts';

/** A place behind an evaluation in the order of evaluations. */
export interface EvaluationPlace {
  /** When it was finished, in microseconds since 1970: timestamps are finer than JavaScript's. */
  readonly createdAt: number;
  readonly id: string;
}

const CREATED_AT = sql<number>`(extract(epoch from created_at) * 1000000)::bigint`;

function evaluations(db: Kysely<Database>) {
  return db
    .selectFrom('evaluation')
    .select([
      'id',
      'created_at',
      'query_source',
      'query_file',
      'distortions',
      'query_count',
      'model_name',
      'model_version',
      'findings',
    ])
    .select(CREATED_AT.as('place'));
}

/** Evaluations, the latest first. */
export function latestEvaluations(db: Kysely<Database>, p: { after: EvaluationPlace | undefined; limit: number }) {
  const { after, limit } = p;
  const query = evaluations(db).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (after === undefined) return query;
  const createdAt = sql`timestamptz 'epoch' + ${after.createdAt}::bigint * interval '1 microsecond'`;
  return query.where(sql<SqlBool>`(created_at, id) < (${createdAt}, ${after.id}::uuid)`);
}

/** Evaluations by id. */
export function evaluationsByIds(db: Kysely<Database>, ids: readonly string[]) {
  return evaluations(db).where('id', '=', anyOf(ids));
}

/** The configurations of evaluations, in the order in which they were asked. */
export function configurationsOfEvaluations(db: Kysely<Database>, evaluationIds: readonly string[]) {
  return db
    .selectFrom('evaluation_configuration')
    .select(['evaluation_id', 'name', 'queries_per_second', 'p50_milliseconds', 'p95_milliseconds'])
    .where('evaluation_id', '=', anyOf(evaluationIds))
    .orderBy('evaluation_id')
    .orderBy('position');
}

/** What evaluations measured over all their queries, and how each figure differs from the first configuration's. */
export function measuresOfEvaluations(db: Kysely<Database>, evaluationIds: readonly string[]) {
  return db
    .selectFrom('evaluation_metric as m')
    .leftJoin('evaluation_difference as d', (join) =>
      join
        .onRef('d.evaluation_id', '=', 'm.evaluation_id')
        .onRef('d.configuration', '=', 'm.configuration')
        .onRef('d.metric', '=', 'm.metric')
        .onRef('d.target', '=', 'm.target')
        .on(sql<SqlBool>`d.k is not distinct from m.k`),
    )
    .select([
      'm.evaluation_id',
      'm.configuration',
      'm.metric',
      'm.target',
      'm.k',
      'm.query_count',
      'm.value',
      'm.low',
      'm.high',
      'd.difference',
      'd.low as difference_low',
      'd.high as difference_high',
      'd.p_value',
    ])
    .where('m.evaluation_id', '=', anyOf(evaluationIds))
    .where('m.slice_name', '=', 'all');
}

/** Which groups of queries to tell of. */
export interface WeakestGroups {
  /** What the queries are grouped by: `category`. */
  readonly by: string;
  readonly metric: string;
  /** Of metrics that look for either; the others look for NONE. */
  readonly target: EvaluationTarget;
  /** Null: the whole ranking. */
  readonly k: number | null;
  readonly minQueries: number;
  readonly limit: number;
  /** Whether the highest value is the worst. */
  readonly lessIsBetter: boolean;
}

/** One way in which the queries of an evaluation were asked. */
export interface ConfigurationKey {
  readonly evaluationId: string;
  readonly name: string;
}

/** The groups of queries that fare worst in each of some configurations, the worst first; of equals the larger, then by name. */
export function weakestGroups(db: Kysely<Database>, keys: readonly ConfigurationKey[], p: WeakestGroups) {
  const evaluations = keys.map(({ evaluationId }) => evaluationId);
  const names = keys.map(({ name }) => name);
  const direction = p.lessIsBetter ? 'desc' : 'asc';
  return db
    .selectFrom(
      sql<{
        evaluation_id: string;
        configuration: string;
      }>`(select distinct * from unnest(${evaluations}::uuid[], ${names}::text[]) as pair (evaluation_id, configuration))`.as(
        'wanted',
      ),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('evaluation_metric as m')
          .select(['m.slice_value', 'm.metric', 'm.target', 'm.k', 'm.query_count', 'm.value', 'm.low', 'm.high'])
          .whereRef('m.evaluation_id', '=', 'wanted.evaluation_id')
          .whereRef('m.configuration', '=', 'wanted.configuration')
          .where('m.slice_name', '=', p.by)
          .where('m.metric', '=', p.metric)
          .where('m.target', 'in', ['NONE', p.target])
          .where(sql<SqlBool>`m.k is not distinct from ${p.k}::integer`)
          .where('m.query_count', '>=', p.minQueries)
          .orderBy('m.value', direction)
          .orderBy('m.query_count', 'desc')
          .orderBy('m.slice_value')
          .limit(p.limit)
          .as('weakest'),
      (join) => join.onTrue(),
    )
    .selectAll('wanted')
    .selectAll('weakest')
    .orderBy('weakest.value', direction)
    .orderBy('weakest.query_count', 'desc')
    .orderBy('weakest.slice_value');
}

function anyOf(ids: readonly string[]) {
  return sql<string>`any(${ids}::uuid[])`;
}
