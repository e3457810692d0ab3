import { createHash } from 'node:crypto';
import type { ImageInput } from '../catalog/product-input.ts';
import { badInput } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { toImageSource } from './keys.ts';
import { toUserError } from './user-error.ts';

/** Of one list in a request, as the schema says; feeds may hold more. */
const MAX_IMAGES = 32;

/** What is wrong with a list of pictures before any is read. */
export function tooManyPictures(sources: readonly unknown[], path: readonly string[]): input.UserError[] {
  if (sources.length <= MAX_IMAGES) return [];
  return [toUserError(badInput('images', `at most ${MAX_IMAGES}`, sources.length), path)];
}

/**
 * Reads a list of pictures in a request. A web address is fetched later, with all others; everything else is read now.
 *
 * @param path - of what lists them in the input
 * @param known - pictures of the same product that were read before, and these: twelve sizes that name one upload read it once
 */
export async function readPictures(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  sources: readonly input.ImageSource[],
  path: readonly string[],
  known = new Map<string, ImageInput>(),
): Promise<{ images: ImageInput[]; errors: input.UserError[] }> {
  const images: ImageInput[] = [];
  const errors: input.UserError[] = [];
  for (const [place, source] of sources.entries()) {
    try {
      const name = nameOfPicture(source);
      const image = known.get(name) ?? (await readPicture(deps, source, `images.${place}`));
      known.set(name, image);
      images.push(image);
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

/** The same for what is the same picture, as the request names it. */
export function nameOfPicture(source: input.ImageSource): string {
  return JSON.stringify(source);
}

async function readPicture(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  source: input.ImageSource,
  path: string,
): Promise<ImageInput> {
  const image = toImageSource(source, path);
  return image.kind === 'url' ? image : { kind: 'bytes', bytes: await deps.loadImage(image) };
}

/** Pictures as one place of an input lists them. */
export interface ListedPictures {
  readonly images: readonly ImageInput[];
  /** Of what lists them. */
  readonly path: readonly string[];
}

/**
 * Pictures that could not be read, named by the first place where the input lists them; what lists them was saved.
 *
 * @param lists - at least one; what none lists is told of the first
 */
export function pictureErrors(
  problems: readonly { readonly source: string; readonly reason: string }[],
  lists: readonly [ListedPictures, ...ListedPictures[]],
): input.UserError[] {
  if (problems.length === 0) return [];
  const places = placesOf(lists);
  return problems.map(({ source, reason }) => ({
    path: [...(places.get(source) ?? [...lists[0].path, 'images'])],
    message: `It was saved, but this picture cannot be searched: ${reason}`,
    code: 'IMAGE_UNREADABLE',
  }));
}

/** Where pictures are listed first, by source. */
export function placesOf(lists: readonly ListedPictures[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  for (const { images, path } of lists) {
    for (const [place, image] of images.entries()) {
      const source = sourceOf(image);
      if (!places.has(source)) places.set(source, [...path, 'images', String(place)]);
    }
  }
  return places;
}

/** As product_image.source names it. */
function sourceOf(image: ImageInput): string {
  if (image.kind === 'url') return image.url;
  if (image.kind === 'stored') return image.source;
  return image.kind === 'file'
    ? `file:${image.name}`
    : `content:${createHash('sha256').update(image.bytes).digest('hex')}`;
}
