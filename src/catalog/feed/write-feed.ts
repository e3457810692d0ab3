import { open } from 'node:fs/promises';
import { AppError } from '../../errors.ts';

/** A feed that comes from elsewhere than a file may have as many bytes, packed or not: more than ten million products take, and less than a disk. */
export const MAX_FEED_BYTES = 4 * 1024 ** 3;

/**
 * Writes a feed that comes as a stream into a file: its encoding, and the directory of an archive, are known only at its end, so it is read more than once.
 *
 * @param onBytes - told how many there are so far
 * @returns how many there were
 * @throws AppError FEED_INVALID for more than `maxBytes` (MAX_FEED_BYTES); the file is there in part
 */
export async function writeFeed(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  { maxBytes = MAX_FEED_BYTES, onBytes }: { maxBytes?: number; onBytes?: (bytes: number) => void } = {},
): Promise<number> {
  const file = await open(path, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw feedTooLarge(maxBytes);
      await file.write(chunk);
      onBytes?.(bytes);
    }
  } finally {
    await file.close();
  }
  return bytes;
}

export function feedTooLarge(maxBytes: number): AppError {
  return new AppError('FEED_INVALID', `expected a feed of at most ${maxBytes.toLocaleString('en')} bytes, found more`);
}
