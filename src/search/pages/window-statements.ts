import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SearchStrategy } from '../../database/closed-sets.ts';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import type { Database } from '../../database/tables.ts';

/** Long enough to read through pages; a cursor of an older one is stale. */
export const WINDOW_LIFETIME = '1 hour';
/** About 40 kB each. Beyond it the oldest go. */
const MAX_WINDOWS = 20_000;

export interface NewWindow {
  readonly id: string;
  readonly request_hash: string;
  /** JSON text. */
  readonly query: string | null;
  readonly strategy: SearchStrategy;
  readonly best_relevance: number | null;
  /** JSON text: SearchWindowEntry[]. */
  readonly entries: string;
  readonly complete: boolean;
}

/** Rankings that are too old or too many. */
const OBSOLETE = sql<SqlBool>`created_at < greatest(
      now() - ${WINDOW_LIFETIME}::interval,
      (select created_at from search_window order by created_at desc offset ${MAX_WINDOWS} limit 1))`;

/**
 * Keeps a ranking for the pages to come, with its first products.
 *
 * @param sweep - whether to delete rankings that are too old or too many, too
 */
export function insertWindow(window: NewWindow, sweep: boolean): RawBuilder<unknown> {
  const swept = sweep ? sql`swept as (delete from search_window where ${OBSOLETE}), ` : sql``;
  return sql`${PLANNED_ONCE}
    with ${swept}kept as (
      insert into search_window (id, request_hash, query, strategy, best_relevance)
      values (${window.id}, ${window.request_hash}, ${window.query}::jsonb, ${window.strategy}, ${window.best_relevance})
      returning id
    )
    insert into search_window_part (window_id, start, entries, complete)
    select id, 0, ${window.entries}::jsonb, ${window.complete} from kept`;
}

/** A ranking, unless it is too old. */
export function windowById(db: Kysely<Database>, id: string) {
  return db
    .selectFrom('search_window')
    .select(['id', 'request_hash', 'query', 'strategy', 'best_relevance'])
    .where('id', '=', id)
    .where(sql<SqlBool>`created_at > now() - ${WINDOW_LIFETIME}::interval`);
}

/** The parts with the products behind a position, and the last part of a complete ranking in any case. */
export function partsFrom(db: Kysely<Database>, p: { windowId: string; position: number }) {
  return db
    .selectFrom('search_window_part as part')
    .select(['part.start', 'part.entries', 'part.complete'])
    .where('part.window_id', '=', p.windowId)
    .where(sql<SqlBool>`(part.complete or part.start + jsonb_array_length(part.entries) > ${p.position})`)
    .orderBy('part.start');
}

/** The results of a ranking so far, in order: looks and variants have an id of their own behind all else. */
export function resultIdsOfWindow(windowId: string): RawBuilder<{ result_id: string }> {
  return sql`
    select coalesce(entry.value ->> 14, entry.value ->> 0) as result_id
    from search_window_part as part, jsonb_array_elements(part.entries) with ordinality as entry (value, number)
    where part.window_id = ${windowId}::uuid
    order by part.start, entry.number`;
}

/** Adds products to a ranking, unless somebody else has: then nothing changes. */
export function appendPart(
  db: Kysely<Database>,
  p: { windowId: string; start: number; entries: string; complete: boolean },
) {
  return db
    .insertInto('search_window_part')
    .values({ window_id: p.windowId, start: p.start, entries: p.entries, complete: p.complete })
    .onConflict((conflict) => conflict.doNothing());
}
