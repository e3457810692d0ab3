import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, show } from '../errors.ts';
import { MAX_FEED_BYTES, writeFeed } from './feed/write-feed.ts';
import { statIfThere } from './whole-file.ts';

/** Feeds that wait for their import: each is kept for an hour, or until it was imported. */
export interface FeedUploads {
  /**
   * Keeps a feed; nothing is left of one that does not come to its end.
   *
   * @throws AppError FEED_INVALID for an empty or too large one; SERVER_OVERLOADED while too many wait
   */
  put(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly id: string; readonly bytes: number }>;
  /**
   * Hands a feed over; it is gone once the work is done.
   *
   * @throws AppError NOT_FOUND for an id that was never given, has expired, or was used
   */
  take<Result>(id: string, work: (path: string) => Promise<Result>): Promise<Result>;
  /** Forgets a feed that will not be imported; one that is being imported stays. */
  discard(id: string): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** Imports go one after the other; more than these wait for nothing. */
const MOST_WAITING = 8;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Opens the folder, makes it where it is missing, and removes what an earlier run has left in it. */
export async function openFeedUploads(options: {
  folder: string;
  /** (an hour) */
  lifetimeMs?: number;
  /** Of one feed (4 GiB). */
  maxBytes?: number;
}): Promise<FeedUploads> {
  const { folder, lifetimeMs = HOUR_MS, maxBytes = MAX_FEED_BYTES } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });

  /** Being imported, which may take longer than they are kept otherwise. */
  const taken = new Set<string>();

  /** @returns how many are left */
  async function sweep(): Promise<number> {
    const names = await readdir(folder);
    let left = 0;
    for (const name of names) {
      if (taken.has(name)) continue;
      const facts = await statIfThere(join(folder, name));
      if (facts === undefined) continue;
      if (Date.now() - facts.mtimeMs < lifetimeMs) left++;
      else await rm(join(folder, name), { force: true });
    }
    return left;
  }

  await sweep();
  return {
    async put(chunks) {
      if ((await sweep()) >= MOST_WAITING) {
        throw new AppError('SERVER_OVERLOADED', `${MOST_WAITING} feeds wait to be imported already; try again later`);
      }
      const id = randomUUID();
      const path = join(folder, id);
      try {
        const bytes = await writeFeed(chunks, path, { maxBytes });
        if (bytes === 0) throw new AppError('FEED_INVALID', 'body: expected a feed, found nothing');
        return { id, bytes };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    async discard(id) {
      if (ID.test(id) && !taken.has(id)) await rm(join(folder, id), { force: true });
    },
    async take(id, work) {
      const path = join(folder, id);
      if (!ID.test(id) || taken.has(id) || (await statIfThere(path)) === undefined) {
        throw new AppError('NOT_FOUND', `expected the id of a feed that was uploaded not long ago, found ${show(id)}`);
      }
      taken.add(id);
      try {
        return await work(path);
      } finally {
        await rm(path, { force: true });
        taken.delete(id);
      }
    },
  };
}
