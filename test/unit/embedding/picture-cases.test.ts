import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectPicture, readPictureHeader } from '../../../src/embedding/picture.ts';
import { preprocessPicture } from '../../../src/embedding/preprocess-picture.ts';
import { createScaledPictures } from '../../../src/http/scaled-pictures.ts';
import { createLimiter } from '../../../src/limiter.ts';
import { refusedBytes, scene, sceneJpeg } from '../../support/picture-cases.ts';

const MINI = { width: 96, height: 96, resize: 'squash', resample: 'bicubic' } as const;

/** Of 255, on average over all pixels. */
async function differenceFromWhole(bytes: Uint8Array, whole: Uint8Array): Promise<number> {
  const [found, wanted] = await Promise.all([preprocessPicture(bytes, MINI), preprocessPicture(whole, MINI)]);
  return found.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / found.length;
}

describe('what is no picture that can be read', async () => {
  it.each(await refusedBytes())('names %s', async (_, bytes, found) => {
    await expect(inspectPicture(bytes)).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringContaining(`found ${found}`),
    });
  });

  it('says the size of a picture of too many pixels, from its header alone', async () => {
    const huge = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    await expect(readPictureHeader(huge.subarray(0, 2_000))).rejects.toMatchObject({
      code: 'IMAGE_TOO_MANY_PIXELS',
      message: expect.stringContaining('9000 x 9000'),
    });
  });
});

describe('a picture that is a little damaged', () => {
  it.each([
    ['without its end marker', 2, false],
    ['without its last 20 bytes', 20, false],
    ['in passes, without its end marker', 2, true],
    ['in passes, without its last 20 bytes', 20, true],
  ])('is taken with a note: a JPEG %s', async (_, missing, progressive) => {
    const whole = await scene().jpeg({ progressive }).toBuffer();
    const cut = whole.subarray(0, -missing);
    const { note } = await inspectPicture(cut);
    expect(note).toContain('the end of the JPEG is missing');
    expect(await differenceFromWhole(cut, whole)).toBeLessThan(missing === 2 ? 0.01 : 3);
    expect((await inspectPicture(whole)).note).toBeUndefined();
  });

  it('is refused where more than a little is missing, in passes, too', async () => {
    const whole = await scene().jpeg({ progressive: true }).toBuffer();
    await expect(inspectPicture(whole.subarray(0, whole.length / 3))).rejects.toMatchObject({
      message: expect.stringContaining('cut off'),
    });
  });

  it('is shown as a whole one', async () => {
    const cut = (await sceneJpeg()).subarray(0, -20);
    const scaled = createScaledPictures({
      read: async () => cut,
      queue: createLimiter({ atOnce: 1 }),
      cacheBytes: 1e6,
    });
    expect((await scaled('a', { width: 100, webp: false }))?.contentType).toBe('image/jpeg');
  });

  it('is taken: a PNG with a wrong checksum of its data', async () => {
    const whole = await scene().png().toBuffer();
    const wrong = Buffer.from(whole);
    const at = wrong.indexOf('IEND') - 6;
    wrong[at] = (wrong[at] ?? 0) ^ 1;
    expect(await differenceFromWhole(wrong, whole)).toBe(0);
  });

  it('is taken: a PNG with a wrong checksum beside its data', async () => {
    const whole = await scene().png().toBuffer();
    const wrong = Buffer.from(whole);
    const at = wrong.indexOf('pHYs') + 13;
    wrong[at] = (wrong[at] ?? 0) ^ 1;
    expect(await differenceFromWhole(wrong, whole)).toBe(0);
  });

  it('is refused: a PNG whose data is damaged', async () => {
    const whole = await scene().png().toBuffer();
    const wrong = Buffer.from(whole);
    wrong.fill(0x55, whole.indexOf('IDAT') + 40, whole.indexOf('IDAT') + 80);
    await expect(inspectPicture(wrong)).rejects.toMatchObject({ message: expect.stringContaining('damaged') });
  });

  it('is taken: an AVIF that calls itself a sequence', async () => {
    const whole = await scene().avif().toBuffer();
    const sequence = Buffer.from(whole);
    sequence.write('avis', 8, 'latin1');
    expect(await inspectPicture(sequence)).toEqual({ format: 'avif', width: 320, height: 240 });
    expect(await differenceFromWhole(sequence, whole)).toBe(0);
  });

  it('is taken as if nothing were behind it: bytes after the end', async () => {
    const whole = await sceneJpeg();
    expect(await differenceFromWhole(Buffer.concat([whole, Buffer.alloc(1_000)]), whole)).toBe(0);
    expect((await inspectPicture(Buffer.concat([whole, Buffer.alloc(1_000)]))).note).toBeUndefined();
  });
});

describe('a picture of a kind of its own', () => {
  it.each(['gif', 'webp'] as const)('of an animated %s the first frame counts', async (format) => {
    const first = await scene().resize(32, 24).raw().toBuffer();
    const second = await scene().negate().resize(32, 24).raw().toBuffer();
    const raw = { width: 32, height: 48, channels: 3, pageHeight: 24 } as const;
    const animated = sharp(Buffer.concat([first, second]), { raw }).toFormat(format, { delay: [200, 200] });
    const still = await sharp(first, { raw: { width: 32, height: 24, channels: 3 } })
      .png()
      .toBuffer();
    const bytes = await animated.toBuffer();
    expect(await inspectPicture(bytes)).toMatchObject({ format, width: 32, height: 24 });
    expect(await differenceFromWhole(bytes, still)).toBeLessThan(15);
  });

  it.each([
    [1, 1],
    [30_000, 1],
  ])('may have %d x %d pixels', async (width, height) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: '#36c' } })
      .png()
      .toBuffer();
    expect(await inspectPicture(bytes)).toMatchObject({ width, height });
    expect(await preprocessPicture(bytes, MINI)).toHaveLength(96 * 96 * 3);
  });

  it('stands upright by EXIF', async () => {
    const lying = await sharp(await scene().rotate(-90).jpeg({ quality: 100 }).toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(await differenceFromWhole(lying, await scene().png().toBuffer())).toBeLessThan(3);
  });

  it('lies on white where it is transparent', async () => {
    const circle = (ground: string) =>
      sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240">${ground}<circle cx="160" cy="120" r="80" fill="#fc3"/></svg>`,
        ),
      )
        .png()
        .toBuffer();
    const onWhite = await circle('<rect width="320" height="240" fill="#fff"/>');
    expect(await differenceFromWhole(await circle(''), onWhite)).toBeLessThan(0.1);
  });
});
