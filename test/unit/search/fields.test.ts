import { describe, expect, it } from 'vitest';
import {
  type ByKind,
  conditionsOf,
  FIELD_NAMES,
  FIELDS,
  type Field,
  fieldOfFacet,
  SKETCHED_COLUMNS,
} from '../../../src/search/filter/fields.ts';
import { productPredicates, type ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { compiledConditions } from '../../support/compiled-conditions.ts';

const NAMED: ByKind<string> = {
  tree: (_, { column }, name) => [`${name} by ${column}`],
  value: (_, { column }, name) => [`${name} by ${column}`],
  flag: (_, { column }, name) => [`${name} by ${column}`],
  values: (_, { column }, name) => [`${name} by ${column}`],
  code: (_, { column }, name) => [`${name} by ${column}`],
  picture: (_, { column }, name) => [`${name} by ${column}`],
  money: (_, { column }, name) => [`${name} by ${column}`],
  period: (_, { column }, name) => [`${name} by ${column}`],
  numbers: (some, { column }, name) => some.map((one) => `${one.name} in ${name} by ${column}`),
  attributes: (some, { column }, name) => some.map((one) => `${one.name} in ${name} by ${column}`),
};

/** One condition on each field. */
const EVERYTHING: Required<Omit<ResolvedFilter, 'and' | 'or' | 'not' | 'hasVariant'>> = {
  attributes: [{ name: 'color', in: ['Red'] }],
  numbers: [{ name: 'weight', min: '0' }],
  hasPicture: true,
  updatedAt: { from: new Date(0) },
  product: { in: ['b'] },
  gtin: { in: ['4006381333931'] },
  onSale: true,
  availability: ['IN_STOCK'],
  price: { min: '0', currency: 'USD' },
  brand: { in: ['Acme'] },
  category: ['a'],
};

describe('the table of fields', () => {
  it('is gone through in its order, whatever that of a filter, with what each field is', () => {
    expect(conditionsOf(EVERYTHING, NAMED)).toEqual([
      'category by category_id',
      'brand by brand',
      'price by price_lowest',
      'availability by availability',
      'product by id',
      'gtin by codes',
      'hasPicture by id',
      'onSale by on_sale',
      'updatedAt by updated_at',
      'color in attributes by attributes',
      'weight in numbers by attributes',
    ]);
    expect(conditionsOf({}, NAMED)).toEqual([]);
  });

  it('gives every field a predicate on its column, cast to its type', () => {
    for (const name of FIELD_NAMES) {
      const { column, type }: Field = FIELDS[name];
      const [sql] = compiledConditions(productPredicates({ [name]: EVERYTHING[name] }));
      if (name === 'hasPicture') {
        expect(sql).toContain('i.product_id = p.id');
        continue;
      }
      const ofPrice = name === 'price' ? 'price_highest' : column;
      expect(sql).toContain(name === 'gtin' ? 'v.gtin ' : `p.${ofPrice} `);
      expect(sql).toContain(name === 'numbers' ? '::numeric' : `::${type}`);
    }
  });

  it('has one field for each facet', () => {
    const facets = Object.entries<Field>(FIELDS).flatMap(([name, { facet }]) =>
      facet ? [[name, facet] as const] : [],
    );
    expect(facets).toHaveLength(4);
    for (const [name, facet] of facets)
      expect(fieldOfFacet(facet)).toEqual({ name, field: FIELDS[name as keyof typeof FIELDS] });
  });

  it('tells each column of sketches once', () => {
    expect(new Set(SKETCHED_COLUMNS).size).toBe(SKETCHED_COLUMNS.length);
  });
});
