import type { FetchImage } from '../catalog/fetch-image.ts';
import type { PictureStore } from '../catalog/picture-store.ts';
import type { ProductImage } from '../catalog/read-products.ts';
import type { Uploads } from '../catalog/uploads.ts';
import { AppError, show } from '../errors.ts';
import type { ImageSource } from '../search/request/search-request.ts';

/**
 * The one place that turns a picture named in a request into its bytes, for searches and for mutations. Whether the bytes are a
 * picture is looked at by whoever decodes them.
 *
 * @throws (the loader) AppError BAD_USER_INPUT, IMAGE_NOT_FOUND, IMAGE_TOO_LARGE, IMAGE_FETCH_REFUSED, IMAGE_FETCH_FAILED
 */
export function createImageLoader(deps: {
  uploads: Pick<Uploads, 'read'>;
  pictures: Pick<PictureStore, 'read'>;
  fetchImage: FetchImage;
  getProductImages: (ids: readonly string[]) => Promise<(ProductImage | undefined)[]>;
}): (source: ImageSource) => Promise<Uint8Array> {
  return async (source) => {
    switch (source.kind) {
      case 'bytes':
        return source.bytes;
      case 'upload':
        return deps.uploads.read(source.id);
      case 'url':
        return (await deps.fetchImage(source.url)).bytes;
      case 'productImage':
        return readProductImage(deps, source.id);
    }
  };
}

async function readProductImage(deps: Parameters<typeof createImageLoader>[0], imageId: string): Promise<Uint8Array> {
  const [image] = await deps.getProductImages([imageId]);
  if (!image) throw new AppError('IMAGE_NOT_FOUND', `no picture of the catalogue has the id ${show(imageId)}`);
  if (image.contentHash === null) {
    throw new AppError('IMAGE_NOT_FOUND', `the picture ${show(imageId)} is in the catalogue but was not fetched yet`);
  }
  const bytes = await deps.pictures.read(image.contentHash);
  if (!bytes) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      `the picture ${show(imageId)} is in the catalogue but not in the folder of pictures`,
    );
  }
  return bytes;
}
