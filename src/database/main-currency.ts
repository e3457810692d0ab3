import type { Kysely } from 'kysely';
import { currencyCounts } from './catalog-count-statements.ts';
import type { Database } from './tables.ts';

/** ISO 4217 has it for what is in no currency: no price is. */
export const NO_CURRENCY = 'XXX';

/** The currency that most products have their price in (ISO 4217), counted anew; NO_CURRENCY where none has a price. */
export async function mainCurrency(db: Kysely<Database>): Promise<string> {
  const { rows } = await currencyCounts().execute(db);
  return rows[0]?.currency ?? NO_CURRENCY;
}
