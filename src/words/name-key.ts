import { foldText } from './text/fold.ts';

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
