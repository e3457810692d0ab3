import sharp, { type Sharp } from 'sharp';
import type { PictureView } from './embedder.ts';
import { decode, openPicture } from './picture.ts';

/** More pixels than this many times a tower's input say nothing to it. */
const OVERSAMPLING = 3;

/**
 * A part of a picture as a picture of its own: cut out, with plain ground where it reaches beyond the edge, and turned.
 *
 * @param input - size of what a tower takes, in pixels
 * @returns its size, and a pipeline of it; no larger than makes sense for the input
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export async function openView(
  bytes: Uint8Array,
  { frame, ground, turn }: PictureView,
  input: { readonly width: number; readonly height: number },
): Promise<{ facts: { width: number; height: number }; image: Sharp }> {
  const { facts, image } = await openPicture(bytes);
  // In pixels of the upright picture; the frame may begin before it.
  const left = Math.round(frame.x * facts.width);
  const top = Math.round(frame.y * facts.height);
  const right = Math.max(left + 1, Math.round((frame.x + frame.width) * facts.width));
  const bottom = Math.max(top + 1, Math.round((frame.y + frame.height) * facts.height));
  const inner = {
    left: clamp(left, 0, facts.width - 1),
    top: clamp(top, 0, facts.height - 1),
    right: clamp(right, 1, facts.width),
    bottom: clamp(bottom, 1, facts.height),
  };
  const scale = Math.min(
    1,
    (OVERSAMPLING * Math.max(input.width, input.height)) / Math.max(right - left, bottom - top),
  );
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  const size = { width: scaled(inner.right - inner.left), height: scaled(inner.bottom - inner.top) };
  const cut = await decode(
    image
      .autoOrient()
      .extract({ left: inner.left, top: inner.top, width: inner.right - inner.left, height: inner.bottom - inner.top })
      .flatten({ background: '#ffffff' })
      .resize(size.width, size.height, { fit: 'fill' })
      .toColourspace('srgb')
      .raw(),
  );
  const margins = {
    left: Math.round((inner.left - left) * scale),
    top: Math.round((inner.top - top) * scale),
    right: Math.round((right - inner.right) * scale),
    bottom: Math.round((bottom - inner.bottom) * scale),
  };
  const framed = {
    width: size.width + margins.left + margins.right,
    height: size.height + margins.top + margins.bottom,
  };
  const [r, g, b] = ground;
  const extended = await decode(
    sharp(cut, { raw: { ...size, channels: 3 } })
      .extend({ ...margins, background: { r, g, b } })
      .raw(),
  );
  const whole = sharp(extended, { raw: { ...framed, channels: 3 } });
  if (turn === 0) return { facts: framed, image: whole };
  const turned = await decode(whole.rotate(turn).raw());
  const facing = { width: framed.height, height: framed.width };
  return { facts: facing, image: sharp(turned, { raw: { ...facing, channels: 3 } }) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
