import { describe, expect, it } from 'vitest';
import { toFeedProduct } from '../../../../src/catalog/feed/feed-product.ts';
import {
  parseAvailability,
  parsePrice,
  parseProductType,
  splitLinks,
} from '../../../../src/catalog/feed/feed-values.ts';

const product = (fields: Record<string, string[]>) => toFeedProduct(new Map(Object.entries(fields)));

describe('parsePrice', () => {
  it.each([
    ['12.90 USD', '12.90', 'USD'],
    ['USD 12.90', '12.90', 'USD'],
    ['12.90usd', '12.90', 'USD'],
    ['0 EUR', '0', 'EUR'],
    ['007.5 EUR', '7.5', 'EUR'],
  ])('reads %s', (text, amount, currency) => {
    expect(parsePrice(text)).toEqual({ amount, currency });
  });

  it.each(['12.90', '$12.90', '12,90 EUR', '1,299.00 USD', '-1 USD', '12.90 US', '1e3 USD', 'free', '12.90 USD 3'])(
    'refuses %s, saying what it expects',
    (text) => {
      expect(() => parsePrice(text)).toThrow(
        `price: expected an amount and a currency like 12.90 USD, found ${JSON.stringify(text)}`,
      );
    },
  );
});

describe('parseAvailability', () => {
  it.each([
    ['in_stock', 'IN_STOCK'],
    ['In Stock', 'IN_STOCK'],
    ['out of stock', 'OUT_OF_STOCK'],
    ['pre-order', 'PREORDER'],
    ['backorder', 'BACKORDER'],
  ])('reads %s', (text, expected) => expect(parseAvailability(text)).toBe(expected));

  it('refuses other words', () => {
    for (const text of ['available', 'constructor', '1']) {
      expect(() => parseAvailability(text), text).toThrow(/^availability: expected in_stock/);
    }
  });
});

describe('parseProductType', () => {
  it.each([
    ['Apparel > Topwear > Shirts', ['Apparel', 'Topwear', 'Shirts']],
    ['Apparel &gt; Topwear', ['Apparel', 'Topwear']],
    ['Home > Women > Dresses, Home > Sale', ['Home', 'Women', 'Dresses']],
    ['Fruit, Vegetables > Apples', ['Fruit, Vegetables', 'Apples']],
    ['Shoes, Boots', ['Shoes, Boots']],
    [' > Shoes >> Boots > ', ['Shoes', 'Boots']],
    ['', []],
  ])('reads %j', (text, path) => expect(parseProductType(text)).toEqual(path));
});

describe('splitLinks', () => {
  it.each([
    ['a.jpg,b.jpg', ['a.jpg', 'b.jpg']],
    ['a.jpg, b c.jpg , ', ['a.jpg', 'b c.jpg']],
    [
      'https://x.example/w_4,h_3/a.jpg,https://x.example/b.jpg',
      ['https://x.example/w_4,h_3/a.jpg', 'https://x.example/b.jpg'],
    ],
    ['https://x.example/a,b', ['https://x.example/a,b']],
    ['shirts, red/a.jpg', ['shirts, red/a.jpg']],
    ['a.jpg,https://x.example/b', ['a.jpg', 'https://x.example/b']],
    ['', []],
  ])('splits %j', (text, links) => expect(splitLinks(text)).toEqual(links));
});

describe('toFeedProduct', () => {
  it('makes attributes of columns that have no other place, with all their values', () => {
    const { raw } = product({
      id: ['1'],
      color: ['Red/ Blue', 'Green'],
      size: ['10/12'],
      sale_price: ['9 USD'],
      google_product_category: ['Apparel & Accessories > Clothing'],
      mobile_link: ['https://m.shop.example'],
      shipping: ['US:Standard:5 USD'],
      custom_label_0: ['spring'],
    });
    expect(raw.attributes).toEqual([
      { name: 'color', values: ['Red', 'Blue', 'Green'] },
      { name: 'size', values: ['10/12'] },
      { name: 'sale_price', values: ['9 USD'] },
      { name: 'google_product_category', values: ['Apparel & Accessories > Clothing'] },
    ]);
  });

  it('makes texts of the product of columns with their names', () => {
    const { raw } = product({ id: ['1'], brand: ['Acme'], gtin: ['4006381333931'], description: ['Red'] });
    expect(raw).toMatchObject({ brand: 'Acme', gtin: '4006381333931', description: 'Red', attributes: [] });
  });

  it('puts the main picture first and names each picture once', () => {
    const { pictureLinks } = product({ additional_image_link: ['b.jpg,a.jpg', 'c.jpg'], image_link: ['a.jpg'] });
    expect(pictureLinks).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  });
});
