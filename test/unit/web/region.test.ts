import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/seeded-random.ts';
import { between, type Grip, isLargeEnough, moved, SMALLEST_SIDE, tidied } from '../../../web/search/region.ts';

const GRIPS: readonly Grip[] = ['all', 'top-left', 'top-right', 'bottom-left', 'bottom-right'];

describe('a part of a picture', () => {
  it('lies between two corners, drawn in any direction, and ends at the edge', () => {
    const drawn = { x: 0.25, y: 0.25, width: 0.5, height: 0.25 };
    expect(between({ x: 0.25, y: 0.25 }, { x: 0.75, y: 0.5 })).toEqual(drawn);
    expect(between({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.25 })).toEqual(drawn);
    expect(between({ x: -3, y: 0.5 }, { x: 0.5, y: 9 })).toEqual({ x: 0, y: 0.5, width: 0.5, height: 0.5 });
  });

  it('must be large enough to show something', () => {
    expect(isLargeEnough({ x: 0, y: 0, width: 0.5, height: 0.01 })).toBe(false);
    expect(isLargeEnough({ x: 0, y: 0, width: 0.5, height: 0.1 })).toBe(true);
  });

  it('keeps the opposite corner when one is pulled', () => {
    const region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    expect(moved(region, 'top-left', { x: 0.125, y: -0.125 })).toEqual({
      x: 0.375,
      y: 0.125,
      width: 0.375,
      height: 0.625,
    });
    expect(moved(region, 'bottom-right', { x: 9, y: 9 })).toEqual({ x: 0.25, y: 0.25, width: 0.75, height: 0.75 });
    expect(moved(region, 'all', { x: 9, y: -9 })).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.5 });
  });

  it('stays within the picture and large enough, whatever is done to it', () => {
    const random = createRandom(3);
    let region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    for (let i = 0; i < 5_000; i++) {
      const grip = GRIPS[Math.floor(random() * GRIPS.length)] ?? 'all';
      region = moved(region, grip, { x: random() * 2 - 1, y: random() * 2 - 1 });
      const sent = tidied(region);
      expect(sent.x).toBeGreaterThanOrEqual(0);
      expect(sent.y).toBeGreaterThanOrEqual(0);
      expect(sent.x + sent.width).toBeLessThanOrEqual(1);
      expect(sent.y + sent.height).toBeLessThanOrEqual(1);
      expect(Math.min(sent.width, sent.height)).toBeGreaterThanOrEqual(SMALLEST_SIDE - 0.001);
    }
  });
});
