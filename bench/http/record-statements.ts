import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A statement as it was sent. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Has the id of a new row among its values: sent again, it needs another. */
const KEEPS_RESULT = /\binsert into search_window\b/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Written by a timer, for many searches at once: of no search by itself. */
const LOGS_SEARCHES = /\binsert into "?search"?\s*\(/;

/** Runs `work` and gives what this process sends to PostgreSQL meanwhile, beginnings and ends of transactions included. One at a time. */
export async function recordStatements(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const { query } = pg.Client.prototype;
  const sent: SentStatement[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
    const [statement, values] = parameters as [string | pg.QueryConfig, unknown[] | undefined];
    const { text, values: own } = typeof statement === 'string' ? { text: statement, values } : statement;
    if (!LOGS_SEARCHES.test(text)) sent.push({ text, values: own ?? [] });
    return Reflect.apply(query, this, parameters);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return sent;
}

/** Sends statements one after the other on one connection, and reads all they give, as `pg` does without us. */
export async function replayStatements(pool: pg.Pool, statements: readonly SentStatement[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { text, values } of statements) {
      await client.query(text, KEEPS_RESULT.test(text) ? values.map(renewed) : [...values]);
    }
  } finally {
    client.release();
  }
}

function renewed(value: unknown): unknown {
  return typeof value === 'string' && UUID.test(value) ? randomUUID() : value;
}
