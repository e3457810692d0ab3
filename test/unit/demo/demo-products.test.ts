import { describe, expect, it } from 'vitest';
import { ASSORTMENT } from '../../../demo/assortment.ts';
import { demoProducts } from '../../../demo/demo-shop.ts';

const products = demoProducts();

describe('demoProducts', () => {
  it('is the same shop each time', () => {
    expect(demoProducts()).toEqual(products);
  });

  it('has some three hundred products, each with an id and a title of its own', () => {
    expect(products.length).toBeGreaterThanOrEqual(300);
    expect(new Set(products.map((product) => product.id)).size).toBe(products.length);
    const titles = products.map((product) => product.title);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  it('is titled as shops title: brand, for whom, pattern, colour, what it is', () => {
    expect(products.find((product) => product.style === 'polo')).toMatchObject({
      title: expect.stringMatching(
        /^(Harbour Lane|Oakmere|Tilda & Finch|Northbeck|Solvane) Men Navy Blue Polo T-shirt$/,
      ),
      description: 'Navy Blue t-shirts for casual wear. Cotton in navy blue.',
      productType: 'Apparel > Topwear > Tshirts',
      gender: 'male',
    });
  });

  it('has a price that is an amount and a currency, within what its kind costs', () => {
    for (const product of products) expect(product.price, product.id).toMatch(/^\d{1,3}\.(90|50|99) USD$/);
  });

  it('has a few products out of stock and announced, most of them there', () => {
    const count = (availability: string) => products.filter((product) => product.availability === availability).length;
    expect(count('out_of_stock')).toBeGreaterThan(5);
    expect(count('preorder')).toBeGreaterThan(2);
    expect(count('in_stock') / products.length).toBeGreaterThan(0.85);
  });

  it('holds nothing that would break a row of the feed', () => {
    for (const product of products)
      expect(Object.values(product).join(' '), product.id).not.toMatch(/[\t\r\n"]|undefined/);
  });

  it('names each design that it sells', () => {
    for (const kind of ASSORTMENT)
      for (const [, , , , style] of kind.items) expect(Object.keys(kind.nouns), kind.category).toContain(style);
  });

  it('says nothing of what groceries do not have', () => {
    const groceries = products.filter((product) => product.productType.startsWith('Groceries'));
    expect(groceries.length).toBeGreaterThan(40);
    for (const { gender, pattern, season, style } of groceries)
      expect([gender, pattern, season, style]).toEqual(['', '', '', '']);
  });
});
