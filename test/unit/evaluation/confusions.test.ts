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
  outcome(expecting('red pepper', PEPPERS), [tomato, other, pepper], { position: 1 }),
  outcome(expecting('red pepper', PEPPERS), [tomato, other, other, pepper], { position: 2 }),
  outcome(expecting('red pepper', PEPPERS), [pepper, tomato], { position: 3 }),
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
    // 1 of 3, none of 3, and 1 of the 2 that are shown.
    expect(worst?.atThree).toBeCloseTo((1 / 3 + 0 + 1 / 2) / 3);
    expect(worst?.confusedWith[0]?.label).toBe('Vegetables > Tomato');
  });

  it('takes a query without results for no confusion', () => {
    const [group] = groupOutcomes([judge(outcome(expecting('x', PEPPERS), []))], 'CATEGORY');
    expect(group).toMatchObject({ atThree: 0, wrongFirst: 0, confusedWith: [] });
  });
});
