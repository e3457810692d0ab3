import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { type RemoteFile, requestFile } from './request-file.ts';

export interface DownloadFileOptions {
  readonly url: string;
  /** Where the whole file appears; until then it grows beside it as `<path>.part`. */
  readonly path: string;
  /** Hex. Without it the server's word counts (`x-linked-etag`), or else only the size. */
  readonly sha256?: string | undefined;
  readonly bytes?: number | undefined;
  /** Told how much of the file is there. */
  readonly onProgress: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Before the second attempt after a cut connection; doubled for each further one, up to 10 s (500). */
  readonly retryAfterMs?: number | undefined;
  /** Without a byte for so long, a connection counts as cut (30,000). */
  readonly stallMs?: number | undefined;
}

/** In a row without a single new byte; after that, the network is not there. */
const MAX_VAIN_ATTEMPTS = 5;
const MAX_RETRY_AFTER_MS = 10_000;

/**
 * Fetches a file to disk, going on where an earlier attempt or run ended, and puts it to its place only when it is whole
 * and the right one.
 *
 * @returns its SHA-256 (hex)
 * @throws AppError MODEL_DOWNLOAD_FAILED: no connection, refused, no room, or other bytes than expected (which are removed);
 *   the signal's reason when aborted
 */
export async function downloadFile(options: DownloadFileOptions): Promise<string> {
  const { url, path, signal, retryAfterMs = 500 } = options;
  const part = `${path}.part`;
  for (let vain = 0; ; ) {
    signal?.throwIfAborted();
    const before = await sizeOf(part);
    try {
      return await attempt(options, part, before);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      vain = (await sizeOf(part)) > before ? 0 : vain + 1;
      if (vain >= MAX_VAIN_ATTEMPTS) {
        throw new AppError('MODEL_DOWNLOAD_FAILED', `${url}: expected the file, found ${reasonOf(error)}`, {
          cause: error,
        });
      }
      await sleep(Math.min(retryAfterMs * 2 ** vain, MAX_RETRY_AFTER_MS), undefined, signal ? { signal } : {});
    }
  }
}

async function attempt(options: DownloadFileOptions, part: string, have: number): Promise<string> {
  const { url, path, signal, stallMs = 30_000 } = options;
  const stall = new AbortController();
  const watch = setTimeout(() => stall.abort(new Error(`no answer within ${stallMs / 1000} s`)), stallMs);
  const stop = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal;
  try {
    const etag = have > 0 ? await readFile(`${part}.etag`, 'utf8').catch(() => undefined) : undefined;
    const remote = await requestFile(url, { from: etag === undefined ? 0 : have, etag, signal: stop });
    checkOffer(options, remote);
    const hash = createHash('sha256');
    if (remote.start > 0) await pipeline(createReadStream(part), hash, { end: false });
    else await startPart(part, remote.etag);
    await receive(remote, part, hash, options, () => watch.refresh());
    const found = hash.digest('hex');
    await checkWhole(options, part, remote, found);
    await rename(part, path);
    await rm(`${part}.etag`, { force: true });
    return found;
  } finally {
    clearTimeout(watch);
    // Nothing more is read, whatever happened; after the end of the body this does nothing.
    stall.abort();
  }
}

/** A server that announces another file need not send it. */
function checkOffer({ url, sha256, bytes }: DownloadFileOptions, remote: RemoteFile): void {
  if (bytes !== undefined && remote.size !== undefined && remote.size !== bytes) {
    throw new AppError('MODEL_DOWNLOAD_FAILED', `${url}: expected ${bytes} bytes, found ${remote.size}`);
  }
  if (sha256 !== undefined && remote.sha256 !== undefined && remote.sha256 !== sha256) {
    throw new AppError('MODEL_DOWNLOAD_FAILED', `${url}: expected SHA-256 ${sha256}, found ${remote.sha256}`);
  }
}

/** What is there belongs to nothing that can be gone on with. */
async function startPart(part: string, etag: string | undefined): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.etag`, { force: true });
  if (etag !== undefined) await writeFile(`${part}.etag`, etag);
}

async function receive(
  remote: RemoteFile,
  part: string,
  hash: Hash,
  { path, bytes, onProgress }: DownloadFileOptions,
  onChunk: () => void,
): Promise<void> {
  const most = bytes ?? remote.size ?? Number.POSITIVE_INFINITY;
  const file = await open(part, 'a');
  let received = remote.start;
  try {
    for await (const chunk of remote.body) {
      onChunk();
      hash.update(chunk);
      await file.write(chunk).catch((cause) => {
        throw new AppError('MODEL_DOWNLOAD_FAILED', `${path}: could not be written: ${reasonOf(cause)}`, { cause });
      });
      received += chunk.byteLength;
      onProgress(received);
      // The size below tells; a server that never ends must not fill the disk.
      if (received > most) break;
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  if (remote.size !== undefined && received < remote.size) {
    throw new Error(`the connection closed after ${received} of ${remote.size} bytes`);
  }
}

/** Removes what is not the file that was asked for: the next attempt must not go on with it. */
async function checkWhole(
  { url, sha256, bytes }: DownloadFileOptions,
  part: string,
  remote: RemoteFile,
  found: string,
): Promise<void> {
  const size = await sizeOf(part);
  const expectedSize = bytes ?? remote.size;
  const expectedHash = sha256 ?? remote.sha256;
  const wrong =
    expectedSize !== undefined && size !== expectedSize
      ? `expected ${expectedSize} bytes, found ${size}`
      : expectedHash !== undefined && found !== expectedHash
        ? `expected SHA-256 ${expectedHash}, found ${found}`
        : undefined;
  if (wrong === undefined) return;
  await rm(part, { force: true });
  await rm(`${part}.etag`, { force: true });
  throw new AppError('MODEL_DOWNLOAD_FAILED', `${url}: ${wrong}; the wrong file was removed`);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** `fetch failed` says nothing; what it was caused by does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
