import { describe, expect, it } from 'vitest';
import { allowedOf, FETCHED } from '../../../bench/neighbours/engines/over-fetched.ts';
import { PICTURES } from '../../../bench/neighbours/peer.ts';

const set = (...has: number[]) => ({
  has: Uint8Array.from(has),
  count: has.filter((one) => one === 1).length,
  hasProduct: () => false,
  milliseconds: 0,
});

describe('more pictures than are wanted', () => {
  it('are narrowed to those that may be found, in their order', () => {
    expect(allowedOf([3, 0, 2, 1], set(1, 0, 0, 1))).toEqual([3, 0]);
  });

  it('give as many as every engine is asked for, at most', () => {
    const found = Array.from({ length: 3 * PICTURES }, (_, picture) => picture);
    expect(allowedOf(found, set(...found.map(() => 1)))).toEqual(found.slice(0, PICTURES));
  });

  it('are fetched in growing numbers, from as many as are wanted', () => {
    expect(FETCHED[0]).toBe(PICTURES);
    expect([...FETCHED].sort((a, b) => a - b)).toEqual(FETCHED);
  });
});
