import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { NewSearch } from '../../database/search-tables.ts';
import type { Database } from '../../database/tables.ts';
import { AppError, ERRORS } from '../../errors.ts';
import { deleteOldSearches, insertSearches } from './log-statements.ts';
import { loggedSearch, type SearchRecord } from './logged-search.ts';

/** Writes down searches without any search waiting for it. */
export interface SearchLog {
  /**
   * Never throws. What comes faster than the database takes it is dropped, oldest first, counted and told.
   *
   * @returns the id of the row that is going to be written; null where none is
   */
  readonly record: (search: SearchRecord) => string | null;
  /** Writes what is left. Safe to call twice. */
  close(): Promise<void>;
}

const FLUSH_MS = 1_000;
/** Searches that wait to be written: some 10 kB each with 512 dimensions. */
const MAX_WAITING = 2_000;
/** Rows of one insert: 24 parameters each, of the 65,535 that a statement may have. */
const ROWS_PER_INSERT = 500;
const SWEEP_MS = 60 * 60 * 1_000;
/** Deleted at a time, so that no lock is held for long. */
const ROWS_PER_DELETE = 5_000;

/**
 * Opens the log of searches: the table `search`. Rows older than `days` are deleted at once and every hour.
 *
 * @param options.days - 0 to 365; 0: nothing is recorded, and what was recorded before is deleted
 */
export function createSearchLog(db: Kysely<Database>, options: { days: number; logger: Logger }): SearchLog {
  const { days, logger } = options;
  const waiting: NewSearch[] = [];
  let dropped = 0;
  let lastSweep = Number.NEGATIVE_INFINITY;
  /** What fails at the moment: told once, not every second. */
  const failing = new Set<string>();
  let working: Promise<void> | undefined;
  const timer = setInterval(() => void work(), FLUSH_MS).unref();

  /** One at a time; never rejects: a log that fails is no reason to fail anything else. */
  function work(): Promise<void> {
    working ??= Promise.all([attempt('write down searches', flush), attempt('delete old searches', sweep)])
      .then(tellDropped)
      .finally(() => {
        working = undefined;
      });
    return working;
  }

  async function attempt(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
      failing.delete(what);
    } catch (error) {
      if (!failing.has(what)) logger.warn({ err: error }, `could not ${what}`);
      failing.add(what);
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const rows = waiting.slice(0, ROWS_PER_INSERT);
      try {
        await insertSearches(db, rows).execute();
      } catch (error) {
        const passes = error instanceof AppError && ERRORS[error.code].retryable;
        if (!passes) dropped += forget(rows);
        throw error;
      }
      forget(rows);
    }
  }

  /** By identity: rows may have been dropped meanwhile. @returns how many were still there */
  function forget(rows: readonly NewSearch[]): number {
    const written = new Set(rows);
    const left = waiting.filter((row) => !written.has(row));
    const forgotten = waiting.length - left.length;
    waiting.splice(0, waiting.length, ...left);
    return forgotten;
  }

  async function sweep(): Promise<void> {
    if (performance.now() - lastSweep < SWEEP_MS) return;
    let deleted: bigint;
    do {
      const result = await deleteOldSearches(db, { days, limit: ROWS_PER_DELETE }).executeTakeFirstOrThrow();
      deleted = result.numDeletedRows;
    } while (deleted === BigInt(ROWS_PER_DELETE));
    lastSweep = performance.now();
  }

  function tellDropped(): void {
    if (dropped === 0) return;
    logger.warn({ dropped }, 'searches are missing from the log');
    dropped = 0;
  }

  return {
    record(search) {
      if (days === 0) return null;
      const id = randomUUID();
      try {
        waiting.push(loggedSearch(search, { id, createdAt: new Date() }));
      } catch (error) {
        logger.error({ err: error }, 'a search could not be written down');
        return null;
      }
      if (waiting.length > MAX_WAITING) {
        waiting.shift();
        dropped++;
      }
      return id;
    },
    async close() {
      clearInterval(timer);
      await working;
      await attempt('write down searches', flush);
      tellDropped();
    },
  };
}
