import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type SearchOptions, searchRequest } from '../../../src/cli/search-options.ts';

const PICTURE = fileURLToPath(import.meta.url);
const request = (words: string[], options: Partial<SearchOptions> = {}) =>
  searchRequest(words, { first: 10, words: 'auto', ...options });

describe('searchRequest', () => {
  it('joins the words to one text', async () => {
    expect(await request(['red', 'saree'])).toEqual({
      terms: [{ match: { kind: 'text', text: 'red saree' } }],
      first: 10,
      words: 'AUTO',
    });
  });

  it('reads everything else into terms and filter', async () => {
    const made = await request([], {
      image: PICTURE,
      region: '0.1, 0.2,0.5,0.25',
      product: 'SKU-1',
      category: ['Apparel > Topwear', 'Footwear'],
      brand: ['Acme'],
      minPrice: '10',
      currency: 'eur',
      attribute: ['color=Red', 'size=M', 'color=Blue', 'formula=a=b'],
      words: 'OFF',
      minRelevance: '0.5',
      sort: 'Price-Asc',
      unavailable: 'hide',
      collapse: 'Look',
      after: 'cursor',
    });
    expect(made).toMatchObject({
      currency: 'eur',
      terms: [
        { match: { kind: 'image', source: { kind: 'bytes' }, region: { x: 0.1, y: 0.2, width: 0.5, height: 0.25 } } },
        { match: { kind: 'product', product: { kind: 'sku', sku: 'SKU-1' } } },
      ],
      filter: {
        category: {
          in: [
            { kind: 'path', path: ['Apparel', 'Topwear'] },
            { kind: 'path', path: ['Footwear'] },
          ],
        },
        brand: { in: ['Acme'] },
        price: { min: '10' },
        attributes: [
          { name: 'color', in: ['Red', 'Blue'] },
          { name: 'size', in: ['M'] },
          { name: 'formula', in: ['a=b'] },
        ],
      },
      words: 'OFF',
      minRelevance: 0.5,
      sort: 'PRICE_ASC',
      unavailable: 'HIDE',
      collapse: 'LOOK',
      after: 'cursor',
    });
  });

  it.each([
    [{ words: 'maybe' }, '--words: expected one of auto, off, only, found "maybe"'],
    [{ words: 'toString' }, '--words: expected one of auto, off, only, found "toString"'],
    [{ words: '__proto__' }, '--words: expected one of auto, off, only, found "__proto__"'],
    [{ sort: 'price' }, '--sort: expected one of relevance, price-asc, price-desc, newest, title, found "price"'],
    [
      { sort: 'PRICE_ASC' },
      '--sort: expected one of relevance, price-asc, price-desc, newest, title, found "PRICE_ASC"',
    ],
    [{ collapse: 'size' }, '--collapse: expected one of product, look, variant, found "size"'],
    [{ unavailable: '' }, '--unavailable: expected one of show, last, hide, found ""'],
    [{ minRelevance: 'high' }, '--min-relevance: expected a number, found "high"'],
    [{ minRelevance: ' ' }, '--min-relevance: expected a number, found " "'],
    [{ region: '0,0,1,1' }, '--region: expected to come with --image, found "0,0,1,1"'],
    [{ image: PICTURE, region: '0,0,1' }, '--region: expected four numbers: x,y,width,height, found "0,0,1"'],
    [{ image: PICTURE, region: '0,0,,1' }, '--region: expected four numbers: x,y,width,height, found "0,0,,1"'],
    [{ category: ['Apparel >'] }, '--category: expected names separated by >: "Apparel > Shirts", found "Apparel >"'],
    [{ attribute: ['red'] }, '--attribute: expected name=value, found "red"'],
  ])('refuses %j', async (options, message) => {
    await expect(request([], options)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message });
  });

  it('says when the picture is not there', async () => {
    await expect(request([], { image: '/nowhere.jpg' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: '--image: expected a picture, found no file "/nowhere.jpg" that can be read',
    });
  });
});
