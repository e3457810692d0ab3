import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database, SearchWindowEntry } from '../database/tables.ts';
import { all } from './product-filter.ts';
import type { Conditions } from './queries-neighbours.ts';

/** Long enough to read through pages; a cursor of an older one is stale. */
export const WINDOW_LIFETIME = '1 hour';
/** About 10 kB each. Beyond it the oldest go. */
const MAX_WINDOWS = 20_000;

export interface NewWindow {
  readonly id: string;
  readonly requestHash: string;
  readonly modelId: string | null;
  readonly query: readonly number[] | null;
  readonly words: readonly string[];
  readonly strategy: 'EXACT' | 'HNSW' | 'NONE';
  readonly entries: readonly SearchWindowEntry[];
}

/** Keeps a ranking for the pages to come. */
export function insertWindow(db: Kysely<Database>, window: NewWindow) {
  return db.insertInto('search_window').values({
    id: window.id,
    request_hash: window.requestHash,
    model_id: window.modelId,
    query: window.query === null ? null : [...window.query],
    words: [...window.words],
    strategy: window.strategy,
    entries: JSON.stringify(window.entries),
  });
}

/** A ranking, unless it is too old. */
export function windowById(db: Kysely<Database>, id: string) {
  return db
    .selectFrom('search_window')
    .select(['id', 'request_hash', 'model_id', 'query', 'words', 'strategy', 'entries'])
    .where('id', '=', id)
    .where(sql<SqlBool>`created_at > now() - ${WINDOW_LIFETIME}::interval`);
}

/** Deletes rankings that are too old or too many. */
export function sweepWindows(db: Kysely<Database>) {
  return db.deleteFrom('search_window').where(
    sql<SqlBool>`created_at < greatest(
      now() - ${WINDOW_LIFETIME}::interval,
      (select created_at from search_window order by created_at desc offset ${MAX_WINDOWS} limit 1))`,
  );
}

/** Those of the products that (still) exist and hold for the conditions. */
export function stillMatching(db: Kysely<Database>, p: { productIds: readonly string[]; where: Conditions }) {
  return db
    .selectFrom('product as p')
    .select('p.id')
    .where(sql<SqlBool>`p.id = any(${p.productIds}::uuid[])`)
    .$if(p.where.length > 0, (query) => query.where(all(p.where)));
}

/** Products that hold for the conditions, newest first, from a place on. */
export function newestProducts(
  db: Kysely<Database>,
  p: {
    where: Conditions;
    after: { readonly createdAt: string; readonly productId: string } | undefined;
    limit: number;
  },
) {
  return (
    db
      .selectFrom('product as p')
      // As text: a JavaScript date would lose the microseconds, and with them the place.
      .select(['p.id as product_id', sql<string>`p.created_at::text`.as('created_at')])
      .$if(p.where.length > 0, (query) => query.where(all(p.where)))
      .$if(p.after !== undefined, (query) =>
        query.where(
          sql<SqlBool>`(p.created_at, p.id) < (${p.after?.createdAt}::timestamptz, ${p.after?.productId}::uuid)`,
        ),
      )
      .orderBy('p.created_at', 'desc')
      .orderBy('p.id', 'desc')
      .limit(p.limit)
  );
}
