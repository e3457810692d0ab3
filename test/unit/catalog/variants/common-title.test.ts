import { describe, expect, it } from 'vitest';
import { commonTitle } from '../../../../src/catalog/variants/common-title.ts';

describe('the title of a product', () => {
  it.each([
    [['Linen shirt'], 'Linen shirt'],
    [['Linen shirt', 'Linen shirt'], 'Linen shirt'],
    [['Linen shirt-S-Blue', 'Linen shirt-M-Blue', 'Linen shirt-S-Red'], 'Linen shirt'],
    [['Trousers-32-Grey', 'Trousers-33-Grey'], 'Trousers'],
    [['Warm-Up Pant, 30', 'Warm-Up Pant, 32'], 'Warm-Up Pant'],
    [['Lamp (large)', 'Lamp (small)'], 'Lamp'],
    [['Socks (3 pairs) / 39', 'Socks (3 pairs) / 42'], 'Socks (3 pairs)'],
    [['Chemise été – S', 'Chemise été – M'], 'Chemise été'],
    [['Рубашка синяя', 'Рубашка белая'], 'Рубашка'],
    [['Red shirt', 'Blue shirt'], 'Red shirt'],
    [['Shirt', 'Shirt M'], 'Shirt'],
    [['Shirts', 'Shirt'], 'Shirts'],
  ])('of %j is %j', (titles, title) => {
    expect(commonTitle(titles)).toBe(title);
  });
});
