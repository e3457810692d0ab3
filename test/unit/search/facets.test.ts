import { describe, expect, it } from 'vitest';
import { withoutOwnCondition } from '../../../src/search/counts/facets.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import type { FacetField } from '../../../src/search/request/search-request.ts';

const COLOR: FacetField = { attribute: 'color' };
const BRAND: FacetField = { builtIn: 'BRAND' };
const red = { name: 'color', in: ['Red'] };
const small = { name: 'size', in: ['S'] };
const everything: ResolvedFilter = {
  category: ['c'],
  brand: { in: ['Acme'] },
  price: { min: '1', currency: 'USD' },
  availability: ['IN_STOCK'],
  attributes: [red, small],
};

describe('withoutOwnCondition', () => {
  it.each([
    ['CATEGORY', 'category'],
    ['BRAND', 'brand'],
    ['PRICE', 'price'],
    ['AVAILABILITY', 'availability'],
  ] as const)('takes out what %s is narrowed by, and nothing else', (builtIn, own) => {
    const { [own]: _, ...others } = everything;
    expect(withoutOwnCondition(everything, { builtIn })).toEqual(others);
  });

  it('takes out the conditions on an attribute of that name, all of them', () => {
    const filter = { ...everything, attributes: [red, small, { name: 'color', notIn: ['Blue'] }] };
    expect(withoutOwnCondition(filter, COLOR)).toEqual({ ...everything, attributes: [small] });
  });

  it('takes out what is asked of the attribute as a number', () => {
    const heavy = { name: 'weight', min: '1' };
    const filter = { ...everything, numbers: [heavy, { name: 'size', max: '40' }] };
    expect(withoutOwnCondition(filter, { attribute: 'weight' })).toEqual({
      ...filter,
      numbers: [{ name: 'size', max: '40' }],
    });
    expect(withoutOwnCondition(filter, { attribute: 'size' })).toEqual({
      ...filter,
      attributes: [red],
      numbers: [heavy],
    });
    expect(withoutOwnCondition(filter, COLOR).numbers).toEqual(filter.numbers);
  });

  it('gives the filter itself where there is nothing to take out', () => {
    for (const filter of [
      {},
      { price: { min: '1', currency: 'USD' } },
      { attributes: [small] },
      { and: [{ attributes: [small] }] },
    ]) {
      expect(withoutOwnCondition(filter, COLOR)).toBe(filter);
      expect(withoutOwnCondition(filter, BRAND)).toBe(filter);
    }
  });

  it('looks through and, however deep', () => {
    const filter: ResolvedFilter = {
      and: [{ and: [{ brand: { in: ['Acme'] }, price: { max: '2', currency: 'USD' } }] }, { attributes: [red] }],
    };
    expect(withoutOwnCondition(filter, BRAND)).toEqual({
      and: [{ and: [{ price: { max: '2', currency: 'USD' } }] }, { attributes: [red] }],
    });
    expect(withoutOwnCondition(filter, COLOR)).toEqual({
      and: [{ and: [{ brand: { in: ['Acme'] }, price: { max: '2', currency: 'USD' } }] }, { attributes: [] }],
    });
  });

  it('leaves or and not alone: what they say is no choice of values', () => {
    for (const filter of [
      { or: [{ brand: { in: ['Acme'] } }, { price: { min: '1', currency: 'USD' } }] },
      { not: { brand: { in: ['Acme'] } } },
      { and: [{ not: { brand: { in: ['Acme'] } } }] },
    ]) {
      expect(withoutOwnCondition(filter, BRAND)).toBe(filter);
    }
  });
});
