import type { Embedder } from '../../embedding/embedder.ts';
import { readability } from '../../words/score/readability.ts';
import { foldText } from '../../words/text/fold.ts';
import { type CheckedTerm, isWantedText } from '../request/check-request.ts';
import type { TermCorrection } from '../request/search-request.ts';
import type { EncodedTerm } from './query-vector.ts';
import { mendedText } from './query-words.ts';

/**
 * The texts of a query as a model is to read them. Beside a text with misspelt words stands what was probably meant, at half the weight each: models make little of misspelt words, and a
 * word that is merely unknown to the shop must not be replaced outright (docs/decisions/0004-search-ranking.md). A text is folded where the model's tokenizer reads it better so: accents
 * that it was not made for cut a word into letters.
 */
export function encodedTexts(
  embedder: Pick<Embedder, 'countTokens'>,
  terms: readonly CheckedTerm[],
  corrections: readonly TermCorrection[],
): EncodedTerm[] {
  return terms.flatMap((checked, term): EncodedTerm[] => {
    const { match, weight } = checked;
    if (match.kind !== 'text') return [{ match, weight, term }];
    const meant = mendedText(match.text, isWantedText(checked) ? corrections.filter((one) => one.term === term) : []);
    const texts = meant === match.text ? [match.text] : [match.text, meant];
    // What was meant is what the model has to read.
    const readable = readabilityOf(embedder, meant);
    return texts.map((text) => ({
      match: { kind: 'text', text: bestRead(embedder, text) },
      weight: weight / texts.length,
      term,
      readability: readable,
    }));
  });
}

function bestRead(embedder: Pick<Embedder, 'countTokens'>, text: string): string {
  const folded = foldText(text);
  if (folded === text.toLowerCase() || folded.trim() === '') return text;
  return embedder.countTokens(folded) < embedder.countTokens(text) ? folded : text;
}

/** How well the model can judge a text, 0 to 1. */
function readabilityOf(embedder: Pick<Embedder, 'countTokens'>, text: string): number {
  const folded = foldText(text);
  return readability(embedder.countTokens(folded), folded.replaceAll(/\s/g, '').length);
}
