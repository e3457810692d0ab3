import type { PictureContent, PictureLook } from './embedder.ts';
import { decode, openPicture } from './picture.ts';
import { type Box, contentBoxes, largestBlock, type Pixels } from './plain-margins.ts';

/** In pixels: enough to find an edge to half a hundredth of a side. */
const LONG_SIDE = 256;

/**
 * Looks at a picture: whether it is blank, and where its content is.
 *
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export async function lookAtPicture(bytes: Uint8Array): Promise<PictureLook> {
  const { facts, image } = await openPicture(bytes);
  const scale = Math.min(1, LONG_SIDE / Math.max(facts.width, facts.height));
  const width = Math.max(1, Math.round(facts.width * scale));
  const height = Math.max(1, Math.round(facts.height * scale));
  const data = await decode(
    image
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(width, height, { fit: 'fill' })
      .toColourspace('srgb')
      .raw(),
  );
  const pixels: Pixels = { data, width, height };
  const isBlank = isOneColour(pixels);
  return {
    width: facts.width,
    height: facts.height,
    note: facts.note,
    isBlank,
    ...(isBlank ? { margin: 0, contents: [] } : findContents(pixels)),
  };
}

/** Cells a side that a picture is averaged over, so that noise is not taken for something. */
const CELLS = 16;
/** Of 255, between the lightest and the darkest cell: noise of plus or minus 2 leaves 2 in pictures of 60 x 80 pixels, and the faintest product on white that was tried has 5. */
const BLANK_RANGE = 3;

function isOneColour({ data, width, height }: Pixels): boolean {
  const columns = Math.min(CELLS, width);
  const rows = Math.min(CELLS, height);
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * columns) / width);
      const at = (y * width + x) * 3;
      counts[cell] = (counts[cell] ?? 0) + 1;
      for (let channel = 0; channel < 3; channel++) {
        sums[cell * 3 + channel] = (sums[cell * 3 + channel] ?? 0) + (data[at + channel] ?? 0);
      }
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    let low = 255;
    let high = 0;
    for (let cell = 0; cell < counts.length; cell++) {
      const mean = (sums[cell * 3 + channel] ?? 0) / (counts[cell] || 1);
      low = Math.min(low, mean);
      high = Math.max(high, mean);
    }
    if (high - low > BLANK_RANGE) return false;
  }
  return true;
}

/** Less is nothing that a person would call a part of the picture. */
const SMALLEST_SHARE = 0.02;

function findContents(pixels: Pixels): Pick<PictureLook, 'margin' | 'contents'> {
  const boxes = contentBoxes(pixels);
  const found: Box[] = [];
  for (const box of [boxes.at(0), boxes.at(-1), largestBlock(pixels)]) {
    const isLarge = box !== undefined && box.width * box.height >= SMALLEST_SHARE * pixels.width * pixels.height;
    if (isLarge && !found.some((other) => isAlike(box, other))) found.push(box);
  }
  return { margin: marginOf(boxes.at(-1), pixels), contents: found.map((box) => describe(box, pixels)) };
}

function marginOf(box: Box | undefined, { width, height }: Pixels): number {
  if (box === undefined) return 0;
  const { left, top } = box;
  return Math.min(left / width, top / height, (width - left - box.width) / width, (height - top - box.height) / height);
}

/** Whether two boxes are the same but for a line or two. */
function isAlike(a: Box, b: Box): boolean {
  const across = Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left));
  const down = Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));
  const shared = across * down;
  return shared >= 0.95 * (a.width * a.height + b.width * b.height - shared);
}

/** Of the pixels on an edge of a content's box: how many are unlike the ground where the content fills its rectangle. */
const FILLED_EDGE = 0.8;
const UNLIKE_GROUND = 24;

function describe(box: Box, pixels: Pixels): PictureContent {
  const { width, height } = pixels;
  const ground = groundBeside(box, pixels);
  const region = { x: box.left / width, y: box.top / height, width: box.width / width, height: box.height / height };
  return { region, ground, isRectangle: sidesWithMargin(box, pixels).every((side) => filled(side, pixels, ground)) };
}

type Line = readonly (readonly [number, number])[];

/** The outermost pixels of each side that has plain ground beside it. */
function sidesWithMargin({ left, top, width, height }: Box, pixels: Pixels): Line[] {
  const right = left + width - 1;
  const bottom = top + height - 1;
  const row = (y: number): Line => Array.from({ length: width }, (_, i) => [left + i, y]);
  const column = (x: number): Line => Array.from({ length: height }, (_, i) => [x, top + i]);
  return [
    ...(top > 0 ? [row(top)] : []),
    ...(bottom < pixels.height - 1 ? [row(bottom)] : []),
    ...(left > 0 ? [column(left)] : []),
    ...(right < pixels.width - 1 ? [column(right)] : []),
  ];
}

function filled(line: Line, { data, width }: Pixels, ground: readonly number[]): boolean {
  const unlike = line.filter(([x, y]) =>
    ground.some((value, channel) => Math.abs((data[(y * width + x) * 3 + channel] ?? 0) - value) > UNLIKE_GROUND / 2),
  );
  return unlike.length >= FILLED_EDGE * line.length;
}

/** The colour of a pixel of the margin: above, below, left or right of the box, in the middle of that side. */
function groundBeside({ left, top, width, height }: Box, pixels: Pixels): [number, number, number] {
  const x = left + Math.floor(width / 2);
  const y = top + Math.floor(height / 2);
  const [atX, atY] =
    top > 0
      ? [x, top - 1 - Math.min(2, top - 1)]
      : top + height < pixels.height
        ? [x, Math.min(pixels.height - 1, top + height + 2)]
        : left > 0
          ? [left - 1 - Math.min(2, left - 1), y]
          : [Math.min(pixels.width - 1, left + width + 2), y];
  const at = (atY * pixels.width + atX) * 3;
  return [pixels.data[at] ?? 255, pixels.data[at + 1] ?? 255, pixels.data[at + 2] ?? 255];
}
