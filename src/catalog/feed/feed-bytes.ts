import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError, show } from '../../errors.ts';
import { checkSum, gunzip, inflate } from './unpack.ts';
import { readZipEntries, type ZipEntry, zipDataStart } from './zip-entries.ts';

/** A feed's bytes as a stream, unpacked if it is compressed with gzip or lies in a zip archive. */
export interface FeedBytes {
  /** Taken from the file so far, as it lies there. */
  bytesRead(): number;
  /** Leaving it early closes the file. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A file of which a feed can be read from its start, as often as wanted. */
export interface FeedFile {
  /** As the feed lies there: compressed, if it is. */
  readonly bytesTotal: number;
  stream(): FeedBytes;
}

/** Tells how much the start of a file looks like one of a feed of products: 0 is not at all. */
export type FeedLikeness = (head: Uint8Array) => number;

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

/** Bytes that tell the format: enough for a header of hundreds of columns. */
const HEAD_BYTES = 65_536;

/** Files in an archive that are looked into for the feed. */
const MOST_LOOKED_INTO = 100;

/**
 * Opens a feed; compressed or in an archive is told by its first bytes. Of several files in an archive the one that looks most like a feed.
 *
 * @param place - what it is called in messages (the path)
 * @throws AppError FEED_INVALID when there is no such file or it cannot be read, or an archive has no feed or several; also from
 *   `chunks`, for damaged compressed data
 */
export async function openFeedBytes(path: string, likeness: FeedLikeness, place: string = path): Promise<FeedFile> {
  const file = await openOrExplain(path, place);
  try {
    const start = new Uint8Array(4);
    await file.read(start);
    const { size } = await file.stat();
    if (start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5)) {
      return await openArchive(file, size, { path, place }, likeness);
    }
    return fileFrom(path, 0, size, (chunks) => gunzip(chunks, place));
  } catch (error) {
    throw explained(error, place);
  } finally {
    await file.close();
  }
}

/** The first bytes of a feed. */
export async function readHead({ chunks }: FeedBytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

interface Archive {
  readonly path: string;
  readonly place: string;
}

async function openArchive(
  file: FileHandle,
  size: number,
  archive: Archive,
  likeness: FeedLikeness,
): Promise<FeedFile> {
  const { place } = archive;
  const all = await readZipEntries(file, size, place);
  if (all.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype')) {
    throw new AppError('FEED_INVALID', `${place}: expected a feed, found an office document (save it as CSV)`);
  }
  const entries = all.filter(({ name }) => !/(\/|^__MACOSX\/.*|(^|\/)\.[^/]*)$/.test(name));
  const files = await Promise.all(
    entries.slice(0, MOST_LOOKED_INTO).map(async (entry) => ({ entry, file: await openEntry(file, entry, archive) })),
  );
  const only = files[0];
  if (only && files.length === 1) return only.file;

  let best = 0;
  let found: typeof files = [];
  for (const candidate of files) {
    const score = likeness(await readHead(candidate.file.stream()));
    if (score === 0 || score < best) continue;
    found = score > best ? [candidate] : [...found, candidate];
    best = score;
  }
  if (found[0] && found.length === 1) return found[0].file;
  const among = (found.length > 0 ? found : files).slice(0, 10).map(({ entry }) => show(entry.name));
  throw new AppError(
    'FEED_INVALID',
    `${place}: expected a zip archive with one feed, found ${found.length === 0 ? 'none among ' : ''}${among.join(', ') || 'nothing in it'}`,
  );
}

async function openEntry(file: FileHandle, entry: ZipEntry, archive: Archive): Promise<FeedFile> {
  const { name, method, encrypted, compressedSize, checksum } = entry;
  const place = `${archive.place}: ${name}`;
  if (encrypted || (method !== 0 && method !== 8)) {
    const found = encrypted ? 'a password' : `compression method ${method}`;
    throw new AppError('FEED_INVALID', `${place}: expected a file in a zip archive stored or deflated, found ${found}`);
  }
  const start = await zipDataStart(file, entry, archive.place);
  return fileFrom(archive.path, start, compressedSize, (chunks) =>
    gunzip(checkSum(method === 8 ? inflate(chunks, place) : chunks, checksum, place), place),
  );
}

function fileFrom(
  path: string,
  start: number,
  length: number,
  unpack: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): FeedFile {
  function stream(): FeedBytes {
    if (length === 0) return { bytesRead: () => 0, chunks: unpack(nothing()) };
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES, start, end: start + length - 1 });
    return { bytesRead: () => file.bytesRead, chunks: unpack(file) };
  }
  return { bytesTotal: length, stream };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function openOrExplain(path: string, place: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw explained(error, place);
  }
}

function explained(error: unknown, place: string): unknown {
  const found = FILE_PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
  if (found === undefined) return error;
  return new AppError('FEED_INVALID', `${place}: expected a feed, found ${found}`, { cause: error });
}
