import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../src/embedding/embedder.ts';
import { lookAtPicture } from '../../../src/embedding/picture-look.ts';
import { onePlainColour, placeholder, scene, sceneJpeg, withMargin } from '../../support/picture-cases.ts';

/** Whether a region is where it should be, to two hundredths of a side; the region where it is not. */
function atPlace(found: Region | undefined, ...expected: number[]): true | Region | undefined {
  const values = found === undefined ? [] : [found.x, found.y, found.width, found.height];
  const isThere = values.length === 4 && values.every((value, at) => Math.abs(value - (expected[at] ?? -1)) < 0.02);
  return isThere || found;
}

describe('a blank picture', () => {
  it.each([
    ['white', '#ffffff', 0],
    ['black', '#000000', 0],
    ['grey', '#808080', 0],
    ['of one colour', '#3366cc', 0],
    ['white with noise', '#fdfdfd', 2],
    ['grey with noise', '#808080', 2],
    ['black with noise', '#020202', 2],
  ])('is known: %s', async (_, colour, noise) => {
    expect(await lookAtPicture(await onePlainColour(colour, { noise }))).toMatchObject({ isBlank: true, contents: [] });
    expect((await lookAtPicture(await onePlainColour(colour, { noise, size: 60 }))).isBlank).toBe(true);
  });

  it.each([
    ['a scene', sceneJpeg],
    ['a placeholder', placeholder],
    ['a scene at quality 30', () => scene().jpeg({ quality: 30 }).toBuffer()],
    ['a small scene', () => scene().resize(24).jpeg().toBuffer()],
  ])('is not %s', async (_, make) => {
    expect((await lookAtPicture(await make())).isBlank).toBe(false);
  });
});

describe('where a picture shows something', () => {
  it('is all of it where nothing is plain at its sides', async () => {
    // Its corners are plain, so the sides of a scene on a gradient are looked at.
    const pixels = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 7919) % 256));
    const busy = await sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } })
      .png()
      .toBuffer();
    expect((await lookAtPicture(busy)).contents).toEqual([]);
  });

  it.each(
    [0.15, 0.3, 0.5, 1].flatMap((share) => ['#ffffff', '#000000', '#f7f7f7'].map((ground) => [share, ground] as const)),
  )('is found within margins of %d, %s', async (share, ground) => {
    const { contents } = await lookAtPicture(await withMargin(await sceneJpeg(), share, ground));
    const side = 1 / (1 + 2 * share);
    expect(atPlace(contents[0]?.region, share * side, share * side, side, side)).toBe(true);
  });

  it('is found between margins on two sides alone', async () => {
    const { contents } = await lookAtPicture(await withMargin(await sceneJpeg(), 0.5, '#ffffff', 'two'));
    expect(contents[0]?.isRectangle).toBe(true);
    expect(atPlace(contents[0]?.region, 0.25, 0, 0.5, 1)).toBe(true);
  });

  it('is a white thing on white, not nothing', async () => {
    const thing = { create: { width: 120, height: 120, channels: 3, background: '#fafafa' } } as const;
    const white = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#fff' } })
      .composite([{ input: thing }])
      .png()
      .toBuffer();
    const { isBlank, contents } = await lookAtPicture(white);
    expect(isBlank).toBe(false);
    expect(atPlace(contents[0]?.region, 0.35, 0.35, 0.3, 0.3)).toBe(true);
  });

  it('is the picture on a screenshot of a page', async () => {
    const shown = await sharp(await sceneJpeg())
      .resize(350)
      .toBuffer();
    const bar = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="390" height="60"><rect width="390" height="60" fill="#222"/><rect x="20" y="22" width="150" height="16" fill="#fff"/></svg>',
    );
    const screen = await sharp({ create: { width: 390, height: 844, channels: 3, background: '#f7f7f7' } })
      .composite([
        { input: shown, left: 20, top: 140 },
        { input: bar, left: 0, top: 0 },
      ])
      .png()
      .toBuffer();
    const { contents } = await lookAtPicture(screen);
    const found = contents.at(-1);
    expect(found?.isRectangle).toBe(true);
    expect(atPlace(found?.region, 20 / 390, 140 / 844, 350 / 390, 262 / 844)).toBe(true);
  });
});
