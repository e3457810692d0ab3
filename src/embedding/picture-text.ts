// Whether a picture is nothing but written text: many small marks of one kind, in lines, on an even ground.

/** Brightness of each pixel, 0 to 255, row by row. */
export interface Tones {
  readonly values: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What stands out of the ground as one, in pixels. */
interface Mark {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly area: number;
}

/** Of 255: what differs by less from the ground is part of it, by more a mark; between them are the edges of letters. */
const GROUND = 24;
const MARKED = 64;
const LEAST_GROUND = 0.55;
const LEAST_MARKED = 0.004;
const SMALLEST_MARK = 6;
const FEWEST_MARKS = 8;
/** Of the picture's sides: larger ones are things. */
const TALLEST_LETTER = 0.25;
const WIDEST_WORD = 0.6;
/** Marks of a line are letters of one size. */
const SAME_SIZE = 2.5;
const SHORTEST_LINE = 3;
const IN_LINES = 0.8;
/** Letters are of different widths; dots of a pattern, links of a chain and the like are not. */
const LEAST_VARIETY = 0.2;
/** Letters are strokes: they fill less of their box than things do, and more than outlines. */
const FILLED = { least: 0.2, most: 0.75 };

/** Conservative: what may be a thing is none. */
export function looksLikeText(tones: Tones): boolean {
  const ground = groundOf(tones);
  if (ground === undefined) return false;
  const marks = marksOf(tones, ground);
  if (marks.length < FEWEST_MARKS) return false;
  const isSmall = ({ width, height }: Mark): boolean =>
    height <= tones.height * TALLEST_LETTER && width <= tones.width * WIDEST_WORD;
  if (!marks.every(isSmall)) return false;
  const inLines = linesOf(marks)
    .filter((line) => line.length >= SHORTEST_LINE)
    .flat();
  if (inLines.length < IN_LINES * marks.length) return false;
  const filled = median(inLines.map(({ width, height, area }) => area / (width * height)));
  const shapes = inLines.map(({ width, height }) => width / height);
  return filled >= FILLED.least && filled <= FILLED.most && variety(shapes) >= LEAST_VARIETY;
}

/** The brightness of the ground; undefined where most of the picture is not even. */
function groundOf({ values }: Tones): number | undefined {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  const ground = counts.indexOf(Math.max(...counts));
  const even = counts
    .subarray(Math.max(0, ground - GROUND), ground + GROUND + 1)
    .reduce((sum, count) => sum + count, 0);
  const marked = counts.reduce((sum, count, value) => sum + (Math.abs(value - ground) > MARKED ? count : 0), 0);
  return even >= LEAST_GROUND * values.length && marked >= LEAST_MARKED * values.length ? ground : undefined;
}

/** Marks that touch, corners included, are one. */
function marksOf({ values, width, height }: Tones, ground: number): Mark[] {
  const seen = new Uint8Array(values.length);
  const isMarked = (at: number): boolean => Math.abs((values[at] ?? ground) - ground) > MARKED;
  const marks: Mark[] = [];
  const waiting: number[] = [];
  for (let start = 0; start < values.length; start += 1) {
    if (seen[start] === 1 || !isMarked(start)) continue;
    let [left, right, top, bottom, area] = [width, 0, height, 0, 0];
    seen[start] = 1;
    waiting.push(start);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      area += 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let nextY = Math.max(0, y - 1); nextY <= Math.min(height - 1, y + 1); nextY += 1) {
        for (let nextX = Math.max(0, x - 1); nextX <= Math.min(width - 1, x + 1); nextX += 1) {
          const next = nextY * width + nextX;
          if (seen[next] === 1 || !isMarked(next)) continue;
          seen[next] = 1;
          waiting.push(next);
        }
      }
    }
    if (area >= SMALLEST_MARK) marks.push({ left, top, width: right - left + 1, height: bottom - top + 1, area });
  }
  return marks;
}

interface Line {
  readonly marks: Mark[];
  top: number;
  bottom: number;
}

/** Marks of about one size that stand side by side. */
function linesOf(marks: readonly Mark[]): Mark[][] {
  const lines: Line[] = [];
  for (const mark of marks.toSorted((a, b) => a.top + a.height / 2 - (b.top + b.height / 2))) {
    const [top, bottom] = [mark.top, mark.top + mark.height];
    const line = lines.at(-1);
    const height = line === undefined ? 0 : line.bottom - line.top;
    const overlap = line === undefined ? 0 : Math.min(bottom, line.bottom) - Math.max(top, line.top);
    const isBeside = overlap >= 0.5 * Math.min(mark.height, height);
    const isAlike = Math.max(mark.height, height) <= SAME_SIZE * Math.min(mark.height, height);
    if (line !== undefined && isBeside && isAlike) {
      line.marks.push(mark);
      line.top = Math.min(line.top, top);
      line.bottom = Math.max(line.bottom, bottom);
    } else lines.push({ marks: [mark], top, bottom });
  }
  return lines.map((line) => line.marks);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Standard deviation by the mean. */
function variety(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(spread) / mean;
}
