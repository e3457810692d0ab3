// The statements that read imports and what failed in them; none is run here.
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';

/** A place behind an import in the order of imports. */
export interface ImportPlace {
  /** When it began, in microseconds since 1970: timestamps are finer than JavaScript's. */
  readonly startedAt: number;
  readonly id: string;
}

/** A place behind a failure in the order of a feed. */
export interface FailurePlace {
  readonly line: number | null;
  readonly id: string;
}

const STARTED_AT = sql<number>`(extract(epoch from started_at) * 1000000)::bigint`;

function imports(db: Kysely<Database>) {
  return db
    .selectFrom('import')
    .select([
      'id',
      'source',
      'format',
      'state',
      'started_at',
      'finished_at',
      'failure',
      'products_created',
      'products_updated',
      'products_unchanged',
      'products_failed',
      'images_embedded',
      'images_failed',
      'products_missing',
      'products_deleted',
      'products_expired',
      'phase',
      'phase_done',
      'phase_total',
      'updated_at',
    ])
    .select([
      STARTED_AT.as('place'),
      sql<number | null>`extract(epoch from updated_at - phase_started_at)::float8`.as('phase_seconds'),
    ]);
}

/** Imports, the latest first. */
export function latestImports(db: Kysely<Database>, p: { after: ImportPlace | undefined; limit: number }) {
  const { after, limit } = p;
  const query = imports(db).orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (after === undefined) return query;
  const startedAt = sql`timestamptz 'epoch' + ${after.startedAt}::bigint * interval '1 microsecond'`;
  return query.where(sql<SqlBool>`(started_at, id) < (${startedAt}, ${after.id}::uuid)`);
}

/** Imports by id. */
export function importsByIds(db: Kysely<Database>, ids: readonly string[]) {
  return imports(db).where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** What failed in each of some imports, in the order of the feed, what has no line last. */
export function failuresOfImports(
  db: Kysely<Database>,
  p: { importIds: readonly string[]; after: FailurePlace | undefined; limit: number },
) {
  const { importIds, after, limit } = p;
  return db
    .selectFrom(sql<{ id: string }>`(select distinct unnest(${importIds}::uuid[]) as id)`.as('wanted'))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('import_item as i')
          .select(['i.id', 'i.line', 'i.sku', 'i.image_source', 'i.reason'])
          .whereRef('i.import_id', '=', 'wanted.id')
          .where('i.outcome', '=', 'FAILED')
          .where(after === undefined ? sql<SqlBool>`true` : isBehind(after))
          .orderBy('i.line', (order) => order.asc().nullsLast())
          .orderBy('i.id')
          .limit(limit)
          .as('failed'),
      (join) => join.onTrue(),
    )
    .select(['wanted.id as import_id', 'failed.id', 'failed.line', 'failed.sku', 'failed.image_source'])
    .select(sql<string>`failed.reason`.as('reason'))
    .orderBy('wanted.id')
    .orderBy('failed.line', (order) => order.asc().nullsLast())
    .orderBy('failed.id');
}

function isBehind({ line, id }: FailurePlace) {
  return line === null
    ? sql<SqlBool>`(i.line is null and i.id > ${id}::uuid)`
    : sql<SqlBool>`(i.line is null or (i.line, i.id) > (${line}::bigint, ${id}::uuid))`;
}
