// Pictures as catalogues and customers have them, drawn by code: the recipes of ../shared/cases/pictures.
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';

const SCENE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#36c"/><circle cx="160" cy="120" r="80" fill="#fc3"/><rect x="40" y="40" width="60" height="30" fill="#c33"/></svg>';

/** Red, yellow and blue: no two of its quarters are alike, and no side of it is plain ground. */
export const scene = () => sharp(Buffer.from(SCENE)).removeAlpha();

export const sceneJpeg = () => scene().jpeg().toBuffer();

/** A picture of one colour, with noise of so much to either side. */
export async function onePlainColour(colour: string, { size = 600, noise = 0 } = {}): Promise<Buffer> {
  const plain = sharp({ create: { width: size, height: size, channels: 3, background: colour } });
  if (noise === 0) return plain.jpeg().toBuffer();
  const pixels = await plain.raw().toBuffer();
  // As good as random for an eye, and the same each time.
  for (let i = 0; i < pixels.length; i++) {
    const wanted = (pixels[i] ?? 0) + ((i * 7919) % (2 * noise + 1)) - noise;
    pixels[i] = Math.min(255, Math.max(0, wanted));
  }
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

/** "No picture yet", as shops draw it. */
export const placeholder = () =>
  sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600" fill="#eee"/><path d="M180 400l90-120 70 90 40-50 60 80z" fill="#bbb"/></svg>',
    ),
  )
    .png()
    .toBuffer();

/** Ground around a picture, as a share of its sides. */
export async function withMargin(
  picture: Buffer,
  share: number,
  background: string,
  sides: 'all' | 'two' = 'all',
): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const across = Math.round(width * share);
  const down = sides === 'all' ? Math.round(height * share) : 0;
  return sharp(picture).extend({ left: across, right: across, top: down, bottom: down, background }).jpeg().toBuffer();
}

/** A BMP of 24 bits: rows from the bottom up, blue first, each filled up to four bytes. */
export async function bmp(): Promise<Buffer> {
  const [width, height] = [64, 48];
  const rgb = await scene().resize(width, height).flip().raw().toBuffer();
  const header = Buffer.alloc(54);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(54 + rgb.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  for (let i = 0; i < rgb.length; i += 3) rgb.subarray(i, i + 3).reverse();
  return Buffer.concat([header, rgb]);
}

/** What is no picture that can be read, and what it is called. */
export async function refusedBytes(): Promise<[name: string, bytes: Buffer, found: string][]> {
  const jpeg = await sceneJpeg();
  const file = (brand: string, ...compatible: string[]) => {
    const brands = [brand, '\0\0\0\0', ...compatible].join('');
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + brands.length, 0);
    head.write('ftyp', 4, 'latin1');
    return Buffer.concat([head, Buffer.from(brands, 'latin1'), Buffer.alloc(40)]);
  };
  return [
    ['HEIC', Buffer.from('AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWlj', 'base64'), 'a HEIC picture'],
    ['HEIC of brand heix', file('heix', 'mif1'), 'a HEIC picture'],
    ['HEIC of brand hevc', file('hevc', 'msf1'), 'a HEIC picture'],
    ['HEIC of brand mif1', file('mif1', 'heic'), 'a HEIC picture'],
    ['HEIF of brand mif1 alone', file('mif1'), 'a HEIC picture'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'an SVG drawing'],
    ['SVG with a declaration', Buffer.from('<?xml version="1.0"?>\n<svg width="9"/>'), 'an SVG drawing'],
    ['SVG with a comment', Buffer.from('<!-- made by hand -->\n<svg width="9"/>'), 'an SVG drawing'],
    ['SVG with a mark', Buffer.from('\uFEFF<svg width="9"/>'), 'an SVG drawing'],
    ['SVG in UTF-16', Buffer.from('\uFEFF<svg width="9"/>', 'utf16le'), 'an SVG drawing'],
    [
      'SVG with a document type',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>'),
      'an SVG drawing',
    ],
    [
      'a web page',
      Buffer.from('<!DOCTYPE html><html><head><title>Sign in</title></head></html>'),
      'a web page titled "Sign in"',
    ],
    [
      'a web page after white space',
      Buffer.from('\r\n  <html lang="de"><head>\n<title>\n 404\n</title>'),
      'a web page titled "404"',
    ],
    ['a web page without a title', Buffer.from('<html><body>Forbidden</body></html>'), 'a web page; send'],
    ['JSON', Buffer.from('{"error":"not found"}'), 'JSON'],
    ['a JSON list', Buffer.from(' [ {"error": 1} ]'), 'JSON'],
    [
      'an error in XML',
      Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
      'an XML document',
    ],
    ['PDF', Buffer.from('%PDF-1.7\n'), 'a PDF document'],
    ['ICO', Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), 'an icon (ICO)'],
    ['JPEG 2000', Buffer.from('0000000c6a5020200d0a870a', 'hex'), 'a JPEG 2000 picture'],
    ['PSD', Buffer.from('8BPS\0\x01', 'latin1'), 'a Photoshop document'],
    ['MP4', file('isom', 'iso2', 'avc1'), 'a video'],
    ['ZIP', Buffer.from('PK\x03\x04\x14\0', 'latin1'), 'a ZIP archive'],
    ['gzip round a picture', gzipSync(jpeg), 'something compressed (gzip)'],
    ['nothing', Buffer.alloc(0), 'no bytes at all'],
    ['BMP', await bmp(), 'a BMP picture'],
    ['plain text', Buffer.from('404 page not found'), 'text'],
    ['a JPEG cut in half', jpeg.subarray(0, jpeg.length >> 1), 'one that is cut off'],
  ];
}
