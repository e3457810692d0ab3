import { AppError } from '../errors.ts';
import type { EmbedDeps } from './embed-deps.ts';
import { type PictureToEmbed, setPictureContent } from './embedding-statements.ts';

/** A picture's bytes and their name in the picture store. */
export interface LoadedPicture {
  readonly contentHash: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a picture from the store. One from the web that is not there is fetched, checked, kept in the store, and what was found is
 * written to its row.
 *
 * @throws AppError as fetchImage and inspectPicture do; IMAGE_NOT_FOUND when the store has lost a picture that came with the shop's data
 */
export async function loadPicture(
  deps: Pick<EmbedDeps, 'db' | 'pictures' | 'inspectPicture' | 'fetchImage'>,
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

  const { bytes, version } = await deps.fetchImage(picture.source, signal);
  const { width, height } = await deps.inspectPicture(bytes);
  const fetchedHash = await deps.pictures.put(bytes);
  await setPictureContent(deps.db, { ...picture, contentHash: fetchedHash, version, width, height }).execute();
  return { contentHash: fetchedHash, bytes };
}
