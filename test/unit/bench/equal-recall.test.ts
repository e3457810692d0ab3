import { describe, expect, it } from 'vitest';
import { atEqualRecall, goesOn, type Measured, recallOfPictures } from '../../../bench/neighbours/equal-recall.ts';

/** Settings from the quickest on, by recall; each takes a millisecond more than the one before. */
const measured = (...recalls: number[]): Measured[] =>
  recalls.map((recall, index) => ({ setting: `s${index}`, recall, p50: index + 1, p95: index + 2, oursP50: 5 }));

describe('equal recall', () => {
  it('is that of the least setting that finds as much', () => {
    expect(atEqualRecall(measured(0.8, 0.95, 0.97, 1), 0.95)).toEqual({ ...measured(0, 0.95)[1], reaches: true });
  });

  it('takes the first setting where that finds more already', () => {
    expect(atEqualRecall(measured(0.99, 1), 0.9)).toMatchObject({ setting: 's0', reaches: true });
  });

  it('is the most that any setting finds where none finds as much, by the least of those', () => {
    expect(atEqualRecall(measured(0.5, 0.87, 0.8, 0.87), 1)).toMatchObject({
      setting: 's1',
      recall: 0.87,
      reaches: false,
    });
  });

  it('takes sums of tenths in another order as equal', () => {
    const added = (0.1 + 0.2 + 0.3) / 3;
    const otherwise = (0.3 + 0.2 + 0.1) / 3;
    expect(added).not.toBe(otherwise);
    expect(atEqualRecall(measured(Math.min(added, otherwise)), Math.max(added, otherwise)).reaches).toBe(true);
  });

  it('refuses to choose among nothing', () => {
    expect(() => atEqualRecall([], 1)).toThrow('expected at least one setting, found none');
  });
});

describe('trying settings', () => {
  it('begins with the first, and goes on while less is found than ours finds', () => {
    expect(goesOn([], 1)).toBe(true);
    expect(goesOn(measured(0.5, 0.9), 0.95)).toBe(true);
  });

  it('ends with the one that finds as much', () => {
    expect(goesOn(measured(0.5, 0.95), 0.95)).toBe(false);
  });

  it('ends with one that takes a hundred times as long as ours', () => {
    const slow = { setting: 's', recall: 0.5, p95: 900, oursP50: 5 };
    expect(goesOn([{ ...slow, p50: 499 }], 1)).toBe(true);
    expect(goesOn([{ ...slow, p50: 500 }], 1)).toBe(false);
  });
});

describe('recall of pictures', () => {
  it('is the share of the right products among the first that were found', () => {
    expect(recallOfPictures(['a', 'x', 'b', 'c'], ['a', 'b', 'c'], 3)).toBeCloseTo(2 / 3);
  });

  it('counts a product with several pictures once, so that others come into the page', () => {
    expect(recallOfPictures(['a', 'a', 'b', 'c'], ['a', 'b', 'c'], 3)).toBe(1);
  });

  it('asks for no more than the page', () => {
    expect(recallOfPictures(['a', 'b'], ['a', 'b', 'c', 'd'], 2)).toBe(1);
  });

  it('is whole where nothing is right, and nothing where nothing was found', () => {
    expect(recallOfPictures([], [], 10)).toBe(1);
    expect(recallOfPictures([], ['a'], 10)).toBe(0);
  });
});
