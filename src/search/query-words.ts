import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { type CheckedTerm, isWantedText } from './check-request.ts';
import { anyOf, similarWords, understoodWords } from './queries-words.ts';
import { mendWord, SHORTEST_MENDED_WORD } from './spelling.ts';

/** The words of a search, as text search queries. */
export interface QueryWords {
  /** One text search query for each word that the catalogue knows, misspellings mended; at most 8, no two the same. */
  readonly queries: readonly string[];
  /** The texts as they are: each may be a brand or a sku. */
  readonly names: readonly string[];
}

/** "At least half of them" has 56 combinations of 8 words; longer queries are told by their first words and by the vectors. */
const MAX_WORDS = 8;

/** Reads the words of all text terms with a positive weight. Words that no product has, and none is like, are left out: vectors may still know them. */
export async function understandWords(db: Kysely<Database>, terms: readonly CheckedTerm[]): Promise<QueryWords> {
  const names = terms.filter(isWantedText).map((term) => term.match.text);
  const words = splitWords(names.join(' '));
  if (words.length === 0) return { queries: [], names };

  const understood = await understoodWords(db, words).execute();
  const meaningful = understood.filter((word) => word.stemmed !== '');
  // A query of nothing but "the who" means these words after all.
  const chosen = meaningful.length > 0 ? meaningful : understood.filter((word) => word.written !== '');
  const mended = await mendWords(
    db,
    chosen.filter((word) => !word.known).map((word) => word.word),
  );
  const queries = chosen.flatMap(({ word, stemmed, written, known }) => {
    if (known) return [anyOf([...new Set([stemmed, written])].filter((form) => form !== ''))];
    const meant = mended.get(word);
    return meant === undefined ? [] : [meant];
  });
  return { queries: [...new Set(queries)].slice(0, MAX_WORDS), names };
}

/** Split at white space alone: PostgreSQL knows what "t-shirt", "men's" and "AB-12/4" are made of. */
function splitWords(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
  return [...new Set(words)];
}

/** @returns for each word that can be mended, the text search query of the word that was meant */
async function mendWords(db: Kysely<Database>, words: readonly string[]): Promise<Map<string, string>> {
  const mendable = words.filter((word) => word.length >= SHORTEST_MENDED_WORD && /^\p{L}+$/u.test(word));
  if (mendable.length === 0) return new Map();
  const candidates = await similarWords(db, mendable).execute();
  return new Map(
    mendable.flatMap((word) => {
      const meant = mendWord(
        word,
        candidates.filter((candidate) => candidate.asked === word),
      );
      // Words of the vocabulary are made of letters alone, so quoting them is safe.
      return meant === undefined ? [] : [[word, anyOf([`'${meant.lexeme}'`, `'${meant.word}'`])]];
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
  return anyOf(combinations(queries, least).map((some) => some.map((query) => `(${query})`).join(' & ')));
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}
