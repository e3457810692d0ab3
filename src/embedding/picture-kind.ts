// What bytes are, told by the first of them, before any parser sees them.

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff';

/** Looked at of what is no picture: a comment or white space may stand before the first tag of a page. */
const HEAD_BYTES = 1_024;

/** Brands of ISO media files (ISO/IEC 14496-12, "ftyp") that are pictures coded with HEVC. */
const HEIC_BRANDS = /^(?:hei[cxms]|hev[cxms])/;

/** Bytes as latin1, where they stand, and what they tell. In the order of asking. */
const OTHERS: readonly (readonly [found: string, at: number, kind: string])[] = [
  ['\x1f\x8b', 0, 'something compressed (gzip); send the picture itself'],
  ['%PDF-', 0, 'a PDF document; send a picture of the page as JPEG or PNG'],
  ['\0\0\x01\0', 0, 'an icon (ICO); save it as PNG'],
  ['\0\0\x02\0', 0, 'a cursor (CUR); save it as PNG'],
  ['jP  ', 4, 'a JPEG 2000 picture; save it as JPEG or PNG'],
  ['\xff\x4f\xff\x51', 0, 'a JPEG 2000 picture; save it as JPEG or PNG'],
  ['\xff\x0a', 0, 'a JPEG XL picture; save it as JPEG or PNG'],
  ['JXL ', 4, 'a JPEG XL picture; save it as JPEG or PNG'],
  ['8BPS', 0, 'a Photoshop document (PSD); save it as PNG or JPEG'],
  ['PK\x03\x04', 0, 'a ZIP archive; send the pictures in it one by one'],
  ['PK\x05\x06', 0, 'an empty ZIP archive'],
  ['Rar!', 0, 'a RAR archive; send the pictures in it one by one'],
  ['7z\xbc\xaf', 0, 'a 7z archive; send the pictures in it one by one'],
  ['\x1aE\xdf\xa3', 0, 'a video (WebM or Matroska); send a picture of it'],
  ['AVI ', 8, 'a video (AVI); send a picture of it'],
  ['%!PS', 0, 'a PostScript document; save it as PNG or JPEG'],
  ['\xc5\xd0\xd3\xc6', 0, 'a PostScript document; save it as PNG or JPEG'],
];

/** The letters of a BMP are a word's as well, so the four bytes that it reserves are looked at, too. */
const isBmp = (head: string) => head.startsWith('BM') && head.startsWith('\0\0\0\0', 6);

/** @returns the format of a picture that can be read; undefined for everything else, which `otherKind` names */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (brandsOf(bytes)?.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return undefined;
}

/**
 * What bytes are that are none of these formats, and what to send instead where there is something to say: `an SVG drawing; save it as PNG`.
 *
 * @param bytes - of which `pictureFormat` knows nothing
 */
export function otherKind(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) return 'no bytes at all';
  const brands = brandsOf(bytes);
  if (brands !== undefined) return mediaFile(brands);
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  if (isBmp(head)) return 'a BMP picture; save it as PNG or JPEG';
  const known = OTHERS.find(([found, at]) => head.startsWith(found, at));
  return known?.[2] ?? writtenKind(readText(bytes)) ?? 'bytes of another kind';
}

/** The major brand and the compatible ones; undefined for what is no ISO media file. */
function brandsOf(bytes: Uint8Array): string[] | undefined {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.slice(4, 8) !== 'ftyp') return undefined;
  const size = Math.min(Buffer.from(bytes.subarray(0, 4)).readUInt32BE(0), head.length);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  return brands;
}

function mediaFile(brands: readonly string[]): string {
  const isHeic = brands.some((brand) => HEIC_BRANDS.test(brand)) || /^(?:mif1|msf1|mif2)$/.test(brands[0] ?? '');
  return isHeic
    ? 'a HEIC picture, as iPhones take them; send it as JPEG (on the phone: Settings, Camera, Formats, Most Compatible)'
    : 'a video (MP4 or QuickTime); send a picture of it';
}

/** The first bytes as text: UTF-8, or UTF-16 where a mark says so. */
function readText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, HEAD_BYTES);
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding)
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart();
}

/** @param text - without white space in front */
function writtenKind(text: string): string | undefined {
  if (text === '') return 'nothing but white space';
  if (/^[{[]/.test(text) && /^(?:\{\s*["}]|\[\s*["{[\]\d-])/.test(text))
    return 'JSON, as servers answer with errors; send the picture itself';
  if (!text.startsWith('<')) return /^[\w\s.,;:!?'"/()-]{4,}$/.test(text) ? 'text' : undefined;
  const untilRoot = text.replace(/^(?:\s*<(?:\?[\s\S]*?\?|!--[\s\S]*?--)>)+/, '').trimStart();
  if (/^<(?:[\w-]+:)?svg[\s>/]/i.test(untilRoot) || /^<!DOCTYPE\s+svg/i.test(untilRoot)) {
    return 'an SVG drawing; save it as PNG';
  }
  if (/^<(?:!DOCTYPE\s+html|html|head|body|meta|title|script|div|p|h1|center|link|style)\b/i.test(untilRoot)) {
    const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.replace(/\s+/g, ' ').trim().slice(0, 80);
    return `a web page${title ? ` titled ${JSON.stringify(title)}` : ''}; send the address of the picture itself`;
  }
  return 'an XML document';
}
