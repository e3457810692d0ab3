import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './tables.ts';

/** The role that analysts are given: it may use the schema `analytics` and nothing else (migrations/0007_analytics.sql). */
export const READER_ROLE = 'lookgraph_reader';

/**
 * Whether the role is there and may do what it is for.
 *
 * MISSING: whoever migrated may not make roles. UNGRANTED: it was made since, or on another server, and knows nothing of this database.
 */
export type ReaderRoleState = 'READY' | 'UNGRANTED' | 'MISSING';

/** Looks it up in the server's catalogue. @param db - migrated */
export async function readerRoleState(db: Kysely<Database>): Promise<ReaderRoleState> {
  const { rows } = await readerRole().execute(db);
  const [role] = rows;
  if (role === undefined) return 'MISSING';
  return role.granted ? 'READY' : 'UNGRANTED';
}

/** Whether the role of analysts may read this database; no row if there is no such role. */
export function readerRole(): RawBuilder<{ granted: boolean }> {
  return sql<{ granted: boolean }>`
    select has_schema_privilege(r.oid, 'analytics', 'usage') as granted from pg_roles as r where r.rolname = ${READER_ROLE}`;
}
