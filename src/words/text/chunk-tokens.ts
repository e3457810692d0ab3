import { codeLexemes, looksLikeCode } from './codes.ts';
import type { Chunk } from './cut-text.ts';
import { addJoins, type Part } from './join-tokens.ts';
import { numberWord, readNumber } from './numbers.ts';
import { partQuantity } from './quantities.ts';
import type { TokenList } from './token-list.ts';
import { UNSPACED } from './unspaced.ts';
import { addUnspaced } from './unspaced-tokens.ts';

/** Written together with what follows, and left out by who types it: d'Orévane, l'eau, qu'il, dell'arte, o'clock. */
const ELIDED = /^(?:[a-z]|qu|gl|un|all|dall|dell|nell|sull|quest|lorsqu|puisqu|jusqu)$/;
const PART = /[\p{L}\p{M}\p{N}]+/gu;
const LETTERS_OR_DIGITS = /[\p{L}\p{M}]+|\p{N}+/gu;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;
const ONLY_DIGITS = /^\d+$/;
/** In place of "and", in any language. */
const AND = '&';

/** Adds what a chunk is found by: its parts at positions of their own, and what they are together. */
export function addChunk(tokens: TokenList, chunk: Chunk): void {
  const { text, start } = chunk;
  if (chunk.isPlain) tokens.addWord(text, start, start + text.length);
  else if (text === '&' || text === '+') tokens.addWord(AND, start, start + 1);
  else addMixedChunk(tokens, chunk);
}

function addMixedChunk(tokens: TokenList, { text, start }: Chunk): void {
  const place = { position: tokens.position(), span: 1, start, end: start + text.length };
  const spaced = !UNSPACED.test(text);
  if (spaced && looksLikeCode(text)) {
    for (const code of codeLexemes(text)) tokens.add('CODE', code, place);
  }
  const parts = partsOf(text, start);
  const signs = /[+#]+$/.exec(text)?.[0] ?? '';
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && (text.startsWith('.') || isNameSign(only.text, signs))) {
    const name = text.startsWith('.') && !isNameSign(only.text, signs) ? `.${only.text}` : text;
    tokens.addWord(name, start, start + text.length);
    tokens.add('PART', only.text, place, only.text.length < 3);
  } else if (!addNumber(tokens, text, start)) {
    addParts(tokens, parts, spaced);
  }
}

/** C++, C#, Disney+, 18+; but a # behind a longer word is none. */
function isNameSign(word: string, signs: string): boolean {
  return signs.startsWith('+') || (signs === '#' && word.length <= 2);
}

function partsOf(text: string, start: number): Part[] {
  let before = 0;
  return Array.from(text.matchAll(PART), ({ 0: part, index }) => {
    const sign = before === 0 ? '' : text.slice(before, index);
    before = index + part.length;
    return { text: part, start: start + index, end: start + before, sign };
  });
}

/** "3,5", "10,000", "3/4", "16:9": one word, in one form. @returns whether it was one */
function addNumber(tokens: TokenList, text: string, start: number): boolean {
  if (!/^\d+(?:[.,:/]\d+)+$/.test(text)) return false;
  const place = { position: tokens.position(), span: 1, start, end: start + text.length };
  const [value, ...others] = /[/:]/.test(text) ? [] : readNumber(text);
  tokens.addWord(value === undefined ? text : numberWord(value), start, start + text.length);
  for (const other of others) tokens.add('PART', numberWord(other), place, true);
  // "38/40" are two sizes, and "1.2.3" begins with version 1.
  if (value === undefined) {
    for (const [number] of text.matchAll(/\d+/g)) tokens.add('PART', number, place);
  }
  return true;
}

function addParts(tokens: TokenList, parts: readonly Part[], spaced: boolean): void {
  const [head] = parts;
  const isElided = parts.length > 1 && parts[1]?.sign === "'" && ELIDED.test(head?.text ?? '') && parts[1].text !== 'n';
  const last = parts.at(-1);
  const isPossessive = parts.length > 1 && last?.sign === "'" && last.text === 's';
  const first = tokens.position();
  const positions: number[] = [];
  parts.forEach((part, index) => {
    if (part.sign === '&' || part.sign === '+') tokens.addWord(AND, part.start - 1, part.start);
    positions.push(tokens.position());
    const place = { position: tokens.position(), span: 1, start: part.start, end: part.end };
    const isDropped = (isElided && index === 0) || (isPossessive && index === parts.length - 1);
    if (isDropped) {
      if (index === 0) tokens.add('PART', part.text, place, true);
    } else {
      if (part.text === 'n' && part.sign === "'") tokens.add('PART', AND, place);
      addPart(tokens, part);
    }
  });
  if (spaced) addJoins(tokens, parts, { first, positions, isPossessive });
}

/** One part: letters, digits, both, or text without blanks. */
function addPart(tokens: TokenList, part: Part): void {
  const { text, start, end } = part;
  if (UNSPACED.test(text)) {
    addUnspaced(tokens, text, start, (run) => addPart(tokens, { ...run, sign: '' }));
  } else if (ONLY_LETTERS.test(text) || ONLY_DIGITS.test(text)) {
    tokens.addWord(text, start, end);
  } else {
    addLettersAndDigits(tokens, part);
  }
}

function addLettersAndDigits(tokens: TokenList, { text, start, end }: Part): void {
  const place = { position: tokens.position(), span: 1, start, end };
  const quantity = partQuantity(text);
  for (const [amount, ...also] of quantity?.amounts ?? []) {
    if (amount !== undefined) tokens.add('QUANTITY', amount, place, false, also);
  }
  if (quantity !== undefined) tokens.add('DIMENSION', quantity.dimension, place);
  const pieces = text.match(LETTERS_OR_DIGITS) ?? [];
  // Of "nb9332pp02" only what says something by itself.
  for (const piece of pieces) {
    if (pieces.length <= 3 || piece.length >= 3) tokens.add('PART', piece, place, piece.length < 3);
  }
  tokens.addWord(text, start, end);
}
