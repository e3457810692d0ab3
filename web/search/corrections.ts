import type { SearchQuery } from '../generated/operations.ts';
import { sentTerms } from './request.ts';
import type { Search } from './search.ts';

export type Correction = SearchQuery['searchProducts']['corrections'][number];

/** What became of the words in the search box. */
export interface Spelling {
  /** What was searched for instead; null where nothing was mended. */
  readonly searched: string | null;
  /** What else may have been meant, each as a whole query. */
  readonly offers: readonly string[];
}

/** Tells of the words in the search box, if these are a term of the search. */
export function spellingOf({
  search,
  page,
}: {
  readonly search: Search;
  readonly page: { readonly corrections: readonly Correction[] };
}): Spelling {
  const words = search.words.trim();
  if (words === '' || sentTerms(search)[0]?.kind !== 'words' || search.wordsWeight === 0)
    return { searched: null, offers: [] };
  const own = page.corrections.filter(({ term }) => term === 0);
  const applied = own.filter(({ isApplied }) => isApplied);
  const offered = own.filter(({ isApplied }) => !isApplied);
  return {
    searched: applied.length === 0 ? null : mended(words, applied),
    offers: offered.map((one) => mended(words, [...applied, one])),
  };
}

function mended(words: string, corrections: readonly Correction[]): string {
  let text = words;
  for (const { start, end, meant } of corrections.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, start) + meant + text.slice(end);
  return text;
}
