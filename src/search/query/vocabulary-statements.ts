// The statements that ask the catalogue for its own words, one function each; none is run here. sql/functions/20_words.sql keeps what they read.
// None is planned once: search_word_change is empty after each time it was added up, and a plan of that moment would read it whole when an import has filled it.
import { type RawBuilder, sql } from 'kysely';
import type { NameKind } from '../../words/query/vocabulary.ts';

/** Words of letters alone, as the index for slips has it (migrations/0014_words.sql). */
const OF_LETTERS = sql.raw(`known.word !~ '[-0-9~#=@+&./:, ]' and known.word <> ''`);
/** Words that end alike, of which the commonest are counted exactly. */
const ENDINGS_COUNTED = 200;

export interface WordCount {
  readonly word: string;
  readonly count: number;
}

export interface WordFor extends WordCount {
  /** What it was looked up for. */
  readonly asked: string;
}

/** How many products have each lexeme; those left out that none has. The empty one: how many products there are. */
function wordCounts(lexemes: readonly string[]): RawBuilder<WordCount> {
  return sql`
    select word, sum(count)::integer as count
    from (
      select word, count from search_word where word = any(${lexemes}::text[])
      union all
      select word, count from search_word_change where word = any(${lexemes}::text[])
    ) as part
    group by word
    having sum(count) > 0`;
}

/** The attributes of which products have a value with each of these keys; those left out of which there is none. */
function attributesByValue(keys: readonly string[]): RawBuilder<{ key: string; attributes: string[] }> {
  return sql`
    select asked.key, named.attributes
    from unnest(${keys}::text[]) as asked (key),
      lateral (
        select array_agg(right(word, -length(asked.key) - 2)) as attributes
        from (
          select word
          from (
            select word, count from search_word where word ~>=~ ('@' || asked.key || '=') and word ~<~ ('@' || asked.key || '>')
            union all
            select word, count from search_word_change where word ~>=~ ('@' || asked.key || '=') and word ~<~ ('@' || asked.key || '>')
          ) as part
          group by word having sum(count) > 0
        ) as known
      ) as named
    where named.attributes is not null`;
}

/** What is asked of the vocabulary at the same time; undefined: nothing of the kind. */
export interface AskedAtOnce {
  readonly lexemes: readonly string[] | undefined;
  readonly keys: readonly string[] | undefined;
  readonly endings: { readonly words: readonly string[]; readonly limit: number } | undefined;
}

export interface KnownAtOnce {
  readonly counts: readonly WordCount[];
  readonly attributes: readonly { readonly key: string; readonly attributes: string[] }[];
  readonly endings: readonly WordFor[];
}

/** How many products have each lexeme, which attributes have values so called, and which longer words end so, in one statement: what each costs is mostly the way there and back. */
export function knownAtOnce({ lexemes, keys, endings }: AskedAtOnce): RawBuilder<KnownAtOnce> {
  const listed = (statement: RawBuilder<unknown> | undefined) =>
    statement === undefined ? sql`'[]'::json` : sql`(select coalesce(json_agg(one), '[]') from (${statement}) as one)`;
  return sql`
    select
      ${listed(lexemes && wordCounts(lexemes))} as counts,
      ${listed(keys && attributesByValue(keys))} as attributes,
      ${listed(endings && wordsEndingIn(endings.words, endings.limit))} as endings`;
}

/** Whether any product satisfies a text search query. */
export function wordsTogether(query: string): RawBuilder<{ found: boolean }> {
  return sql`select exists (select from product where words @@ ${query}::tsquery) as found`;
}

/** What was written of a word's products since they were added up last. */
const CHANGES_OF_KNOWN = sql`coalesce((select sum(change.count) from search_word_change as change where change.word = found.word), 0)`;

/** Longer words that end in each of these: of the 200 commonest, those that most products have. @param limit - for each */
function wordsEndingIn(endings: readonly string[], limit: number): RawBuilder<WordFor> {
  return sql`
    select asked.word as asked, ending.word, ending.count
    from unnest(${endings}::text[]) as asked (word),
      lateral (
        select found.word, (found.count + ${CHANGES_OF_KNOWN})::integer as count
        from (
          select known.word, sum(known.count) as count
          from search_word as known
          where reverse(known.word) ~>=~ reverse(asked.word) and reverse(known.word) ~<~ (reverse(asked.word) || chr(1114111))
            and known.word !~ '^[~#=@+]' and known.word <> asked.word
          group by known.word
          order by sum(known.count) desc, known.word
          limit ${sql.lit(ENDINGS_COUNTED)}
        ) as found
        order by 2 desc, 1
        limit ${limit}
      ) as ending
    where ending.count > 0`;
}

