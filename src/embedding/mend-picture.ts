// Pictures that are a little damaged, made such that the decoder takes them as browsers do.
import { crc32 } from 'node:zlib';
import type { PictureFormat } from './picture-kind.ts';

/**
 * What the decoder refuses and everybody shows: a PNG whose checksums are wrong though its data is whole (its data has a checksum of its own, which stays), and an AVIF
 * that calls itself a sequence, of which the first picture is one of its own.
 *
 * @returns the same array where there is nothing to mend
 */
export function mendPicture(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  if (format === 'png') return mendChecksums(bytes);
  if (format === 'avif') return mendBrand(bytes);
  return bytes;
}

/** Where the data of a PNG begins: behind its signature (PNG specification, 5.2). */
const FIRST_CHUNK = 8;

function mendChecksums(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let mended: DataView | undefined;
  for (let at = FIRST_CHUNK; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) break;
    const sum = crc32(bytes.subarray(at + 4, end));
    if (sum !== view.getUint32(end)) {
      mended ??= copyOf(bytes);
      mended.setUint32(end, sum);
    }
    at = end + 4;
  }
  return mended ? new Uint8Array(mended.buffer) : bytes;
}

function copyOf(bytes: Uint8Array): DataView {
  return new DataView(new Uint8Array(bytes).buffer);
}

/** Where the major brand of an ISO media file stands. */
const BRAND = 8;

function mendBrand(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(BRAND, BRAND + 4)).toString('latin1') !== 'avis') return bytes;
  const mended = new Uint8Array(bytes);
  mended.set(Buffer.from('avif', 'latin1'), BRAND);
  return mended;
}
