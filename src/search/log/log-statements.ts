import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { NewSearch } from '../../database/search-tables.ts';
import type { Database } from '../../database/tables.ts';

/** Writes down searches, many at once: 24 parameters each. */
export function insertSearches(db: Kysely<Database>, searches: readonly NewSearch[]) {
  return db.insertInto('search').values([...searches]);
}

/**
 * Deletes the oldest of the searches that are older than `days`, at most `limit`. Queries that `lookgraph embed` stored stay for a day at least, so that
 * they are of use where no searches are kept. Of several servers that do it at once each takes others.
 */
export function deleteOldSearches(db: Kysely<Database>, p: { days: number; limit: number }) {
  const old = db
    .selectFrom('search as old')
    .select('old.id')
    .where('old.created_at', '<', daysAgo(p.days))
    .where((eb) => eb.or([eb('old.strategy', 'is not', null), eb('old.created_at', '<', daysAgo(1))]))
    .orderBy('old.created_at')
    .limit(p.limit)
    .forUpdate()
    .skipLocked();
  return db.deleteFrom('search').where('id', 'in', old);
}

function daysAgo(days: number): RawBuilder<Date> {
  return sql<Date>`now() - make_interval(days => ${days}::integer)`;
}
