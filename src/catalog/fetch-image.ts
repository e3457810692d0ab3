import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../errors.ts';
import { connectionFailure, createGuardedRequest } from './guarded-request.ts';

/** Fetches a picture from a web address. Rejects with the signal's reason when that is aborted. */
export interface FetchImage {
  (url: string, signal?: AbortSignal): Promise<FetchedImage>;
  /**
   * Asks whether there is another one.
   *
   * @param known - the version that is known, as FetchedImage.version has it
   * @returns UNCHANGED where the server says that there is none (304)
   */
  (url: string, signal: AbortSignal | undefined, known: string): Promise<FetchedImage | 'UNCHANGED'>;
}

export interface FetchedImage {
  readonly bytes: Uint8Array;
  /** What would tell a new version: the ETag, else Last-Modified, else null. */
  readonly version: string | null;
}

const PICTURE = {
  wanted: 'a picture',
  accept: 'image/*',
  encoding: 'identity',
  refused: 'IMAGE_FETCH_REFUSED',
  failed: 'IMAGE_FETCH_FAILED',
} as const;

/** A host that does not even take a connection in this time is not there: the world round and back takes a tenth of it. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * A fetcher with the guard of guarded-request.ts. Whether the bytes are a picture is not looked at here.
 *
 * @param options.allowPrivateAddresses - for shops whose pictures lie in their own network, and tests: private addresses and any port (false)
 * @param options.timeoutMs - for all of it: connecting, redirects, and the whole body (15,000)
 * @param options.connectTimeoutMs - for each connection (5,000)
 * @param options.maxBytes - (10 MiB)
 * @throws (the fetcher) AppError BAD_USER_INPUT: not an http(s) address; IMAGE_FETCH_REFUSED: an address that may not be reached;
 *   IMAGE_FETCH_FAILED: no answer, another answer than 200, or cut off; IMAGE_TOO_LARGE
 */
export function createImageFetcher(
  options: { allowPrivateAddresses?: boolean; timeoutMs?: number; connectTimeoutMs?: number; maxBytes?: number } = {},
): FetchImage {
  const { allowPrivateAddresses = false, timeoutMs = 15_000, maxBytes = 10 * 1024 ** 2 } = options;
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const request = createGuardedRequest({ ...PICTURE, allowPrivateAddresses, connectTimeoutMs });

  async function fetchImage(address: string, signal?: AbortSignal): Promise<FetchedImage>;
  async function fetchImage(
    address: string,
    signal: AbortSignal | undefined,
    known: string,
  ): Promise<FetchedImage | 'UNCHANGED'>;
  async function fetchImage(address: string, signal?: AbortSignal, known?: string) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const ended = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      const response = await request(address, ended, known === undefined ? undefined : unlessVersion(known));
      if (response.statusCode === 304) {
        response.destroy();
        return 'UNCHANGED';
      }
      const picture = await readBody(response, maxBytes);
      // Node.js ends a body that is aborted like one that is whole, if all of it has come by then.
      ended.throwIfAborted();
      return picture;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      if (timeout.aborted) {
        throw new AppError(
          'IMAGE_FETCH_FAILED',
          `expected the whole picture within ${timeoutMs.toLocaleString('en')} ms`,
          { cause: error },
        );
      }
      throw connectionFailure(error, PICTURE);
    }
  }
  return fetchImage;
}

/** An ETag or a Last-Modified, as the header that asks for anything else. */
function unlessVersion(version: string): Record<string, string> {
  const isDate = !version.includes('"') && !Number.isNaN(Date.parse(version));
  return isDate ? { 'if-modified-since': version } : { 'if-none-match': version };
}

/** Reads to the end, and no further than `maxBytes`. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<FetchedImage> {
  const declared = Number(response.headers['content-length'] ?? 0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (declared > maxBytes) throw tooLarge(maxBytes, declared.toLocaleString('en'));
    for await (const chunk of unpacked(response)) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes, 'more');
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  return {
    bytes: Buffer.concat(chunks, length),
    version: response.headers.etag ?? response.headers['last-modified'] ?? null,
  };
}

/** The body without a compression that was not asked for: some servers keep their files compressed. */
function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpack = UNPACKING[encoding];
  if (unpack === undefined) return response;
  const stream = unpack();
  // Either end that breaks breaks the other, so that nothing waits for what will not come.
  pipeline(response, stream, () => {});
  return stream;
}

const UNPACKING: Readonly<Record<string, () => NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function tooLarge(maxBytes: number, found: string): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `expected a picture of at most ${maxBytes.toLocaleString('en')} bytes, found ${found}`,
  );
}
