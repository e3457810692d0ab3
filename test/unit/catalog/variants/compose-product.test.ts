import { describe, expect, it } from 'vitest';
import type { VariantRow } from '../../../../src/catalog/product-input.ts';
import {
  commonAttributes,
  composeProduct,
  mergedAttributes,
  splitByBrand,
} from '../../../../src/catalog/variants/compose-product.ts';

function row(overrides: Partial<VariantRow> = {}): VariantRow {
  return {
    groupId: 'G1',
    sku: 'G1-S',
    title: 'Shirt S',
    description: null,
    brand: null,
    category: [],
    furtherCategories: [],
    attributes: {},
    price: null,
    compareAtPrice: null,
    availability: 'IN_STOCK',
    quantity: null,
    gtin: null,
    mpn: null,
    link: null,
    images: [],
    ...overrides,
  };
}

describe('a product of rows', () => {
  it('has what its rows have in common, and each of them as a variant', () => {
    const small = row({ attributes: { size: ['S'] }, link: 'https://shop.example/s' });
    const medium = row({
      sku: 'G1-M',
      title: 'Shirt M',
      description: 'Of linen.',
      brand: 'Acme',
      category: ['Tops'],
      attributes: { size: ['M'] },
    });
    const read = [small, medium].map((each, place) => ({ row: each, images: [], contentHash: `hash ${place}` }));
    const product = composeProduct('G1', read);
    expect(product).toMatchObject({
      groupId: 'G1',
      title: 'Shirt',
      description: 'Of linen.',
      brand: 'Acme',
      category: ['Tops'],
      link: 'https://shop.example/s',
      images: [],
    });
    expect(product.variants.map(({ variant, contentHash }) => [variant.sku, variant.title, contentHash])).toEqual([
      ['G1-S', 'Shirt S', 'hash 0'],
      ['G1-M', 'Shirt M', 'hash 1'],
    ]);
    expect(composeProduct('G1', read.slice(0, 1)).variants[0]?.variant.title).toBe(null);
  });
});

describe('a group id that several brands use', () => {
  const rows = [
    row({ sku: '1', brand: 'Zeta' }),
    row({ sku: '2', brand: 'Alpha' }),
    row({ sku: '3', brand: 'Zeta' }),
    row({ sku: '4' }),
  ];
  const split = (known: string | null, some = rows) =>
    splitByBrand('G1', some, known).map(({ groupId, rows: of }) => [groupId, of.map(({ sku }) => sku)]);

  it('stays with the brand of most rows, and with rows without one', () => {
    expect(split(null)).toEqual([
      ['G1', ['1', '3', '4']],
      ['G1/Alpha', ['2']],
    ]);
  });

  it('stays with the brand that the shop knows', () => {
    expect(split('Alpha')).toEqual([
      ['G1/Zeta', ['1', '3']],
      ['G1', ['2', '4']],
    ]);
  });

  it('goes to the first from A to Z of as many rows', () => {
    expect(split(null, rows.slice(0, 2))).toEqual([
      ['G1/Zeta', ['1']],
      ['G1', ['2']],
    ]);
  });
});

describe('what holds for all variants', () => {
  it('are attributes with the same values, in the same order', () => {
    const variants = [
      { size: ['S'], material: ['Linen'], tags: ['a', 'b'] },
      { size: ['M'], material: ['Linen'], tags: ['b', 'a'] },
    ];
    expect(commonAttributes(variants)).toEqual({ material: ['Linen'] });
    expect(commonAttributes(variants.slice(0, 1))).toEqual({ size: ['S'], material: ['Linen'], tags: ['a', 'b'] });
  });
});

describe('what any variant has', () => {
  it('are the values of all, each once, in the order in which they first come', () => {
    const variants = [
      { size: ['S'], tags: ['b', 'a'], ['__proto__']: ['x'] },
      { size: ['M'], tags: ['c', 'a'] },
    ];
    expect(mergedAttributes(variants)).toEqual({ size: ['S', 'M'], tags: ['b', 'a', 'c'], ['__proto__']: ['x'] });
    expect(mergedAttributes([])).toEqual({});
  });
});
