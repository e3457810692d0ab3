import { isAscii, isUtf8 } from 'node:buffer';
import { AppError, show } from '../../errors.ts';

/** How a feed's bytes are to be read. */
export interface FeedEncoding {
  /** A label that TextDecoder knows. */
  readonly encoding: string;
  /** What was guessed or is not as the feed says, for people. */
  readonly notes: readonly string[];
}

/** Bytes that are not UTF-8 after which there is no doubt, if sequences that are UTF-8 are a tenth of them. */
const ENOUGH_FOREIGN_BYTES = 1000;

/** Share of pairs of bytes with a zero in one place that makes text UTF-16: names of columns and addresses are ASCII in any language. */
const UTF16_ZEROS = 0.1;

/**
 * Tells the encoding by the bytes: a byte order mark, the zeros of UTF-16, whether all is UTF-8. Only what the bytes leave open is taken
 * from an XML declaration; without one, what is no UTF-8 is Windows-1252, which also holds Latin-1. Reads all: the first letter that
 * is not ASCII may be anywhere.
 *
 * @param head - the first bytes
 * @param stream - all bytes, from the start
 * @throws AppError FEED_INVALID for a declaration of an encoding that is not known, if the bytes are no UTF-8
 */
export async function detectEncoding(head: Uint8Array, stream: () => AsyncIterable<Uint8Array>): Promise<FeedEncoding> {
  const marked = byMark(head);
  if (marked) return { encoding: marked, notes: [] };
  const wide = byZeros(head);
  if (wide) return { encoding: wide, notes: [`read as ${wide}: it has no byte order mark`] };

  const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(Buffer.from(head).toString('latin1'));
  const declared = declaration?.[1];
  const { sequences, foreign } = await countUtf8(stream());
  if (foreign === 0 && (sequences > 0 || declared === undefined)) {
    const isWrong = declared !== undefined && labelOf(declared) !== 'utf-8';
    return { encoding: 'utf-8', notes: isWrong ? [`read as utf-8: it says ${declared} and is not`] : [] };
  }
  const label = declared === undefined ? undefined : labelOf(declared);
  if (label === undefined && declared !== undefined && foreign > 0) {
    throw new AppError('FEED_INVALID', `line 1: expected an encoding like UTF-8, found ${show(declared)}`);
  }
  // Text without a zero is no UTF-16, whatever it says.
  if (label !== undefined && !/^utf-/.test(label)) return { encoding: label, notes: [] };
  if (foreign === 0) return { encoding: 'utf-8', notes: [] };
  if (sequences >= foreign) {
    return { encoding: 'utf-8', notes: ['single bytes that are not UTF-8 were read as Windows-1252'] };
  }
  const but = declared === undefined ? '' : `, though it says ${declared}`;
  return { encoding: 'windows-1252', notes: [`read as windows-1252: it is not UTF-8${but}`] };
}

/**
 * Decodes bytes that come in pieces, which may end within a character, and drops a byte order mark. A byte that is no UTF-8 is read as
 * Windows-1252, where UTF-8 is expected: feeds put together from several sources have both.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
    return;
  }
  let isFirst = true;
  for await (const bytes of wholeCharacters(chunks)) {
    const text = isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString() : mend(bytes);
    yield isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    isFirst = false;
  }
}

/** The same of one array: of the start of a feed, whose last character may be cut off. */
export function decodeHead(head: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(head, { stream: true });
  return mend(head.subarray(0, completeLength(head))).replace(/^\ufeff/, '');
}

/** What the first bytes say without a doubt: a byte order mark, the zeros of UTF-16; UTF-8 otherwise. */
export function encodingOfHead(head: Uint8Array): string {
  return byMark(head) ?? byZeros(head) ?? 'utf-8';
}

function byMark(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : undefined;
}

function byZeros(head: Uint8Array): string | undefined {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  let first = 0;
  let second = 0;
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i] === 0) first += 1;
    if (head[i + 1] === 0) second += 1;
  }
  if (second > UTF16_ZEROS * pairs && first < second / 10) return 'utf-16le';
  return first > UTF16_ZEROS * pairs && second < first / 10 ? 'utf-16be' : undefined;
}

/** As TextDecoder names it; undefined for one that it does not know. */
function labelOf(declared: string): string | undefined {
  try {
    return new TextDecoder(declared.trim()).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @returns characters of several bytes, and bytes that are in none and not ASCII; both short of the end once there is no doubt */
async function countUtf8(chunks: AsyncIterable<Uint8Array>): Promise<{ sequences: number; foreign: number }> {
  let sequences = 0;
  let foreign = 0;
  for await (const bytes of wholeCharacters(chunks)) {
    if (isAscii(bytes)) continue;
    if (isUtf8(bytes)) {
      for (const byte of bytes) if (byte >= 0xc0) sequences += 1;
    } else {
      for (let i = 0; i < bytes.length; ) {
        const length = sequenceLength(bytes, i);
        if (length === 0) foreign += 1;
        else if (length > 1) sequences += 1;
        i += length || 1;
      }
    }
    if (foreign > ENOUGH_FOREIGN_BYTES && sequences < foreign / 10) break;
  }
  return { sequences, foreign };
}

/** The same bytes in pieces that do not end within a character of UTF-8; the last one may. */
async function* wholeCharacters(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const complete = completeLength(bytes);
    rest = bytes.slice(complete);
    if (complete > 0) yield bytes.subarray(0, complete);
  }
  if (rest.length > 0) yield rest;
}

function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return back < expectedLength(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function expectedLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** Bytes of the character that begins here; 0 where none does. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const lead = bytes[start] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  const end = start + expectedLength(lead);
  return end <= bytes.length && isUtf8(bytes.subarray(start, end)) ? end - start : 0;
}

/** Text of bytes of which some are not UTF-8. */
function mend(bytes: Uint8Array): string {
  const foreign = new TextDecoder('windows-1252');
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let start = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      text += utf8.decode(bytes.subarray(start, i)) + foreign.decode(bytes.subarray(i, i + 1));
      start = i + 1;
    }
    i += length || 1;
  }
  return text + utf8.decode(bytes.subarray(start));
}
