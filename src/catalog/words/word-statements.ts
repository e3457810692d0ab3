// The statements that keep the words of products, one function each; none is run here. sql/functions/20_words.sql counts them.
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { BrandWords, CategoryWordColumns, ProductWordColumns } from './word-columns.ts';

/** Longer descriptions come from SQL alone; what stands behind so many letters is no word of theirs. */
const LONGEST_DESCRIPTION = 50_000;

/** What waits: what SQL changed, and, where `version` is given, what was analysed by another. Not `is distinct from`, which no index answers. */
function waits(version: string | undefined, table: 'p' | 'c'): RawBuilder<SqlBool> {
  const column = sql.ref(`${table}.words_version`);
  return version === undefined
    ? sql`${column} is null`
    : sql`(${column} is null or ${column} < ${version} or ${column} > ${version})`;
}

/**
 * Products that wait to be analysed, with their texts, held until the transaction ends; those that somebody else holds are passed over. Names of categories are those of today, from the top down: those of the main one, then those of the others that are not among them.
 */
export function productsToAnalyze(db: Kysely<Database>, p: { version: string | undefined; limit: number }) {
  return db
    .selectFrom('product as p')
    .select(['p.id', 'p.codes', 'p.title', 'p.brand', 'p.attributes'])
    .select(sql<string | null>`left(p.description, ${sql.lit(LONGEST_DESCRIPTION)})`.as('description'))
    .select(
      sql<string[]>`array(
        select above.name from category as c, unnest(c.ancestor_ids) with ordinality as ancestor (id, level) join category as above on above.id = ancestor.id
        where c.id = p.category_id order by ancestor.level)
        || case when p.further_category_ids is not null then array(
          select above.name
          from unnest(p.further_category_ids) with ordinality as listed (id, place) join category as c on c.id = listed.id,
            unnest(c.ancestor_ids) with ordinality as ancestor (id, level) join category as above on above.id = ancestor.id
          where above.name <> all(array(select main.name from category as c join category as main on main.id = any(c.ancestor_ids) where c.id = p.category_id))
          group by above.name order by min(array[listed.place, ancestor.level])) end`.as('category'),
    )
    .where(waits(p.version, 'p'))
    .limit(p.limit)
    .forNoKeyUpdate('p')
    .skipLocked();
}

/** Writes what was made of products that are held. */
export function writeProductWords(
  db: Kysely<Database>,
  products: readonly (ProductWordColumns & { readonly id: string })[],
) {
  type Row = (typeof products)[number];
  const rows = sql<Row>`json_to_recordset(${JSON.stringify(products)}::json)`;
  const type =
    'r (id uuid, words tsvector, title_key text, title_key_bare text, brand_key text, title_words tsvector, words_version text)';
  return db
    .updateTable('product as p')
    .from(rows.as<'r'>(sql.raw(type)))
    .set((eb) => ({
      words: sql`${eb.ref('r.words')}`,
      title_key: eb.ref('r.title_key'),
      title_key_bare: eb.ref('r.title_key_bare'),
      brand_key: eb.ref('r.brand_key'),
      title_words: sql`${eb.ref('r.title_words')}`,
      words_version: eb.ref('r.words_version'),
    }))
    .whereRef('p.id', '=', 'r.id');
}

/** Categories that wait to be analysed, held until the transaction ends; those that somebody else holds are passed over. */
export function categoriesToAnalyze(db: Kysely<Database>, p: { version: string | undefined; limit: number }) {
  return db
    .selectFrom('category as c')
    .select(['c.id', 'c.path'])
    .where(waits(p.version, 'c'))
    .orderBy('c.id')
    .limit(p.limit)
    .forNoKeyUpdate('c')
    .skipLocked();
}

/** Writes the keys of categories that are held, and has completions know them. */
export function writeCategoryWords(
  categories: readonly (CategoryWordColumns & { readonly id: string })[],
): RawBuilder<unknown> {
  return sql`
    with named as (
      update category as c
      set name_key = r.name_key, numberless_key = r.numberless_key, words = r.words, words_version = r.words_version
      from json_to_recordset(${JSON.stringify(categories)}::json)
        as r (id uuid, name_key text, numberless_key text, words tsvector, words_version text)
      where c.id = r.id
      returning c.id, c.name_key, c.words
    ), free as (
      select s.ctid as place, named.name_key, named.words
      from suggestion as s join named on s.category_id = named.id
      for update of s skip locked
    )
    update suggestion as s set key = free.name_key, words = free.words from free where s.ctid = free.place`;
}

/** Has completions know brands by their words: those that they do not know yet, or, with `again`, all of these. Rows that somebody else holds are passed over: who holds them writes them. */
export function nameBrands(brands: readonly BrandWords[], again = false): RawBuilder<unknown> {
  return sql`
    with free as (
      select s.ctid as place, r.key, r.words
      from json_to_recordset(${JSON.stringify(brands)}::json) as r (brand text, key text, words tsvector)
      join suggestion as s on md5(s.text) = md5(r.brand) and s.text = r.brand
      where s.kind = 'BRAND' and (s.key is null or (${again} and s.words is distinct from r.words))
      for update of s skip locked
    )
    update suggestion as s set key = free.key, words = free.words from free where s.ctid = free.place`;
}

/** Adds up to so many changes to the counts of words. */
export function foldWordCounts(most: number): RawBuilder<{ folded: number }> {
  return sql<{ folded: number }>`select fold_search_words(${most}::integer) as folded`;
}

/**
 * Takes what was written to the indexes of words out of their pending lists. A search reads such a list from its first page to its last: of 140 pages, which 1,700 products had left, it took 7 of
 * the 9 ms of a look-up, and PostgreSQL lets it grow to 4 MiB (512 pages) before a writer or a vacuum empties it.
 */
export function emptyPendingLists(): RawBuilder<{ pages: number }> {
  return sql<{ pages: number }>`
    select sum(gin_clean_pending_list(index))::integer as pages
    from unnest(array['product_words_idx', 'product_title_words_idx', 'suggestion_words_idx', 'product_attributes_idx']::regclass[]) as index`;
}

/** Counts the words of all products anew. */
export function recountWords(): RawBuilder<{ words: number }> {
  return sql<{ words: number }>`select recount_search_words() as words`;
}

/** How many products wait to be analysed, and whether a change of SQL does. */
export function waitingProducts(db: Kysely<Database>, version: string) {
  return db
    .selectFrom('product as p')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(waits(version, 'p'));
}

/** Whether SQL changed what is to be analysed, products or categories. */
export function hasChangesOfSql(): RawBuilder<{ found: boolean }> {
  return sql<{ found: boolean }>`
    select exists (select from product where words_version is null) or exists (select from category where words_version is null) as found`;
}
