import { describe, expect, it } from 'vitest';
import { createCountCheck } from '../../../bench/neighbours/count-check.ts';

describe('checking counts', () => {
  it('refuses a filter that an engine finds other pictures for', async () => {
    const check = createCountCheck('SomeDB', async () => 6);
    await expect(check("color = 'Black'", 7)).rejects.toThrow(
      "expected 7 pictures where color = 'Black', found 6 in SomeDB",
    );
    await check("color = 'Black'", 6);
  });

  it('counts once for each filter', async () => {
    const counted: string[] = [];
    const check = createCountCheck('SomeDB', async (where) => counted.push(where) && 5);
    for (const where of ['a', 'b', 'a']) await check(where, 5);
    expect(counted).toEqual(['a', 'b']);
  });
});
