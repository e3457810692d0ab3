import { AppError, show } from '../../errors.ts';

/**
 * How a feed's bytes are to be read: UTF-8, or UTF-16 where a byte order mark says so (spreadsheets write it as "Unicode text"), or
 * what an XML declaration says.
 *
 * @param start - the first bytes
 * @returns a label that TextDecoder knows
 * @throws AppError FEED_INVALID for an XML declaration of an encoding that is not known
 */
export function detectEncoding(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(Buffer.from(start).toString('latin1'));
  const declared = declaration?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('FEED_INVALID', `line 1: expected an encoding like UTF-8, found ${show(declared)}`, {
      cause: error,
    });
  }
}

/**
 * Decodes bytes that come in pieces, which may end within a character, and drops a byte order mark. Bytes that are no text become
 * U+FFFD; the readers refuse the rows that hold it.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
