import type { QueryWords } from '../query/query-words.ts';
import type { CheckedTerm } from '../request/check-request.ts';
import type { MatchedWord } from '../request/match-reason.ts';
import type { RankedProduct } from './ranking.ts';

/**
 * What of a query's words a product has, in their order.
 *
 * @param words - null where words did not count
 * @param tests - of each slot the number of the test that holds, from 1; 0: none
 */
export function matchedWords(
  terms: readonly Pick<CheckedTerm, 'match'>[],
  words: Pick<QueryWords, 'slots' | 'tests'> | null,
  tests: RankedProduct['tests'],
): MatchedWord[] {
  if (words === null || tests === null) return [];
  return words.slots.flatMap(({ term, start, end }, place) => {
    const test = words.tests[(tests[place] ?? 0) - 1];
    const match = terms[term]?.match;
    if (test === undefined || match?.kind !== 'text') return [];
    return [{ term, written: match.text.slice(start, end), start, end, reading: test.kind, found: test.readings }];
  });
}
