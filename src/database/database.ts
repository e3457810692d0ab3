import type { Kysely } from 'kysely';
import type { PoolConfig } from 'pg';
import { AppError } from '../errors.ts';
import { openKysely } from './connection-pool.ts';
import { type DatabaseVersions, databaseVersions, judgeVersions } from './database-version.ts';
import type { AnnouncedServer } from './embedded-lock.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { SEARCHES_EMBEDDED, searchesWithin } from './measurements.ts';
import { SESSION_SETTINGS, type SessionSetting } from './session-settings.ts';
import type { Database } from './tables.ts';

/** An open PostgreSQL, native or embedded; close it when done. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly kind: 'native' | 'embedded';
  /** For people: `PostgreSQL 17.11, pgvector 0.8.4`. */
  readonly version: string;
  /** What is worth knowing at start: an old pgvector, for example. Empty when all is well. */
  readonly warnings: readonly string[];
  /** How to open psql on it, without a password. */
  readonly psqlCommand: string;
  /** Searches of one operation that may run at the same time without taking all connections. */
  readonly searchesAtOnce: number;
  /** Embedded: tells other processes of this user where the program that has it open answers (findEmbeddedServer). Native: nothing needs to be told. */
  announce(server: AnnouncedServer): Promise<void>;
  /** Waits for statements under way, then closes. May be called twice. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** A PostgreSQL address; undefined for the embedded one. */
  readonly url: string | undefined;
  /** Holds the embedded database (`postgres/` in it) and its lock. */
  readonly dataFolder: string;
  /** Connections at most (10). The embedded database always has one. */
  readonly poolSize?: number;
  /** A statement that runs longer is cancelled, with TIMEOUT (30,000 ms; 0: none is). Native only: the embedded one has no timeout. */
  readonly statementTimeoutMs?: number;
}

const DEFAULT_POOL_SIZE = 10;
const DEFAULT_STATEMENT_TIMEOUT_MS = 30_000;
/** Waiting for a free connection or for the server to answer; a person gives up at about the same time. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** Of the one connection everything waits for, behind whole transactions of an import: that is no sign of trouble. */
const EMBEDDED_CONNECTION_TIMEOUT_MS = 60_000;
/** Between two statements of one transaction. A transaction that waits longer is stuck and holds its locks. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

/**
 * Opens the database. Nothing is migrated: see migrate.ts.
 *
 * @throws AppError DATABASE_UNAVAILABLE (no server, refused), DATABASE_UNSUITABLE (PostgreSQL below 15, no pgvector, pgvector
 *   below 0.8.0, a connection pooler in between whose server lacks the settings of sessions), DATABASE_LOCKED (another process has the embedded database open; names its pid)
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  return options.url === undefined
    ? openEmbedded(options.dataFolder)
    : openNative(options.url, options.poolSize, options.statementTimeoutMs);
}

async function openNative(
  url: string,
  poolSize: number = DEFAULT_POOL_SIZE,
  statementTimeoutMs: number = DEFAULT_STATEMENT_TIMEOUT_MS,
): Promise<OpenDatabase> {
  const address = parseAddress(url);
  return openChecked('native', {
    psqlArguments: withoutPassword(address),
    pool: { connectionString: address.href, max: poolSize },
    searchesAtOnce: searchesWithin(poolSize),
    session: [
      ...SESSION_SETTINGS,
      ['statement_timeout', String(statementTimeoutMs)],
      ['idle_in_transaction_session_timeout', String(IDLE_IN_TRANSACTION_TIMEOUT_MS)],
    ],
  });
}

async function openEmbedded(dataFolder: string): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres(dataFolder);
  try {
    return await openChecked('embedded', {
      psqlArguments: `-h '${server.socketFolder}' -U postgres postgres`,
      pool: {
        host: server.socketFolder,
        user: 'postgres',
        database: 'postgres',
        // It serves one statement at a time; a second connection would only wait, and for a transaction of the first for ever.
        max: 1,
        idleTimeoutMillis: 0,
        connectionTimeoutMillis: EMBEDDED_CONNECTION_TIMEOUT_MS,
      },
      searchesAtOnce: SEARCHES_EMBEDDED,
      stopServer: () => server.stop(),
      announce: (address) => server.announce(address),
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Opening extends Pick<OpenDatabase, 'searchesAtOnce'> {
  readonly psqlArguments: string;
  readonly pool: PoolConfig;
  /** Undefined for the embedded one, which has its settings from its start. */
  readonly session?: readonly SessionSetting[];
  readonly stopServer?: () => Promise<void>;
  readonly announce?: OpenDatabase['announce'];
}

async function openChecked(
  kind: OpenDatabase['kind'],
  { psqlArguments, pool, session, searchesAtOnce, stopServer = async () => {}, announce = async () => {} }: Opening,
): Promise<OpenDatabase> {
  const db = openKysely(
    {
      application_name: 'lookgraph',
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      keepAlive: true,
      ...pool,
    },
    session === undefined ? {} : { session },
  );
  try {
    const versions = await readVersions(db);
    const { refusal, warnings } = judgeVersions(versions);
    if (refusal !== undefined) throw new AppError('DATABASE_UNSUITABLE', refusal);
    let closed: Promise<void> | undefined;
    return {
      db,
      kind,
      version: `PostgreSQL ${versions.postgres}, pgvector ${versions.pgvectorInstalled ?? versions.pgvectorAvailable}`,
      warnings,
      psqlCommand: `psql ${psqlArguments}`,
      searchesAtOnce,
      announce,
      close() {
        closed ??= db.destroy().then(stopServer);
        return closed;
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function readVersions(db: Kysely<Database>): Promise<DatabaseVersions> {
  const { rows } = await databaseVersions().execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('expected one row of versions, found none');
  return {
    postgres: row.postgres,
    pgvectorAvailable: row.available ?? undefined,
    pgvectorInstalled: row.installed ?? undefined,
    trigram: row.trigram,
  };
}

function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !['postgres:', 'postgresql:'].includes(address.protocol)) {
    // The address itself is not shown: it may hold a password.
    throw new AppError('CONFIG_INVALID', 'DATABASE_URL: expected postgres://user:password@host:5432/database');
  }
  return address;
}

function withoutPassword(address: URL): string {
  const shown = new URL(address);
  shown.password = '';
  shown.searchParams.delete('password');
  return `'${shown.href}'`;
}
