import { describe, expect, it } from 'vitest';
import { checkProduct, type RawProduct } from '../../../src/catalog/check-product.ts';

const RAW: RawProduct = { groupId: 'G', title: 'Shirt', variants: [{ sku: 'G-S' }, { sku: 'G-M' }] };

function problems(raw: RawProduct): (readonly [path: string, message: string])[] {
  return checkProduct(raw).problems.map(({ path, message }) => [path.join('.'), message]);
}

describe('checkProduct', () => {
  it('gives each variant what all have, unless it says otherwise', () => {
    const { product } = checkProduct({
      ...RAW,
      title: ' A \n shirt ',
      attributes: [
        { name: 'material', values: ['Linen'] },
        { name: 'care', values: ['Hand'] },
      ],
      options: [' size', 'size '],
      variants: [
        { sku: 'G-S', title: 'Small  one', attributes: [{ name: 'size', values: ['S'] }] },
        {
          sku: 'G-M',
          attributes: [
            { name: 'size', values: ['M'] },
            { name: 'care', values: ['Machine'] },
          ],
        },
      ],
    });
    expect(product).toMatchObject({ groupId: 'G', title: 'A shirt', options: ['size'] });
    expect(product?.variants).toMatchObject([
      { sku: 'G-S', title: 'Small one', attributes: { material: ['Linen'], care: ['Hand'], size: ['S'] } },
      { sku: 'G-M', title: null, attributes: { material: ['Linen'], care: ['Machine'], size: ['M'] } },
    ]);
    expect(product).not.toHaveProperty('keptSkus');
  });

  it('leaves out a variant that something is wrong with, and remembers it; the others go in', () => {
    const price = { amount: '1,5', currency: 'EUR' };
    const raw = { ...RAW, variants: [{ sku: 'G-S', price }, { sku: 'G-M' }, { sku: ' ' }] };
    expect(checkProduct(raw).product).toMatchObject({ variants: [{ sku: 'G-M' }], keptSkus: ['G-S'] });
    expect(problems(raw)).toEqual([
      ['variants.0.price.amount', expect.stringContaining('found "1,5"')],
      ['variants.2.sku', expect.stringContaining('expected 1 to 200 characters')],
    ]);
  });

  it('lets the first of two variants with one sku stand', () => {
    const raw = { ...RAW, variants: [{ sku: 'A', gtin: '1' }, { sku: ' A', gtin: '2' }, { sku: 'B' }] };
    expect(checkProduct(raw).product).toMatchObject({ variants: [{ sku: 'A', gtin: '1' }, { sku: 'B' }] });
    expect(checkProduct(raw).product).not.toHaveProperty('keptSkus');
    expect(problems(raw)).toEqual([
      ['variants.1.sku', 'variants.1.sku: expected a sku once, and variants.0 has it already, found "A"'],
    ]);
  });

  it('refuses a product for what is wrong with it, without variants, and with more than 200', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ sku: `${n}` }));
    expect(checkProduct({ ...RAW, title: ' ' }).product).toBeUndefined();
    expect(problems({ ...RAW, variants: [] })).toEqual([['variants', 'variants: expected 1 to 200 variants, found 0']]);
    expect(problems({ ...RAW, variants: many(201) })).toEqual([
      ['variants', 'variants: expected 1 to 200 variants, found 201'],
    ]);
    expect(checkProduct({ ...RAW, variants: many(201) }).product).toBeUndefined();
    expect(checkProduct({ ...RAW, variants: many(200) }).product?.variants).toHaveLength(200);
    const price = { amount: 'free', currency: 'EUR' };
    expect(checkProduct({ ...RAW, variants: [{ sku: 'A', price }] }).product).toBeUndefined();
  });

  it('wants a value of each option that it names, and says which variant lacks one', () => {
    const variants = [
      { sku: 'A', attributes: [{ name: 'Color', values: ['Red'] }] },
      { sku: 'B', attributes: [{ name: 'colour', values: ['Blue'] }] },
    ];
    expect(checkProduct({ ...RAW, variants, options: ['Color'] }).product).toMatchObject({ variants: [{ sku: 'A' }] });
    expect(problems({ ...RAW, variants, options: ['Color'] })).toEqual([
      ['variants.1.attributes', 'variants.1.attributes: expected a value of the option "Color", found ["colour"]'],
    ]);
    expect(problems({ ...RAW, variants })).toEqual([]);
    expect(problems({ ...RAW, options: Array.from({ length: 9 }, (_, n) => `option ${n}`) })).toEqual([
      ['options', 'options: expected at most 8, found 9'],
    ]);
  });

  it('counts the attributes of a variant with those of its product', () => {
    const attributes = (count: number, name: string) =>
      Array.from({ length: count }, (_, n) => ({ name: `${name} ${n}`, values: ['x'] }));
    const raw = (count: number) => ({
      ...RAW,
      attributes: attributes(60, 'shared'),
      variants: [{ sku: 'A', attributes: attributes(count, 'own') }, { sku: 'B' }],
    });
    expect(problems(raw(40))).toEqual([]);
    expect(problems(raw(41)).map(([path]) => path)).toEqual(['variants.0.attributes']);
  });
});
