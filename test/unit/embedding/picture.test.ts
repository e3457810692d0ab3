import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { preprocessPicture } from '../../../src/embedding/preprocess-picture.ts';
import { AppError } from '../../../src/errors.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { fixturePicture, PREPROCESS_CASES } from '../../support/preprocess-fixtures.ts';

const MINI = { width: 96, height: 96, resize: 'squash', resample: 'bicubic' } as const;

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c0ffee' } });

describe('inspectPicture', () => {
  it.each(PREPROCESS_CASES)('finds the upright size of $name ($note)', async ({ name, bytes, width, height }) => {
    const format = name.endsWith('.jpg') ? 'jpeg' : name.split('.')[1];
    expect(await inspectPicture(bytes)).toEqual({ format, width, height });
  });

  it.each(['avif', 'tiff'] as const)('reads %s', async (format) => {
    const bytes = await blank(30, 20).toFormat(format).toBuffer();
    expect(await inspectPicture(bytes)).toEqual({ format, width: 30, height: 20 });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'no bytes at all'],
    ['text', Buffer.from('not a picture'), 'text'],
    ['other bytes', Buffer.from([1, 2, 3, 4]), 'bytes of another kind'],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'an SVG drawing; save it as PNG',
    ],
    ['PDF', Buffer.from('%PDF-1.7'), 'a PDF document; send a picture of the page as JPEG or PNG'],
  ])('refuses %s by its first bytes', async (_, bytes, found) => {
    await expect(inspectPicture(bytes)).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: `picture: expected JPEG, PNG, WebP, GIF, AVIF or TIFF, found ${found}`,
    });
  });

  it.each(['landscape.jpg', 'grey.jpg', 'transparent.png', 'photo.webp', 'animated.gif'])(
    'refuses %s when it ends in the middle',
    async (name) => {
      const bytes = fixturePicture(name);
      const cut = bytes.subarray(0, Math.floor(bytes.length / (name === 'animated.gif' ? 20 : 2)));
      await expect(inspectPicture(cut)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
      await expect(preprocessPicture(cut, MINI)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    },
  );

  it('accepts a JPEG with what decoders only warn of', async () => {
    const bytes = fixturePicture('portrait.jpg');
    // Stray bytes before a marker, and after the end of the picture.
    const firstTable = bytes.indexOf(Buffer.from([0xff, 0xdb]));
    const odd = Buffer.concat([
      bytes.subarray(0, firstTable),
      Buffer.alloc(7),
      bytes.subarray(firstTable),
      Buffer.alloc(64),
    ]);
    expect(await inspectPicture(odd)).toEqual({ format: 'jpeg', width: 300, height: 533 });
    expect(await preprocessPicture(odd, MINI)).toEqual(await preprocessPicture(bytes, MINI));
  });

  it('refuses a picture of more bytes than allowed', async () => {
    const bytes = Buffer.concat([fixturePicture('thumbnail.png'), Buffer.alloc(10 * 1024 * 1024)]);
    await expect(inspectPicture(bytes)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'picture: expected at most 10,485,760 bytes, found 10,489,709',
    });
  });

  it('refuses a picture of more pixels than allowed, by its header alone', async () => {
    const bytes = await blank(10_000, 5_001).png().toBuffer();
    const message = 'picture: expected at most 50 megapixels, found 10000 x 5001';
    await expect(inspectPicture(bytes)).rejects.toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS', message });
    // Cut off right after the header: nothing behind it was looked at.
    await expect(inspectPicture(bytes.subarray(0, 100))).rejects.toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
  });
});

describe('damaged pictures', () => {
  const random = createRandom(20_251_121);
  const below = (limit: number) => Math.floor(random() * limit);

  function damaged(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes);
    const kind = below(4);
    if (kind === 0) return copy.subarray(0, below(copy.length));
    // In the header, where it hurts most, or anywhere.
    const reach = kind === 1 ? Math.min(200, copy.length) : copy.length;
    for (let flips = 1 + below(12); flips > 0; flips--) {
      const at = below(reach);
      copy[at] = kind === 3 ? below(256) : (copy[at] as number) ^ (1 << below(8));
    }
    return copy;
  }

  const small = PREPROCESS_CASES.filter(({ bytes }) => bytes.length < 110_000);

  it.each(small)('gives pixels or a clear refusal for 40 damaged copies of $name', async ({ bytes }) => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () =>
        preprocessPicture(damaged(bytes), MINI).then(
          (pixels) => `pixels ${pixels.length}`,
          (error: unknown) => (error instanceof AppError ? error.code : error),
        ),
      ),
    );
    const allowed = [`pixels ${96 * 96 * 3}`, 'IMAGE_UNREADABLE', 'IMAGE_TOO_MANY_PIXELS'];
    expect(outcomes.filter((outcome) => !allowed.includes(String(outcome)))).toEqual([]);
  });
});
