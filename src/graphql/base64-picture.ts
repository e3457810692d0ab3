import { AppError, badInput } from '../errors.ts';

/** Of the decoded picture: larger ones go through POST /uploads, where they need not be held as text. */
export const MAX_BASE64_PICTURE_BYTES = 4 * 1024 * 1024;

const DATA_ADDRESS = /^data:[\w.+/-]*(;[\w.+=-]+)*;base64,/i;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * The bytes of a picture that came as base64 (also URL-safe) or as a `data:` address. White space between is ignored.
 *
 * @param path - where it is in the input, dotted
 * @throws AppError BAD_USER_INPUT for text that is not base64, IMAGE_TOO_LARGE past 4 MiB
 */
export function decodeBase64Picture(text: string, path: string): Uint8Array {
  const base64 = text.replace(DATA_ADDRESS, '').replace(/\s+/g, '');
  // Buffer skips what it does not know, which would make a broken picture of a typing error.
  if (base64 === '' || !BASE64.test(base64)) throw badInput(path, 'a picture in base64 or a data: address', text);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_BASE64_PICTURE_BYTES) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `${path}: expected at most ${MAX_BASE64_PICTURE_BYTES.toLocaleString('en')} bytes, found ${bytes.length.toLocaleString('en')}; send larger pictures to POST /uploads`,
      { path: path.split('.') },
    );
  }
  return bytes;
}
