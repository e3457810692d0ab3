import type { Region } from './search.ts';

/** A point of a picture in fractions of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a rectangle is held by: its whole, or one of its corners. */
export type Grip = 'all' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** Smaller parts show next to nothing; they come from a click that was not meant to draw. */
export const SMALLEST_SIDE = 0.04;

/** The rectangle between two corners, within the picture. */
export function between(a: Point, b: Point): Region {
  const [left, right] = ordered(within(a.x), within(b.x));
  const [top, bottom] = ordered(within(a.y), within(b.y));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether both sides are long enough to mean something. */
export function isLargeEnough({ width, height }: Region): boolean {
  return width >= SMALLEST_SIDE && height >= SMALLEST_SIDE;
}

/** The rectangle after a grip was moved by so much; it stays within the picture and keeps the smallest side. */
export function moved(region: Region, grip: Grip, by: Point): Region {
  const { x, y, width, height } = region;
  if (grip === 'all') {
    return { ...region, x: clamp(x + by.x, 0, 1 - width), y: clamp(y + by.y, 0, 1 - height) };
  }
  const horizontal = grip.endsWith('left') ? movedLow(x, width, by.x) : movedHigh(x, width, by.x);
  const vertical = grip.startsWith('top') ? movedLow(y, height, by.y) : movedHigh(y, height, by.y);
  return { x: horizontal.from, width: horizontal.length, y: vertical.from, height: vertical.length };
}

/** The lower end of a span moves, the higher one stays. */
function movedLow(from: number, length: number, by: number): { from: number; length: number } {
  const end = from + length;
  const start = clamp(from + by, 0, Math.max(0, end - SMALLEST_SIDE));
  return { from: start, length: end - start };
}

function movedHigh(from: number, length: number, by: number): { from: number; length: number } {
  return { from, length: clamp(from + length + by, from + SMALLEST_SIDE, 1) - from };
}

/** In thousandths, as the address has it, and within the picture to the last digit: the server refuses anything beyond its edge. */
export function tidied({ x, y, width, height }: Region): Region {
  const [left, top] = [thousandths(within(x)), thousandths(within(y))];
  return {
    x: left,
    y: top,
    width: Math.min(thousandths(width), thousandths(1 - left)),
    height: Math.min(thousandths(height), thousandths(1 - top)),
  };
}

function thousandths(fraction: number): number {
  return Math.round(fraction * 1_000) / 1_000;
}

function ordered(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}

function within(fraction: number): number {
  return clamp(fraction, 0, 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
