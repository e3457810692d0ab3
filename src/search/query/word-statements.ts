import { type Kysely, type RawBuilder, sql } from 'kysely';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import type { Database } from '../../database/tables.ts';
import { isNamed, oneOfNames } from '../filter/product-scope.ts';

/**
 * What PostgreSQL makes of each word of a query, in the order given: its stem and its form as written, both as text search queries (empty for a word that
 * carries no meaning, such as "for"), and whether any product was ever described with it.
 */
export function understoodWords(db: Kysely<Database>, words: readonly string[]) {
  const stemmed = sql`plainto_tsquery('english', asked.word)`;
  const written = sql`plainto_tsquery('simple', asked.word)`;
  return db
    .selectFrom(
      sql<{ word: string; place: string }>`unnest(${words}::text[]) with ordinality`.as<'asked'>(
        sql`asked (word, place)`,
      ),
    )
    .modifyFront(PLANNED_ONCE)
    .select([
      'asked.word',
      sql<string>`${stemmed}::text`.as('stemmed'),
      sql<string>`${written}::text`.as('written'),
      // Words with anything but letters (codes, sizes) are not in the vocabulary; there are few of each, so the products tell quickly. Counted, because for
      // `exists` PostgreSQL would read products one after another until one has the word: all of them for a word that none has.
      // `between` and not `=`, which the planner sometimes has answered by the trigram index, slowly.
      sql<boolean>`exists (select from search_word as known where known.word between asked.word and asked.word)
        or exists (select from search_word as known where known.word = any(select '~' || lexeme from unnest(tsvector_to_array(to_tsvector('english', asked.word))) as lexeme))
        or (asked.word !~ '^[[:alpha:]]+$' and 0 < (
          select count(*) from (select from product where product.words @@ (${stemmed} || ${written}) limit 1000) as found))`.as(
        'known',
      ),
    ])
    .orderBy('asked.place');
}

/** The 100 words of the vocabulary that share most trigrams with each of the words, the likest first. */
export function similarWords(db: Kysely<Database>, words: readonly string[]) {
  return db
    .selectFrom(sql<{ word: string }>`unnest(${words}::text[])`.as<'asked'>(sql`asked (word)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('search_word as known')
          .select([
            'known.word',
            sql<string>`'~' || (tsvector_to_array(to_tsvector('english', known.word)))[1]`.as('lexeme'),
            sql<number>`known.word <-> asked.word`.as('distance'),
          ])
          .orderBy('distance')
          .limit(100)
          .as('similar'),
      (join) => join.onTrue(),
    )
    .select(['asked.word as asked', 'similar.word', 'similar.lexeme'])
    .orderBy('asked.word')
    .orderBy('similar.distance')
    .orderBy('similar.word');
}

/** In how many products each lexeme occurs, counted no further than 1,000: enough to tell a common word from a rare one. */
export function lexemeCounts(db: Kysely<Database>, lexemes: readonly string[]) {
  return db.selectFrom(sql<{ lexeme: string }>`unnest(${lexemes}::text[])`.as<'asked'>(sql`asked (lexeme)`)).select([
    'asked.lexeme',
    sql<number>`(
        select count(*)::integer
        from (select from product where words @@ quote_literal(asked.lexeme)::tsquery limit 1000) as counted)`.as(
      'count',
    ),
  ]);
}

/** Whether a product has one of the names. Two lookups, one by each index: with a single OR, PostgreSQL may choose a sequential scan. */
function isAnyNamed(names: readonly string[]): RawBuilder<boolean> {
  if (names.length === 0) return sql<boolean>`false`;
  const exists = (column: 'brand' | 'sku') =>
    sql`exists (select from product as p where lower(${sql.ref(`p.${column}`)}) = ${oneOfNames(names)})`;
  return sql<boolean>`(${exists('brand')} or ${exists('sku')})`;
}

/** How many of the words match. A word that is null matches nothing: sql/functions has one statement for any number of words. */
export function matchedWords(words: readonly string[]): RawBuilder<number> {
  return sql<number>`(${sql.join(
    [sql`0`, ...words.map((word) => sql`coalesce((p.words @@ ${word}::tsquery)::integer, 0)`)],
    sql` + `,
  )})`;
}

export interface WordsAmong {
  /** Of each product, in order: how many of the words it has. */
  readonly matched: readonly number[];
  /** How many of them the query names. */
  readonly namedNear: number;
  /** Whether it names any product of the shop. */
  readonly named: boolean;
}

/** What words some products have, and whether a name is any product's. */
export function wordsAmong(p: {
  readonly productIds: readonly string[];
  readonly words: readonly string[];
  readonly names: readonly string[];
}): RawBuilder<WordsAmong> {
  const isNear = p.names.length === 0 ? sql`false` : isNamed(p.names);
  return sql`${PLANNED_ONCE}
    select coalesce(json_agg(near.matched order by near.place), '[]') as matched, count(*) filter (where near.named)::integer as "namedNear",
      ${isAnyNamed(p.names)} as named
    from (
      select asked.place, coalesce(${matchedWords(p.words)}, 0) as matched, ${isNear} as named
      from unnest(${`{${p.productIds.join(',')}}`}::uuid[]) with ordinality as asked (id, place) left join product as p on p.id = asked.id
    ) as near`;
}

/** A text search query that any of the queries satisfies. */
export function anyOf(queries: readonly string[]): string {
  return queries.map((query) => `(${query})`).join(' | ');
}

/** A text search query that satisfies all of the queries. */
export function allOf(queries: readonly string[]): string {
  return queries.map((query) => `(${query})`).join(' & ');
}
