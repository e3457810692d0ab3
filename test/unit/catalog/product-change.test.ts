import { describe, expect, it } from 'vitest';
import { checkChange } from '../../../src/catalog/product-change.ts';

describe('checkChange', () => {
  it('keeps what is given alone, tidied as a product is', () => {
    expect(checkChange({ title: '  A \n shirt ', brand: undefined }).change).toEqual({ title: 'A shirt' });
    expect(checkChange({ price: { amount: '1.50', currency: 'eur' } }).change).toEqual({
      price: { amount: '1.50', currency: 'EUR' },
    });
    expect(checkChange({}).change).toEqual({});
  });

  it('clears by null what can be cleared', () => {
    const everything = { description: null, brand: null, gtin: null, price: null, link: null };
    const lists = { category: null, attributes: null, images: null };
    expect(checkChange({ ...everything, ...lists }).change).toEqual({
      ...everything,
      ...{ category: [], attributes: {}, images: [] },
    });
  });

  it('tells every problem with its place, what was expected and what was found', () => {
    const { change, problems = [] } = checkChange({
      title: null,
      availability: null,
      price: { amount: '-1', currency: 'euros' },
      attributes: [{ name: '', values: [] }],
    });
    expect(change).toBeUndefined();
    expect(problems.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['title', expect.stringContaining('cannot be cleared')],
      ['availability', expect.stringContaining('cannot be cleared')],
      ['price.amount', expect.stringContaining('found "-1"')],
      ['price.currency', expect.stringContaining('found "euros"')],
      ['attributes.0.name', expect.stringContaining('expected 1 to 100 characters')],
      ['attributes.0.values', expect.stringContaining('expected 1 to 100 values')],
    ]);
  });

  it('refuses a blank title', () => {
    expect(checkChange({ title: ' ' }).problems?.map(({ path }) => path)).toEqual([['title']]);
  });
});
