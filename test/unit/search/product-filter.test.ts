import { describe, expect, it } from 'vitest';
import {
  boundPredicates,
  isUnavailable,
  productPredicates,
  type ResolvedFilter,
} from '../../../src/search/filter/product-filter.ts';
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
    expect(compiled({ category: ['a', 'b'] })).toEqual([
      '(p.category_id = any($1::uuid[]) or p.further_category_ids && $2::uuid[])',
      ['a', 'b'],
      ['a', 'b'],
    ]);
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
    expect(compiled({ onSale: true })).toEqual([
      'p.id in (select p.id from product as p where p.on_sale = $1::boolean)',
      true,
    ]);
    expect(compiled({ gtin: { in: ['4006381333931'] } })).toEqual([
      'p.id in (select v.product_id from product_variant as v where v.gtin = any($1::text[]))',
      ['4006381333931'],
    ]);
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
    expect(compiledConditions(boundPredicates({ attributes: [{ name: 'color', notIn: [] }] }))).toEqual([
      '(p.variant_count > 1 or ((false) is not true))',
    ]);
  });

  it('joins all conditions of a filter by and, those of or by or', () => {
    const price = (ends: object) => ({ price: { ...ends, currency: 'EUR' } });
    const [sql] = compiledConditions(
      boundPredicates({ or: [price({ min: '1' }), price({ max: '2' })], availability: ['IN_STOCK'] }),
    );
    expect(sql).toBe(
      '(p.availability = any($1::text[]) and ((p.price_highest >= $2::numeric and coalesce(p.price_currency, $3::text) = $4::text) or (p.price_lowest <= $5::numeric and coalesce(p.price_currency, $6::text) = $7::text)))',
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

describe('productPredicates of products with several variants', () => {
  const RED = { attributes: [{ name: 'color', in: ['Red'] }] };
  const CHEAP = { price: { max: '50', currency: 'EUR' } };

  it('asks one and the same variant for everything that variants say, and products that are their only variant not at all', () => {
    expect(compiled({ ...RED, ...CHEAP, brand: { in: ['Acme'] } })[0]).toBe(
      '(p.brand = any($1::text[]) and p.price_lowest <= $2::numeric and coalesce(p.price_currency, $3::text) = $4::text and p.attributes @> $5::jsonb and ' +
        '(p.variant_count = 1 or exists (select from product_variant as v where v.product_id = p.id and ' +
        'v.price_amount <= $6::numeric and v.price_currency = $7::text and v.attributes @> $8::jsonb)))',
    );
  });

  it('asks conditions of both of a variant together with its product', () => {
    const [sql] = compiled({ and: [{ or: [{ brand: { in: ['Acme'] } }, RED] }, CHEAP] });
    expect(sql).toContain(
      'v.product_id = p.id and (p.brand = any($6::text[]) or v.attributes @> $7::jsonb) and v.price_amount <= $8::numeric',
    );
  });

  it.each<[string, ResolvedFilter]>([
    ['of the product', { brand: { in: ['Acme'] }, hasPicture: true, updatedAt: { from: new Date(0) } }],
    ['one attribute', { ...RED, category: ['a'] }],
    ['one range of numbers', { numbers: [{ name: 'weight', min: '1' }] }],
    ['one code', { gtin: { in: ['4006381333931'] } }],
    ['that something is on sale', { onSale: true }],
    ['the best states', { availability: ['BACKORDER', 'IN_STOCK'] }],
    ['that it can be bought', { not: { availability: ['OUT_OF_STOCK'] } }],
    ['one of some', { or: [RED, { onSale: true, brand: { in: ['Acme'] } }] }],
    ['nothing', { price: { currency: 'EUR' }, numbers: [{ name: 'weight' }], attributes: [{ name: 'color' }] }],
  ])('looks at no variant where what they have together decides: %s', (_, filter) => {
    expect(compiled(filter)[0]).not.toContain('variant_count');
  });

  it.each<[string, ResolvedFilter]>([
    [
      'two attributes',
      {
        attributes: [
          { name: 'color', in: ['Red'] },
          { name: 'size', in: ['M'] },
        ],
      },
    ],
    ['an attribute twice', { attributes: [{ name: 'color', in: ['Red'], notIn: ['Blue'] }] }],
    ['a price', CHEAP],
    ['states that the most available variant hides', { availability: ['IN_STOCK', 'PREORDER'] }],
    ['what is not so', { onSale: false }],
    ['what is turned round', { not: RED }],
    ['both in one of some', { or: [{ ...RED, onSale: true }, RED] }],
    ['what can be bought of something', { and: [{ not: { availability: ['OUT_OF_STOCK'] } }, RED] }],
  ])('looks at variants otherwise: %s', (_, filter) => {
    expect(compiled(filter)[0]).toMatch(
      /\(p\.variant_count = 1 or exists \(select from product_variant as v where v\.product_id = p\.id and /,
    );
  });

  it('leaves products with several variants to them where what these have together tells nothing', () => {
    for (const filter of [{ availability: ['OUT_OF_STOCK'] }, { not: RED }, { gtin: { notIn: ['1'] } }] as const)
      expect(compiledConditions(boundPredicates(filter))[0]).toMatch(/^\(p\.variant_count > 1 or /);
    expect(compiledConditions(boundPredicates({ not: { availability: ['OUT_OF_STOCK'] } }))[0]).toBe(
      '((p.availability = any($1::text[])) is not true)',
    );
  });

  it('asks of a sketch the variants of the looks that its picture shows, of codes and sales each of them', () => {
    const sketched = (filter: ResolvedFilter) => compiledConditions(productPredicates(filter, 'SKETCH'))[0];
    expect(sketched(CHEAP)).toContain('v.product_id = p.id and (p.looks is null or v.look = any(p.looks)) and ');
    expect(sketched(RED)).toBe('p.attributes @> $1::jsonb');
    expect(sketched({ onSale: true })).toContain('coalesce(v.compare_at_amount > v.price_amount, false) = $2::boolean');
    expect(sketched({ gtin: { in: ['1'] } })).toContain('v.gtin = any($2::text[])');
  });

  it('takes for unavailable what has no variant that satisfies the filter and can be bought', () => {
    expect(compiledConditions([isUnavailable({ brand: { in: ['Acme'] } })])).toEqual([
      "p.availability = 'OUT_OF_STOCK'",
    ]);
    expect(compiledConditions([isUnavailable(RED)])[0]).toBe(
      "(p.availability = 'OUT_OF_STOCK' or (p.variant_count > 1 and not exists (select from product_variant as v where v.product_id = p.id and v.attributes @> $1::jsonb and ((v.availability = any($2::text[])) is not true))))",
    );
  });
});
