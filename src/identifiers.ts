import { parse, v5 as uuidFromName } from 'uuid';

/** Namespace of all ids made here: a random UUID drawn once for Lookgraph. Changing it would change every id. */
const NAMESPACE = parse('6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11');

/** Separates the parts of a name; it cannot occur in PostgreSQL text, so no two lists of parts make the same name. */
const SEPARATOR = '\u0000';

function idFromName(kind: string, ...parts: readonly string[]): string {
  // Bytes: of a text the library makes them itself, in JavaScript, which takes longer than the hash.
  return uuidFromName(Buffer.from([kind, ...parts].join(SEPARATOR)), NAMESPACE);
}

/** The id of the product with this group id. Derived, so that uniqueness of group ids and idempotence of imports are properties of the key. */
export function productId(groupId: string): string {
  return idFromName('product', groupId);
}

/** The id of the variant with this sku: the same as that of a product with this group id, so that a product that is its own only variant has one id. */
export function variantId(sku: string): string {
  return idFromName('product', sku);
}

/** @param path - names from the top down */
export function categoryId(path: readonly string[]): string {
  return idFromName('category', ...path);
}

/** @param source - as in product_image.source */
export function imageId(product: string, source: string): string {
  return idFromName('image', product, source);
}

/** @param address - of the web, as in product_image.source */
export function pictureSourceId(address: string): string {
  return idFromName('picture_source', address);
}

/** @param manifestHash - SHA-256 (hex) of the model's manifest.json */
export function embeddingModelId(manifestHash: string): string {
  return idFromName('embedding_model', manifestHash);
}

/** @param rule - what it says, in a form that is the same for the same rule */
export function synonymId(rule: string): string {
  return idFromName('synonym', rule);
}
