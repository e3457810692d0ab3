// The statements that complete a typed text, one function each; none is run here. sql/functions/30_suggestions.sql keeps what they read.
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** Titles looked at for one answer: enough to tell common ones and good places from others, few enough to read in a millisecond. */
const TITLES_COMPARED = 200;

/** What the words of a suggestion must be. Keys hold letters, digits and single spaces alone, so nothing in them needs quoting. */
export interface WantedWords {
  /** Text search query that all words together satisfy. */
  readonly all: string;
  /** Text search query for any one of the words. */
  readonly any: string;
  /** Keys: what begins with one of them comes before what has it further on. */
  readonly beginnings: readonly string[];
}

/** The text as the keys of suggestions are written; empty where it has neither letters nor digits. */
export function suggestionKey(db: Kysely<Database>, text: string) {
  return db.selectNoFrom(sql<string>`suggestion_key(${text})`.as('key'));
}

/**
 * Brands by their words, and categories by the words of their path, of which one at least is in their own name; those with most products first.
 * A brand that is written in several ways is one suggestion, as it is written most.
 */
export function namesByWords(db: Kysely<Database>, { words, limit }: { words: WantedWords; limit: number }) {
  return db
    .selectFrom('suggestion')
    .select([
      'kind',
      'category_id',
      sql<string>`(array_agg(text order by products desc, text))[1]`.as('text'),
      beginsWithAny(sql.ref('key'), words.beginnings).as('begins'),
    ])
    .where(sql<SqlBool>`words @@ ${words.all}::tsquery`)
    .where(sql<SqlBool>`suggestion_words(key) @@ ${words.any}::tsquery`)
    .groupBy(['kind', 'category_id', 'key'])
    .having(sql<SqlBool>`sum(products) > 0`)
    .orderBy('begins', 'desc')
    .orderBy(sql`sum(products)`, 'desc')
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
  const key = sql.ref<string>('title_key');
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product')
        .select(['id', 'title', 'title_key'])
        .where(sql<SqlBool>`suggestion_words(title_key) @@ ${words.all}::tsquery`)
        .limit(TITLES_COMPARED)
        .as('candidate'),
    )
    .select([FIRST_TITLE, FIRST_PRODUCT])
    .groupBy('title_key')
    .orderBy(beginsWithAny(key, words.beginnings), 'desc')
    .orderBy(beginsWithAny(key, words.beginnings, '% '), 'desc')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy(sql`length(title_key)`)
    .orderBy('title_key')
    .limit(limit);
}

/** The words of the vocabulary that begin like one of these, a slip within the first four letters allowed for. @param beginnings - see `similarBeginnings` */
export function wordsByBeginnings(db: Kysely<Database>, beginnings: readonly string[]) {
  return db
    .selectFrom('suggestion_word')
    .select('word')
    .distinct()
    .where(sql<SqlBool>`beginnings_of_word(word) && ${beginnings}::text[]`);
}

const FIRST_TITLE = sql<string>`(array_agg(title order by id))[1]`.as('text');
const FIRST_PRODUCT = sql<string>`(array_agg(id order by id))[1]`.as('product_id');

function beginsWithAny(key: Expression<string>, beginnings: readonly string[], before = '') {
  return sql<boolean>`${key} like any(${beginnings.map((beginning) => `${before}${beginning}%`)}::text[])`;
}
