import { AppError } from '../../errors.ts';
import { connectionFailure, createGuardedRequest } from '../guarded-request.ts';
import { feedTooLarge, MAX_FEED_BYTES, writeFeed } from './write-feed.ts';

/** Fetches a feed from a web address into a file. Rejects with the signal's reason when that is aborted. */
export type FetchFeed = (
  address: string,
  path: string,
  options?: { readonly signal?: AbortSignal | undefined; readonly onProgress?: FetchProgress | undefined },
) => Promise<void>;

/** @param total - what the server says; null where it says nothing */
export type FetchProgress = (bytes: number, total: number | null) => void;

const FEED = { wanted: 'a feed', accept: '*/*', refused: 'FEED_FETCH_REFUSED', failed: 'FEED_FETCH_FAILED' } as const;

/**
 * A fetcher with the guard of guarded-request.ts: what a feed is compressed with is told by its content later.
 *
 * @param options.allowPrivateAddresses - for shops whose feeds lie in their own network, and tests: private addresses and any port (false)
 * @param options.stallMs - without a byte for so long, a connection counts as cut (30,000)
 * @param options.timeoutMs - for all of it (an hour)
 * @param options.maxBytes - (4 GiB)
 * @throws (the fetcher) AppError BAD_USER_INPUT: not an http(s) address; FEED_FETCH_REFUSED: an address that may not be reached;
 *   FEED_FETCH_FAILED: no answer, another answer than 200, too slow, cut off; FEED_INVALID: too large. The file may be there in part
 */
export function createFeedFetcher(
  options: { allowPrivateAddresses?: boolean; stallMs?: number; timeoutMs?: number; maxBytes?: number } = {},
): FetchFeed {
  const { allowPrivateAddresses, stallMs = 30_000, timeoutMs = 3_600_000, maxBytes = MAX_FEED_BYTES } = options;
  const request = createGuardedRequest({ ...FEED, allowPrivateAddresses });

  return async (address, path, { signal, onProgress } = {}) => {
    const stalled = new AbortController();
    const watch = setTimeout(() => stalled.abort(), stallMs);
    const timeout = AbortSignal.timeout(timeoutMs);
    const ended = AbortSignal.any([stalled.signal, timeout, ...(signal ? [signal] : [])]);
    try {
      const response = await request(address, ended);
      const declared = response.headers['content-length'];
      const total = declared === undefined ? null : Number(declared);
      try {
        if (total !== null && total > maxBytes) throw feedTooLarge(maxBytes);
        await writeFeed(response, path, {
          maxBytes,
          onBytes: (bytes) => {
            watch.refresh();
            onProgress?.(bytes, total);
          },
        });
        // Node.js ends a body that is aborted like one that is whole, if all of it has come by then.
        ended.throwIfAborted();
      } finally {
        response.destroy();
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      if (stalled.signal.aborted || timeout.aborted) {
        const within = stalled.signal.aborted ? `another byte within ${stallMs}` : `the whole feed within ${timeoutMs}`;
        throw new AppError('FEED_FETCH_FAILED', `expected ${within} ms, found none`, { cause: error });
      }
      throw connectionFailure(error, FEED);
    } finally {
      clearTimeout(watch);
    }
  };
}
