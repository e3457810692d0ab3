import { analyze } from '../../words/analyze.ts';
import type { Analysis } from '../../words/language/open-analysis.ts';
import { nameKeyOfFolded } from '../../words/name-key.ts';
import { quoteLexeme } from '../../words/stored-lexemes.ts';
import { foldText } from '../../words/text/fold.ts';
import { UNSPACED } from '../../words/text/unspaced.ts';
import type { WantedWords } from './suggestion-statements.ts';

/** What a person has typed so far, cut as titles are. */
export interface TypedWords {
  /** What titles and names may begin with, however they are separated: "t-sh" is "tsh". Empty: neither letters nor digits. */
  readonly key: string;
  /** Beginnings of words, each once. */
  readonly words: readonly string[];
  /** Neighbouring characters of text without blanks. */
  readonly grams: readonly string[];
}

/** Words of one prefix that are looked at; more do not come from typing. */
const MAX_WORDS = 12;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** @param prefix - as it was typed */
export function readTyped(analysis: Analysis, prefix: string): TypedWords {
  const folded = foldText(prefix);
  const words = new Set<string>();
  const grams = new Set<string>();
  // "men's" and "d'or" are stored as one word, too.
  for (const [word] of folded.replaceAll("'", '').matchAll(WORD)) {
    if (!UNSPACED.test(word)) words.add(word);
    else
      for (const token of analyze(analysis, word))
        if (token.kind === 'WORD') words.add(token.form);
        else if (token.kind === 'GRAM' && (token.span === 2 || word.length === 1)) grams.add(token.form);
  }
  return { key: nameKeyOfFolded(folded), words: [...words].slice(0, MAX_WORDS), grams: [...grams].slice(0, MAX_WORDS) };
}

/**
 * What completions of a typed text must have.
 *
 * @param meant - words that a typed one may have been meant as, beside what begins with it; none: it is written right
 */
export function wantedWords(typed: TypedWords, meant: ReadonlyMap<string, readonly string[]> = new Map()): WantedWords {
  const readings = typed.words.map((word) => [
    `${quoteLexeme(word)}:*`,
    ...(meant.get(word) ?? []).map((other) => quoteLexeme(other)),
  ]);
  const [first = typed.key] = typed.words;
  return {
    all: [...readings.map((any) => `(${any.join(' | ')})`), ...typed.grams.map(quoteLexeme)].join(' & '),
    any: [...typed.words.flatMap((word) => [word, ...(meant.get(word) ?? [])]), ...typed.grams],
    whole: meant.size === 0 ? typed.key : undefined,
    beginnings: meant.size === 0 ? [typed.key] : (meant.get(first) ?? [first]),
  };
}
