import { describe, expect, it } from 'vitest';
import { formerContentHash, productContentHash, variantContentHash } from '../../../src/catalog/content-hash.ts';
import { aProduct, aRow } from '../../support/product-factory.ts';

const FIRST = { source: 'file:a', version: '1-1' };
const SECOND = { source: 'file:b', version: null };
const IMAGES = [FIRST, SECOND];
const HASH = variantContentHash(aRow(), IMAGES);

describe('variantContentHash', () => {
  it('is the same for the same row, in whatever order its attributes come', () => {
    expect(HASH).toMatch(/^[0-9a-f]{64}$/);
    expect(variantContentHash(aRow({ attributes: { size: ['S', 'M'], color: ['Red'] } }), IMAGES)).toBe(HASH);
  });

  it('was of price and stock, too, before there were variants', () => {
    expect(formerContentHash(aRow(), IMAGES)).toBe('3ed73a44d7e03e2d09e0cc1c753e76c466b27de171ce5dda3e37fdf917efe357');
  });

  it.each([
    ['another sku', aRow({ sku: 'A2' }), IMAGES],
    ['values in another order', aRow({ attributes: { color: ['Red'], size: ['M', 'S'] } }), IMAGES],
    ['a category with another border', aRow({ category: ['Apparel', 'Topwear,Shirts'] }), IMAGES],
    ['description and brand exchanged', aRow({ description: 'Acme', brand: 'A shirt that is red' }), IMAGES],
    ['a code', aRow({ gtin: '4006381333931' }), IMAGES],
    ['a part number', aRow({ mpn: 'XK-1' }), IMAGES],
    ['a group', aRow({ groupId: 'G' }), IMAGES],
    ['pictures in another order', aRow(), [SECOND, FIRST]],
    ['another version of a picture', aRow(), [{ source: 'file:a', version: '1-2' }, SECOND]],
    ['a picture less', aRow(), [SECOND]],
  ])('differs for %s', (_what, row, images) => {
    expect(variantContentHash(row, images)).not.toBe(HASH);
  });

  it.each([
    ['a price', { price: { amount: '13', currency: 'USD' } }],
    ['a price before', { compareAtPrice: { amount: '15', currency: 'USD' } }],
    ['an availability', { availability: 'OUT_OF_STOCK' as const }],
    ['how many there are', { quantity: 0 }],
  ])('is the same whatever is said of %s', (_what, offer) => {
    expect(variantContentHash(aRow(offer), IMAGES)).toBe(HASH);
    expect(formerContentHash(aRow(offer), IMAGES)).not.toBe(formerContentHash(aRow(), IMAGES));
  });
});

describe('productContentHash', () => {
  const variants = [
    { sku: 'A1', title: null, contentHash: 'x' },
    { sku: 'A2', title: null, contentHash: 'y' },
  ];

  it('is that of the variant for a product that is its only one', () => {
    const only = variants.slice(0, 1);
    expect(productContentHash(aProduct(), only, [])).toBe('x');
    expect(productContentHash(aProduct({ groupId: 'G' }), only, [])).not.toBe('x');
    expect(productContentHash(aProduct({ options: ['size'] }), only, [])).not.toBe('x');
  });

  it.each([
    ['another title', aProduct({ title: 'Blue shirt' }), variants, []],
    ['another description', aProduct({ description: null }), variants, []],
    ['other options', aProduct({ options: ['size'] }), variants, []],
    ['variants in another order', aProduct(), variants.toReversed(), []],
    ['another variant', aProduct(), [...variants.slice(0, 1), { sku: 'A2', title: null, contentHash: 'z' }], []],
    [
      'another title of a variant',
      aProduct(),
      [...variants.slice(0, 1), { sku: 'A2', title: 'M', contentHash: 'y' }],
      [],
    ],
    ['a picture of none in particular', aProduct(), variants, [FIRST]],
  ])('differs for %s', (_what, product, some, images) => {
    expect(productContentHash(product, some, images)).not.toBe(productContentHash(aProduct(), variants, []));
  });
});
