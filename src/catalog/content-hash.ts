import { createHash } from 'node:crypto';
import type { ProductInput, VariantRow } from './product-input.ts';

/** Of a picture, what tells another one. */
export interface HashedImage {
  readonly source: string;
  readonly version: string | null;
}

/**
 * SHA-256 (hex) of what the shop says of a variant and of its product, as a row of a feed says it: all but what it costs and how many there are (offer.ts), which is compared as it is. The order of its
 * attributes says nothing; that of values, categories and pictures does.
 *
 * @param images - its pictures, in the shop's order, with what tells a new version of each
 */
export function variantContentHash(row: VariantRow, images: readonly HashedImage[]): string {
  // A list, so that nothing depends on the order of an object's keys. Another list makes every product of every shop
  // UPDATED once, so what few rows have stands in it only where there is one.
  return sha256([
    ...[row.sku, row.title, row.description, row.brand, row.category],
    ...describedOf(row, images),
    ...Object.entries({ gtin: row.gtin, mpn: row.mpn }).filter(([, said]) => said !== null),
    ...groupOf(row),
  ]);
}

/** The hash that a product had before there were variants, its price being part of it: what a database that was upgraded has until something is said anew. */
export function formerContentHash(row: VariantRow, images: readonly HashedImage[]): string {
  const { gtin, mpn, quantity } = row;
  return sha256([
    ...[row.sku, row.title, row.description, row.brand, row.category],
    row.price === null ? null : [row.price.amount, row.price.currency],
    row.availability,
    ...describedOf(row, images),
    ...(row.compareAtPrice === null ? [] : [['compareAtPrice', row.compareAtPrice.amount]]),
    ...Object.entries({ gtin, mpn, quantity }).filter(([, said]) => said !== null),
    ...groupOf(row),
  ]);
}

function describedOf({ attributes, link, furtherCategories }: VariantRow, images: readonly HashedImage[]): unknown[] {
  const named = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...[named, link, images.map(({ source, version }) => [source, version])],
    ...(furtherCategories.length === 0 ? [] : [['furtherCategories', furtherCategories]]),
  ];
}

function groupOf({ groupId, sku }: VariantRow): unknown[] {
  return groupId === null || groupId === sku ? [] : [['groupId', groupId]];
}

/**
 * SHA-256 (hex) of everything that the shop says of a product and its variants, but what these cost and how many there are. A product that is its only variant and nothing else has the hash of that.
 *
 * @param variants - the content hash of each, in the shop's order, and what it is called where that is not the product's title
 * @param images - pictures that belong to no variant in particular
 */
export function productContentHash(
  product: Omit<ProductInput, 'images' | 'variants' | 'keptSkus'>,
  variants: readonly { readonly sku: string; readonly title: string | null; readonly contentHash: string }[],
  images: readonly HashedImage[],
): string {
  const [only] = variants;
  const { groupId, title, description, brand, category, furtherCategories, link, options = [] } = product;
  if (variants.length === 1 && only?.sku === groupId && only.title === null && options.length === 0)
    return only.contentHash;
  return sha256([
    ...[groupId, title, description, brand, category, link, options],
    images.map(({ source, version }) => [source, version]),
    variants.map(({ contentHash, title: own }) => [contentHash, own]),
    ...(furtherCategories.length === 0 ? [] : [['furtherCategories', furtherCategories]]),
  ]);
}

function sha256(canonical: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
