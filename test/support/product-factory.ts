import sharp from 'sharp';
import type { ProductInput } from '../../src/catalog/product-input.ts';
import { eachText } from '../../src/catalog/product-texts.ts';

/** A product with everything said of it; tests say only what they are about. */
export function aProduct(overrides: Partial<ProductInput> = {}): ProductInput {
  return {
    sku: 'A1',
    title: 'Red shirt',
    ...eachText(() => null),
    description: 'A shirt that is red',
    brand: 'Acme',
    category: ['Apparel', 'Topwear', 'Shirts'],
    price: { amount: '12.90', currency: 'USD' },
    compareAtPrice: null,
    availability: 'IN_STOCK',
    attributes: { color: ['Red'], size: ['S', 'M'] },
    link: 'https://shop.example/a1',
    images: [],
    ...overrides,
  };
}

/** A picture of one colour, PNG. Another colour is another picture. */
export function aPicture(red: number, green = 0, blue = 0): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer();
}
