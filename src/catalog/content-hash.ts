import { createHash } from 'node:crypto';
import type { ProductInput } from './product-input.ts';
import { eachText } from './product-texts.ts';

/**
 * SHA-256 (hex) of everything that the shop says of a product. The order of its attributes says nothing; that of values, categories
 * and pictures does.
 *
 * @param images - its pictures, in the shop's order, with what tells a new version of each
 */
export function productContentHash(
  product: ProductInput,
  images: readonly { readonly source: string; readonly version: string | null }[],
): string {
  const { description, brand, ...others } = eachText((name) => product[name]);
  // A list, so that nothing depends on the order of an object's keys. Another list makes every product of every shop
  // UPDATED once, so a text that few have stands in it only where there is one.
  const canonical = [
    product.sku,
    product.title,
    description,
    brand,
    product.category,
    product.price === null ? null : [product.price.amount, product.price.currency],
    product.availability,
    Object.entries(product.attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
    product.link,
    images.map(({ source, version }) => [source, version]),
    ...(product.compareAtPrice === null ? [] : [['compareAtPrice', product.compareAtPrice.amount]]),
    ...Object.entries(others).filter(([, text]) => text !== null),
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
