import { AppError } from '../errors.ts';
import type { EmbedDeps } from './embed-deps.ts';
import { type PictureToEmbed, setPictureContent } from './embedding-statements.ts';
import type { PictureFetcher } from './picture-fetcher.ts';

/** A picture's bytes and their name in the picture store. */
export interface LoadedPicture {
  readonly contentHash: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a picture from the store. One from the web that is not there is fetched, and what was found is written to its row.
 *
 * @throws AppError as PictureFetcher does; IMAGE_NOT_FOUND when the store has lost a picture that came with the shop's data
 */
export async function loadPicture(
  deps: Pick<EmbedDeps, 'db' | 'pictures'> & { readonly fetcher: PictureFetcher },
  picture: PictureToEmbed,
  signal: AbortSignal | undefined,
): Promise<LoadedPicture> {
  const { contentHash } = picture;
  const stored = contentHash === null ? undefined : await deps.pictures.read(contentHash);
  if (contentHash !== null && stored !== undefined) return { contentHash, bytes: stored };
  if (!/^https?:/i.test(picture.source)) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      'expected the picture in the picture store, found none; import its product again',
    );
  }

  const fetched = await deps.fetcher.fetch(picture.source, signal);
  const read = await deps.pictures.read(fetched.contentHash);
  // What the server calls unchanged may be lost or damaged here.
  const found = read === undefined ? await deps.fetcher.fetchLost(picture.source, signal) : { ...fetched, bytes: read };
  const { contentHash: hash, version, width, height, bytes } = found;
  await setPictureContent(deps.db, { ...picture, contentHash: hash, version, width, height }).execute();
  return { contentHash: hash, bytes };
}
