import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from './tables.ts';

/**
 * Runs maintenance in a transaction whose statements take as long as they take, waiting for locks included: they grow with the shop, and the limit of statements is
 * made for what a person waits for.
 */
export async function atLeisure<T>(
  db: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await liftTimeLimit().execute(transaction);
    return work(transaction);
  });
}

/** Lets the rest of a transaction take as long as it takes. */
export function liftTimeLimit(): RawBuilder<unknown> {
  return sql`select set_config('statement_timeout', '0', true)`;
}
