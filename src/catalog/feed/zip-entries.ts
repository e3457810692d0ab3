// The list of files in a zip archive, by its specification (PKWARE APPNOTE 6.3.10). Not left to a library: adm-zip, the one that comes with the
// dependencies, holds the whole archive in memory.
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../errors.ts';

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0 is stored as it is, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  /** Where its own header begins in the archive. */
  readonly headerAt: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const MAX_DIRECTORY_BYTES = 16_777_216;
/** Stands where a number needs 64 bits, which are then in the extra field. */
const IN_EXTRA = 0xffffffff;

/**
 * Reads the archive's directory, which stands at its end.
 *
 * @param size - of the file, in bytes
 * @throws AppError FEED_INVALID for an archive that is cut, damaged, or whose directory is larger than 16 MiB
 */
export async function readZipEntries(file: FileHandle, size: number, path: string): Promise<ZipEntry[]> {
  const tailAt = Math.max(0, size - END_BYTES - LONGEST_COMMENT - 20);
  const tail = await readAt(file, tailAt, size - tailAt, path);
  let endAt = tail.length - END_BYTES;
  while (endAt >= 0 && tail.readUInt32LE(endAt) !== END) endAt -= 1;
  if (endAt < 0) throw damaged(path);
  let length = tail.readUInt32LE(endAt + 12);
  let start = tail.readUInt32LE(endAt + 16);
  const locatorAt = endAt - 20;
  if (locatorAt >= 0 && tail.readUInt32LE(locatorAt) === END_64_LOCATOR) {
    const end64 = await readAt(file, number64(tail, locatorAt + 8), 56, path);
    if (end64.readUInt32LE(0) !== END_64) throw damaged(path);
    length = number64(end64, 40);
    start = number64(end64, 48);
  }
  if (length > MAX_DIRECTORY_BYTES) throw damaged(path);
  return readDirectory(await readAt(file, start, length, path), path);
}

/** Where an entry's data begins: behind a header of its own, whose length only that header says. @throws AppError FEED_INVALID where there is none */
export async function zipDataStart(file: FileHandle, entry: ZipEntry, path: string): Promise<number> {
  const header = await readAt(file, entry.headerAt, 30, path);
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(path);
  return entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function readDirectory(directory: Buffer, path: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== CENTRAL) throw damaged(path);
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const extraAt = at + 46 + nameLength;
    const next = extraAt + extraLength + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw damaged(path);
    const written = [at + 24, at + 20, at + 42].map((place) => directory.readUInt32LE(place));
    const [, compressedSize = 0, headerAt = 0] = wide(written, directory.subarray(extraAt, extraAt + extraLength));
    entries.push({
      name: directory.toString('utf8', at + 46, extraAt),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      compressedSize,
      checksum: directory.readUInt32LE(at + 16),
      headerAt,
    });
    at = next;
  }
  return entries;
}

/** Size, compressed size and place, with those of 64 bits from the extra field, which has them in this order and no others. */
function wide(numbers: readonly number[], extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return numbers.map((value) => {
    if (value !== IN_EXTRA || at + 8 > extra.length) return value;
    at += 8;
    return number64(extra, at - 8);
  });
}

function number64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

async function readAt(file: FileHandle, position: number, length: number, path: string): Promise<Buffer> {
  if (!Number.isSafeInteger(position + length)) throw damaged(path);
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead < length) throw damaged(path);
  return bytes;
}

function damaged(path: string): AppError {
  return new AppError('FEED_INVALID', `${path}: expected a zip archive, found damaged or cut data`);
}
