import { describe, expect, it } from 'vitest';
import { productRecord } from '../../../../src/catalog/product-records.ts';
import { finishProduct } from '../../../../src/catalog/variants/finish-product.ts';
import type { ReadImage, ReadProduct } from '../../../../src/catalog/variants/read-product.ts';
import { imageId, productId, variantId } from '../../../../src/identifiers.ts';
import { aProduct, aVariant } from '../../../support/product-factory.ts';

const image = (source: string): ReadImage => ({ source, version: null, taken: { kind: 'later' } });

function shirt(color: string, size: string, ...sources: string[]): ReadProduct['variants'][number] {
  const { images: _, ...variant } = aVariant({ sku: `${color}-${size}`, attributes: { color: [color], size: [size] } });
  return { variant, images: sources.map(image), contentHash: `hash of ${color}-${size}` };
}

function finish(
  variants: ReadProduct['variants'],
  { images = [], options }: { images?: readonly ReadImage[]; options?: readonly string[] } = {},
  contentOf?: (source: string) => string | undefined,
) {
  const { images: _, variants: __, ...facts } = aProduct({ groupId: 'G' });
  return finishProduct({ ...facts, options, images, variants }, contentOf);
}

describe('a product as it is written', () => {
  it('has each picture once, with the looks that it shows, and each variant its own in order', () => {
    const { id, options, images, variants } = finish(
      [shirt('Red', 'S', 'red', 'back'), shirt('Blue', 'S', 'blue', 'back', 'blue'), shirt('Red', 'M', 'red')],
      { images: [image('chart')] },
    );
    expect([id, options]).toEqual([productId('G'), ['color', 'size']]);
    expect(images.map(({ source, looks, position }) => [source, looks, position])).toEqual([
      ['red', [0], 0],
      ['back', [0, 1], 1],
      ['blue', [1], 2],
      ['chart', null, 3],
    ]);
    expect(variants.map(({ position, look }) => [position, look])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
    expect(variants[1]).toMatchObject({
      id: variantId('Blue-S'),
      imageIds: ['blue', 'back'].map((source) => imageId(productId('G'), source)),
      contentHash: 'hash of Blue-S',
    });
  });

  it('takes the same photo under two names for one look, once it is known', () => {
    const both = [shirt('Red', 'S', 'a'), shirt('Blue', 'S', 'b')];
    const looks = (product: ReturnType<typeof finish>) => product.variants.map(({ look }) => look);
    expect(looks(finish(both))).toEqual([0, 1]);
    expect(looks(finish(both, {}, () => 'the same'))).toEqual([0, 0]);
  });

  it('keeps the options that it is given, and finds them otherwise', () => {
    const both = [shirt('Red', 'S'), shirt('Blue', 'S')];
    expect(finish(both).options).toEqual(['color']);
    expect(finish(both, { options: ['size', 'color'] }).options).toEqual(['size', 'color']);
    expect(finish(both, { options: [] }).options).toEqual([]);
  });

  it('has of its variants what they have together', () => {
    const money = (amount: string, currency = 'USD') => ({ amount, currency });
    const [red, blue, green] = [shirt('Red', 'S'), shirt('Blue', 'S'), shirt('Green', 'S')];
    if (!red || !blue || !green) throw new Error('three shirts');
    const offered = (each: typeof red, offer: object) => ({ ...each, variant: { ...each.variant, ...offer } });
    const record = productRecord(
      finish([
        offered(red, { price: money('10'), availability: 'OUT_OF_STOCK', gtin: '1' }),
        offered(blue, { price: money('9.50'), compareAtPrice: money('9.5'), availability: 'PREORDER', mpn: '1' }),
        offered(green, { price: null, availability: 'BACKORDER' }),
      ]),
    );
    expect(record).toMatchObject({
      ...{
        price_lowest: '9.50',
        price_highest: '10',
        price_currency: 'USD',
        availability: 'BACKORDER',
        on_sale: false,
      },
      ...{ codes: ['Red-S', 'Blue-S', 'Green-S', '1'], variant_count: 3, look_count: 1 },
      ...{ attributes: { color: ['Red', 'Blue', 'Green'], size: ['S'] }, common_attributes: { size: ['S'] } },
    });
    const mixed = [offered(red, { price: money('10', 'EUR') }), offered(blue, { price: money('2') })];
    expect(productRecord(finish(mixed))).toMatchObject({
      price_lowest: '2',
      price_highest: '10',
      price_currency: null,
    });
  });
});
