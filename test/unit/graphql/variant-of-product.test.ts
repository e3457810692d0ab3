import { describe, expect, it } from 'vitest';
import type { Product, ProductImage, ProductVariant } from '../../../src/catalog/read-products.ts';
import {
  isOnSale,
  optionsOf,
  ownAttributes,
  picturesOf,
  priceRangeOf,
  selectedOptions,
  titleOf,
  variantsOf,
} from '../../../src/graphql/variant-of-product.ts';

const PRODUCT = '00000000-0000-5000-8000-000000000000';

function image(id: string, looks: readonly number[] | null): ProductImage {
  const unfetched = { contentHash: null, width: null, height: null, failure: null };
  return { id, productId: PRODUCT, ...unfetched, state: 'READY', looks };
}

function variant(sku: string, more: Partial<ProductVariant>): ProductVariant {
  const unsaid = { title: null, price: null, compareAtPrice: null, quantity: null, gtin: null, mpn: null, link: null };
  const rest = { attributes: {}, look: 0, imageIds: [], updatedAt: new Date(0) };
  return { id: sku, productId: PRODUCT, sku, availability: 'IN_STOCK', ...unsaid, ...rest, ...more };
}

const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A shirt in red and blue, which have a picture each beside one that they share. */
const SHIRT: Product = {
  id: PRODUCT,
  groupId: 'shirt',
  title: 'Shirt',
  description: null,
  brand: null,
  categories: [],
  options: ['color', 'size'],
  price: null,
  onSale: false,
  availability: 'IN_STOCK',
  attributes: { color: ['Red', 'Blue'], size: ['M', 'L'], material: ['Cotton'] },
  commonAttributes: { material: ['Cotton'] },
  link: 'https://shop.example/shirt',
  images: [image('red', [0]), image('label', null), image('blue', [1])],
  variants: [
    variant('red-m', {
      attributes: { color: ['Red'], size: ['M'], material: ['Cotton'] },
      ...{ price: usd('9.50'), availability: 'OUT_OF_STOCK', imageIds: ['red'] },
    }),
    variant('red-l', {
      attributes: { color: ['Red'], size: ['L'], material: ['Cotton'], note: ['last one'] },
      ...{ price: usd('10'), availability: 'BACKORDER', imageIds: ['red'] },
    }),
    variant('blue-m', {
      attributes: { color: ['Blue'], size: ['M'], material: ['Cotton'] },
      ...{ price: usd('12'), compareAtPrice: usd('100'), look: 1, imageIds: ['blue'] },
    }),
    variant('blue', {
      title: 'Blue, any size',
      attributes: { color: ['Blue'] },
      price: { amount: '3', currency: 'EUR' },
    }),
  ],
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

const [RED_M, RED_L, BLUE_M, BLUE] = variantsOf(SHIRT);

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a variant of the shirt');
  return value;
}

describe('a variant of a product', () => {
  it('has a value of each option that the shop says, and is called by these, by its own title or its product', () => {
    expect(selectedOptions(given(RED_M))).toEqual([
      { name: 'color', value: 'Red' },
      { name: 'size', value: 'M' },
    ]);
    expect(selectedOptions(given(BLUE))).toEqual([{ name: 'color', value: 'Blue' }]);
    expect([RED_M, BLUE].map((one) => titleOf(given(one)))).toEqual(['Red / M', 'Blue, any size']);
    expect(titleOf({ product: { ...SHIRT, options: [] }, variant: given(RED_M).variant })).toBe('Shirt');
  });

  it('tells as its own what not all variants have, and its options in any case', () => {
    expect(ownAttributes(given(RED_L))).toEqual({ color: ['Red'], size: ['L'], note: ['last one'] });
    const red = { ...SHIRT, commonAttributes: { color: ['Red'], material: ['Cotton'] } };
    expect(ownAttributes({ product: red, variant: given(RED_M).variant })).toEqual({ color: ['Red'], size: ['M'] });
  });

  it('has its own pictures before those of no look in particular, and none of another look', () => {
    const names = (one: typeof RED_M) => picturesOf(given(one)).map(({ id }) => id);
    expect([RED_M, BLUE_M, BLUE].map(names)).toEqual([['red', 'label'], ['blue', 'label'], ['label']]);
  });

  it('is on sale where it cost more before, by the amounts and not by their digits', () => {
    expect([RED_M, BLUE_M].map((one) => isOnSale(given(one).variant))).toEqual([false, true]);
  });
});

describe('a product', () => {
  it('has the options that its variants have, each value with the best availability and the first picture', () => {
    const [color, size] = optionsOf(SHIRT).map(({ name, values }) => ({
      name,
      values: values.map((each) => [each.value, each.availability, each.image?.id]),
    }));
    expect(color).toEqual({
      name: 'color',
      values: [
        ['Red', 'BACKORDER', 'red'],
        ['Blue', 'IN_STOCK', 'blue'],
      ],
    });
    expect(size?.values).toEqual([
      ['M', 'IN_STOCK', 'red'],
      ['L', 'BACKORDER', 'red'],
    ]);
    expect(optionsOf({ ...SHIRT, options: [] })).toEqual([]);
  });

  it('costs from the cheapest to the dearest that can be bought, in one currency', () => {
    expect(priceRangeOf(SHIRT, 'USD')).toEqual({ min: usd('10'), max: usd('12') });
    expect(priceRangeOf(SHIRT, 'EUR')?.min.amount).toBe('3');
    expect([priceRangeOf(SHIRT, 'GBP'), priceRangeOf(SHIRT, null)]).toEqual([null, null]);
    const gone = SHIRT.variants.map((one) => ({ ...one, availability: 'OUT_OF_STOCK' as const }));
    expect(priceRangeOf({ ...SHIRT, variants: gone }, 'USD')).toEqual({ min: usd('9.50'), max: usd('12') });
  });
});
