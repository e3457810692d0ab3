import type { Embedder } from '../../embedding/embedder.ts';
import { readability } from '../../words/score/readability.ts';
import { foldText } from '../../words/text/fold.ts';
import { type CheckedTerm, isWantedText } from '../request/check-request.ts';
import type { EncodedTerm } from './query-vector.ts';
import { mendedText, type QueryWords } from './query-words.ts';

/**
 * The texts of a query as a model is to read them. Where a word was taken for another, or the catalogue writes it otherwise, the text has that: models make little of misspelt words. A text is folded where the model's tokenizer reads it better so: accents
 * that it was not made for cut a word into letters.
 */
export function encodedTexts(
  embedder: Pick<Embedder, 'countTokens'>,
  terms: readonly CheckedTerm[],
  { corrections, respellings }: Pick<QueryWords, 'corrections' | 'respellings'>,
): EncodedTerm[] {
  return terms.map((checked, term): EncodedTerm => {
    const { match, weight } = checked;
    if (match.kind !== 'text') return { match, weight, term };
    const own = [...corrections.filter(({ isApplied }) => isApplied), ...respellings].filter(
      (one) => one.term === term,
    );
    const meant = mendedText(match.text, isWantedText(checked) ? own : []);
    return {
      match: { kind: 'text', text: bestRead(embedder, meant) },
      weight,
      term,
      readability: readabilityOf(embedder, meant),
    };
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
