import { describe, expect, it } from 'vitest';
import { productPredicates, type ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { compiledConditions } from '../../support/compiled-conditions.ts';

function compiled(filter: ResolvedFilter) {
  return compiledConditions(productPredicates(filter));
}

describe('productPredicates', () => {
  it('adds nothing for an empty filter', () => {
    expect(productPredicates({})).toEqual([]);
    expect(compiled({})).toEqual(['true']);
  });

  it('binds a list as one parameter, so that its length does not change the statement', () => {
    expect(compiled({ category: ['a', 'b'] })).toEqual(['p.category_id = any($1::uuid[])', ['a', 'b']]);
    expect(compiled({ brand: { in: ['Acme', 'Bolt'] } })).toEqual(['p.brand = any($1::text[])', ['Acme', 'Bolt']]);
  });

  it('turns conditions round with "is not true", so that missing values are in the complement', () => {
    expect(compiled({ not: { brand: { in: ['Acme'] } } })).toEqual([
      '((p.brand = any($1::text[])) is not true)',
      ['Acme'],
    ]);
    expect(compiled({ brand: { notIn: ['Acme'] } })).toEqual(['((p.brand = any($1::text[])) is not true)', ['Acme']]);
  });

  it('asks for attributes by containment, which the index answers', () => {
    expect(compiled({ attributes: [{ name: 'color', in: ['Red', 'Blue'] }] })).toEqual([
      '(p.attributes @> $1::jsonb or p.attributes @> $2::jsonb)',
      '{"color":["Red"]}',
      '{"color":["Blue"]}',
    ]);
  });

  it('looks up products by what sketches do not have, so that it may be asked of both', () => {
    const looked = 'p.id in (select p.id from product as p where p.gtin = any($1::text[]))';
    expect(compiled({ gtin: { in: ['4006381333931'] } })).toEqual([looked, ['4006381333931']]);
    expect(compiled({ gtin: { notIn: ['4006381333931'] } })[0]).toBe(`((${looked}) is not true)`);
  });

  it('reads as numbers only what is written as one, with its ends where they are given', () => {
    const [both] = compiled({ numbers: [{ name: 'weight', min: '0', max: '2.5' }] });
    expect(both).toMatch(/case when item\.value ~ '\^-\?\[0-9\]\+\(\\\.\[0-9\]\+\)\?\$' then item\.value::numeric end/);
    expect(both).toMatch(/where number >= \$3::numeric and number <= \$4::numeric\)$/);
    expect(compiled({ numbers: [{ name: 'weight', max: '0' }] })[0]).toMatch(/where number <= \$3::numeric\)$/);
    expect(compiled({ numbers: [{ name: 'weight' }] })).toEqual(['true']);
  });

  it('matches nothing with an empty list of alternatives, and everything with an empty list of exclusions', () => {
    expect(compiled({ or: [] })).toEqual(['false']);
    expect(compiled({ attributes: [{ name: 'color', in: [] }] })).toEqual(['false']);
    expect(compiled({ attributes: [{ name: 'color', notIn: [] }] })).toEqual(['((false) is not true)']);
  });

  it('joins all conditions of a filter by and, those of or by or', () => {
    const price = (ends: object) => ({ price: { ...ends, currency: 'EUR' } });
    const [sql] = compiled({ or: [price({ min: '1' }), price({ max: '2' })], availability: ['IN_STOCK'] });
    expect(sql).toBe(
      '(p.availability = any($1::text[]) and ((p.price_amount >= $2::numeric and p.price_currency = $3::text) or (p.price_amount <= $4::numeric and p.price_currency = $5::text)))',
    );
  });

  it('puts last what takes longest to look at: attributes, then what is nested', () => {
    const [sql] = compiled({
      not: { brand: { in: ['A'] } },
      attributes: [{ name: 'a', in: ['1'] }],
      brand: { in: ['B'] },
    });
    expect(sql).toMatch(/p\.brand.*p\.attributes.*is not true/s);
  });
});
