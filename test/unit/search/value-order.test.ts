import { describe, expect, it } from 'vitest';
import { createValueOrder } from '../../../src/search/counts/value-order.ts';
import { createRandom } from '../../../src/seeded-random.ts';

const sorted = (language: string, ...values: string[]) => values.toReversed().sort(createValueOrder(language));

describe('the order of values', () => {
  it.each<[string, string[]]>([
    ['numbers as numbers, before texts', ['-5', '-0.5', '0', '2.50', '9', '9.5', '10', '11', '100', 'L', 'M', 'S']],
    ['thousands and decimals as people write them', ['1,5', '2', '10', '999', '1,000', '12,500']],
    ['quantities of one dimension together, whatever their unit', ['50 ml', '0.5 l', '1.5 L', '2 l']],
    ['weights beside lengths, and numbers without a unit before both', ['3', '12', '500 g', '1.5 kg', '9 mm', '2 cm']],
    ['what begins with a number by it', ['0-3 months', '3-6 months', '12-18 months', 'Newborn']],
    ['numbers within texts', ['Size 9', 'Size 9 wide', 'Size 10', 'Size 11']],
    ['whatever the case', ['apple', 'Banana', 'cherry', 'Date']],
    ['the same in another case one after the other', ['blue', 'Blue', 'BLUE', 'green']],
  ])('is of %s', (_, values) => {
    expect(sorted('en', ...values)).toEqual(values);
  });

  it('is that of the language', () => {
    expect(sorted('de', 'Apfel', 'Äpfel', 'Zimt')).toEqual(['Apfel', 'Äpfel', 'Zimt']);
    expect(sorted('sv', 'Apfel', 'Zimt', 'Äpfel')).toEqual(['Apfel', 'Zimt', 'Äpfel']);
  });

  it('is one order, whatever is compared first', () => {
    const random = createRandom(7);
    const parts = ['9', '10', '-1', '1,5', ' cm', ' kg', 'S', 'é', 'E', ' ', '.', '/'];
    const value = () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => parts[Math.floor(random() * parts.length)]).join('');
    const compare = createValueOrder('en');
    for (let i = 0; i < 2_000; i++) {
      const [a, b, c] = [value(), value(), value()];
      expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) || 0);
      expect(compare(a, b) === 0).toBe(a === b);
      if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0);
    }
  });
});
