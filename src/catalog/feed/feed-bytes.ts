import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../errors.ts';

/** A feed's bytes as a stream, unpacked if it is compressed with gzip. */
export interface FeedBytes {
  /** Taken from the file so far, as it lies there. */
  bytesRead(): number;
  /** Leaving it early closes the file. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What the errors of a file that cannot be read are called for people; node:fs codes. */
const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'a file that this user may not read',
  EPERM: 'a file that this user may not read',
};

/** Read at once: some 80 rows, two milliseconds of the event loop. Node's default of 64 KiB would hold up searches for four times that. */
const CHUNK_BYTES = 16_384;

const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Opens a feed; compressed or not is told by its first bytes.
 *
 * @returns how large the file is, and a function that begins to read it from the start
 * @throws AppError FEED_INVALID when there is no such file or it cannot be read; also from `chunks`, for damaged compressed data
 */
export async function openFeedBytes(path: string): Promise<{ bytesTotal: number; stream: () => FeedBytes }> {
  const { size, compressed } = await look(path);
  function stream(): FeedBytes {
    const file: ReadStream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    return { bytesRead: () => file.bytesRead, chunks: compressed ? unpack(file, path) : file };
  }
  return { bytesTotal: size, stream };
}

async function look(path: string): Promise<{ size: number; compressed: boolean }> {
  try {
    const file = await open(path);
    try {
      const start = new Uint8Array(GZIP_MAGIC.length);
      await file.read(start);
      return { size: (await file.stat()).size, compressed: GZIP_MAGIC.every((byte, i) => start[i] === byte) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const found = FILE_PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
    if (found === undefined) throw error;
    throw new AppError('FEED_INVALID', `${path}: expected a feed, found ${found}`, { cause: error });
  }
}

async function* unpack(file: ReadStream, path: string): AsyncGenerator<Uint8Array> {
  // A failure also ends the iteration below, which throws it.
  const unpacked = pipeline(file, createGunzip(), () => {});
  try {
    yield* unpacked;
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw new AppError('FEED_INVALID', `${path}: expected data compressed with gzip, found damaged or cut data`, {
      cause: error,
    });
  }
}
