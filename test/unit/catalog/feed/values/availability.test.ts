import { describe, expect, it } from 'vitest';
import { parseAvailability } from '../../../../../src/catalog/feed/values/availability.ts';

describe('parseAvailability', () => {
  it.each([
    ['in_stock', 'IN_STOCK'],
    ['In Stock', 'IN_STOCK'],
    ['http://schema.org/LimitedAvailability', 'IN_STOCK'],
    ['auf Lager', 'IN_STOCK'],
    ['17', 'IN_STOCK'],
    ['TRUE', 'IN_STOCK'],
    ['out of stock', 'OUT_OF_STOCK'],
    ['Sold-out!', 'OUT_OF_STOCK'],
    ['0.0000', 'OUT_OF_STOCK'],
    ['-2', 'OUT_OF_STOCK'],
    ['https://schema.org/Discontinued', 'OUT_OF_STOCK'],
    ['нет в наличии', 'OUT_OF_STOCK'],
    ['Nicht vorrätig', 'OUT_OF_STOCK'],
    ['In stock (5)', 'IN_STOCK'],
    ['0 in stock', 'OUT_OF_STOCK'],
    ['Out of stock: 0', 'OUT_OF_STOCK'],
    ['> 10', 'IN_STOCK'],
    ['10+', 'IN_STOCK'],
    ['Currently out of stock', 'OUT_OF_STOCK'],
    ['Leider ausverkauft', 'OUT_OF_STOCK'],
    ['pre-order', 'PREORDER'],
    ['backorder', 'BACKORDER'],
    ['Available on backorder', 'BACKORDER'],
  ])('reads %s', (text, expected) => expect(parseAvailability(text)).toBe(expected));

  it('refuses words that nobody knows', () => {
    for (const text of ['perhaps', 'constructor', '', '1-2', 'out of stock, on order', '5 hats']) {
      expect(() => parseAvailability(text), text).toThrow(/^availability: expected a word like in_stock/);
    }
  });
});
