import { describe, expect, it } from 'vitest';
import { settledWords } from '../../../src/search/candidates/settled-words.ts';
import type { Scoring } from '../../../src/search/query/search-query.ts';

/** Two words of 0.5 each; relevance is 0.5 at a score of 2. */
const scoring: Scoring = { wordWeight: 1, wordCount: 2, titledRelevance: 0, midpoint: 2, width: 0.1 };
const near = { scores: [3, 2.5, 2, 1.5], matched: [0, 0, 0, 0], others: [], words: 2, leading: 2, scoring };

describe('words that do not help what is none of the nearest', () => {
  it('are all of them where as many of the nearest as come first score more than the last of them with all words', () => {
    // The second scores 2.5, as much as the last with two words.
    expect(settledWords(near)).toBe(2);
    expect(settledWords({ ...near, scores: [3, 2.4, 2, 1.5] })).toBe(1);
    expect(settledWords({ ...near, scores: [3, 1.9, 1.8, 1.5] })).toBe(0);
  });

  it('are more where the nearest have words themselves, in whatever order', () => {
    expect(settledWords({ ...near, scores: [1.7, 1.6, 1.6, 1.5], matched: [0, 0, 2, 2] })).toBe(2);
    expect(settledWords({ ...near, scores: [1.7, 1.6, 1.6, 1.5], matched: [0, 2, 0, 1] })).toBe(1);
  });

  it('are not all of them where what is called so would be more relevant than the last that comes first', () => {
    const called = { ...scoring, titledRelevance: 0.5 };
    expect(settledWords({ ...near, scores: [3, 2.5, 2, 1.5], scoring: called })).toBe(2);
    const far = { ...near, scores: [1, 0.9, 0, -0.5], scoring: called };
    expect(settledWords({ ...far, scoring })).toBe(2);
    expect(settledWords(far)).toBe(1);
    // A query with a word that no product has: none is called so.
    expect(settledWords({ ...far, words: 1 })).toBe(1);
  });

  it('are more where others that have words are known', () => {
    const last = { ...near, scores: [1.7, 1.6, 1.6, 1.5] };
    expect(settledWords(last)).toBe(0);
    const other = (score: number, words: number) => ({ id: '', score, words });
    expect(settledWords({ ...last, others: [other(1.2, 2), other(1, 2)] })).toBe(1);
    expect(settledWords({ ...last, others: [other(1.5, 2), other(1.6, 2)] })).toBe(2);
    // One is not as many as come first.
    expect(settledWords({ ...last, others: [other(1.6, 2)] })).toBe(0);
  });

  it('are none where fewer are known than come first', () => {
    expect(settledWords({ ...near, leading: 5 })).toBe(0);
  });
});
