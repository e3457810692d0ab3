import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** Each of the named categories that exists, with itself and everything below it. */
export function categoriesBelow(db: Kysely<Database>, namedIds: readonly string[]) {
  return db
    .selectFrom(sql<{ named_id: string }>`unnest(${namedIds}::uuid[])`.as<'named'>(sql`named (named_id)`))
    .innerJoin('category as c', (join) => join.on(sql<SqlBool>`c.ancestor_ids @> array[named.named_id]`))
    .select(['named.named_id', 'c.id']);
}

/** The categories that have one of these names, wherever in the tree; no more than `most`, those higher up first. */
export function categoriesNamed(db: Kysely<Database>, names: readonly string[], most: number) {
  return db
    .selectFrom('category')
    .select(['name', 'path'])
    .where('name', '=', sql<string>`any(${names}::text[])`)
    .orderBy(sql`cardinality(path)`)
    .orderBy('path')
    .limit(most);
}
