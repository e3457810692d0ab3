import { describe, expect, it } from 'vitest';
import { productContentHash } from '../../../src/catalog/content-hash.ts';
import { aProduct } from '../../support/product-factory.ts';

const FIRST = { source: 'file:a', version: '1-1' };
const SECOND = { source: 'file:b', version: null };
const IMAGES = [FIRST, SECOND];
const HASH = productContentHash(aProduct(), IMAGES);

describe('productContentHash', () => {
  it('is the same for the same product, in whatever order its attributes come', () => {
    expect(HASH).toMatch(/^[0-9a-f]{64}$/);
    expect(productContentHash(aProduct({ attributes: { size: ['S', 'M'], color: ['Red'] } }), IMAGES)).toBe(HASH);
  });

  it('is what it was before there were codes, for a product without one', () => {
    expect(HASH).toBe('3ed73a44d7e03e2d09e0cc1c753e76c466b27de171ce5dda3e37fdf917efe357');
  });

  it.each([
    ['another sku', aProduct({ sku: 'A2' }), IMAGES],
    ['values in another order', aProduct({ attributes: { color: ['Red'], size: ['M', 'S'] } }), IMAGES],
    ['a category with another border', aProduct({ category: ['Apparel', 'Topwear,Shirts'] }), IMAGES],
    ['description and brand exchanged', aProduct({ description: 'Acme', brand: 'A shirt that is red' }), IMAGES],
    ['a code', aProduct({ gtin: '4006381333931' }), IMAGES],
    ['a price before', aProduct({ compareAtPrice: { amount: '15', currency: 'USD' } }), IMAGES],
    ['pictures in another order', aProduct(), [SECOND, FIRST]],
    ['another version of a picture', aProduct(), [{ source: 'file:a', version: '1-2' }, SECOND]],
    ['a picture less', aProduct(), [SECOND]],
  ])('differs for %s', (_what, product, images) => {
    expect(productContentHash(product, images)).not.toBe(HASH);
  });
});
