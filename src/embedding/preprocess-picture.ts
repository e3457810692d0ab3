import { badInput } from '../errors.ts';
import type { PictureView, Region } from './embedder.ts';
import { enlarge } from './enlarge.ts';
import type { VisionTower } from './model-manifest.ts';
import { openView } from './open-view.ts';
import { decode, openPicture } from './picture.ts';

/**
 * Where a picture is longer than this many times its short side, `crop` takes only the middle of it: the rest would be
 * scaled up and thrown away, at a cost without bound (a line of 50,000 x 1 pixels would become 2.5 billion).
 */
const MAX_ASPECT = 8;

/** In pixels of the upright picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture's bytes to the pixels that a vision tower is fed with, as the reference (Pillow) makes them: upright by EXIF,
 * sRGB, transparency on white, first frame, resized with antialiasing by the manifest's rule.
 *
 * @param part.region - of the upright picture, in fractions; what it touches of a pixel is rounded, to at least one pixel
 * @param part.view - instead of a region: see `openView`
 * @returns uint8 [height, width, 3], red, green, blue
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS; BAD_USER_INPUT for a region outside the picture
 */
export async function preprocessPicture(
  bytes: Uint8Array,
  tower: Pick<VisionTower, 'width' | 'height' | 'resize' | 'resample'>,
  { region, view }: { region?: Region | undefined; view?: PictureView | undefined } = {},
): Promise<Uint8Array> {
  if (region) checkRegion(region);
  const { facts, image } = view ? await openView(bytes, view, tower) : await openPicture(bytes);
  const whole: Box = { left: 0, top: 0, width: facts.width, height: facts.height };
  const chosen = region ? toPixels(region, facts) : whole;
  const source = tower.resize === 'crop' ? middle(chosen, (MAX_ASPECT * tower.width) / tower.height) : chosen;
  const scaled = tower.resize === 'crop' ? coveringSize(source, tower) : { width: tower.width, height: tower.height };
  // sharp enlarges a fraction of a pixel aside of where Pillow does, so it only ever reduces here.
  const reduced = { width: Math.min(scaled.width, source.width), height: Math.min(scaled.height, source.height) };
  const pixels = await decode(
    image
      .autoOrient()
      // Also when it is the whole picture: an extract keeps JPEG and WebP from being scaled while loading, which is
      // faster and not what the reference does (2.1 of 255 off on average, where this is 1.1).
      .extract(source)
      .flatten({ background: '#ffffff' })
      .resize(reduced.width, reduced.height, { fit: 'fill', kernel: tower.resample === 'bicubic' ? 'cubic' : 'linear' })
      .toColourspace('srgb')
      .raw(),
  );
  const full = enlarge(pixels, reduced, scaled, tower.resample);
  return cutMiddle(full, scaled, tower);
}

/** @throws AppError BAD_USER_INPUT unless the region lies in the picture and has an area */
function checkRegion({ x, y, width, height }: Region): void {
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    if (!Number.isFinite(value)) throw badInput(`region.${name}`, 'a number from 0 to 1', value);
  }
  if (x < 0 || x >= 1) throw badInput('region.x', '0 to below 1', x);
  if (y < 0 || y >= 1) throw badInput('region.y', '0 to below 1', y);
  // A region made of a client's own divisions may end a rounding error past the edge.
  const edge = 1 + 1e-6;
  if (width <= 0 || x + width > edge)
    throw badInput('region.width', `above 0, to at most ${1 - x} from x = ${x}`, width);
  if (height <= 0 || y + height > edge) {
    throw badInput('region.height', `above 0, to at most ${1 - y} from y = ${y}`, height);
  }
}

/** A region of a picture in pixels of it, at least one. */
export function toPixels(region: Region, facts: { width: number; height: number }): Box {
  const left = Math.min(Math.round(region.x * facts.width), facts.width - 1);
  const top = Math.min(Math.round(region.y * facts.height), facts.height - 1);
  const right = Math.min(Math.max(Math.round((region.x + region.width) * facts.width), left + 1), facts.width);
  const bottom = Math.min(Math.max(Math.round((region.y + region.height) * facts.height), top + 1), facts.height);
  return { left, top, width: right - left, height: bottom - top };
}

/** The box, cut evenly on its long side to at most `aspect` times the short one. */
function middle(box: Box, aspect: number): Box {
  const width = Math.min(box.width, Math.ceil(box.height * aspect));
  const height = Math.min(box.height, Math.ceil(box.width * aspect));
  return {
    left: box.left + Math.floor((box.width - width) / 2),
    top: box.top + Math.floor((box.height - height) / 2),
    width,
    height,
  };
}

/** The smallest size of the box's shape that covers the target; the long side is rounded down, as torchvision does. */
function coveringSize(box: Box, target: { width: number; height: number }): { width: number; height: number } {
  return box.width * target.height <= box.height * target.width
    ? { width: target.width, height: Math.max(Math.floor((target.width * box.height) / box.width), target.height) }
    : { width: Math.max(Math.floor((target.height * box.width) / box.height), target.width), height: target.height };
}

/** @param pixels - uint8 [from.height, from.width, 3] */
function cutMiddle(
  pixels: Uint8Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
): Uint8Array {
  const left = roundHalfToEven((from.width - to.width) / 2);
  const top = roundHalfToEven((from.height - to.height) / 2);
  const result = new Uint8Array(to.width * to.height * 3);
  for (let row = 0; row < to.height; row++) {
    const start = ((top + row) * from.width + left) * 3;
    result.set(pixels.subarray(start, start + to.width * 3), row * to.width * 3);
  }
  return result;
}

/** Python's `round`, with which torchvision places the centre crop. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
