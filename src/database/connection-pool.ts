import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { type ClientConfig, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { translateDatabaseError } from './database-errors.ts';
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

/** A pool of `pg` connections under Kysely, whose every failure is translated by `translateDatabaseError`. `destroy()` ends it. */
export function openKysely(config: PoolConfig): Kysely<Database> {
  const pool = new Pool({ ...config, types: typeParsers });
  // A connection that breaks while idle is dropped by the pool and the next query opens another; without a listener Node.js would end the process.
  pool.on('error', ignoreBrokenConnection);
  // The same while it is checked out, between two statements: the next statement on it fails and tells.
  pool.on('connect', (client) => client.on('error', ignoreBrokenConnection));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: translatingPool(pool) }) });
}

function ignoreBrokenConnection(): void {}

function translatingPool(pool: Pool): PostgresPool {
  // Kysely knows connections by identity, so each client has one wrapper.
  const wrappers = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect().catch(throwTranslated);
      const wrapper = wrappers.get(client) ?? translatingClient(client);
      wrappers.set(client, wrapper);
      return wrapper;
    },
    end: () => pool.end(),
  };
}

function translatingClient(client: PoolClient): PostgresPoolClient {
  const query = (text: string, parameters: unknown[]) => client.query(text, parameters).catch(throwTranslated);
  return {
    // The overload for cursors is not offered: no cursor is given to the dialect.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(),
  };
}

function throwTranslated(error: unknown): never {
  throw translateDatabaseError(error);
}
