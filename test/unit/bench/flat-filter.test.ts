import { describe, expect, it } from 'vitest';
import { conditionSql, flatCondition, plainComparisons } from '../../../bench/neighbours/flat-filter.ts';
import type { ProductFilter } from '../../../src/search/request/search-request.ts';

const tops: ProductFilter = { category: { in: [{ kind: 'path', path: ['Apparel', 'Topwear'] }] } };
const black: ProductFilter = { attributes: [{ name: 'color', in: ['Black'] }] };
const where = (filter: ProductFilter) => conditionSql(flatCondition(filter));
const plain = (filter: ProductFilter) => plainComparisons(flatCondition(filter));

describe('a filter on flat columns', () => {
  it('is nothing for everything', () => {
    expect(where({})).toBeUndefined();
    expect(plain({})).toEqual([]);
  });

  it('has a category by each level of its path', () => {
    expect(where(tops)).toBe("(category_1 = 'Apparel' and category_2 = 'Topwear')");
  });

  it('joins what a filter says of several fields, both ends of a range included', () => {
    expect(where({ ...tops, ...black, price: { min: '10.50', max: '20' } })).toBe(
      "((category_1 = 'Apparel' and category_2 = 'Topwear') and price >= 10.5 and price <= 20 and color = 'Black')",
    );
  });

  it('keeps a range together where it is one of several', () => {
    expect(where({ or: [{ price: { max: '5' } }, { price: { min: '1', max: '2' } }, black] })).toBe(
      "(price <= 5 or price >= 1 and price <= 2 or color = 'Black')",
    );
  });

  it('turns round the whole of what must not hold', () => {
    expect(where({ not: { or: [tops, { brand: { in: ['Nike', "Levi's"] } }] } })).toBe(
      "not (((category_1 = 'Apparel' and category_2 = 'Topwear') or brand in ('Nike', 'Levi''s')))",
    );
  });

  it('holds for nothing with an empty or, and for everything but that with its opposite', () => {
    expect(where({ or: [] })).toBe('false');
    expect(where({ not: { or: [] } })).toBe('not (false)');
    expect(where({ not: {} })).toBe('not (true)');
    expect(where({ brand: { in: [] } })).toBe('false');
  });

  it('refuses what flat columns cannot tell, rather than leaving it out', () => {
    expect(() => flatCondition({ availability: ['IN_STOCK'] })).toThrow('found one on availability');
    expect(() => flatCondition({ attributes: [{ name: 'size', in: ['M'] }] })).toThrow('found size');
    expect(() => flatCondition({ category: { in: [{ kind: 'path', path: ['a', 'b', 'c', 'd'] }] } })).toThrow(
      'at most 3 levels, found 4',
    );
  });
});

describe('plain comparisons', () => {
  it('are those of a filter whose every part must hold', () => {
    expect(plain({ and: [tops, black], price: { max: '5' }, brand: { notIn: ['Nike', 'Puma'] } })).toEqual([
      "category_1 = 'Apparel'",
      "category_2 = 'Topwear'",
      "color = 'Black'",
      "brand != 'Nike'",
      "brand != 'Puma'",
      'price <= 5',
    ]);
  });

  it('are none of a filter with a choice, or with more than values turned round', () => {
    expect(plain({ or: [tops, black] })).toBeUndefined();
    expect(plain({ ...black, or: [tops, black] })).toBeUndefined();
    expect(plain({ not: tops })).toBeUndefined();
    expect(plain({ brand: { in: [] } })).toBeUndefined();
  });
});
