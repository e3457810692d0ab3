// The statements that change products and tidy up after it, beside those that write them whole; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { PRODUCT_COLUMNS } from './write-statements.ts';

/** All that is stored of products but their pictures, with the path of their category. */
export function productsToChange(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product as p')
    .leftJoin('category as c', 'c.id', 'p.category_id')
    .select(PRODUCT_COLUMNS.map((column) => `p.${column}` as const))
    .select('c.path as category_path')
    .where('p.id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** Deletes categories without a product in them or below; waits for nobody. Run it after the transaction that emptied them. */
export function pruneCategories(): RawBuilder<{ pruned: number }> {
  return sql`select prune_categories() as pruned`;
}
