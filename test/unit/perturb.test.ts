import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/seeded-random.ts';
import { CHANGES, perturb } from '../support/perturb.ts';

const TEXT = 'Solvane Men Striped Navy Blue Shirt';

describe('a perturbed text', () => {
  it('differs by each kind of change as its name says', () => {
    const random = createRandom(3);
    expect(CHANGES.HYPHEN(TEXT, random)).toMatch(/\p{L}-\p{L}/u);
    expect(CHANGES.BLANK(TEXT, random).split(' ')).toHaveLength(5);
    expect(CHANGES.CASE(TEXT, random).toLowerCase()).toBe(TEXT.toLowerCase());
    expect(CHANGES.CASE('abc', random)).toBe('ABC');
    expect(CHANGES.ACCENT(TEXT, random).normalize('NFD')).toContain('\u0301');
    expect(CHANGES.PLURAL('Shirt', random)).toBe('Shirts');
    expect(CHANGES.PLURAL('Shirts', random)).toBe('Shirt');
    expect(CHANGES.PLURAL('Dress', random)).toBe('Dress');
    expect(CHANGES.SLIP('Striped', random)).not.toBe('Striped');
    expect(CHANGES.SLIP('Shirt', random)).toBe('Shirt');
  });

  it('is the same for the same seed, with as many different changes as are asked for', () => {
    const { text, changes } = perturb(TEXT, 3, createRandom(5));
    expect(perturb(TEXT, 3, createRandom(5)).text).toBe(text);
    expect(new Set(changes).size).toBe(3);
    expect(text).not.toBe(TEXT);
  });
});
