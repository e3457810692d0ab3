import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** A photo of 4.3 megapixels with the noise of a camera in it, so that its files are as long as photos' files are. */
const PHOTO = fileURLToPath(new URL('../../test/fixtures/preprocess/inputs/large.jpg', import.meta.url));

export interface PhotoOptions {
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'png' | 'webp';
  /** 1 leaves it as it is; others make other pictures of the same length. (1) */
  readonly brightness?: number;
}

/** The photo in another size, as a file of the format. */
export function photo({ width, height, format, brightness = 1 }: PhotoOptions): Promise<Buffer> {
  const scaled = sharp(PHOTO).resize(width, height, { fit: 'fill' }).modulate({ brightness });
  // sharp takes a quality for PNG to mean few colours.
  return scaled.toFormat(format, format === 'png' ? {} : { quality: 90 }).toBuffer();
}
