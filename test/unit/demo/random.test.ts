import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../demo/random.ts';

describe('createRandom', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    const random = createRandom('lookgraph');
    expect([random.next(), random.next(), random.next()].map((value) => value.toFixed(6))).toEqual(FIRST_THREE);
  });

  it('gives other numbers for another seed', () => {
    expect(createRandom('picture 1').next()).not.toBe(createRandom('picture 2').next());
  });

  it('stays within its bounds and reaches both ends of whole numbers', () => {
    const random = createRandom('bounds');
    const rolls = Array.from({ length: 600 }, () => random.integer(1, 6));
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const values = Array.from({ length: 600 }, () => random.between(-2, 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(3);
  });

  it('picks every item, and is right about chances', () => {
    const random = createRandom('chances');
    const picks = Array.from({ length: 300 }, () => random.pick(['a', 'b', 'c']));
    expect(new Set(picks)).toEqual(new Set(['a', 'b', 'c']));
    const hits = Array.from({ length: 2000 }, () => random.chance(0.25)).filter(Boolean).length;
    expect(hits / 2000).toBeCloseTo(0.25, 1);
  });
});

const FIRST_THREE = ['0.462104', '0.637512', '0.794489'];
