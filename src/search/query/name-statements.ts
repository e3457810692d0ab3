import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** Brands of one key, as a shop writes them: "H&M" and "H & M". A judgement: more of them are no brand's spellings. */
const MOST_SPELLINGS = 20;

/**
 * What of the catalogue is called by one of the keys (src/words/name-key.ts): one row. Each key is looked up by itself, so that PostgreSQL answers by the index whatever it expects.
 */
export function knownNames(db: Kysely<Database>, keys: readonly string[]) {
  const asked = sql`unnest(${keys}::text[]) as asked (key)`;
  // Only what has such a key is in the index.
  const among = (column: string) =>
    sql<string[]>`array(select asked.key from ${asked} where exists (
        select from product as p where p.${sql.raw(column)} = asked.key and p.${sql.raw(column)} <> ''))`;
  return db.selectNoFrom([
    among('title_key').as('titles'),
    among('title_key_bare').as('bareTitles'),
    sql<string[]>`array(
        select distinct spelt.brand from ${asked}, lateral (
          select p.brand from product as p where p.brand_key = asked.key and p.brand_key <> '' group by p.brand limit ${MOST_SPELLINGS}) as spelt)`.as(
      'brands',
    ),
    sql<string[]>`array(
        select below.id from category as c, category as below
        where (c.name_key = any(${keys}::text[]) or c.numberless_key = any(${keys}::text[])) and below.ancestor_ids @> array[c.id])`.as(
      'categories',
    ),
  ]);
}
