// The statements that complete a typed text, one function each; none is run here. sql/functions/30_suggestions.sql keeps what they read.
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** Titles looked at for one answer: enough to tell common ones and good places from others, few enough to read in a millisecond. */
const TITLES_COMPARED = 200;

/** What a completion must have. Texts that are looked for within keys hold letters, digits, &, + and # alone, so nothing in them is a pattern. */
export interface WantedWords {
  /** Text search query that all its words together satisfy. */
  readonly all: string;
  /** One must be somewhere within a name's own key, and not only in the path above it. */
  readonly any: readonly string[];
  /** The key that a name may begin with, whatever its words are: "tsh" of "t-sh"; undefined: its words alone tell. */
  readonly whole: string | undefined;
  /** Keys: what begins with one of them comes before what has it further on. */
  readonly beginnings: readonly string[];
}

/**
 * Brands by their words or their beginning, and categories by the words of their path, of which one at least is in their own name; those with most products first.
 * A brand that is written in several ways is one suggestion, as it is written most. A category that is called as the one above it is left out.
 */
export function namesByWords(db: Kysely<Database>, { words, limit }: { words: WantedWords; limit: number }) {
  const key = sql.raw('left(s.key, 200)');
  const byWords = sql<SqlBool>`(s.words @@ ${words.all}::tsquery and s.key like any(${patterns(words.any, '%')}::text[]))`;
  return db
    .selectFrom('suggestion as s')
    .select([
      's.kind',
      's.category_id',
      sql<string>`(array_agg(s.text order by s.products desc, s.text))[1]`.as('text'),
      sql<boolean>`${key} like any(${patterns(words.beginnings)}::text[])`.as('begins'),
    ])
    .where(words.whole === undefined ? byWords : sql<SqlBool>`(${byWords} or ${key} like ${`${words.whole}%`})`)
    .where(sql<SqlBool>`s.key <> ''`)
    .where(
      sql<SqlBool>`not exists (
        select from category as c join category as above on above.id = c.parent_id where c.id = s.category_id and c.name_key = above.name_key)`,
    )
    .groupBy(['s.kind', 's.category_id', sql`${key}`])
    .having(sql<SqlBool>`sum(s.products) > 0`)
    .orderBy('begins', 'desc')
    .orderBy(sql`sum(s.products)`, 'desc')
    .orderBy('text')
    .limit(limit);
}

/** Titles that begin with the key: of the first 200 in the alphabet, those of most products first. */
export function titlesByBeginning(db: Kysely<Database>, { key, limit }: { key: string; limit: number }) {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product')
        .select(['id', 'title', 'title_key'])
        .where(sql<SqlBool>`title_key like ${`${key}%`}`)
        .orderBy(sql`title_key using ~<~`)
        .limit(TITLES_COMPARED)
        .as('candidate'),
    )
    .select([FIRST_TITLE, FIRST_PRODUCT])
    .groupBy('title_key')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('title_key')
    .limit(limit);
}

/** Titles by their words: of 200, those that begin with a wanted text first, then those that have it in one piece, then those of most products. */
export function titlesByWords(db: Kysely<Database>, { words, limit }: { words: WantedWords; limit: number }) {
  const { all, beginnings } = words;
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product')
        .select(['id', 'title', 'title_key'])
        .where(sql<SqlBool>`words_by_index(title_words) @@ ${all}::tsquery`)
        .limit(TITLES_COMPARED)
        .as('candidate'),
    )
    .select([FIRST_TITLE, FIRST_PRODUCT])
    .groupBy('title_key')
    .orderBy(sql`title_key like any(${patterns(beginnings)}::text[])`, 'desc')
    .orderBy(sql`title_key like any(${patterns(beginnings, '%')}::text[])`, 'desc')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy(sql`length(title_key)`)
    .orderBy('title_key')
    .limit(limit);
}

const FIRST_TITLE = sql<string>`(array_agg(title order by id))[1]`.as('text');
const FIRST_PRODUCT = sql<string>`(array_agg(id order by id))[1]`.as('product_id');

function patterns(texts: readonly string[], before = ''): string[] {
  return texts.map((text) => `${before}${text}%`);
}
