import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** A few products whose attribute "categories" is what feeds were once kept with: several paths, of which the first is that of the product; behind one of them, in the order of their ids. */
export function placedProducts(db: Kysely<Database>, { after, limit }: { after: string; limit: number }) {
  return (
    db
      .selectFrom('product as p')
      .innerJoin('category as c', 'c.id', 'p.category_id')
      .select('p.id')
      // As product_unplaced_idx has it.
      .where(sql<SqlBool>`p.attributes ? 'categories'`)
      .where(sql<SqlBool>`p.attributes -> 'categories' ->> 0 = array_to_string(c.path, ' > ')`)
      .where(sql<SqlBool>`jsonb_array_length(p.attributes -> 'categories') between 2 and 50`)
      .where('p.id', '>', sql<string>`${after}::uuid`)
      .orderBy('p.id')
      .limit(limit)
  );
}
