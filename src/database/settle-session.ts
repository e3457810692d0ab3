import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { SessionSetting } from './session-settings.ts';

/** One setting of a session that has begun. */
export interface SettledSession {
  readonly name: string;
  readonly expected: string;
  /** What it is now; null if the server does not know it. */
  readonly found: string | null;
  /** Whether the session is the program's own until the connection ends. */
  readonly direct: boolean;
  /** What makes it the default of each session of this role in this database. */
  readonly default_statement: string;
}

/** Before it only a superuser may make defaults of its settings. */
const LOAD_PGVECTOR = "select '[1]'::vector;";

/**
 * Makes the settings those of this session, or, behind a connection pooler, only tells them. A pooler gives the client a process id of its own making; and what
 * is set on one of its connections is lost at the next transaction, on another one, or is found by somebody else.
 *
 * @param p.processId - that PostgreSQL's startup told the client
 */
export function settleSession(p: {
  settings: readonly SessionSetting[];
  processId: number | null;
}): RawBuilder<SettledSession> {
  const direct = sql`coalesce(pg_backend_pid() = ${p.processId}::integer, false)`;
  return sql<SettledSession>`
    select s.name, s.value as expected, ${direct} as direct,
      case when ${direct} then set_config(s.name, s.value, false)
        else coalesce((select setting from pg_settings as p where p.name = s.name), current_setting(s.name, true)) end as found,
      format('alter role %I in database %I set %s = %L;', current_user, current_database(), s.name, s.value) as default_statement
    from unnest(${p.settings.map(([name]) => name)}::text[], ${p.settings.map(([, value]) => value)}::text[]) as s(name, value)`;
}

/**
 * Whether the program has the session for itself, or shares it behind a pooler whose server brings all settings by itself.
 *
 * @throws AppError DATABASE_UNSUITABLE behind a pooler, if any setting is another; with the statements that mend it
 */
export function judgeSession(settings: readonly SettledSession[]): 'DIRECT' | 'POOLED' {
  if (settings.every(({ direct }) => direct)) return 'DIRECT';
  const wrong = settings.filter(({ expected, found }) => expected !== found);
  if (wrong.length === 0) return 'POOLED';
  throw new AppError(
    'DATABASE_UNSUITABLE',
    'there is a connection pooler in between, which does not keep what a session sets: ' +
      `expected ${wrong.map(({ name, expected }) => `${name} = ${expected}`).join(', ')} of the server itself, ` +
      `found ${wrong.map(({ found }) => found ?? 'none').join(', ')}. Connect to PostgreSQL directly, or type in psql ` +
      `"${LOAD_PGVECTOR} ${wrong.map((setting) => setting.default_statement).join(' ')}" and have the pooler connect anew (docs/pgbouncer.md)`,
  );
}
