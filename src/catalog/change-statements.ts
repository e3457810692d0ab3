// The statements that change products and tidy up after it, beside those that write them whole; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/tables.ts';

/** Whose variants these are, of those that are there. */
export function productsOfVariants(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product_variant')
    .select(['id', 'product_id'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** Deletes categories without a product in them or below; waits for nobody. Run it after the transaction that emptied them. */
export function pruneCategories(): RawBuilder<{ pruned: number }> {
  return sql`select prune_categories() as pruned`;
}
