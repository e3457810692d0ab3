import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput } from '../../errors.ts';
import type { Analysis } from '../../words/language/open-analysis.ts';
import { otherWordings, type Synonyms } from '../../words/query/synonyms.ts';
import { checkValue } from '../request/check-values.ts';
import { slippedWords } from './slipped-words.ts';
import { namesByWords, titlesByBeginning, titlesByWords, type WantedWords } from './suggestion-statements.ts';
import { readTyped, wantedWords } from './typed-words.ts';

export interface SuggestDeps {
  readonly db: Kysely<Database>;
  readonly analysis: Analysis;
  /** As they are now. (none) */
  readonly synonyms?: () => Promise<Synonyms>;
}

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
/**
 * Titles, brands and categories that a typed text is the beginning of, best first, none twice: what begins with it; what has words that begin
 * with its words, in any order ("puma sho"); if that does not fill the list, what the shop's synonyms say that it means; and, where they say
 * nothing, what it is a slip away from: one in words of 4 to 6 letters, two in longer ones, of which one at most in the first four letters. A word that the shop has is taken for no slip, unless it is the
 * last one, which may be unfinished.
 * Case, accents, punctuation and whether words stand apart do not matter: texts are read as searches read them. Among equals brands and categories come before products, and common ones first.
 *
 * Categories are found by their name and shown with their path: one name in two places is two suggestions, because they lead to
 * different products. A category that is named as the one above it is left out, and so is what has no products.
 *
 * @returns at most `first`; none for a prefix without letters and digits
 * @throws AppError BAD_USER_INPUT for a prefix that is too long or no text, or `first` out of range
 */
export async function suggest({ db, analysis, synonyms }: SuggestDeps, request: SuggestRequest): Promise<Suggestion[]> {
  const { first = DEFAULT_FIRST } = request;
  const prefix = checkValue(request.prefix.trim(), 'prefix', MAX_PREFIX_LENGTH);
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) throw badInput('first', `1 to ${MAX_FIRST}`, first);
  if (prefix === '') return [];
  const typed = readTyped(analysis, prefix);
  if (typed.words.length === 0 && typed.grams.length === 0) return [];

  let found = await completions(db, { words: wantedWords(typed), key: typed.key, limit: first });
  if (found.length >= first) return found.slice(0, first);
  const wordings = synonyms === undefined ? [] : otherWordings(analysis, await synonyms(), typed.words);
  const meant = await Promise.all(
    wordings.map((text) => completions(db, { words: wantedWords(readTyped(analysis, text)), limit: first })),
  );
  found = withoutRepeats([...found, ...meant.flat()]);
  // What the shop has a synonym for is no slip.
  if (found.length >= first || meant.flat().length > 0) return found.slice(0, first);
  for (const slipped of await slippedWords(db, typed.words)) {
    const mended = await completions(db, { words: wantedWords(typed, slipped), limit: first });
    found = withoutRepeats([...found, ...mended]);
    if (mended.length > 0) break;
  }
  return found.slice(0, first);
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
