import { LRUCache } from 'lru-cache';
import { decode, openPicture } from '../embedding/picture.ts';
import type { Limiter } from '../limiter.ts';

/** A picture as it goes over the wire. */
export interface ServedPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** How a picture is asked for. */
export interface PictureVariant {
  /** The largest width, in pixels; undefined for the picture as it is. */
  readonly width: number | undefined;
  /** Whether the client takes WebP: smaller than JPEG and PNG, and as old as 2010. */
  readonly webp: boolean;
}

export interface ScaledPicturesDeps {
  /** The stored bytes; undefined when there are none. */
  readonly read: (contentHash: string) => Promise<Uint8Array | undefined>;
  /** Decoding and scaling take a core each. */
  readonly queue: Limiter;
  /** Memory for pictures that are scaled already. */
  readonly cacheBytes: number;
}

/** What browsers show as it is; TIFF is not among them. */
const CONTENT_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
} as const;

/**
 * Pictures of the store as clients want them: upright, no wider than asked, never enlarged, the same one scaled once however many ask.
 *
 * @returns a function from content hash and variant to the picture; undefined when the store has none.
 *   It throws AppError SERVER_OVERLOADED, IMAGE_UNREADABLE
 */
export function createScaledPictures(
  deps: ScaledPicturesDeps,
): (contentHash: string, variant: PictureVariant) => Promise<ServedPicture | undefined> {
  const cache = new LRUCache<string, ServedPicture, PictureVariant & { contentHash: string }>({
    maxSize: deps.cacheBytes,
    sizeCalculation: ({ bytes }) => bytes.byteLength,
    fetchMethod: async (_key, _stale, { context }) => {
      const original = await deps.read(context.contentHash);
      return original === undefined ? undefined : deps.queue.run(() => scale(original, context));
    },
  });
  return async (contentHash, variant) => {
    if (variant.width === undefined) {
      const original = await deps.read(contentHash);
      return original === undefined
        ? undefined
        : showAsIs(original, () => deps.queue.run(() => scale(original, variant)));
    }
    return cache.fetch(`${contentHash}/${variant.width}/${variant.webp}`, { context: { ...variant, contentHash } });
  };
}

async function showAsIs(original: Uint8Array, convert: () => Promise<ServedPicture>): Promise<ServedPicture> {
  const { facts } = await openPicture(original);
  if (facts.format === 'tiff') return convert();
  return { bytes: original, contentType: CONTENT_TYPES[facts.format] };
}

async function scale(original: Uint8Array, { width, webp }: PictureVariant): Promise<ServedPicture> {
  const { image } = await openPicture(original);
  const { hasAlpha } = await image.metadata();
  const upright = image.autoOrient();
  const scaled = width === undefined ? upright : upright.resize({ width, withoutEnlargement: true });
  const format = webp ? 'webp' : hasAlpha ? 'png' : 'jpeg';
  return { bytes: await decode(scaled.toFormat(format)), contentType: CONTENT_TYPES[format] };
}
