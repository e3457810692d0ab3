import type { Conditions } from '../filter/product-filter.ts';
import { isNamed, matchesWords } from '../query/queries-words.ts';
import { atLeast } from '../query/query-words.ts';
import type { SearchQuery } from '../query/search-query.ts';
import { WINDOW_STEP } from './candidate-request.ts';

/** Products that words tell. */
export interface WordLevel {
  /** Words that they have at least, or that they are named by the query. */
  readonly least: number | 'NAMED';
  /** As a text search query; undefined where they are named. */
  readonly query: string | undefined;
  readonly where: Conditions;
  /** It is not looked at where so many are found before it. */
  readonly unless: number;
}

/** In the order in which they are looked at. */
export function wordLevels({ words, names }: Pick<SearchQuery, 'words' | 'names'>, where: Conditions): WordLevel[] {
  const worded = words.map((_, missing): WordLevel => {
    const least = words.length - missing;
    const query = atLeast(least, words);
    const unless = least * 2 <= words.length ? 1 : WINDOW_STEP;
    return { least, query, where: [...where, matchesWords(query)], unless };
  });
  if (names.length === 0) return worded;
  return [{ least: 'NAMED', query: undefined, where: [...where, isNamed(names)], unless: WINDOW_STEP }, ...worded];
}
