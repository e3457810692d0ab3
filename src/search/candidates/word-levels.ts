import type { ProductScope } from '../filter/product-scope.ts';
import { atLeast } from '../query/query-words.ts';
import type { SearchQuery } from '../query/search-query.ts';
import { WINDOW_STEP } from '../request/limits.ts';

/** Products that words tell. */
export interface WordLevel {
  /** Words that they have at least, or that they are named by the query. */
  readonly least: number | 'NAMED';
  readonly scope: ProductScope;
  /** It is not looked at where so many are found before it. */
  readonly unless: number;
}

/**
 * In the order in which they are looked at.
 *
 * @param scope - whatever words the products have, or with any of them: each level is within it
 */
export function wordLevels({ words, names }: Pick<SearchQuery, 'words' | 'names'>, scope: ProductScope): WordLevel[] {
  const worded = words.map((_, missing): WordLevel => {
    const least = words.length - missing;
    const unless = least * 2 <= words.length ? 1 : WINDOW_STEP;
    return { least, scope: { ...scope, textQuery: atLeast(least, words) }, unless };
  });
  if (names.length === 0) return worded;
  return [{ least: 'NAMED', scope: { ...scope, names }, unless: WINDOW_STEP }, ...worded];
}
