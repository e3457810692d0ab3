import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, show } from '../errors.ts';
import { type InspectPicture, isPictureHash, type PictureFacts, pictureHash } from './picture-store.ts';
import { readIfThere, removeAbandoned, statIfThere, writeWhole } from './whole-file.ts';

/**
 * Pictures that people search with: kept for a day (by default), apart from the catalogue's, and bounded in number and size.
 * The id is the SHA-256 of the bytes: whoever has it could make it from the picture, and nobody can guess one.
 */
export interface Uploads {
  /**
   * Checks and keeps a picture; the same picture gets the same id and is kept for another lifetime.
   * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
   */
  put(bytes: Uint8Array): Promise<PictureFacts & { id: string }>;
  /** @throws AppError IMAGE_NOT_FOUND for an id that was never given or has expired */
  read(id: string): Promise<Uint8Array>;
  /** Ends the hourly sweep. What was uploaded stays. */
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 3_600_000;

/** A picture counts as this many bytes at least, which bounds their number as well: 65,536 to a GiB. */
const SMALLEST_SHARE = 16_384;

/** Once full, a sweep makes this much room, so that not every upload has to sweep. */
const FILL_AFTER_SWEEP = 0.9;

/**
 * Opens the folder, makes it where it is missing, and removes what has expired; then again every hour. Several processes may
 * have it open; each counts its own uploads between two sweeps, so together they may go over the bound for up to an hour.
 */
export async function openUploads(options: {
  folder: string;
  inspectPicture: InspectPicture;
  /** (24 h) */
  lifetimeMs?: number;
  /** All together; the oldest go first (1 GiB). */
  maxBytes?: number;
}): Promise<Uploads> {
  const { folder, inspectPicture, lifetimeMs = DAY_MS, maxBytes = 1024 ** 3 } = options;
  const temporaryFolder = join(folder, 'tmp');
  await mkdir(temporaryFolder, { recursive: true });

  const hasExpired = (mtimeMs: number) => Date.now() - mtimeMs >= lifetimeMs;
  let occupied = 0;
  /** Of pictures that came since the sweep under way began: it may have listed the folder before them. */
  let addedSince = 0;
  let sweeping: Promise<void> | undefined;

  async function sweepOnce(): Promise<void> {
    addedSince = 0;
    await removeAbandoned(temporaryFolder);
    const kept: { place: string; share: number; mtimeMs: number }[] = [];
    for (const name of (await readdir(folder)).filter(isPictureHash)) {
      const place = join(folder, name);
      const facts = await statIfThere(place);
      if (facts !== undefined) kept.push({ place, share: shareOf(facts.size), mtimeMs: facts.mtimeMs });
    }
    kept.sort((a, b) => a.mtimeMs - b.mtimeMs);
    let total = kept.reduce((sum, { share }) => sum + share, 0);
    const room = total > maxBytes ? maxBytes * FILL_AFTER_SWEEP : maxBytes;
    for (const { place, share, mtimeMs } of kept) {
      if (total <= room && !hasExpired(mtimeMs)) break;
      await rm(place, { force: true });
      total -= share;
    }
    // Some of them may be counted twice; the next sweep corrects that.
    occupied = total + addedSince;
  }

  /** One at a time: whoever asks during a sweep waits for that one. */
  function sweep(): Promise<void> {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  }

  await sweep();
  const timer = setInterval(() => {
    sweep().catch(() => {
      // Nobody listens here. Counted as full, the folder is swept by the next upload, which fails with the reason.
      occupied = Number.POSITIVE_INFINITY;
    });
  }, SWEEP_EVERY_MS).unref();

  return {
    async put(bytes) {
      if (shareOf(bytes.length) > maxBytes) {
        throw new AppError(
          'IMAGE_TOO_LARGE',
          `expected a picture of at most ${maxBytes.toLocaleString('en')} bytes, found ${bytes.length.toLocaleString('en')}`,
        );
      }
      const facts = await inspectPicture(bytes);
      const id = pictureHash(bytes);
      const place = join(folder, id);
      const isNew = (await statIfThere(place)) === undefined;
      await writeWhole(temporaryFolder, place, bytes);
      if (isNew) {
        occupied += shareOf(bytes.length);
        addedSince += shareOf(bytes.length);
      }
      // More than once where the sweep that was waited for had begun before this picture came.
      while (occupied > maxBytes) await sweep();
      return { ...facts, id };
    },

    async read(id) {
      const place = isPictureHash(id) ? join(folder, id) : undefined;
      const uploaded = place === undefined ? undefined : await statIfThere(place);
      if (place !== undefined && uploaded !== undefined && !hasExpired(uploaded.mtimeMs)) {
        const bytes = await readIfThere(place);
        if (bytes !== undefined && pictureHash(bytes) === id) return bytes;
      }
      throw new AppError('IMAGE_NOT_FOUND', `expected the id of a picture uploaded not long ago, found ${show(id)}`);
    },

    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}

function shareOf(bytes: number): number {
  return Math.max(bytes, SMALLEST_SHARE);
}
