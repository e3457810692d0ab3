/**
 * What a token is:
 * - `WORD`: a word at its own place; all WORDs of a text, in order, are the text.
 * - `JOIN`: neighbouring words that were written as one: "tshirt" of "T-Shirt".
 * - `PART`: a piece of a word: "iphone" and "13" of "iphone13", "net" of ".NET", "16" of "16 GB".
 * - `QUANTITY`, `DIMENSION`: an amount in its base unit, `=500g`, and that there is one, `=g`.
 * - `CODE`: `#` and a code without separators, or what it ends in.
 * - `GRAM`: a character, or two neighbours, of a text without blanks.
 */
export type TokenKind = 'WORD' | 'JOIN' | 'PART' | 'QUANTITY' | 'DIMENSION' | 'CODE' | 'GRAM';

export interface Token {
  readonly kind: TokenKind;
  /** The lexeme as it is stored: folded. */
  readonly form: string;
  /** Other lexemes of this token: stems, `~` in front; other readings of a quantity. */
  readonly also: readonly string[];
  /** Of the first word that it covers, from 0. */
  readonly position: number;
  /** Words that it covers. */
  readonly span: number;
  /** In the folded text. */
  readonly start: number;
  readonly end: number;
  /** Whether it says so little that it counts as if it stood in the description: single letters of a name, bigrams, the bare number of a quantity. */
  readonly minor: boolean;
}

/** In front of a stem, so that "universal" and "university" meet there and not as words. */
export const STEM_SIGN = '~';
