import { describe, expect, it } from 'vitest';
import { show } from '../../src/errors.ts';

describe('show', () => {
  it('cuts a long value after 80 characters, and no surrogate pair in half', () => {
    const cut = [show('😀'.repeat(100)), show(`a${'😀'.repeat(100)}`)];
    for (const text of cut) {
      expect(text).toMatch(/^"a?(😀)+\.\.\.$/u);
      expect(text.length).toBeLessThanOrEqual(80);
      expect(text.length).toBeGreaterThan(76);
    }
  });
});
