import type { Analysis } from './language/open-analysis.ts';
import { foldText } from './text/fold.ts';
import { STEM_SIGN } from './token.ts';

/** "and" as a word or a letter between words: "T and V", Rock 'n' Roll. Kept, as a sign: "TV" is not T&V. */
const AND = /(?<=['\s])(?:n|and|und|et|och|og)(?=['\s])/g;
const NOT_PART_OF_A_NAME = /[^\p{L}\p{M}\p{N}+#&]/gu;

/**
 * A title, brand or category as one string that is the same however its words are separated: "T-Shirt", "t shirt" and "tshirt" are "tshirt".
 *
 * @returns empty where the text has no letter or digit
 */
export function nameKey(text: string): string {
  return nameKeyOfFolded(foldText(text));
}

export function nameKeyOfFolded(folded: string): string {
  return folded.replaceAll(AND, '&').replaceAll(NOT_PART_OF_A_NAME, '');
}

const LAST_WORD = /[\p{L}\p{M}]+(?=[^\p{L}\p{M}\p{N}]*$)/u;

/**
 * The key of a name whatever its number: "Winter Vests" and "winter vest" are both "~wintervest". The last word is taken by its stem, `~` in front tells it from a name.
 *
 * @param folded - by `foldText`
 */
export function numberlessKey(analysis: Analysis, folded: string): string {
  const stemmed = folded.replace(LAST_WORD, (word) => analysis.stemsOf(word)[0] ?? word);
  return STEM_SIGN + nameKeyOfFolded(stemmed);
}
