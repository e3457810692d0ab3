import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FetchFeed, FetchProgress } from './fetch-feed.ts';
import { createAddressFinder, createPictureFinder, type FindPicture } from './find-pictures.ts';

/** Where a feed is. */
export type FeedSource = FeedFromFile | FeedFromAddress;

export interface FeedFromFile {
  readonly path: string;
  /** What people call it, where its path says nothing: `standard input`. (the path) */
  readonly name?: string;
  /** The folder that pictures lie in which it names as files; null: it may name none. (that of the file) */
  readonly pictures?: string | null;
}

/** A web address; pictures that it names without one are relative to it. */
export interface FeedFromAddress {
  readonly address: string;
}

/** A feed as a file of this machine. */
export interface LocalFeed {
  readonly path: string;
  /** What it is called in messages. */
  readonly place: string;
  readonly findPicture: FindPicture;
}

/** What people are told of where a feed is from: without what an address may have of secrets. */
export function nameOfSource(source: FeedSource): string {
  if ('path' in source) return source.name ?? resolve(source.path);
  if (!URL.canParse(source.address)) return source.address.slice(0, 200);
  const { origin, pathname } = new URL(source.address);
  return `${origin}${pathname}`;
}

/**
 * Works on a feed as a file: one from an address is fetched first, into a folder that is removed afterwards.
 *
 * @throws AppError BAD_USER_INPUT, FEED_FETCH_REFUSED, FEED_FETCH_FAILED, FEED_INVALID; and whatever `work` throws
 */
export async function withLocalFeed<Result>(
  source: FeedSource,
  fetchFeed: FetchFeed,
  work: (feed: LocalFeed) => Promise<Result>,
  options: { readonly signal?: AbortSignal | undefined; readonly onFetched?: FetchProgress | undefined } = {},
): Promise<Result> {
  const place = nameOfSource(source);
  if ('path' in source) {
    const path = resolve(source.path);
    const { pictures = dirname(path) } = source;
    const findPicture = pictures === null ? createAddressFinder() : await createPictureFinder(pictures);
    return work({ path, place, findPicture });
  }
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'feed');
    await fetchFeed(source.address, path, { signal: options.signal, onProgress: options.onFetched });
    return work({ path, place, findPicture: createAddressFinder(source.address) });
  });
}

/** Makes a folder for `work` that is gone afterwards. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'lookgraph-feed-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
