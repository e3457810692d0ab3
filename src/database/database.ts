import type { Kysely } from 'kysely';
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
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** A PostgreSQL address; undefined for the embedded one. */
  readonly url: string | undefined;
  /** Holds the embedded database (`postgres/` in it) and its lock. */
  readonly dataFolder: string;
  /** Connections at most (10). The embedded database always has one. */
  readonly poolSize?: number;
  /** A statement that runs longer is cancelled, with TIMEOUT (30,000 ms). Native only: the embedded one has no timeout. */
  readonly statementTimeoutMs?: number;
}

/**
 * Opens the database. Nothing is migrated: see migrate.ts.
 *
 * @throws AppError DATABASE_UNAVAILABLE (no server, refused), DATABASE_UNSUITABLE (PostgreSQL below 15, no pgvector, pgvector
 *   below 0.8.0), DATABASE_LOCKED (another process has the embedded database open; names its pid)
 */
export declare function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase>;
