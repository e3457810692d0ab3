import type { Analysis } from '../language/open-analysis.ts';
import { STEM_SIGN, type Token, type TokenKind } from '../token.ts';
import { lightStems } from './light-stems.ts';
import type { Quantity } from './quantities.ts';

/** Collects the tokens of one text and counts its positions. */
export interface TokenList {
  readonly all: Token[];
  /** The position that the next word gets. */
  readonly position: () => number;
  /** Adds a word at a position of its own. */
  readonly addWord: (form: string, start: number, end: number) => void;
  /** Adds a quantity: at one position, or at one for each word where its unit may be a word by itself. */
  readonly addQuantity: (quantity: Quantity) => void;
  /** Adds what belongs to words that are there, or are about to be; `also` instead of the form's stems. */
  readonly add: (
    kind: Exclude<TokenKind, 'WORD'>,
    form: string,
    place: Place,
    minor?: boolean,
    also?: readonly string[],
  ) => void;
  /** Moves on by so many positions that have no WORD of their own. */
  readonly skip: (positions: number) => void;
}

export interface Place {
  readonly position: number;
  readonly span: number;
  readonly start: number;
  readonly end: number;
}

/** PostgreSQL keeps lexemes below 2 KB; nobody types a word of more letters than this. */
const LONGEST_FORM = 100;
const NOTHING: readonly string[] = [];
const signed = new WeakMap<readonly string[], readonly string[]>();

export function createTokenList(analysis: Analysis): TokenList {
  const all: Token[] = [];
  let position = 0;

  /** The stemmer keeps its answers: the same list of stems is the same object, and is signed once. */
  function stemsOf(form: string): readonly string[] {
    const [stems, bare] = [analysis.stemsOf(form), lightStems(form)];
    if (bare.length > 0) return [...new Set([...stems, ...bare])].map((stem) => STEM_SIGN + stem);
    if (stems.length === 0) return NOTHING;
    let known = signed.get(stems);
    if (known === undefined) {
      known = stems.map((stem) => STEM_SIGN + stem);
      signed.set(stems, known);
    }
    return known;
  }

  function push(kind: TokenKind, form: string, place: Place, minor = false, also?: readonly string[]): void {
    const hasStems = kind === 'WORD' || kind === 'JOIN' || kind === 'PART';
    all.push({
      kind,
      form: form.length > LONGEST_FORM ? form.slice(0, LONGEST_FORM) : form,
      also: also ?? (hasStems ? stemsOf(form) : NOTHING),
      position: place.position,
      span: place.span,
      start: place.start,
      end: place.end,
      minor,
    });
  }

  function addWord(form: string, start: number, end: number): void {
    push('WORD', form, { position, span: 1, start, end });
    position += 1;
  }

  function addQuantity(quantity: Quantity): void {
    const { start, end, numbers, unit, unitStart } = quantity;
    const first = position;
    if (unitStart !== undefined) {
      for (const number of numbers) addWord(number, start, unitStart);
      addWord(unit, unitStart, end);
    } else {
      position += 1;
    }
    const place = { position: first, span: position - first, start, end };
    for (const [amount, ...readings] of quantity.amounts) {
      if (amount !== undefined) push('QUANTITY', amount, place, false, readings);
    }
    push('DIMENSION', quantity.dimension, place);
    const hasName = /^\p{L}/u.test(unit);
    if (unitStart === undefined) {
      for (const number of numbers) push('PART', number, place, true);
      if (hasName) push('PART', unit, place, true);
    }
    // "16gb" as one word, for who begins to type it.
    const [only] = numbers;
    if (hasName && numbers.length === 1) push('PART', `${only}${unit}`, place, true);
  }

  return {
    all,
    position: () => position,
    addWord,
    addQuantity,
    add: push,
    skip: (positions) => {
      position += positions;
    },
  };
}
