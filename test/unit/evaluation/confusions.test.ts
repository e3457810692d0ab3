import { describe, expect, it } from 'vitest';
import { groupingOf, groupOutcomes } from '../../../src/evaluation/confusions.ts';
import { judge } from '../../../src/evaluation/measures.ts';
import { expecting, outcome, product } from './outcomes.ts';

const PEPPERS = ['Vegetables', 'Pepper'];
const TOMATOES = ['Vegetables', 'Tomato'];
const pepper = product('red pepper', PEPPERS);
const tomato = product('beef tomato', TOMATOES);
const other = product('plum tomato', TOMATOES);

/** Three queries for a pepper, whose first results are tomato, tomato, pepper; three for a tomato, all right. */
const JUDGED = [
  outcome(expecting('red pepper', PEPPERS, 9), [tomato, other, pepper], { position: 1 }),
  outcome(expecting('red pepper', PEPPERS, 9), [tomato, other, other, pepper], { position: 2 }),
  outcome(expecting('red pepper', PEPPERS, 9), [pepper, tomato], { position: 3 }),
  ...[4, 5, 6].map((position) => outcome(expecting('beef tomato', TOMATOES), [tomato, other, pepper], { position })),
].map(judge);

describe('groupOutcomes', () => {
  it('tells products apart where there are several queries of each, the worst first', () => {
    expect(groupingOf(JUDGED)).toBe('PRODUCT');
    const [worst, best] = groupOutcomes(JUDGED, 'PRODUCT');
    expect(worst).toMatchObject({ label: 'red pepper', queries: 3, wrongFirst: 2 });
    expect(worst?.atThree).toBeCloseTo(2 / 3);
    expect(worst?.confusedWith).toMatchObject([{ label: 'beef tomato', queries: 2 }]);
    expect(worst?.confusedWith[0]?.examples.map(({ outcome: { query } }) => query.position)).toEqual([1, 2]);
    expect(best).toEqual({ label: 'beef tomato', queries: 3, atThree: 1, wrongFirst: 0, confusedWith: [] });
  });

  it('tells categories apart otherwise', () => {
    expect(groupingOf(JUDGED.slice(0, 2))).toBe('CATEGORY');
    expect(groupingOf([])).toBe('CATEGORY');
    const [worst] = groupOutcomes(JUDGED, 'CATEGORY');
    expect(worst).toMatchObject({ label: 'Vegetables > Pepper', wrongFirst: 2 });
    // One, none and one of the three that could be.
    expect(worst?.atThree).toBeCloseTo((1 / 3 + 0 + 1 / 3) / 3);
    expect(worst?.confusedWith[0]?.label).toBe('Vegetables > Tomato');
  });

  it('asks no more of a small category than it has', () => {
    const only = outcome(expecting(null, PEPPERS, 1), [tomato, pepper, other]);
    expect(groupOutcomes([judge(only)], 'CATEGORY')).toMatchObject([{ atThree: 1, wrongFirst: 1 }]);
  });

  it('takes a query without results for no confusion', () => {
    const [group] = groupOutcomes([judge(outcome(expecting('x', PEPPERS), []))], 'CATEGORY');
    expect(group).toMatchObject({ atThree: 0, wrongFirst: 0, confusedWith: [] });
  });
});
