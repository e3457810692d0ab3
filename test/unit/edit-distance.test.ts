import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['black', 'black', 0],
    // Two neighbours swapped are one edit.
    ['blakc', 'black', 1],
    ['blck', 'black', 1],
    ['blaack', 'black', 1],
    ['bleck', 'black', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
  ])('%s -> %s takes %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});
