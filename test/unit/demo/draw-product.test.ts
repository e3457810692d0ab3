import { createHash } from 'node:crypto';
import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { type ShopItem, shopItems } from '../../../demo/demo-products.ts';
import { drawCustomerPhoto, drawProduct } from '../../../demo/draw-product.ts';

const items = shopItems();

function itemWith(title: RegExp): ShopItem {
  const found = items.find((item) => title.test(item.product.title));
  if (found === undefined) throw new Error(`expected a product titled ${title}`);
  return found;
}

/** Reads strictly; throws at the first thing that is not XML. */
function readXml(text: string): void {
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(text).close();
}

describe('drawProduct', () => {
  it('draws every product in every pose as well-formed SVG that refers to nothing undefined', {
    timeout: 60_000,
  }, () => {
    for (const item of items)
      for (const number of [1, 2, 3, 7]) {
        const drawing = drawProduct(item, number);
        const name = `${item.product.id}, picture ${number}`;
        expect(drawing, name).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
        expect(() => readXml(drawing), name).not.toThrow();
        const used = [...drawing.matchAll(/url\(#(\w+)\)/g)].map((match) => match[1]);
        const defined = [...drawing.matchAll(/ id="(\w+)"/g)].map((match) => match[1]);
        expect(
          used.filter((id) => !defined.includes(id)),
          name,
        ).toEqual([]);
        expect(new Set(defined).size, name).toBe(defined.length);
      }
  });

  it('draws the same bytes each time, on every machine', () => {
    const hashes = [/Men Red T-shirt/, /Red High Top Sneakers/, /Granny Smith/].map((title) =>
      createHash('sha256')
        .update(drawProduct(itemWith(title), 1))
        .digest('hex')
        .slice(0, 16),
    );
    expect(hashes).toEqual(EXPECTED_HASHES);
  });

  it('draws another picture for each number and each product', () => {
    const item = itemWith(/Men Red T-shirt/);
    const drawings = Array.from({ length: 30 }, (_, i) => drawProduct(item, i + 1));
    expect(new Set(drawings).size).toBe(30);
    expect(new Set(items.map((other) => drawProduct(other, 1))).size).toBe(items.length);
  });

  it('uses no letters, which would look different where fonts are missing', () => {
    for (const item of items) expect(drawProduct(item, 1), item.product.id).not.toContain('<text');
  });

  it('draws clothes upright and groceries square', () => {
    expect(drawProduct(itemWith(/Men Red T-shirt/), 1)).toContain('width="600" height="800"');
    expect(drawProduct(itemWith(/Granny Smith/), 1)).toContain('width="640" height="640"');
  });
});

describe('drawCustomerPhoto', () => {
  it('is none of the pictures in the shop', () => {
    const item = itemWith(/Men Red T-shirt/);
    expect([1, 2, 3].map((number) => drawProduct(item, number))).not.toContain(drawCustomerPhoto(item));
  });
});

// Of the drawings, not of JPEGs, which differ between versions of sharp. A change to a drawing changes them: look at it, then here.
const EXPECTED_HASHES = ['d7d6a492a4caafd7', '01e463a468753907', '8ae302e53a47b946'];
