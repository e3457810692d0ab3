import { describe, expect, it } from 'vitest';
import { toFeedProduct } from '../../../../src/catalog/feed/feed-product.ts';
import type { FeedOptions } from '../../../../src/catalog/feed/read-prices.ts';

const product = (fields: Record<string, string[]>, options: FeedOptions = {}) =>
  toFeedProduct({ line: 2, fields: new Map(Object.entries(fields)) }, options);

const NOW = new Date('2030-06-15T12:00:00Z');

describe('toFeedProduct', () => {
  it('makes attributes of columns that have no other place, with all their values', () => {
    const { raw } = product({
      id: ['1'],
      color: ['Red/ Blue', 'Green'],
      size: ['10/12'],
      google_product_category: ['Apparel & Accessories > Clothing'],
    });
    expect(raw.attributes).toEqual([
      { name: 'color', values: ['Red', 'Blue', 'Green'] },
      { name: 'size', values: ['10/12'] },
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

  it('takes what is paid now for the price', () => {
    const sale = (dates: string[]) =>
      product({ price: ['20 EUR'], sale_price: ['15 EUR'], sale_price_effective_date: dates }, { now: NOW }).raw;
    const onSale = { price: { amount: '15', currency: 'EUR' }, compareAtPrice: { amount: '20', currency: 'EUR' } };
    const regular = { price: { amount: '20', currency: 'EUR' }, compareAtPrice: null, attributes: [] };
    expect(sale([])).toMatchObject(onSale);
    expect(sale(['2030-06-01T00:00+0100/2030-06-30T23:59+0100'])).toMatchObject(onSale);
    expect(sale(['2030-06-15/2030-06-15'])).toMatchObject(onSale);
    expect(sale(['2030-06-01 / '])).toMatchObject(onSale);
    expect(sale(['6/1/30, 9:00 AM / 6/30/30'])).toMatchObject(onSale);
    expect(sale(['2030-07-01/2030-07-02'])).toMatchObject(regular);
    expect(sale(['2030-06-01T00:00Z/2030-06-15T11:59Z'])).toMatchObject(regular);
  });

  it('takes no sale that costs more or nothing, has another currency, or whose dates cannot be read', () => {
    expect(product({ price: ['20 EUR'], sale_price: ['25 EUR'] }).raw.price?.amount).toBe('20');
    expect(product({ price: ['20 EUR'], sale_price: ['5 USD'] }).raw.price?.amount).toBe('20');
    expect(product({ price: ['20 EUR'], sale_price: ['0'] }, { currency: 'EUR' }).raw.price?.amount).toBe('20');
    const found = product({ price: ['20 EUR'], sale_price: ['5 EUR'], sale_price_effective_date: ['in May'] });
    expect(found.raw.price?.amount).toBe('20');
    expect(found.problems).toMatchObject([
      { field: 'sale_price_effective_date', kind: 'dropped', reason: expect.stringContaining('found "in May"') },
    ]);
  });

  it('keeps an old price as the price before', () => {
    const saying = (text: string) => product({ price: ['20 EUR'], price_before: [text] }).raw;
    expect(saying('25 EUR')).toMatchObject({ compareAtPrice: { amount: '25', currency: 'EUR' }, attributes: [] });
    expect(saying('20 EUR')).toMatchObject({ compareAtPrice: null, attributes: [] });
    expect(saying('25 USD')).toMatchObject({ compareAtPrice: null, attributes: [] });
  });

  it('reads the currency of a column before that of the import', () => {
    const options = { currency: 'EUR' };
    expect(product({ price: ['20'], price_currency: ['rur'] }, options).raw.price?.currency).toBe('RUB');
    expect(product({ price: ['20'] }, options).raw.price?.currency).toBe('EUR');
    expect(product({ price: ['20'] }).problems).toMatchObject([
      { field: 'price', reason: expect.stringContaining('the feed names no currency') },
    ]);
  });

  it('takes a number of pieces for whether there are any, unless a word says it', () => {
    expect(product({ stock: ['3'] }).raw.availability).toBe('IN_STOCK');
    expect(product({ stock: ['0'] }).raw.availability).toBe('OUT_OF_STOCK');
    expect(product({ stock: ['0'], availability: ['preorder'] }).raw.availability).toBe('PREORDER');
  });

  it('takes the words of google_product_category where there is no other category', () => {
    const google = ['Home & Garden > Kitchen'];
    expect(product({ google_product_category: google }).raw.category).toEqual(['Home & Garden', 'Kitchen']);
    expect(product({ google_product_category: ['632 - Home > Bath'] }).raw.category).toEqual(['Home', 'Bath']);
    expect(product({ google_product_category: ['632'] }).raw.category).toEqual([]);
    expect(product({ google_product_category: google, product_type: ['Pans'] }).raw.category).toEqual(['Pans']);
  });

  it('takes the number of it where there is a list of these', () => {
    const googleTaxonomy = {
      version: undefined,
      pathOf: (number: number) => (number === 632 ? ['Hardware'] : undefined),
    };
    const category = (text: string) => product({ google_product_category: [text] }, { googleTaxonomy }).raw.category;
    expect(category('632')).toEqual(['Hardware']);
    expect(category('632 - Eisenwaren')).toEqual(['Hardware']);
    expect(category('633')).toEqual([]);
    expect(category('Home > 632')).toEqual(['Home', '632']);
  });

  it('keeps all categories of a product that is in several, the first as its own', () => {
    const { raw } = product({ product_type: ['Men > Shoes', 'Sale > Men', 'Men > Shoes'] });
    expect(raw.category).toEqual(['Men', 'Shoes']);
    expect(raw.furtherCategories).toEqual([['Sale', 'Men']]);
    expect(raw.attributes).toEqual([]);
    expect(product({ product_type: ['Men > Shoes'] }).raw.furtherCategories).toEqual([]);
  });

  it('doubts an id that a spreadsheet has shortened, and no other', () => {
    expect(product({ id: ['1.23457E+15'] })).toMatchObject({
      raw: { sku: '1.23457E+15' },
      problems: [{ field: 'id', kind: 'doubtful', reason: expect.stringContaining('1.23457E+15') }],
    });
    for (const id of ['12E5', '1.5', 'E+15', '123456789012345678901'])
      expect(product({ id: [id] }).problems).toEqual([]);
  });

  it('doubts a gtin that a spreadsheet has shortened', () => {
    expect(product({ gtin: ['4,006E+12'] })).toMatchObject({
      raw: { gtin: '4,006E+12' },
      problems: [{ field: 'gtin', kind: 'doubtful' }],
    });
    expect(product({ gtin: ['4006381333931'] }).problems).toEqual([]);
  });

  it('cleans texts of markup, and keeps the lines of a description', () => {
    const { raw } = product({
      title: ['<b>Salt</b> &amp; Pepper'],
      description: ['<p>One</p><p>Two &eacute;</p>'],
      brand: ['N&amp;K'],
      care: ['<i>Wipe</i>'],
    });
    expect(raw).toMatchObject({ title: 'Salt & Pepper', description: 'One\n\nTwo é', brand: 'N&K' });
    expect(raw.attributes).toEqual([{ name: 'care', values: ['Wipe'] }]);
  });
});
