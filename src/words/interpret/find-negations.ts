import type { Language } from '../language/languages.ts';
import { foldText } from '../text/fold.ts';
import { NEGATIONS } from './price-phrases.ts';

/** What a query does not want, in folded text. */
export interface Negation {
  /** Of the whole: "not in gold". */
  readonly start: number;
  /** Where what is not wanted begins; where it ends is for who knows the words. */
  readonly from: number;
  /** The word in front, for asking whether "no show" is a name; empty for "-". */
  readonly word: string;
}

const SMALL_WORDS =
  '(?:(?:in|any|a|an|the|of|with|de|la|le|les|du|des|el|los|las|il|lo|gli|der|die|das|den|dem|ein|eine|einen|het|een|o|os|as|en|ett)\\s+)*';

/**
 * Finds "not gold", "-blue", "without sleeves", in the shop's languages.
 *
 * @param folded - by `foldText`
 */
export function findNegations(languages: readonly Language[], folded: string): Negation[] {
  const words = languages
    .flatMap((language) => foldText(NEGATIONS[language] ?? '').split('|'))
    .filter((word) => word !== '')
    .toSorted((a, b) => b.length - a.length);
  const dashes = Array.from(folded.matchAll(/(?<=^|\s)-(?=\p{L})/gu), ({ index }) => ({
    start: index,
    from: index + 1,
    word: '',
  }));
  if (words.length === 0) return dashes;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}'-])(${words.join('|')})\\s+${SMALL_WORDS}(?=[\\p{L}\\p{N}])`,
    'gu',
  );
  const phrases = Array.from(folded.matchAll(pattern), ({ 0: whole, 1: word = '', index }) => ({
    start: index,
    from: index + whole.length,
    word,
  }));
  return [...dashes, ...phrases].toSorted((a, b) => a.start - b.start);
}
