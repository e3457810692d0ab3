import type { Region } from './embedder.ts';
import { decode, openPicture } from './picture.ts';
import { looksLikeText, type Tones } from './picture-text.ts';
import { toPixels } from './preprocess-picture.ts';

/** What a picture has in it, as far as that can be told without a model. */
export type PictureContent = 'NOTHING' | 'TEXT' | 'SOMETHING';

/** On the long side, in pixels: letters of a page are still apart. */
const LOOKED_AT = 512;
/** Cells a side; what noise there is averages out in them. */
const CELLS = 16;
/** Of 255. Paper differs by less from the even light on it; a white product on white (#fafafa on #ffffff, 5) by more. */
const LEAST_DIFFERENCE = 3;

/**
 * Tells pictures that no product can be found by: of one colour, whatever its noise and however the light falls off, and of written text alone. A model makes a vector of
 * these, too, and some product is nearest to it.
 *
 * @param region - the part that is meant; all of it when left out
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export async function pictureContent(bytes: Uint8Array, region?: Region): Promise<PictureContent> {
  const { facts, image } = await openPicture(bytes);
  const { left, top, width, height } = toPixels(region ?? { x: 0, y: 0, width: 1, height: 1 }, facts);
  const scale = Math.min(1, LOOKED_AT / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const pixels = await decode(
    image
      .autoOrient()
      .extract({ left, top, width, height })
      .flatten({ background: '#ffffff' })
      .resize(size.width, size.height, { fit: 'fill' })
      .toColourspace('srgb')
      .raw(),
  );
  if (unevenness(pixels, size) < LEAST_DIFFERENCE) return 'NOTHING';
  return looksLikeText(tonesOf(pixels, size)) ? 'TEXT' : 'SOMETHING';
}

/** Whether nothing can be looked for in a picture. @throws as `pictureContent` */
export async function isEmptyPicture(bytes: Uint8Array, region?: Region): Promise<boolean> {
  return (await pictureContent(bytes, region)) !== 'SOMETHING';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much any cell differs from the light that falls off evenly over the whole: in each colour, from the nearest surface of the second degree. */
function unevenness(pixels: Uint8Array, size: Size): number {
  return Math.max(...[0, 1, 2].map((channel) => largestResidual(cellMeans(pixels, size, channel))));
}

function cellMeans(pixels: Uint8Array, { width, height }: Size, channel: number): Float64Array {
  const sums = new Float64Array(CELLS * CELLS);
  const counts = new Float64Array(CELLS * CELLS);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
      sums[cell] = (sums[cell] ?? 0) + (pixels[(y * width + x) * 3 + channel] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  // A picture of fewer pixels than cells leaves some empty: as the picture is on average.
  const mean = sums.reduce((sum, value) => sum + value, 0) / Math.max(1, width * height);
  return sums.map((sum, cell) => ((counts[cell] ?? 0) > 0 ? sum / (counts[cell] ?? 1) : mean));
}

/** Polynomials of degree 0, 1 and 2 that are orthogonal on the cells of a side, of length 1. */
const POLYNOMIALS = [0, 1, 2].map((degree) => {
  const places = Array.from({ length: CELLS }, (_, cell) => cell - (CELLS - 1) / 2);
  const squares = places.reduce((sum, place) => sum + place * place, 0) / CELLS;
  const values = places.map((place) => (degree === 0 ? 1 : degree === 1 ? place : place * place - squares));
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
});

function largestResidual(cells: Float64Array): number {
  const rest = Float64Array.from(cells);
  for (const [degreeX, alongX] of POLYNOMIALS.entries()) {
    for (const [degreeY, alongY] of POLYNOMIALS.entries()) {
      if (degreeX + degreeY > 2) continue;
      const basis = (cell: number): number => (alongX[cell % CELLS] ?? 0) * (alongY[Math.floor(cell / CELLS)] ?? 0);
      const share = cells.reduce((sum, value, cell) => sum + value * basis(cell), 0);
      for (let cell = 0; cell < rest.length; cell += 1) rest[cell] = (rest[cell] ?? 0) - share * basis(cell);
    }
  }
  return rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Luma (ITU-R BT.601). */
function tonesOf(pixels: Uint8Array, { width, height }: Size): Tones {
  const values = new Uint8Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 3, at * 3 + 3);
    values[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return { values, width, height };
}
