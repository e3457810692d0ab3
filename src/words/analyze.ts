import type { Analysis } from './language/open-analysis.ts';
import { addChunk } from './text/chunk-tokens.ts';
import { cutText } from './text/cut-text.ts';
import { foldText } from './text/fold.ts';
import { findQuantities } from './text/quantities.ts';
import { stripMarkup } from './text/strip-markup.ts';
import { createTokenList } from './text/token-list.ts';
import type { Token } from './token.ts';

/**
 * Says what words are made of. Stored with what is analysed: what was analysed by another version is analysed again. Raise it with every change of what
 * `analyze` returns.
 */
export const ANALYZER_VERSION = 1;

/**
 * Turns a text into what it is found by. The same for what is stored and what is asked.
 *
 * @param text - of any length, with or without markup
 * @returns in the text's order; positions count from 0
 */
export function analyze(analysis: Analysis, text: string): Token[] {
  return analyzeFolded(analysis, foldText(stripMarkup(text)));
}

/** As `analyze`, for text that `foldText` has folded; `start` and `end` of the tokens are places in it. */
export function analyzeFolded(analysis: Analysis, folded: string): Token[] {
  const tokens = createTokenList(analysis);
  const names = analysis.names === undefined ? [] : Array.from(folded.matchAll(analysis.names), nameAt);
  const quantities = findQuantities(folded);
  for (const piece of cutText(folded, inOrder([...names, ...quantities]))) {
    if ('amounts' in piece) tokens.addQuantity(piece);
    else if ('name' in piece) tokens.addWord(piece.name, piece.start, piece.end);
    else addChunk(tokens, piece);
  }
  return tokens.all;
}

function nameAt(match: RegExpMatchArray): { name: string; start: number; end: number } {
  const start = match.index ?? 0;
  return { name: match[0].replaceAll(/\s+/g, ' '), start, end: start + match[0].length };
}

/** By place; of two that overlap the first in the list. */
function inOrder<Piece extends { readonly start: number; readonly end: number }>(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (kept.every((other) => piece.end <= other.start || piece.start >= other.end)) kept.push(piece);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}
