// Where a picture shows something: plain margins, bars and gaps, found line by line.

/** uint8 [height, width, 3] */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** In pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How far the channels of a plain line may lie apart, of 255: what JPEG at quality 30 leaves of one colour beside an edge. Where everything is plain by the first, the picture is faint,
 * and the next is tried, so that a white thing on white is not trimmed to nothing.
 */
const PLAIN_RANGES = [24, 12, 6, 3] as const;
/** How far a line of a page's ground may be from the colour at its sides, of 255. */
const LINE_STEP = 6;
/** Margins within margins (a letterboxed picture on a white page), at most. */
const NESTED = 4;

/**
 * What is left without plain margins: without the outermost ones, then without those within, which may be the picture's own ground, and so on.
 *
 * @returns from the outside in, each within the one before; none where nothing is plain, or everything
 */
export function contentBoxes(pixels: Pixels): Box[] {
  const whole: Box = { left: 0, top: 0, width: pixels.width, height: pixels.height };
  for (const range of PLAIN_RANGES) {
    const boxes: Box[] = [];
    let outer = whole;
    let inner = trimOnce(pixels, whole, range);
    if (inner === undefined) continue;
    while (inner !== undefined && boxes.length < NESTED && areaOf(inner) < areaOf(outer)) {
      boxes.push(inner);
      outer = inner;
      inner = trimOnce(pixels, outer, range);
    }
    return boxes;
  }
  return [];
}

/** A gap between two blocks of a page, as a share of its side: more than between two lines of a text, and than between the shoes of a pair. */
const LEAST_GAP = 0.012;

/** A block of more than this share of a page is the page. */
const MOST_OF_PAGE = 0.9;

/** The largest block that plain lines across a page set apart; undefined where it is one block. */
export function largestBlock(pixels: Pixels): Box | undefined {
  const page: Box = { left: 0, top: 0, width: pixels.width, height: pixels.height };
  // Lines of any colour divide a page: bars have their own.
  const bands = cutRows(pixels, page, () => true);
  const blocks = bands.flatMap((band) => {
    // Within a band the ground is what it has at its sides: the ground of a photo in it is the photo's.
    const sides = [band, { ...band, left: band.left + band.width - 1 }].map((side) =>
      rangeOf(pixels, { ...side, width: 1 }),
    );
    const isGround = (ranges: ChannelRanges) => sides.some((side) => colourStep(side, ranges) <= LINE_STEP);
    return cutColumns(pixels, band, isGround).flatMap((block) => cutRows(pixels, block, isGround));
  });
  const largest = blocks.reduce<Box | undefined>(
    (best, block) => (best === undefined || areaOf(block) > areaOf(best) ? block : best),
    undefined,
  );
  return largest === undefined || areaOf(largest) >= MOST_OF_PAGE * areaOf(page) ? undefined : largest;
}

function areaOf({ width, height }: Box): number {
  return width * height;
}

function cutRows(pixels: Pixels, box: Box, isGround: (ranges: ChannelRanges) => boolean): Box[] {
  const isPlainRow = (line: number) => isPlain(rangeOf(pixels, { ...box, top: box.top + line, height: 1 }), isGround);
  return runsOfContent(box.height, LEAST_GAP * pixels.height, isPlainRow).map(([start, length]) => ({
    ...box,
    top: box.top + start,
    height: length,
  }));
}

function cutColumns(pixels: Pixels, box: Box, isGround: (ranges: ChannelRanges) => boolean): Box[] {
  const isPlainColumn = (line: number) =>
    isPlain(rangeOf(pixels, { ...box, left: box.left + line, width: 1 }), isGround);
  return runsOfContent(box.width, LEAST_GAP * pixels.width, isPlainColumn).map(([start, length]) => ({
    ...box,
    left: box.left + start,
    width: length,
  }));
}

/** Runs of lines that are not plain, as first line and length; gaps that are too narrow are part of a run. */
function runsOfContent(
  lines: number,
  leastGap: number,
  isPlainLine: (line: number) => boolean,
): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let line = 0; line < lines; line++) {
    if (isPlainLine(line)) continue;
    const last = runs.at(-1);
    if (last !== undefined && line - (last[0] + last[1]) < leastGap) last[1] = line + 1 - last[0];
    else runs.push([line, 1]);
  }
  return runs;
}

function isPlain(ranges: ChannelRanges, isGround: (ranges: ChannelRanges) => boolean): boolean {
  return ranges.every(([low, high]) => high - low <= PLAIN_RANGES[0]) && isGround(ranges);
}

/** Takes the plain lines off each side of a box; undefined where nothing is left. */
function trimOnce(pixels: Pixels, box: Box, range: number): Box | undefined {
  const top = plainLines(box.height, range, (line) => rangeOf(pixels, { ...box, top: box.top + line, height: 1 }));
  if (top === box.height) return undefined;
  const last = box.top + box.height - 1;
  const bottom = plainLines(box.height, range, (line) => rangeOf(pixels, { ...box, top: last - line, height: 1 }));
  const rows = { ...box, top: box.top + top, height: box.height - top - bottom };
  const left = plainLines(rows.width, range, (line) => rangeOf(pixels, { ...rows, left: rows.left + line, width: 1 }));
  if (left === rows.width) return undefined;
  const end = rows.left + rows.width - 1;
  const right = plainLines(rows.width, range, (line) => rangeOf(pixels, { ...rows, left: end - line, width: 1 }));
  return { ...rows, left: rows.left + left, width: rows.width - left - right };
}

/** How many lines in a row are plain, and of about the colour of the one before: a shadow, a gradient. */
function plainLines(lines: number, range: number, rangeAt: (line: number) => ChannelRanges): number {
  let before: ChannelRanges | undefined;
  for (let line = 0; line < lines; line++) {
    const now = rangeAt(line);
    if (now.some(([low, high]) => high - low > range)) return line;
    if (before !== undefined && colourStep(before, now) > range / 2) return line;
    before = now;
  }
  return lines;
}

/** How far the middles of two lines' colours lie apart, in the channel where they do most. */
function colourStep(a: ChannelRanges, b: ChannelRanges): number {
  const middle = ([low, high]: readonly [number, number]) => (low + high) / 2;
  return Math.max(...a.map((range, channel) => Math.abs(middle(range) - middle(b[channel] ?? [0, 0]))));
}

/** Least and greatest value of each channel. */
type ChannelRanges = readonly (readonly [number, number])[];

function rangeOf({ data, width }: Pixels, box: Box): ChannelRanges {
  const low = [255, 255, 255];
  const high = [0, 0, 0];
  for (let y = box.top; y < box.top + box.height; y++) {
    for (let x = box.left; x < box.left + box.width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = data[(y * width + x) * 3 + channel] as number;
        if (value < (low[channel] as number)) low[channel] = value;
        if (value > (high[channel] as number)) high[channel] = value;
      }
    }
  }
  return [0, 1, 2].map((channel) => [low[channel] as number, high[channel] as number] as const);
}
