import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { distortPicture, type PictureDistortion } from '../../../src/embedding/distort-picture.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { PREPROCESS_CASES } from '../../support/preprocess-fixtures.ts';
import { drawing } from '../../support/small-shop.ts';

const KINDS: readonly PictureDistortion[] = [
  'flip',
  'rotate',
  'blur',
  'noise',
  'brightness',
  'crop',
  'background',
  'margin',
  'screenshot',
  'sideways',
];

const keepsSize = (kind: PictureDistortion) => !['crop', 'margin', 'screenshot'].includes(kind);

/** Mean absolute difference of the channels, 0 to 255, both squeezed to the same size. */
async function distance(a: Uint8Array, b: Uint8Array): Promise<number> {
  const pixels = (bytes: Uint8Array) => sharp(bytes).resize(64, 64, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const [first, second] = [await pixels(a), await pixels(b)];
  return first.reduce((sum, value, i) => sum + Math.abs(value - (second[i] ?? 0)), 0) / first.length;
}

describe('distortPicture', () => {
  it.each(KINDS)('%s changes the picture, always in the same way, and otherwise with another seed', async (kind) => {
    const picture = await drawing('red', 'sandal');
    const copy = await distortPicture(picture, kind, createRandom(1));
    expect(await distance(picture, copy)).toBeGreaterThan(1);
    expect(Buffer.compare(await distortPicture(picture, kind, createRandom(1)), copy)).toBe(0);
    const other = await distortPicture(picture, kind, createRandom(2));
    // A mirror knows no chance.
    if (kind !== 'sideways') expect(Buffer.compare(other, copy) === 0).toBe(kind === 'flip');
    const { format, width, height } = await sharp(copy).metadata();
    expect(format).toBe('jpeg');
    if (kind === 'crop') expect(width).toBeLessThanOrEqual(150);
    else if (kind === 'margin') expect([width >= 260 && width <= 600, height]).toEqual([true, width]);
    else expect([width, height]).toEqual(kind === 'screenshot' ? [390, 844] : [200, 200]);
  });

  it('mirrors left and right', async () => {
    const picture = await drawing('red', 'sandal');
    const twice = await distortPicture(await distortPicture(picture, 'flip', createRandom(1)), 'flip', createRandom(1));
    expect(await distance(picture, twice)).toBeLessThan(2);
  });

  it.each(PREPROCESS_CASES.filter(({ width, height }) => width * height < 500_000))(
    'takes $name ($note), the right way up',
    async ({ bytes, width, height }) => {
      for (const kind of KINDS) {
        const found = await sharp(await distortPicture(bytes, kind, createRandom(3))).metadata();
        if (kind === 'sideways') expect([found.width, found.height]).toEqual([height, width]);
        else if (keepsSize(kind)) expect([found.width, found.height]).toEqual([width, height]);
      }
    },
  );

  it('takes a picture of one pixel', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    for (const kind of KINDS) {
      const { width } = await sharp(await distortPicture(dot, kind, createRandom(1))).metadata();
      expect(width).toBe(kind === 'screenshot' ? 390 : kind === 'margin' ? (width === 1 ? 1 : 3) : 1);
    }
  });

  it('refuses what is no picture', async () => {
    await expect(distortPicture(Buffer.from('text'), 'blur', createRandom(1))).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
    });
  });
});
