import type { Analysis } from '../../words/language/open-analysis.ts';
import type { Alternative } from '../../words/query/word-query.ts';
import { pairLexeme } from '../../words/stored-lexemes.ts';
import { lightStems } from '../../words/text/light-stems.ts';
import { STEM_SIGN } from '../../words/token.ts';
import { anyOf, tsqueryOf } from './tsquery.ts';

type Findable = Pick<Alternative, 'parts' | 'adjacent' | 'isBeginning'>;

/**
 * A text search query for the products that any of the alternatives finds, of as few lexemes as find them: an index reads the list of products of each, and those of common words are long.
 *
 * @param neighbours - how two words side by side are looked for: `PLACES` as such, wherever they stand; `PAIRS` by the lexeme that titles, categories and attributes have of them
 *   (src/words/product-words.ts), which an index finds without comparing places
 * @returns empty for no alternative
 */
export function findingQuery(
  analysis: Pick<Analysis, 'stemsOf'>,
  alternatives: readonly Findable[],
  neighbours: 'PLACES' | 'PAIRS' = 'PLACES',
): string {
  const isOneWord = ({ parts, isBeginning }: Findable) => parts.length === 1 && !isBeginning;
  const lexemes = new Set(alternatives.filter(isOneWord).flatMap(({ parts }) => parts.flat()));
  const words = tsqueryOf({ parts: [needed(analysis, lexemes)], adjacent: false, isBeginning: false }, '');
  const others = alternatives
    .filter((one) => !isOneWord(one))
    .map((one) => tsqueryOf(neighbours === 'PAIRS' ? asPair(one) : one, ''));
  return anyOf([...new Set([words, ...others])].filter((query) => query !== ''));
}

function asPair(one: Findable): Findable {
  const [first = [], second, ...more] = one.parts.map((lexemes) => [
    ...new Set(lexemes.map((lexeme) => lexeme.replace(STEM_SIGN, ''))),
  ]);
  if (!one.adjacent || second === undefined || more.length > 0) return one;
  return { ...one, parts: [first.flatMap((before) => second.map((after) => pairLexeme([before, after])))] };
}

/** Without words whose stem is looked for as well: whatever has the word has its stem (src/words/text/token-list.ts). */
function needed({ stemsOf }: Pick<Analysis, 'stemsOf'>, lexemes: ReadonlySet<string>): string[] {
  const hasItsStem = (word: string) =>
    [...stemsOf(word), ...lightStems(word)].some((stem) => stem !== word && lexemes.has(STEM_SIGN + stem));
  return [...lexemes].filter((lexeme) => !hasItsStem(lexeme));
}
