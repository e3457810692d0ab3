import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preprocessPicture } from '../../../src/embedding/preprocess-picture.ts';
import { fixturePicture, PREPROCESS_CASES } from '../../support/preprocess-fixtures.ts';

const CLIP = { width: 224, height: 224, resize: 'crop', resample: 'bicubic' } as const;
const MINI = { width: 96, height: 96, resize: 'squash', resample: 'bicubic' } as const;

/** Of 255, on average over all values. The largest measured is 1.48 (photo.webp, squashed); most are below 0.5. */
const NEAR = 1.5;
/** Pillow converts CMYK without regard to the picture's own profile; 21.9 was measured. */
const LOOSELY = 30;

function meanDifference(found: Uint8Array, expected: Uint8Array): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] as number)), 0) / found.length;
}

/** The colour of a pixel as a hexadecimal number, from pixels [height, width, 3]. */
function colourAt(pixels: Uint8Array, width: number, x: number, y: number): string {
  return Buffer.from(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)).toString('hex');
}

/** A picture of four coloured quarters: red and green above, blue and white below. */
async function quarters(width: number, height: number): Promise<Buffer> {
  const part = { width: width / 2, height: height / 2 };
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { ...part, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([quarter('#ff0000', 0, 0), quarter('#00ff00', part.width, 0), quarter('#0000ff', 0, part.height)])
    .png()
    .toBuffer();
}

describe('preprocessPicture', () => {
  it.each(PREPROCESS_CASES)('makes of $name ($note) what Pillow makes, cropped and squashed', async (picture) => {
    const most = picture.name === 'cmyk.jpg' ? LOOSELY : NEAR;
    expect(meanDifference(await preprocessPicture(picture.bytes, CLIP), picture.clip224)).toBeLessThan(most);
    expect(meanDifference(await preprocessPicture(picture.bytes, MINI), picture.square96)).toBeLessThan(most);
  });

  it('enlarges pictures smaller than the input exactly as Pillow does', async () => {
    const thumbnail = PREPROCESS_CASES.find(({ name }) => name === 'thumbnail.png');
    const found = await preprocessPicture(thumbnail?.bytes ?? Buffer.of(), MINI);
    expect(meanDifference(found, thumbnail?.square96 ?? Buffer.of())).toBeLessThan(0.01);
  });

  it('embeds only the region that is asked for', async () => {
    const picture = await quarters(40, 20);
    const small = { ...MINI, width: 4, height: 4 };
    const lowerLeft = await preprocessPicture(picture, small, {
      region: { x: 0, y: 0.5, width: 0.5, height: 0.5 },
    });
    expect(new Set(Array.from({ length: 16 }, (_, at) => colourAt(lowerLeft, 4, at % 4, at >> 2)))).toEqual(
      new Set(['0000ff']),
    );
  });

  it('counts regions on the upright picture', async () => {
    // Stored lying on its side: orientation 6 says that a quarter turn clockwise makes it upright, which puts red on the right.
    const turned = await sharp(await quarters(40, 20))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const pixels = await preprocessPicture(
      turned,
      { ...MINI, width: 2, height: 2 },
      { region: { x: 0.5, y: 0, width: 0.5, height: 0.5 } },
    );
    const [red, green, blue] = pixels;
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(20);
    expect(blue).toBeLessThan(20);
  });

  it('takes at least one pixel for a region smaller than that, also in the last corner', async () => {
    const tiny = { x: 0.9999, y: 0.9999, width: 0.0001, height: 0.0001 };
    const pixels = await preprocessPicture(await quarters(40, 20), { ...MINI, width: 1, height: 1 }, { region: tiny });
    expect(Buffer.from(pixels).toString('hex')).toBe('ffffff');
  });

  it.each([
    [{ x: -0.1, y: 0, width: 0.5, height: 0.5 }, 'region.x: expected 0 to below 1, found -0.1'],
    [{ x: 1, y: 0, width: 0.5, height: 0.5 }, 'region.x: expected 0 to below 1, found 1'],
    [{ x: 0, y: 2, width: 0.5, height: 0.5 }, 'region.y: expected 0 to below 1, found 2'],
    [
      { x: 0.6, y: 0, width: 0.5, height: 0.5 },
      'region.width: expected above 0, to at most 0.4 from x = 0.6, found 0.5',
    ],
    [{ x: 0, y: 0, width: 0, height: 1 }, 'region.width: expected above 0, to at most 1 from x = 0, found 0'],
    [
      { x: 0, y: 0.5, width: 1, height: 0.51 },
      'region.height: expected above 0, to at most 0.5 from y = 0.5, found 0.51',
    ],
    [{ x: 0, y: 0, width: Number.NaN, height: 1 }, 'region.width: expected a number from 0 to 1, found null'],
  ])('refuses the region %j', async (region, message) => {
    await expect(preprocessPicture(fixturePicture('thumbnail.png'), MINI, { region })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message,
      path: message.slice(0, message.indexOf(':')).split('.'),
    });
  });

  it('allows a rounding error at the far edge', async () => {
    const thirds = { x: 1 / 3, y: 0.1 + 0.2, width: 2 / 3, height: 1 - 0.1 - 0.2 };
    expect(await preprocessPicture(fixturePicture('thumbnail.png'), MINI, { region: thirds })).toHaveLength(
      96 * 96 * 3,
    );
  });

  it('crops a line of pixels at no more cost than any other picture', async () => {
    const line = await sharp({ create: { width: 50_000, height: 1, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const pixels = await preprocessPicture(line, CLIP);
    expect(colourAt(pixels, 224, 100, 100)).toBe('336699');
    expect(await preprocessPicture(line, MINI)).toHaveLength(96 * 96 * 3);
  });

  it('lays transparency on white', async () => {
    const glass = await sharp({
      create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const pixels = await preprocessPicture(glass, { ...MINI, width: 1, height: 1 });
    expect(pixels[0]).toBeGreaterThanOrEqual(126);
    expect(pixels[0]).toBeLessThanOrEqual(128);
  });
});