/** Words that have one of the forms (`slip_forms`, migrations/0014_words.sql) in common with each asked word. */
function wordsWithForms(asked: RawBuilder<unknown>): RawBuilder<WordFor> {
  // One word after the other (offset 0), each by the index; all at once, the planner may compare every word with every other.
  return sql`
    with asked as materialized (${asked})
    select asked.word as asked, found.word, (found.count + ${CHANGES_OF_KNOWN})::integer as count
    from asked,
      lateral (
        select known.word, sum(known.count) as count
        from (select known.word, known.count from search_word as known where slip_forms(known.word) && asked.forms and ${OF_LETTERS} offset 0) as known
        group by known.word
      ) as found
    where found.count + ${CHANGES_OF_KNOWN} > 0`;
}

/** Words that may be meant by each of these: all that are one slip away, and all that are two where both have five letters or more; and others. */
export function wordsNear(words: readonly string[]): RawBuilder<WordFor> {
  return wordsWithForms(sql`
    select word, array(select form from unnest(slip_forms(word)) as form where form not like '%*') as forms from unnest(${words}::text[]) as word`);
}

/**
 * Words that begin like each of these, but for a slip within their first four letters; and others.
 *
 * @param words - with what the beginnings must have in common with each, as `slip_forms` has it, `*` behind
 */
export function wordsBeginningNear(
  words: readonly { readonly word: string; readonly forms: readonly string[] }[],
): RawBuilder<WordFor> {
  return wordsWithForms(
    sql`select word, forms from json_to_recordset(${JSON.stringify(words)}::json) as r (word text, forms text[])`,
  );
}

/** Products with a code that begins with each of these; of a beginning that more than `most` codes have, how many codes were read. */
export function codesBeginning(
  beginnings: readonly string[],
  most: number,
): RawBuilder<{ beginning: string; count: number }> {
  return sql`
    select beginning, count::integer
    from unnest(${beginnings}::text[]) as beginning,
      lateral (
        select count(*) as codes from (
          select from search_word as known
          where known.word ~>=~ ('#' || beginning) and known.word ~<~ ('#' || beginning || chr(1114111))
          limit ${most} + 1
        ) as code
      ) as read,
      lateral (
        select case
          when codes > ${most} then codes
          when codes = 0 then 0
          else (select count(*) from product where words @@ (quote_literal('#' || beginning) || ':*')::tsquery)
        end as count
      ) as found
    where count > 0`;
}

/** One lexeme as a text search query: quote_literal would put an E in front of what has a backslash. */
function asTextQuery(lexeme: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`('''' || replace(replace(${lexeme}, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;
}

export interface NamedRow {
  readonly key: string;
  readonly kind: NameKind;
  /** As the shop writes it; of an attribute's value, its product's values of the attribute. */
  readonly name: string | readonly string[] | null;
  readonly attribute: string | null;
  readonly count: number;
}

/**
 * What is called by these keys: titles, brands, categories (by both keys), values of attributes.
 *
 * A product that has a value is looked up in a `with` of its own, which is read no further than its first row: beside a bare `limit 1` PostgreSQL would rather read products until one has it.
 *
 * @param keys - as they are stored
 */
export function namedByKeys(keys: readonly string[]): RawBuilder<NamedRow> {
  return sql`
    select title_key as key, 'TITLE' as kind, to_json((array_agg(title order by id))[1]) as name, null as attribute, count(*)::integer as count
    from product where title_key = any(${keys}::text[])
    group by title_key
    union all
    select left(key, 200), 'BRAND', to_json((array_agg(text order by products desc, text))[1]), null, sum(products)::integer
    from suggestion where left(key, 200) = any(${keys}::text[]) and kind = 'BRAND'
    group by left(key, 200) having sum(products) > 0
    union all
    select asked.key, 'CATEGORY', to_json((array_agg(c.name order by s.products desc, c.name))[1]), null, sum(s.products)::integer
    from unnest(${keys}::text[]) as asked (key)
    join category as c on c.name_key = asked.key or c.numberless_key = asked.key
    join suggestion as s on s.category_id = c.id
    group by asked.key having sum(s.products) > 0
    union all
    select asked.key, 'ATTRIBUTE', to_json((
        with holding as materialized (select p.attributes from product as p where p.words @@ ${asTextQuery(sql.ref('named.word'))})
        select attributes -> right(named.word, -length(asked.key) - 2) from holding limit 1)),
      right(named.word, -length(asked.key) - 2), named.count
    from unnest(${keys}::text[]) as asked (key),
      lateral (
        select word, sum(count)::integer as count
        from (
          select word, count from search_word where word ~>=~ ('@' || asked.key || '=') and word ~<~ ('@' || asked.key || '>')
          union all
          select word, count from search_word_change where word ~>=~ ('@' || asked.key || '=') and word ~<~ ('@' || asked.key || '>')
        ) as part
        group by word having sum(count) > 0
      ) as named`;
}
