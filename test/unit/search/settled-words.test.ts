import { describe, expect, it } from 'vitest';
import { settledWords } from '../../../src/search/candidates/settled-words.ts';
import type { WordPlan } from '../../../src/search/candidates/word-levels.ts';

/** Two words, which count 0.25 and both 1. */
const plan: WordPlan = { slots: ['a', 'b'], rare: [], most: (count) => [0, 0.25, 1][count] ?? Number.NaN };
/** Nearness is the score itself, between 0 and 2. */
const scoring = { nearFrom: 0, nearSpan: 1, trust: 1 };
const near = { scores: [1, 1, 0.5, 0], words: [0, 0, 0, 0], others: [], plan, leading: 2, scoring };

describe('words that do not help what is none of the nearest', () => {
  it('are all of them where as many of the nearest as come first score more than the last of them with all words', () => {
    // The second scores 1, as much as the last with two words.
    expect(settledWords(near)).toBe(2);
    expect(settledWords({ ...near, scores: [1, 0.9, 0.5, 0] })).toBe(1);
    expect(settledWords({ ...near, scores: [1, 0.2, 0.1, 0] })).toBe(0);
  });

  it('are more where the nearest have words themselves, in whatever order', () => {
    expect(settledWords({ ...near, scores: [0.2, 0.2, 0.2, 0.1], words: [0, 0, 1, 1] })).toBe(2);
    expect(settledWords({ ...near, scores: [0.2, 0.2, 0.2, 0.1], words: [0, 1, 0, 0.25] })).toBe(1);
  });

  it('follow nearness as far as it counts', () => {
    // As near as can be is no nearer than that.
    expect(settledWords({ ...near, scores: [9, 8, 7, 1], words: [0, 0, 0, 0] })).toBe(0);
    // Vectors that cannot judge settle nothing.
    expect(settledWords({ ...near, scoring: { ...scoring, trust: 0 } })).toBe(0);
  });

  it('are more where others that have words are known', () => {
    const last = { ...near, scores: [0.2, 0.2, 0.2, 0.1] };
    expect(settledWords(last)).toBe(0);
    const other = (score: number, words: number) => ({ id: '', score, words });
    expect(settledWords({ ...last, others: [other(0.1, 1), other(0, 0.4)] })).toBe(1);
    expect(settledWords({ ...last, others: [other(0.1, 1), other(0.1, 1)] })).toBe(2);
    // One is not as many as come first.
    expect(settledWords({ ...last, others: [other(0.1, 1)] })).toBe(0);
  });

  it('are none where fewer are known than come first', () => {
    expect(settledWords({ ...near, leading: 5 })).toBe(0);
  });
});
