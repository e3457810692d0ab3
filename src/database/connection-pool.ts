import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { type ClientBase, type ClientConfig, DatabaseError, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { translateDatabaseError } from './database-errors.ts';
import type { SessionSetting } from './session-settings.ts';
import { judgeSession, type SettledSession, settleSession } from './settle-session.ts';
import { createStatementNames, type StatementNames } from './statement-names.ts';
import type { Database } from './tables.ts';

/** Object id of PostgreSQL's int8, in which it counts. */
const INT8 = 20;

/**
 * How values come out: int8 as a number (what we count stays far below 2^53), numeric as text (exact), timestamptz as Date, text[] and
 * jsonb parsed. Held by the pool, not set globally: another user of `pg` in the process keeps its own.
 */
const typeParsers: NonNullable<ClientConfig['types']> = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === INT8 && format !== 'binary' ? Number : types.getTypeParser(id, format),
};

export interface KyselyOptions {
  /**
   * What each session runs with. Those of a server that the program is connected to directly also keep statements parsed that come again and are marked with
   * PLANNED_ONCE. Undefined for a database whose sessions are left as they are, the embedded one.
   */
  readonly session?: readonly SessionSetting[];
}

/**
 * A pool of `pg` connections under Kysely, whose every failure is translated by `translateDatabaseError`. `destroy()` ends it.
 *
 * @throws (its statements) AppError DATABASE_UNSUITABLE behind a connection pooler, if the server's own settings are not those of `session`
 */
export function openKysely(config: PoolConfig, { session }: KyselyOptions = {}): Kysely<Database> {
  const nameOf = createStatementNames();
  const direct = new WeakSet<ClientBase>();
  async function beginSession(client: ClientBase): Promise<void> {
    if (session === undefined) return;
    const { sql, parameters } = settleSession({ settings: session, processId: processIdOf(client) }).compile(db);
    const { rows } = await client.query<SettledSession>(sql, [...parameters]);
    if (judgeSession(rows) === 'DIRECT') direct.add(client);
  }
  const pool = new Pool({ ...config, types: typeParsers, onConnect: beginSession });
  // A connection that breaks while idle is dropped by the pool and the next query opens another; without a listener Node.js would end the process.
  pool.on('error', ignoreBrokenConnection);
  // The same while it is checked out, between two statements: the next statement on it fails and tells.
  pool.on('connect', (client) => client.on('error', ignoreBrokenConnection));
  const namesFor = (client: ClientBase): StatementNames => (direct.has(client) ? nameOf : () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: translatingPool(pool, namesFor) }) });
  return db;
}

/** What the server said at the start of the session; the types leave it out. */
function processIdOf(client: ClientBase): number | null {
  return (client as ClientBase & { processID: number | null }).processID;
}

function ignoreBrokenConnection(): void {}

function translatingPool(pool: Pool, namesFor: (client: ClientBase) => StatementNames): PostgresPool {
  // Kysely knows connections by identity, so each client has one wrapper.
  const wrappers = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect().catch(throwTranslated);
      const wrapper = wrappers.get(client) ?? translatingClient(client, namesFor(client));
      wrappers.set(client, wrapper);
      return wrapper;
    },
    end: () => pool.end(),
  };
}

function translatingClient(client: PoolClient, nameOf: StatementNames): PostgresPoolClient {
  let outdated = false;
  const query = (text: string, parameters: unknown[] = []) => {
    // Without values are beginnings and ends of transactions, and what is done once.
    const name = parameters.length === 0 ? undefined : nameOf(text);
    const result =
      name === undefined ? client.query(text, parameters) : client.query({ name, text, values: parameters });
    return result.catch((error: unknown) => {
      outdated ||= isOutdated(error);
      throw translateDatabaseError(error);
    });
  };
  return {
    // The overload for cursors is not offered: no cursor is given to the dialect.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(outdated),
  };
}

/** A statement that was kept parsed gives columns of other types since a migration: it fails on this connection for ever, and is parsed anew on another. */
function isOutdated(error: unknown): boolean {
  return error instanceof DatabaseError && error.routine === 'RevalidateCachedQuery';
}

function throwTranslated(error: unknown): never {
  throw translateDatabaseError(error);
}
