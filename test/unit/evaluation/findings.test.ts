import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/evaluation/configuration.ts';
import { findingsOf, howSure } from '../../../src/evaluation/findings.ts';
import { evaluated, expecting, outcome, product } from './outcomes.ts';

const PEPPERS = ['Vegetables', 'Pepper'];
const TOMATOES = ['Vegetables', 'Tomato'];
const pepper = product('red pepper', PEPPERS);
const tomato = product('beef tomato', TOMATOES);

/** Queries for a pepper, each of which finds it first (x) or behind three tomatoes (.). */
const peppers = (found: string) =>
  [...found].map((letter, index) =>
    outcome(
      expecting('red pepper', PEPPERS, 1),
      letter === 'x' ? [pepper, tomato, tomato] : [tomato, tomato, tomato, pepper],
      { position: index + 1, slices: { query: index % 2 === 0 ? 'text' : 'picture' } },
    ),
  );

describe('findingsOf', () => {
  it('says how good, where weak, and how fast', () => {
    expect(findingsOf({ configurations: [evaluated(peppers('xxxxxx...x'))] })).toEqual([
      expect.stringMatching(
        /^In a carousel of three, 70 of 100 queries show the same product \(\d+ to \d+ with 95 % confidence\); 70 show it first\.$/,
      ),
      expect.stringMatching(
        /^Of the products in a carousel of three, 23 of 100 are of the same category \(.*\), where 33 could be: some categories have fewer than three; 100 are at least of the same department\.$/,
      ),
      'Weakest: red pepper, where 7 of its 10 queries show it in a carousel of three; confused most with beef tomato, which 3 of 10 show first.',
      '20 queries a second, 2 at a time; half took at most 5 ms, 95 of 100 at most 5 ms.',
    ]);
  });

  it('says nothing of weakness where there is none, nor of products where none is expected', () => {
    const perfect = findingsOf({ configurations: [evaluated(peppers('xxxxx'))] });
    expect(perfect.join()).not.toContain('Weakest');
    const ofCategory = findingsOf({ configurations: [evaluated([outcome(expecting(null, PEPPERS, 9), [pepper])])] });
    expect(ofCategory.join()).not.toContain('same product');
    expect(ofCategory[0]).toMatch(/^Of the products in a carousel of three, 100 of 100 are of the same category/);
  });

  it('compares groups of queries once they are large enough, and tells of short results', () => {
    const findings = findingsOf({ configurations: [evaluated(peppers('.x'.repeat(20)))] });
    expect(findings).toContain('By query, worst first, of 100: text 0, picture 100.');
    const few = findingsOf({ configurations: [evaluated(peppers('.x'.repeat(5)))] });
    expect(few.join()).not.toContain('By query');
    const short = findingsOf({ configurations: [evaluated([outcome(expecting('red pepper'), [pepper])])] });
    expect(short).toContain('100 of 100 queries get fewer than three results.');
  });

  it('compares configurations', () => {
    const [worse, better] = [peppers('..........xxxxx'), peppers('xxxxxxxxxxxxxxx')];
    const base = evaluated(worse);
    const words = evaluated(better, { configuration: parseConfiguration('words=off'), base: worse });
    // Ten queries gained and none lost: 2 of 1,024 exchanges are as extreme.
    expect(findingsOf({ configurations: [base, words] })).toContainEqual(
      expect.stringMatching(
        /^With words=off instead of default, 100\.0 % instead of 33\.3 % of the queries show the same product in a carousel of three: a real difference \(p = 0\.00[1-4]\)\.$/,
      ),
    );
    const same = evaluated(worse, { configuration: parseConfiguration('words=off'), base: worse });
    expect(findingsOf({ configurations: [base, same] })).toContain(
      'With words=off instead of default nothing changes.',
    );
    const filtered = evaluated(better, { configuration: parseConfiguration('filter=category'), base: worse });
    const sentences = findingsOf({ configurations: [base, filtered] }).filter((each) => each.startsWith('With'));
    expect(sentences).toHaveLength(1);
  });

  it.each([
    [0, 1, 'no difference'],
    [0.1, 0.0005, 'a real difference (p below 0.001)'],
    [-0.1, 0.009, 'a real difference (p = 0.009)'],
    [0.1, 0.04, 'probably a real difference (p = 0.040)'],
    [0.1, 0.05, 'which may be chance (p = 0.050)'],
  ])('calls a difference of %d with p = %d: %s', (mean, pValue, words) => {
    expect(howSure({ mean, pValue })).toBe(words);
  });
});
