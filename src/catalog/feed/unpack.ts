import { Readable, type Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { AppError } from '../../errors.ts';

/** Unpacked bytes at most: a feed of a hundred million rows. What is packed to be far more is made to fill disks and days. */
const MAX_UNPACKED_BYTES = 64 * 1024 ** 3;

/** Servers and scripts compress a file that is compressed already; more often than this nobody does. */
const MAX_LAYERS = 3;

/**
 * Unpacks gzip if that is what the bytes are, also several times over. Told by the first bytes.
 *
 * @param place - of the bytes, for people
 * @throws AppError FEED_INVALID for damaged or cut data
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, place: string, layer = 0): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    let start: Uint8Array = new Uint8Array();
    while (start.length < 2) {
      const next = await source.next();
      if (next.done) break;
      start = Buffer.concat([start, next.value]);
    }
    async function* all(): AsyncGenerator<Uint8Array> {
      if (start.length > 0) yield start;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    }
    const isPacked = start[0] === 0x1f && start[1] === 0x8b && layer < MAX_LAYERS;
    if (isPacked) yield* gunzip(through(all(), createGunzip(), 'gzip', place), place, layer + 1);
    else yield* all();
  } finally {
    await source.return?.();
  }
}

/** Unpacks deflated bytes, as they are in zip archives. @throws AppError FEED_INVALID for damaged or cut data */
export function inflate(chunks: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  return through(chunks, createInflateRaw(), 'zip', place);
}

/** The same bytes; at their end @throws AppError FEED_INVALID if their CRC-32 is another. */
export async function* checkSum(
  chunks: AsyncIterable<Uint8Array>,
  expected: number,
  place: string,
): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const chunk of chunks) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== expected) throw damaged('zip', place);
}

async function* through(
  chunks: AsyncIterable<Uint8Array>,
  unpacker: Transform,
  kind: string,
  place: string,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  source.on('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  let unpacked = 0;
  try {
    for await (const chunk of unpacker) {
      unpacked += chunk.length;
      if (unpacked > MAX_UNPACKED_BYTES) {
        throw new AppError('FEED_INVALID', `${place}: expected at most 64 GiB of unpacked data, found more`);
      }
      yield chunk;
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw damaged(kind, place, error);
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

function damaged(kind: string, place: string, cause?: unknown): AppError {
  return new AppError('FEED_INVALID', `${place}: expected data compressed with ${kind}, found damaged or cut data`, {
    cause,
  });
}
