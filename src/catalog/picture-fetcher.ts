import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/tables.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { pictureSourceId } from '../identifiers.ts';
import { storableText } from './check-text.ts';
import type { FetchedImage, FetchImage } from './fetch-image.ts';
import type { FetchFailure } from './guarded-request.ts';
import { createHostGate } from './host-gate.ts';
import { keepSource, keepSourceFailure, knownSource } from './picture-source-statements.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';

/** Fetches pictures from the web for one run, into the store: each address once, whoever's picture it is. */
export interface PictureFetcher {
  /**
   * Asks an address for its picture, or whether it is still the one that was found before.
   *
   * @throws AppError as fetchImage and inspectPicture do; IMAGE_FETCH_FAILED without asking for an address that gave none not long ago, or whose host was given up
   */
  fetch(address: string, signal: AbortSignal | undefined): Promise<FetchedPicture>;
  /**
   * Fetches a picture whatever is known of its address: where the store has lost it.
   *
   * @throws AppError as fetchImage and inspectPicture do
   */
  fetchLost(address: string, signal: AbortSignal | undefined): Promise<FetchedPicture & { bytes: Uint8Array }>;
}

/** A picture that is in the store. */
export interface FetchedPicture {
  readonly contentHash: string;
  /** As FetchedImage has it. */
  readonly version: string | null;
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
}

export interface PictureFetcherDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
  readonly fetchImage: FetchImage;
}

/** Answers kept, so that an address that many products share is not even looked up again. */
const ADDRESSES_REMEMBERED = 4_096;
/** Before the one further attempt after an answer that says that another may do better. */
const RETRY_AFTER_MS = 500;
const WORTH_A_RETRY: readonly (number | undefined)[] = [429, 500, 502, 503, 504];
/** Faults of what an address gives, which are there again if it is asked again. */
const FAULTS_OF_CONTENT: readonly ErrorCode[] = [
  'BAD_USER_INPUT',
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_MANY_PIXELS',
  'IMAGE_FETCH_REFUSED',
];

/** @param options.refetch - whether everything is asked for as if nothing were known (false) */
export function createPictureFetcher(
  deps: PictureFetcherDeps,
  { refetch = false }: { refetch?: boolean | undefined } = {},
): PictureFetcher {
  const { db, pictures, fetchImage } = deps;
  const begun = new Date();
  const gate = createHostGate();
  const answers = new LRUCache<string, Promise<FetchedPicture>>({ max: ADDRESSES_REMEMBERED });

  async function lookUp(address: string, signal: AbortSignal | undefined): Promise<FetchedPicture> {
    const id = pictureSourceId(address);
    const known = await knownSource(db, id).executeTakeFirst();
    const stored = known && (await storedPicture(known));
    if (known !== undefined && known.asked_at >= begun) {
      if (known.failure !== null) throw new AppError('IMAGE_FETCH_FAILED', known.failure);
      if (stored !== undefined) return stored;
    }
    if (!refetch && known?.failure != null && known.ask_again_at !== null && known.ask_again_at > begun) {
      const times = known.failures === 1 ? 'once' : `${known.failures} times in a row`;
      throw new AppError(
        'IMAGE_FETCH_FAILED',
        `${known.failure} (${times}; asked again from ${known.ask_again_at.toISOString().slice(0, 16)}Z on, or with --refetch)`,
      );
    }
    const version = refetch || stored === undefined ? null : stored.version;
    try {
      const found = await ask(address, version, signal);
      const picture = found ?? stored;
      if (picture === undefined) throw new AppError('IMAGE_FETCH_FAILED', 'expected a picture, found HTTP status 304');
      const { contentHash: content_hash, width, height } = picture;
      const answer = { id, source: address, version: picture.version, content_hash, width, height };
      await keepSource(db, { ...answer, asked_at: new Date() }).execute();
      return picture;
    } catch (error) {
      if (!signal?.aborted && isAnswer(error)) {
        const failure = storableText(error.message);
        await keepSourceFailure(db, { id, source: address, asked_at: new Date(), failure }).execute();
      }
      throw error;
    }
  }

  /** What is known of an address and still in the store. */
  async function storedPicture(known: {
    content_hash: string | null;
    version: string | null;
    width: number | null;
    height: number | null;
  }): Promise<FetchedPicture | undefined> {
    const { content_hash: contentHash, version, width, height } = known;
    if (contentHash === null || width === null || height === null) return undefined;
    return (await pictures.has(contentHash)) ? { contentHash, version, width, height } : undefined;
  }

  /** @returns undefined where the server says that it is still this version */
  async function ask(
    address: string,
    version: string | null,
    signal: AbortSignal | undefined,
  ): Promise<FetchedPicture | undefined> {
    const once = () => (version === null ? fetchImage(address, signal) : fetchImage(address, signal, version));
    const host = URL.canParse(address) ? new URL(address).host : address;
    const found = await gate.ask(host, () => withRetry(once, signal), isFaultOfHost, signal);
    return found === 'UNCHANGED' ? undefined : take(found);
  }

  async function take({ bytes, version }: FetchedImage): Promise<FetchedPicture> {
    const { width, height } = await deps.inspectPicture(bytes);
    return { contentHash: await pictures.put(bytes), version, width, height };
  }

  return {
    fetch(address, signal) {
      const known = answers.get(address);
      if (known !== undefined) return known;
      const answer = lookUp(address, signal);
      answers.set(address, answer);
      // Whoever asked hears of it.
      answer.catch(() => {});
      return answer;
    },
    async fetchLost(address, signal) {
      const found = await fetchImage(address, signal);
      return { ...(await take(found)), bytes: found.bytes };
    },
  };
}

async function withRetry<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!WORTH_A_RETRY.includes(statusOf(error))) throw error;
    await sleep(RETRY_AFTER_MS, undefined, signal && { signal });
    return ask();
  }
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof AppError) || error.code !== 'IMAGE_FETCH_FAILED') return undefined;
  return (error.cause as FetchFailure | undefined)?.status;
}

/** The host did not answer, or answers everything so. */
function isFaultOfHost(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'IMAGE_FETCH_FAILED') return false;
  const status = statusOf(error);
  return status === undefined || WORTH_A_RETRY.includes(status);
}

/** Whether the address itself gives no picture, as it will again. */
function isAnswer(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  if (FAULTS_OF_CONTENT.includes(error.code)) return true;
  const status = statusOf(error);
  return status !== undefined && !WORTH_A_RETRY.includes(status);
}
