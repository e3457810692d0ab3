import { describe, expect, it } from 'vitest';
import type { PictureContent, PictureLook } from '../../../src/embedding/embedder.ts';
import { insideOf, viewsOf } from '../../../src/search/query/picture-views.ts';

const look = (...contents: PictureContent[]): PictureLook => ({
  width: 200,
  height: 200,
  isBlank: false,
  note: undefined,
  margin: 0,
  contents,
});
const content = (region: PictureContent['region'], isRectangle = false): PictureContent => ({
  region,
  isRectangle,
  ground: [1, 2, 3],
});
const STYLE = { aspect: 1, margins: [0, 0.1] };

describe('parts of a picture that may be meant', () => {
  it('are none where nothing is to be trimmed', () => {
    expect(viewsOf(look(), STYLE)).toEqual([]);
  });

  it('are a photo in a frame as it is', () => {
    const region = { x: 0.25, y: 0, width: 0.5, height: 1 };
    const [first, ...others] = viewsOf(look(content(region, true)), STYLE);
    expect(first?.view).toEqual({ frame: region, ground: [1, 2, 3], turn: 0 });
    expect(first?.closer()).toEqual([]);
    expect(others).toEqual([]);
  });

  it('have the margins of the shop around a thing, in the middle of the picture and in that of the frame', () => {
    const thing = content({ x: 0.25, y: 0.3, width: 0.5, height: 0.2 });
    const frames = viewsOf(look(thing), STYLE).map(({ view }) => view.frame);
    expect(frames).toHaveLength(3);
    expect(frames[0]).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
    // Half of a frame of 0.5 / 0.8 to each side of the middle.
    expect(frames[1]?.width).toBeCloseTo(0.625, 9);
    expect(frames[1]?.x).toBeCloseTo(0.5 - 0.3125, 9);
    expect((frames[2]?.y ?? 0) + (frames[2]?.height ?? 0) / 2).toBeCloseTo(0.4, 9);
  });

  it('have the shape that the shop gives its pictures, and reach beyond the picture for it', () => {
    const tall = content({ x: 0.4, y: 0, width: 0.2, height: 1 });
    const [first] = viewsOf(look(tall), { aspect: 0.75, margins: [0.1] });
    expect(first?.view.frame.height).toBeCloseTo(1.25, 9);
    expect((first?.view.frame.width ?? 0) / (first?.view.frame.height ?? 1)).toBeCloseTo(0.75, 9);
    expect(insideOf(first?.view.frame ?? { x: 0, y: 0, width: 0, height: 0 })).toMatchObject({ y: 0, height: 1 });
  });

  it('are looked at a little closer and a little wider', () => {
    const thing = content({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
    const [first] = viewsOf(look(thing), { aspect: 1, margins: [0.05] });
    const widths = first?.closer().map(({ frame }) => frame.width) ?? [];
    expect(widths).toHaveLength(2);
    expect(widths[0]).toBeLessThan(first?.view.frame.width ?? 0);
    expect(widths[1]).toBeGreaterThan(first?.view.frame.width ?? 0);
  });
});
