import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageId, productId } from '../../../src/identifiers.ts';
import type { SearchTerm } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

const text = (value: string, weight = 1): SearchTerm => ({ match: { kind: 'text', text: value }, weight });
const picture = (vector: number[], weight = 1): SearchTerm => ({
  match: { kind: 'image', source: { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(vector)) } },
  weight,
});
const like = (sku: string, weight = 1): SearchTerm => ({
  match: { kind: 'product', product: { kind: 'sku', sku } },
  weight,
});

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add([
    { sku: 'red-shirt', pictures: [along({ red: 1, shirt: 1 })] },
    { sku: 'blue-shirt', pictures: [along({ blue: 1, shirt: 1 })] },
    { sku: 'red-shoe', pictures: [along({ red: 1, shoe: 1 }), along({ green: 1 })] },
    { sku: 'blue-shoe', pictures: [along({ blue: 1, shoe: 1 })] },
    { sku: 'red', pictures: [along({ red: 1 })] },
    { sku: 'said-only', textVector: along({ blue: 1, shoe: 1 }) },
    { sku: 'nothing' },
  ]);
});
afterAll(() => shop.close());

async function first(terms: SearchTerm[]): Promise<string> {
  const page = await shop.search({ terms, words: 'OFF' });
  return shop.skus(page)[0] as string;
}
const refusal = (terms: SearchTerm[]) => shop.search({ terms, words: 'OFF' });

describe('terms', () => {
  it('find by words, by picture and by both', async () => {
    expect(await first([text('red shirt')])).toBe('red-shirt');
    expect(await first([picture(along({ blue: 1, shirt: 1 }))])).toBe('blue-shirt');
    expect(await first([picture(along({ blue: 1, shirt: 1 })), text('red'), text('blue', -1)])).toBe('red-shirt');
  });

  it('steer away with a negative weight, alone as well', async () => {
    expect(await first([text('shoe'), text('red', -0.5)])).toBe('blue-shoe');
    const away = shop.skus(await shop.search({ terms: [text('red', -1), text('shirt', -1)], words: 'OFF' }));
    expect(away.slice(-3)).toEqual(['blue-shirt', 'red', 'red-shirt']);
  });

  it('take all pictures of a product, and its text where it has none', async () => {
    const page = await shop.search({ terms: [like('red-shoe')] });
    expect(shop.skus(page)[0]).toBe('red-shoe');
    expect(page.results[0]?.similarity).toBeCloseTo(Math.SQRT1_2, 2);
    expect(await first([like('said-only')])).toBe('blue-shoe');
  });

  it('take a picture of the catalogue by the vector that it has, without reading it', async () => {
    const id = imageId(productId('blue-shirt'), '0');
    const before = shop.encoded.length;
    expect(await first([{ match: { kind: 'image', source: { kind: 'productImage', id } } }])).toBe('blue-shirt');
    expect(shop.encoded.length).toBe(before);
  });

  it('give each product once, with the picture that matched best', async () => {
    const page = await shop.search({ terms: [text('green')], words: 'OFF' });
    expect(shop.skus(page).filter((sku) => sku === 'red-shoe')).toHaveLength(1);
    expect(page.results[0]).toMatchObject({
      productId: productId('red-shoe'),
      imageId: imageId(productId('red-shoe'), '1'),
      similarity: expect.closeTo(1, 2),
      why: { vectorRank: 1 },
    });
  });

  it('compare products without a picture by their text, and count those with neither for arbitrary ones', async () => {
    const page = await shop.search({ terms: [text('shoe'), text('red', -0.5)], words: 'OFF' });
    const bySku = new Map(shop.skus(page).map((sku, index) => [sku, page.results[index]]));
    expect(bySku.get('said-only')).toMatchObject({ imageId: null, similarity: expect.closeTo(0.632, 2) });
    expect(bySku.get('said-only')?.why.vectorScore).toBeCloseTo(bySku.get('blue-shoe')?.why.vectorScore ?? 0, 3);
    expect(bySku.get('nothing')).toMatchObject({
      imageId: null,
      similarity: null,
      why: { vectorScore: null, vectorRank: null },
    });
    // These are less like it than an arbitrary one.
    expect(shop.skus(page).slice(-2)).toEqual(['red-shirt', 'red']);
  });

  it('refuse what cannot be looked for', async () => {
    const unknown = {
      code: 'BAD_USER_INPUT',
      message: 'terms.0.match.product: expected a product of this shop, found "none"',
    };
    await expect(refusal([like('none')])).rejects.toMatchObject(unknown);
    await expect(refusal([like('nothing')])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('searchable already'),
    });
    await expect(refusal([text('red'), text('red', -1)])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['terms'],
    });
    const id = imageId(productId('none'), '0');
    await expect(refusal([{ match: { kind: 'image', source: { kind: 'productImage', id } } }])).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });

  it('stop when the caller has gone away', async () => {
    const { searchProducts } = await import('../../../src/search/search-products.ts');
    const search = searchProducts(shop.deps, { terms: [text('red')] }, AbortSignal.abort(new Error('gone')));
    await expect(search).rejects.toThrow('gone');
  });
});
