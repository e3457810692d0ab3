import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureContent } from '../../../src/embedding/picture-content.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { drawing } from '../../support/small-shop.ts';

const SIDE = 600;

function drawn(content: string, ground = '#fff'): Promise<Buffer> {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">`;
  return sharp(Buffer.from(`${head}<rect width="100%" height="100%" fill="${ground}"/>${content}</svg>`))
    .jpeg()
    .toBuffer();
}

function noisy(amplitude: number, width: number, height: number): Promise<Buffer> {
  const random = createRandom(1);
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, () => 128 + (random() * 2 - 1) * amplitude));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** Marks of the widths of letters, in lines: what text is to whoever cannot read it, whatever fonts a machine has. */
function written(lines: number, size: number, ink: string): string {
  const random = createRandom(4);
  const letter = (x: number, y: number, width: number) =>
    `<path d="M${x} ${y}v${-size}h${width}v${size * 0.6}h${-width * 0.6}" fill="none" stroke="${ink}" stroke-width="${size / 7}"/>`;
  return Array.from({ length: lines }, (_, line) => {
    let [x, marks] = [30, ''];
    while (x < SIDE - 60) {
      const width = size * (0.3 + 0.5 * random());
      marks += letter(x, 60 + line * size * 1.6, width);
      x += width + size * (random() < 0.2 ? 0.8 : 0.35);
    }
    return marks;
  }).join('');
}

const GRADIENT =
  '<linearGradient id="g"><stop stop-color="#aaa"/><stop offset="1" stop-color="#555"/></linearGradient>';

describe('a picture', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['white', () => drawn('')],
    ['black', () => drawn('', '#000')],
    ['of one colour', () => drawn('', '#36c')],
    ['with a little noise', () => noisy(2, 600, 600)],
    ['with a little noise, small', () => noisy(2, 60, 80)],
    [
      'on which the light falls off',
      () => drawn(`<defs>${GRADIENT}</defs><rect width="600" height="600" fill="url(#g)"/>`),
    ],
    ['of one pixel', () => noisy(0, 1, 1)],
  ])('has nothing in it: %s', async (_, make) => {
    expect(await pictureContent(await make())).toBe('NOTHING');
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['dark on white', () => drawn(written(12, 22, '#222'))],
    ['white on black', () => drawn(written(12, 22, '#eee'), '#111')],
    ['two large lines', () => drawn(written(2, 32, '#222'))],
  ])('is nothing but text: %s', async (_, make) => {
    expect(await pictureContent(await make())).toBe('TEXT');
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['a shirt', () => drawing('red', 'shirt')],
    ['a black sandal', () => drawing('black', 'sandal')],
    ['a white thing on white', () => drawn('<rect x="200" y="200" width="180" height="180" fill="#fafafa"/>')],
    ['a shirt with text on it', () => drawn(`<path d="M100 100h400v400h-400z" fill="#36c"/>${written(2, 30, '#fff')}`)],
    [
      'a fabric with dots',
      () =>
        drawn(
          Array.from(
            { length: 100 },
            (_, i) => `<circle cx="${30 + (i % 10) * 60}" cy="${30 + Math.floor(i / 10) * 60}" r="12"/>`,
          ).join(''),
        ),
    ],
  ])('has something in it: %s', async (_, make) => {
    expect(await pictureContent(await make())).toBe('SOMETHING');
  });

  it('is looked at where a part of it is meant', async () => {
    const bytes = await drawn('<circle cx="450" cy="300" r="100" fill="#c22"/>');
    expect(await pictureContent(bytes, { x: 0, y: 0, width: 0.4, height: 1 })).toBe('NOTHING');
    expect(await pictureContent(bytes, { x: 0.5, y: 0, width: 0.5, height: 1 })).toBe('SOMETHING');
  });
});
