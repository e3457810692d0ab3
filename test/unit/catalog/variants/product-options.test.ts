import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../../../src/catalog/variants/product-options.ts';

const variant = (attributes: Record<string, string>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [value]]));

describe('the options of a product', () => {
  it('are none of a single variant', () => {
    expect(optionsOf([variant({ color: 'Red', size: 'M' })])).toEqual([]);
  });

  it('are the attributes that differ, in the order of the shop', () => {
    const variants = ['S', 'M'].flatMap((size) =>
      ['Red', 'Blue'].map((color) => variant({ size, color, cut: 'Slim' })),
    );
    expect(optionsOf(variants)).toEqual(['size', 'color']);
    expect(optionsOf(variants, ['cut', 'color'])).toEqual(['color', 'size']);
  });

  it('leave out what tells nothing more, such as a number of each variant', () => {
    const variants = [
      variant({ size: 'S', code: '1' }),
      variant({ size: 'M', code: '2' }),
      variant({ size: 'L', code: '3' }),
    ];
    expect(optionsOf(variants)).toEqual(['size']);
    expect(optionsOf(variants, ['code', 'size'])).toEqual(['size']);
  });

  it('keep what only some variants have, where it tells them apart', () => {
    expect(optionsOf([variant({ size: 'S' }), variant({ size: 'S', fit: 'Tall' })])).toEqual(['fit']);
  });

  it('are none of equal variants', () => {
    expect(optionsOf([variant({ size: 'S' }), variant({ size: 'S' })])).toEqual([]);
  });

  it('are eight at most', () => {
    const names = Array.from({ length: 10 }, (_, number) => `part${number}`);
    const plain = variant(Object.fromEntries(names.map((name) => [name, 'a'])));
    expect(optionsOf([plain, ...names.map((name) => ({ ...plain, [name]: ['b'] }))])).toEqual(names.slice(0, 8));
  });
});
