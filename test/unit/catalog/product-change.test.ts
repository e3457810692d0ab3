import { describe, expect, it } from 'vitest';
import { checkProductChange, checkVariantChange } from '../../../src/catalog/product-change.ts';

describe('checkProductChange and checkVariantChange', () => {
  it('keeps what is given alone, tidied as a product is', () => {
    expect(checkProductChange({ title: '  A \n shirt ', brand: undefined }).change).toEqual({ title: 'A shirt' });
    expect(checkVariantChange({ price: { amount: '1.50', currency: 'eur' } }).change).toEqual({
      price: { amount: '1.50', currency: 'EUR' },
    });
    expect(checkProductChange({}).change).toEqual({});
    expect(checkVariantChange({}).change).toEqual({});
  });

  it('clears by null what can be cleared', () => {
    const everything = { description: null, brand: null, link: null };
    const lists = { category: null, attributes: null, images: null, options: null };
    expect(checkProductChange({ ...everything, ...lists }).change).toEqual({
      ...everything,
      ...{ category: [], attributes: {}, images: [], options: [] },
    });
    const offer = { title: null, gtin: null, mpn: null, quantity: null, price: null, compareAtPrice: null, link: null };
    expect(checkVariantChange({ ...offer, attributes: null, images: null }).change).toEqual({
      ...offer,
      ...{ attributes: {}, images: [] },
    });
  });

  it('tells every problem with its place, what was expected and what was found', () => {
    const { change, problems = [] } = checkProductChange({
      title: null,
      attributes: [{ name: '', values: [] }],
      options: Array.from({ length: 9 }, (_, n) => `option ${n}`),
    });
    const variant = checkVariantChange({
      availability: null,
      quantity: -1,
      price: { amount: '-1', currency: 'euros' },
    });
    expect([change, variant.change]).toEqual([undefined, undefined]);
    expect([...problems, ...(variant.problems ?? [])].map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['title', expect.stringContaining('cannot be cleared')],
      ['attributes.0.name', expect.stringContaining('expected 1 to 100 characters')],
      ['attributes.0.values', expect.stringContaining('expected 1 to 100 values')],
      ['options', 'options: expected at most 8, found 9'],
      ['availability', expect.stringContaining('cannot be cleared')],
      ['price.amount', expect.stringContaining('found "-1"')],
      ['price.currency', expect.stringContaining('found "euros"')],
      ['quantity', 'quantity: expected a whole number, 0 to 2,147,483,647, found -1'],
    ]);
  });

  it('refuses a blank title', () => {
    expect(checkProductChange({ title: ' ' }).problems?.map(({ path }) => path)).toEqual([['title']]);
  });
});
