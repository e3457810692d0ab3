import { AppError, ERRORS } from '../errors.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { type ReportPicture, reportPictures, type Thumbnails } from '../evaluation/report/confused-pictures.ts';
import { createScaledPictures } from '../http/scaled-pictures.ts';
import { createLimiter } from '../limiter.ts';
import type { Shop } from '../shop.ts';

/** Twice as wide as they are shown, in pixels: sharp on fine screens. */
const WIDTH = 256;
/** More than a report shows: nothing is scaled twice. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** The pictures that a report shows, small, as data addresses. A picture that is gone or cannot be read is left out; the report shows that. */
export async function reportThumbnails(
  shop: Pick<Shop, 'loadImage' | 'queryPicture'>,
  evaluation: Evaluation,
): Promise<Thumbnails> {
  const pictures = reportPictures(evaluation.configurations[0]);
  const byKey = new Map(pictures.map((picture) => [picture.key, picture]));
  const scaled = createScaledPictures({
    read: async (key) => {
      const picture = byKey.get(key);
      return picture && load(shop, picture, evaluation.sampling.seed);
    },
    queue: createLimiter({ atOnce: 2 }),
    cacheBytes: CACHE_BYTES,
  });
  const thumbnails = new Map<string, string>();
  for (const { key } of pictures) {
    const picture = await orNothing(scaled(key, { width: WIDTH, webp: true }));
    if (picture === undefined) continue;
    thumbnails.set(key, `data:${picture.contentType};base64,${Buffer.from(picture.bytes).toString('base64')}`);
  }
  return thumbnails;
}

function load(
  shop: Pick<Shop, 'loadImage' | 'queryPicture'>,
  picture: ReportPicture,
  seed: number,
): Promise<Uint8Array> {
  return 'imageId' in picture
    ? shop.loadImage({ kind: 'productImage', id: picture.imageId })
    : shop.queryPicture(picture.picture, seed);
}

/** A picture that was deleted meanwhile, or is not in the folder of pictures of this machine, does not spoil a report. */
async function orNothing<T>(picture: Promise<T>): Promise<T | undefined> {
  try {
    return await picture;
  } catch (error) {
    if (error instanceof AppError && !ERRORS[error.code].retryable) return undefined;
    throw error;
  }
}
