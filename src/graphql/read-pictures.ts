import { createHash } from 'node:crypto';
import type { ImageInput } from '../catalog/product-input.ts';
import { badInput } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { toImageSource } from './keys.ts';
import { toUserError } from './user-error.ts';

/** Of one product in a request, as the schema says; feeds may hold more. */
const MAX_IMAGES = 32;

/** What is wrong with a list of pictures before any is read. */
export function tooManyPictures(sources: readonly unknown[], path: readonly string[]): input.UserError[] {
  if (sources.length <= MAX_IMAGES) return [];
  return [toUserError(badInput('images', `at most ${MAX_IMAGES}`, sources.length), path)];
}

/**
 * Reads the pictures of a product in a request. A web address is fetched later, with all others; everything else is read now.
 *
 * @param path - of the product in the input
 */
export async function readPictures(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  sources: readonly input.ImageSource[],
  path: readonly string[],
): Promise<{ images: ImageInput[]; errors: input.UserError[] }> {
  const images: ImageInput[] = [];
  const errors: input.UserError[] = [];
  for (const [place, source] of sources.entries()) {
    try {
      const image = toImageSource(source, `images.${place}`);
      images.push(image.kind === 'url' ? image : { kind: 'bytes', bytes: await deps.loadImage(image) });
    } catch (error) {
      const userError = toUserError(error, []);
      const [first] = userError.path;
      errors.push({
        ...userError,
        path: [...path, ...(first === 'images' ? userError.path : ['images', String(place), ...userError.path])],
      });
    }
  }
  return { images, errors };
}

/** Pictures that could not be read, named by their place in the input; the product itself was saved. */
export function pictureErrors(
  problems: readonly { readonly source: string; readonly reason: string }[],
  images: readonly ImageInput[],
  path: readonly string[],
): input.UserError[] {
  return problems.map(({ source, reason }) => {
    const place = images.findIndex((image) => sourceOf(image) === source);
    return {
      path: [...path, 'images', ...(place === -1 ? [] : [String(place)])],
      message: `The product was saved, but this picture cannot be searched: ${reason}`,
      code: 'IMAGE_UNREADABLE',
    };
  });
}

/** As product_image.source names it. */
function sourceOf(image: ImageInput): string {
  if (image.kind === 'url') return image.url;
  if (image.kind === 'stored') return image.source;
  return image.kind === 'file'
    ? `file:${image.name}`
    : `content:${createHash('sha256').update(image.bytes).digest('hex')}`;
}
