import { describe, expect, it } from 'vitest';
import { searchesWithin } from '../../../src/database/measurements.ts';

describe('searches of one operation at the same time', () => {
  it.each([
    [1, 1],
    [4, 1],
    [6, 2],
    [10, 4],
    [20, 9],
  ])('leave two of %i connections, with two for each of %i', (poolSize, searches) => {
    expect(searchesWithin(poolSize)).toBe(searches);
    expect(searches * 2 <= poolSize - 2 || searches === 1).toBe(true);
  });
});
