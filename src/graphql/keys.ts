import { categoryId, productId, variantId } from '../identifiers.ts';
import type { CategoryKey, ImageSource, ProductKey } from '../search/request/search-request.ts';
import { decodeBase64Picture } from './base64-picture.ts';
import type * as input from './generated/resolver-types.ts';
import { decodeGlobalId } from './global-id.ts';
import type { Loaders } from './loaders.ts';

/** @throws AppError BAD_USER_INPUT for an id that is not a product's */
export function toProductKey(key: input.ProductKey, path: string): ProductKey {
  if (key.sku !== undefined) return { kind: 'sku', sku: key.sku };
  if (key.groupId !== undefined) return { kind: 'id', id: productId(key.groupId) };
  return { kind: 'id', id: decodeGlobalId('product', key.id, `${path}.id`) };
}

/** The id of the product with this key, whether there is one or not; undefined for a sku that no variant has. @throws AppError BAD_USER_INPUT */
export async function toProductId(
  key: input.ProductKey,
  path: string,
  { productOfSku }: Pick<Loaders, 'productOfSku'>,
): Promise<string | undefined> {
  const productKey = toProductKey(key, path);
  return productKey.kind === 'id' ? productKey.id : productOfSku.load(productKey.sku);
}

/** The id of the variant with this key, whether there is one or not. @throws AppError BAD_USER_INPUT */
export function toVariantId(key: input.VariantKey, path: string): string {
  return key.sku === undefined ? decodeGlobalId('variant', key.id, `${path}.id`) : variantId(key.sku);
}

/** @throws AppError BAD_USER_INPUT for an id that is not a category's */
export function toCategoryKey(key: input.CategoryKey, path: string): CategoryKey {
  return key.path === undefined
    ? { kind: 'id', id: decodeGlobalId('category', key.id, `${path}.id`) }
    : { kind: 'path', path: key.path };
}

/** The id that a category with this key has, whether there is one or not. @throws AppError BAD_USER_INPUT */
export function toCategoryId(key: input.CategoryKey, path: string): string {
  const categoryKey = toCategoryKey(key, path);
  return categoryKey.kind === 'id' ? categoryKey.id : categoryId(categoryKey.path);
}

/** Pictures in base64 are decoded here; everything else is only named. @throws AppError BAD_USER_INPUT, IMAGE_TOO_LARGE */
export function toImageSource(source: input.ImageSource, path: string): ImageSource {
  if (source.upload !== undefined) return { kind: 'upload', id: source.upload };
  if (source.url !== undefined) return { kind: 'url', url: source.url };
  if (source.base64 !== undefined) {
    return { kind: 'bytes', bytes: decodeBase64Picture(source.base64, `${path}.base64`) };
  }
  return { kind: 'productImage', id: decodeGlobalId('image', source.productImage, `${path}.productImage`) };
}
