import sharp, { type Sharp } from 'sharp';
import { decode, openPicture } from './picture.ts';

/** What customers' photos have that shops' pictures have not. Types of evaluation/evaluation-query.ts; a shop gives this function through deps. */
export type PictureDistortion =
  | 'flip'
  | 'rotate'
  | 'blur'
  | 'noise'
  | 'brightness'
  | 'crop'
  | 'background'
  | 'margin'
  | 'screenshot'
  | 'sideways';

/** JPEG, as a phone keeps it. */
const QUALITY = 85;

/**
 * A copy of a picture as a customer might have taken it: mirrored; turned by 8 to 20 degrees; out of focus; grainy; half to three quarters or one and a third to
 * one and a half times as bright; a quarter to a third cut away on each axis; smaller, before a wall (what is white takes its colour: for pictures on white); with plain margins of 15 to
 * 100 % on each side, white, light grey or black; on a phone's screen, between the bars and words of a shop's page; lying on its side.
 *
 * @param picture - encoded, as `openPicture` takes it
 * @param random - 0 <= x < 1; the same stream gives the same copy
 * @returns a JPEG; of the same size but for `crop`, `margin`, `screenshot` and `sideways`
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export async function distortPicture(
  picture: Uint8Array,
  distortion: PictureDistortion,
  random: () => number,
): Promise<Uint8Array> {
  const { image, facts } = await openPicture(picture);
  // Decoded once: turning, cutting and flattening in one pipeline happen in an order of sharp's own.
  const upright = await decode(image.autoOrient().flatten({ background: 'white' }).toColourspace('srgb').png());
  const between = (low: number, high: number) => low + (high - low) * random();
  const distorted = await distort(sharp(upright), distortion, facts, between);
  return decode(distorted.jpeg({ quality: QUALITY }));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type Between = (low: number, high: number) => number;

async function distort(image: Sharp, distortion: PictureDistortion, size: Size, between: Between): Promise<Sharp> {
  const { width, height } = size;
  switch (distortion) {
    case 'flip':
      return image.flop();
    case 'rotate': {
      const degrees = between(8, 20) * (between(0, 1) < 0.5 ? -1 : 1);
      const turned = await decode(image.rotate(degrees, { background: 'white' }).png());
      return sharp(turned).resize(width, height, { fit: 'cover' });
    }
    case 'blur':
      // Relative to the picture, so that a small one is not wiped out: 1.2 to 2.4 pixels of 100.
      return image.blur(Math.max(0.3, (Math.min(width, height) / 100) * between(1.2, 2.4)));
    case 'noise':
      return addNoise(image, size, between(8, 16), between);
    case 'brightness':
      return image.modulate({ brightness: between(0, 1) < 0.5 ? between(0.5, 0.75) : between(1.33, 1.5) });
    case 'crop': {
      const [kept, keptBelow] = [between(0.67, 0.75), between(0.67, 0.75)];
      const part = {
        width: Math.max(1, Math.round(width * kept)),
        height: Math.max(1, Math.round(height * keptBelow)),
      };
      const left = Math.floor(between(0, width - part.width + 1));
      return image.extract({ left, top: Math.floor(between(0, height - part.height + 1)), ...part });
    }
    case 'background':
      return onWall(image, size, between);
    case 'margin':
      return withMargins(image, size, between);
    case 'screenshot':
      return onScreen(image, size, between);
    case 'sideways':
      return image.rotate(between(0, 1) < 0.5 ? 90 : 270);
  }
}

/** Adds a normally distributed number to each channel of each pixel. @param deviation - of 255 */
async function addNoise(image: Sharp, { width, height }: Size, deviation: number, between: Between): Promise<Sharp> {
  const pixels = await decode(image.removeAlpha().raw());
  const channels = pixels.length / (width * height);
  for (let i = 0; i < pixels.length; i++) {
    // Box and Muller: two uniform numbers make a normal one.
    const normal = Math.sqrt(-2 * Math.log(1 - between(0, 1))) * Math.cos(2 * Math.PI * between(0, 1));
    pixels[i] = Math.min(255, Math.max(0, Math.round((pixels[i] ?? 0) + deviation * normal)));
  }
  return sharp(pixels, { raw: { width, height, channels: channels === 1 ? 1 : 3 } });
}

/** The picture at two thirds to four fifths of its size, multiplied onto a wall of one colour. */
async function onWall(image: Sharp, { width, height }: Size, between: Between): Promise<Sharp> {
  const share = between(0.67, 0.8);
  const inner = { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
  const smaller = await decode(image.resize(inner.width, inner.height, { fit: 'fill' }).png());
  // A room's wall: some grey with a tinge.
  const grey = between(145, 215);
  const tinged = () => Math.round(grey + between(-25, 25));
  const wall = { r: tinged(), g: tinged(), b: tinged() };
  const left = Math.floor(between(0, width - inner.width + 1));
  const top = Math.floor(between(0, height - inner.height + 1));
  const onto = await decode(
    sharp({ create: { width, height, channels: 3, background: wall } })
      .composite([{ input: smaller, left, top, blend: 'multiply' }])
      .png(),
  );
  return sharp(onto);
}

const MARGIN_COLOURS = ['#ffffff', '#f7f7f7', '#000000'] as const;

/** Between plain margins of one width on all sides, measured by the picture's own sides. */
async function withMargins(image: Sharp, { width, height }: Size, between: Between): Promise<Sharp> {
  const share = between(0.15, 1);
  const across = Math.round(width * share);
  const down = Math.round(height * share);
  const background = MARGIN_COLOURS[Math.floor(between(0, MARGIN_COLOURS.length))] ?? MARGIN_COLOURS[0];
  return sharp(await decode(image.extend({ left: across, right: across, top: down, bottom: down, background }).png()));
}

/** A phone's screen, in pixels as pages count them. */
const SCREEN: Size = { width: 390, height: 844 };

/** A shop's page on a phone: a bar with the time and the address, the picture, bars where title, price and button are, and the phone's own bar below. */
async function onScreen(image: Sharp, { width, height }: Size, between: Between): Promise<Sharp> {
  const most = { width: Math.round(between(330, 390)), height: 440 };
  const scale = Math.min(most.width / width, most.height / height);
  const inner = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const shown = await decode(image.resize(inner.width, inner.height, { fit: 'fill' }).png());
  const top = Math.round(between(100, 160));
  const below = top + inner.height;
  const page = between(0, 1) < 0.5 ? '#ffffff' : '#f7f7f7';
  // Bars stand for words: fonts differ from machine to machine, and the same key must give the same picture.
  const bar = (y: number, length: number, thick: number, fill: string) =>
    `<rect x="20" y="${y}" width="${length}" height="${thick}" fill="${fill}"/>`;
  const around = `<svg xmlns="http://www.w3.org/2000/svg" width="${SCREEN.width}" height="${SCREEN.height}">
    <rect width="${SCREEN.width}" height="60" fill="#222"/>${bar(24, 60, 14, '#fff')}
    ${bar(below + 30, Math.round(between(150, 330)), 18, '#333')}${bar(below + 62, 90, 22, '#111')}
    ${bar(below + 110, 350, 48, '#06c')}
    <rect x="130" y="830" width="130" height="5" rx="2" fill="#000"/></svg>`;
  const screen = await decode(
    sharp({ create: { ...SCREEN, channels: 3, background: page } })
      .composite([
        { input: Buffer.from(around), left: 0, top: 0 },
        { input: shown, left: Math.round((SCREEN.width - inner.width) / 2), top },
      ])
      .png(),
  );
  return sharp(screen);
}
