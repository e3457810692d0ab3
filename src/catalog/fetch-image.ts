import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import { connectionFailure, createGuardedRequest } from './guarded-request.ts';

/** Fetches a picture from a web address. Rejects with the signal's reason when that is aborted. */
export type FetchImage = (url: string, signal?: AbortSignal) => Promise<FetchedImage>;

export interface FetchedImage {
  readonly bytes: Uint8Array;
  /** What would tell a new version: the ETag, else Last-Modified, else null. */
  readonly version: string | null;
}

const PICTURE = {
  wanted: 'a picture',
  accept: 'image/*',
  refused: 'IMAGE_FETCH_REFUSED',
  failed: 'IMAGE_FETCH_FAILED',
} as const;

/**
 * A fetcher with the guard of guarded-request.ts. Whether the bytes are a picture is not looked at here.
 *
 * @param options.allowPrivateAddresses - for shops whose pictures lie in their own network, and tests: private addresses and any port (false)
 * @param options.timeoutMs - for all of it: connecting, redirects, and the whole body (15,000)
 * @param options.maxBytes - (10 MiB)
 * @throws (the fetcher) AppError BAD_USER_INPUT: not an http(s) address; IMAGE_FETCH_REFUSED: an address that may not be reached;
 *   IMAGE_FETCH_FAILED: no answer, another answer than 200, or cut off; IMAGE_TOO_LARGE
 */
export function createImageFetcher(
  options: { allowPrivateAddresses?: boolean; timeoutMs?: number; maxBytes?: number } = {},
): FetchImage {
  const { allowPrivateAddresses = false, timeoutMs = 15_000, maxBytes = 10 * 1024 ** 2 } = options;
  const request = createGuardedRequest({ ...PICTURE, allowPrivateAddresses });
  return async (address, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const ended = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      const picture = await readBody(await request(address, ended), maxBytes);
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
  };
}

/** Reads to the end, and no further than `maxBytes`. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<FetchedImage> {
  const declared = Number(response.headers['content-length'] ?? 0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (declared > maxBytes) throw tooLarge(maxBytes, declared.toLocaleString('en'));
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
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

function tooLarge(maxBytes: number, found: string): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `expected a picture of at most ${maxBytes.toLocaleString('en')} bytes, found ${found}`,
  );
}
