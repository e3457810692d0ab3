// The statements that keep an evaluation; none is run here.
import type { Insertable, Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';

/** Keeps the evaluation itself. */
export function insertEvaluation(db: Kysely<Database>, evaluation: Insertable<Database['evaluation']>) {
  return db.insertInto('evaluation').values(evaluation);
}

/** Keeps the ways in which its queries were asked. */
export function insertEvaluationConfigurations(
  db: Kysely<Database>,
  rows: readonly Insertable<Database['evaluation_configuration']>[],
) {
  return db.insertInto('evaluation_configuration').values([...rows]);
}

/** Keeps what was measured: 11 parameters a row. */
export function insertEvaluationMetrics(
  db: Kysely<Database>,
  rows: readonly Insertable<Database['evaluation_metric']>[],
) {
  return db.insertInto('evaluation_metric').values([...rows]);
}

/** Keeps how configurations differ: 9 parameters a row. */
export function insertEvaluationDifferences(
  db: Kysely<Database>,
  rows: readonly Insertable<Database['evaluation_difference']>[],
) {
  return db.insertInto('evaluation_difference').values([...rows]);
}

/** Keeps the queries with what they found: 11 parameters a row. */
export function insertEvaluationQueries(
  db: Kysely<Database>,
  rows: readonly Insertable<Database['evaluation_query']>[],
) {
  return db.insertInto('evaluation_query').values([...rows]);
}
