import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { type CheckedTerm, isWantedText } from '../request/check-request.ts';
import type { EncodedTerm } from './query-vector.ts';
import { nearestWords, SHORTEST_MENDED_WORD } from './spelling.ts';
import { allOf, anyOf, lexemeCounts, similarWords, understoodWords } from './word-statements.ts';

/** The words of a search, as text search queries. */
export interface QueryWords {
  /** One text search query for each word that the catalogue knows, misspellings mended; at most 8, no two the same. */
  readonly queries: readonly string[];
  /** The texts as they are: each may be a brand or a sku. */
  readonly names: readonly string[];
  /** Words that were asked for, those included that no product has; without those that carry no meaning ("for"), at most 8. */
  readonly count: number;
  /** Misspelt words, in lower case, and what was probably meant. */
  readonly mended: ReadonlyMap<string, string>;
}

/** "At least half of them" has 56 combinations of 8 words; longer queries are told by their first words and by the vectors. */
export const MAX_WORDS = 8;

/** Reads the words of all text terms with a positive weight. Words that no product has, and none is like, are left out: vectors may still know them. */
export async function understandWords(db: Kysely<Database>, terms: readonly CheckedTerm[]): Promise<QueryWords> {
  const names = terms.filter(isWantedText).map((term) => term.match.text);
  const words = splitWords(names.join(' '));
  if (words.length === 0) return { queries: [], names, count: 0, mended: new Map() };

  const understood = await understoodWords(db, words).execute();
  const meaningful = understood.filter((word) => word.stemmed !== '');
  // A query of nothing but "the who" means these words after all.
  const chosen = meaningful.length > 0 ? meaningful : understood.filter((word) => word.written !== '');
  const mended = await mendWords(
    db,
    chosen.filter((word) => !word.known).map((word) => word.word),
  );
  const queries = chosen.flatMap(({ word, stemmed, written, known }) => {
    if (known)
      return [
        anyOf(
          [...distinctForms(stemmed, written), stemmed.replaceAll(/'([^']+)'/g, "'~$1'")].filter((form) => form !== ''),
        ),
      ];
    const meant = mended.get(word);
    // Words of the vocabulary are made of letters alone, so quoting them is safe.
    return meant === undefined ? [] : [anyOf([`'${meant.lexeme}'`, `'${meant.word}'`])];
  });
  return {
    queries: [...new Set(queries)].slice(0, MAX_WORDS),
    names,
    count: Math.min(MAX_WORDS, chosen.length),
    mended: new Map([...mended].map(([word, meant]) => [word, meant.word])),
  };
}

/**
 * Puts beside each text with misspelt words, at half the weight each, the text that was probably meant. Models make little of misspelt words: of 60
 * attribute queries on the fashion catalogue with one slip each, 31 % of the top 10 are right by vectors alone, 66 % when only the words are mended and 91 %
 * with this (94 % without slips). The text as written stays in, because a word that is merely unknown to the shop must not be replaced outright.
 */
export function withMendedTexts(terms: readonly CheckedTerm[], mended: QueryWords['mended']): EncodedTerm[] {
  return terms.flatMap((term, index): EncodedTerm[] => {
    const asked = { ...term, term: index };
    if (!isWantedText(term)) return [asked];
    const meant = term.match.text
      .split(/(\s+)/)
      .map((word) => mended.get(bareWord(word)) ?? word)
      .join('');
    if (meant === term.match.text) return [asked];
    return [term.match.text, meant].map((text) => ({
      match: { kind: 'text' as const, text },
      weight: term.weight / 2,
      term: index,
    }));
  });
}

/**
 * The forms of a word to look for. Where all lexemes of the stemmed form are in the written one, whatever has that has the stemmed form ("t-shirt": 't-shirt' & 'shirt',
 * and 't' as well).
 */
function distinctForms(stemmed: string, written: string): string[] {
  const lexemes = new Set(written.split(' & '));
  const forms =
    stemmed !== '' && stemmed.split(' & ').every((lexeme) => lexemes.has(lexeme)) ? [stemmed] : [stemmed, written];
  return forms.filter((form) => form !== '');
}

/** Split at white space alone: PostgreSQL knows what "t-shirt", "men's" and "AB-12/4" are made of. */
function splitWords(text: string): string[] {
  const words = text
    .split(/\s+/)
    .map(bareWord)
    .filter((word) => word !== '');
  return [...new Set(words)];
}

/** In lower case, without the punctuation around it. */
function bareWord(word: string): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** @returns for each word that can be mended, the word of the vocabulary that was meant */
async function mendWords(
  db: Kysely<Database>,
  words: readonly string[],
): Promise<Map<string, { word: string; lexeme: string }>> {
  const mendable = words.filter((word) => word.length >= SHORTEST_MENDED_WORD && /^\p{L}+$/u.test(word));
  if (mendable.length === 0) return new Map();
  const candidates = await similarWords(db, mendable).execute();
  const nearest = mendable.map((word) => ({
    word,
    near: nearestWords(
      word,
      candidates.filter((candidate) => candidate.asked === word),
    ),
  }));
  // "blakc" is as near to "blake" as to "black": of equally near words the commonest was meant.
  const lexemes = nearest.flatMap(({ near }) => (near.length > 1 ? near.map((candidate) => candidate.lexeme) : []));
  const rows = lexemes.length === 0 ? [] : await lexemeCounts(db, [...new Set(lexemes)]).execute();
  const counts = new Map(rows.map((row) => [row.lexeme, row.count]));
  return new Map(
    nearest.flatMap(({ word, near }) => {
      const [commonest] = near.toSorted((a, b) => (counts.get(b.lexeme) ?? 0) - (counts.get(a.lexeme) ?? 0));
      return commonest === undefined ? [] : [[word, commonest]];
    }),
  );
}

/**
 * A text search query for products that have at least `least` of the words.
 *
 * @param queries - as in QueryWords, 1 to 8
 * @param least - 1 to their number
 */
export function atLeast(least: number, queries: readonly string[]): string {
  const [first, ...others] = queries;
  if (first === undefined || least === queries.length) return allOf(queries);
  if (least === 1) return anyOf(queries);
  // With the first word or without it, and not each combination by itself: PostgreSQL evaluates the whole query for every product that its rarest words lead to.
  return anyOf([allOf([first, atLeast(least - 1, others)]), atLeast(least, others)]);
}
