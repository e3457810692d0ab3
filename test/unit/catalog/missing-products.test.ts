import { describe, expect, it } from 'vitest';
import { createFeedProducts, doubtAboutMissing } from '../../../src/catalog/missing-products.ts';
import { productId } from '../../../src/identifiers.ts';

describe('createFeedProducts', () => {
  it('knows the products of the skus that it was given, as products are stored, and no other', () => {
    const inFeed = createFeedProducts();
    const skus = Array.from({ length: 2_000 }, (_, n) => `SKU-${n}`);
    for (const sku of skus) inFeed.add(sku);
    inFeed.add(' padded ');
    expect(skus.filter((sku) => !inFeed.has(productId(sku)))).toEqual([]);
    expect(inFeed.has(productId('padded'))).toBe(true);
    expect(skus.filter((sku) => inFeed.has(productId(`${sku}-other`)))).toEqual([]);
  });
});

describe('doubtAboutMissing', () => {
  const shop = { inShop: 1_000, missing: 300, onSale: 300 };

  it('has none up to 30 % of the shop', () => {
    expect(doubtAboutMissing(shop, 300, 0)).toBeUndefined();
    expect(doubtAboutMissing(shop, 301, 0)).toBe(
      "the feed lacks 301 of the shop's 1,000 products: more than 30 % must be confirmed",
    );
  });

  it('has it where a missing product may stand in a row whose id cannot be read', () => {
    expect(doubtAboutMissing(shop, 1, 2)).toMatch(/^the feed lacks 1 of .*rows without an id that can be read \(2\)/);
  });
});
