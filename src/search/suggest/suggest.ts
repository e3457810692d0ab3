import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput } from '../../errors.ts';
import { SHORTEST_MENDED_WORD, similarBeginnings, slippedCompletions } from '../query/spelling.ts';
import { checkValue } from '../request/check-values.ts';
import {
  namesByWords,
  suggestionKey,
  titlesByBeginning,
  titlesByWords,
  type WantedWords,
  wordsByBeginnings,
} from './suggestion-statements.ts';

/** A completion of what a person has typed so far. */
export interface Suggestion {
  /** What to show: a title, a brand, or a category's path: "Apparel > Topwear > Shirts". */
  readonly text: string;
  readonly kind: 'PRODUCT' | 'BRAND' | 'CATEGORY';
  /** Of a PRODUCT; where several have the title, one of them. */
  readonly productId: string | null;
  /** Of a CATEGORY. */
  readonly categoryId: string | null;
}

export interface SuggestRequest {
  /** What was typed: up to 200 characters between white space at its ends. */
  readonly prefix: string;
  /** 1 to 20; 8 if left out. */
  readonly first?: number;
}

const MAX_PREFIX_LENGTH = 200;
const MAX_FIRST = 20;
const DEFAULT_FIRST = 8;
/** Words of one prefix that are looked at; more do not come from typing. */
const MAX_WORDS = 12;
/** Words that one mistyped word may have been: at four letters, hundreds are one slip away in a large shop. */
const MAX_MEANT = 50;

/**
 * Titles, brands and categories that a typed text is the beginning of, best first, none twice: what begins with it; what has words that begin
 * with its words, in any order ("puma sho"); and, if that does not fill the list, what it is a slip away from: one in words of 4 to 6
 * letters, two in longer ones, of which one at most in the first four letters. A word that the shop has is taken for no slip, unless it is the
 * last one, which may be unfinished.
 * Case, accents and punctuation do not matter. Among equals brands and categories come before products, and common ones first.
 *
 * Categories are found by their name and shown with their path: one name in two places is two suggestions, because they lead to
 * different products. A category that is named as the one above it is left out, and so is what has no products.
 *
 * @returns at most `first`; none for a prefix without letters and digits
 * @throws AppError BAD_USER_INPUT for a prefix that is too long or no text, or `first` out of range
 */
export async function suggest(db: Kysely<Database>, request: SuggestRequest): Promise<Suggestion[]> {
  const { first = DEFAULT_FIRST } = request;
  const prefix = checkValue(request.prefix.trim(), 'prefix', MAX_PREFIX_LENGTH);
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) throw badInput('first', `1 to ${MAX_FIRST}`, first);
  if (prefix === '') return [];
  const { key } = await suggestionKey(db, prefix).executeTakeFirstOrThrow();
  if (key === '') return [];

  const typed = [...new Set(key.split(' '))].slice(0, MAX_WORDS);
  const exact = await completions(db, { words: beginningWith(key, typed), key, limit: first });
  if (exact.length >= first) return exact.slice(0, first);
  const meant = await meantWords(db, typed);
  if (meant.size === 0) return exact;
  const mended = await completions(db, { words: allowingFor(typed, meant), limit: first });
  return withoutRepeats([...exact, ...mended]).slice(0, first);
}

/** @param key - what titles may begin with; left out where words alone are told */
async function completions(
  db: Kysely<Database>,
  { words, key, limit }: { words: WantedWords; key?: string; limit: number },
): Promise<Suggestion[]> {
  const names = await namesByWords(db, { words, limit }).execute();
  const found = names.map(({ begins, text, kind, category_id: categoryId }) => ({
    begins,
    suggestion: { text, kind, productId: null, categoryId },
  }));
  const beginning = found.filter(({ begins }) => begins).map(({ suggestion }) => suggestion);
  const within = found.filter(({ begins }) => !begins).map(({ suggestion }) => suggestion);
  if (beginning.length >= limit) return beginning;

  const titles = key === undefined ? [] : (await titlesByBeginning(db, { key, limit }).execute()).map(ofTitle);
  const before = [...beginning, ...titles, ...within];
  if (before.length >= limit) return before;
  const others = (await titlesByWords(db, { words, limit }).execute()).map(ofTitle);
  return withoutRepeats([...before, ...others]);
}

function ofTitle({ text, product_id: productId }: { text: string; product_id: string }): Suggestion {
  return { text, kind: 'PRODUCT', productId, categoryId: null };
}

function withoutRepeats(suggestions: readonly Suggestion[]): Suggestion[] {
  const unlike = new Map<string, Suggestion>();
  for (const suggestion of suggestions) {
    const { kind, text } = suggestion;
    const identity = `${kind} ${text}`;
    if (!unlike.has(identity)) unlike.set(identity, suggestion);
  }
  return [...unlike.values()];
}

function beginningWith(key: string, typed: readonly string[]): WantedWords {
  const queries = typed.map(anyWordBeginning);
  return { all: queries.join(' & '), any: queries.join(' | '), beginnings: [key] };
}

/** Each word as it was typed, or one of those that were meant. */
function allowingFor(typed: readonly string[], meant: ReadonlyMap<string, readonly string[]>): WantedWords {
  const queries = typed.map((word) => {
    const others = (meant.get(word) ?? []).map((other) => `'${other}'`);
    return `(${[anyWordBeginning(word), ...others].join(' | ')})`;
  });
  const [firstWord = ''] = typed;
  return { all: queries.join(' & '), any: queries.join(' | '), beginnings: meant.get(firstWord) ?? [firstWord] };
}

function anyWordBeginning(word: string): string {
  return `'${word}':*`;
}

/** For each word that may be mistyped, the words of the shop that it is fewest slips away from; words without any are left out. */
async function meantWords(db: Kysely<Database>, typed: readonly string[]): Promise<Map<string, string[]>> {
  const mendable = typed.filter((word) => word.length >= SHORTEST_MENDED_WORD && /^\p{L}+$/u.test(word));
  if (mendable.length === 0) return new Map();
  const rows = await wordsByBeginnings(db, [...new Set(mendable.flatMap(similarBeginnings))]).execute();
  const candidates = rows.map(({ word }) => word).toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const known = new Set(candidates);
  const mistyped = mendable.filter((word) => !known.has(word) || word === typed.at(-1));
  return new Map(
    mistyped.flatMap((word) => {
      const nearest = slippedCompletions(word, candidates).slice(0, MAX_MEANT);
      return nearest.length === 0 ? [] : [[word, nearest]];
    }),
  );
}
