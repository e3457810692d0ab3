import { describe, expect, it } from 'vitest';
import { lossesOf } from '../../../bench/by-hand/page-losses.ts';

describe('what a reader of all pages misses', () => {
  const right = ['a', 'b', 'c', 'd', 'e', 'f'];

  it('is nothing where all right products are there, in whatever order', () => {
    const none = { recall: 1, missing: 0, repeated: 0, skipped: 0 };
    expect(
      lossesOf(
        [
          ['b', 'a'],
          ['c', 'd'],
          ['f', 'e'],
        ],
        right,
        6,
      ),
    ).toEqual(none);
  });

  it('counts rows that are not there, and the products behind the last one only for recall', () => {
    expect(lossesOf([['a', 'b'], ['c'], []], right, 6)).toEqual({ recall: 0.5, missing: 3, repeated: 0, skipped: 0 });
  });

  it('counts right products that were passed over on the way', () => {
    expect(
      lossesOf(
        [
          ['a', 'x'],
          ['d', 'y'],
        ],
        right,
        4,
      ),
    ).toEqual({ recall: 2 / 6, missing: 0, repeated: 0, skipped: 2 });
  });

  it('counts a product that comes again, on the same page or another', () => {
    expect(
      lossesOf(
        [
          ['a', 'a', 'b'],
          ['b', 'c', 'd'],
        ],
        right,
        6,
      ),
    ).toMatchObject({ missing: 0, repeated: 2, recall: 4 / 6 });
  });

  it('asks for nothing where nothing is right', () => {
    expect(lossesOf([[], []], [], 0)).toEqual({ recall: 1, missing: 0, repeated: 0, skipped: 0 });
  });
});
