import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, removeAbandoned, renameIfThere, statIfThere, touch, writeWhole } from './whole-file.ts';

/** What is known of a picture once it has been looked at. */
export interface PictureFacts {
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff';
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** What is not as it should be of a picture that is taken all the same. */
  readonly note?: string;
}

/**
 * Looks at a picture: at its header, or decoding it, too (`readPictureHeader` and `inspectPicture` of embedding/picture.ts, given through deps).
 *
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export type InspectPicture = (bytes: Uint8Array) => Promise<PictureFacts>;

/**
 * Pictures by the SHA-256 of their bytes, as files: `<folder>/ab/<hash>`. The same picture is kept once. One level of 256
 * folders: a million pictures are 4,000 to a folder, and a second level would make more folders than pictures in most shops.
 */
export interface PictureStore {
  /** Keeps the bytes as they are; writes to a temporary file and renames, so a file that exists is whole. Returns the hash (hex). */
  put(bytes: Uint8Array): Promise<string>;
  /** undefined when there is none, also for what is no hash at all and for a file that a crash of the machine left damaged. */
  read(contentHash: string): Promise<Uint8Array | undefined>;
  /** Whether there is one, without reading it. */
  has(contentHash: string): Promise<boolean>;
  /** The names of all, some thousands at a time. */
  names(): AsyncGenerator<string[]>;
  /**
   * Removes a picture, unless it was put within this time: who puts one has yet to say that it is used.
   *
   * @returns its bytes; undefined where it stays or is not there
   */
  remove(contentHash: string, unusedMs: number): Promise<number | undefined>;
}

/** Where files are written before they get their name. */
const TEMPORARY_FOLDER = 'tmp';

/** The name of a picture: SHA-256 of its bytes, 64 hexadecimal digits. */
export function pictureHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether it may be the name of a picture. Nothing else becomes part of a path, so no name leads out of the folder. */
export function isPictureHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Makes the folder where it is missing. Several processes may have it open. */
export async function openPictureStore(folder: string): Promise<PictureStore> {
  const temporaryFolder = join(folder, TEMPORARY_FOLDER);
  await mkdir(temporaryFolder, { recursive: true });
  await removeAbandoned(temporaryFolder);
  const foldersMade = new Set<string>();

  const folderOf = (hash: string) => join(folder, hash.slice(0, 2));
  const placeOf = (hash: string) => join(folderOf(hash), hash);

  return {
    async put(bytes) {
      const hash = pictureHash(bytes);
      const place = placeOf(hash);
      // The size tells a whole file from one that a power cut left empty or short; contents are checked when read.
      if ((await statIfThere(place))?.size === bytes.length && (await touch(place))) return hash;
      if (!foldersMade.has(folderOf(hash))) {
        await mkdir(folderOf(hash), { recursive: true });
        foldersMade.add(folderOf(hash));
      }
      await writeWhole(temporaryFolder, place, bytes);
      return hash;
    },

    async read(contentHash) {
      if (!isPictureHash(contentHash)) return undefined;
      const bytes = await readIfThere(placeOf(contentHash));
      return bytes !== undefined && pictureHash(bytes) === contentHash ? bytes : undefined;
    },

    async has(contentHash) {
      return isPictureHash(contentHash) && (await statIfThere(placeOf(contentHash))) !== undefined;
    },

    async *names() {
      for (const name of await readdir(folder)) {
        if (/^[0-9a-f]{2}$/.test(name)) yield (await readdir(join(folder, name))).filter(isPictureHash);
      }
    },

    async remove(contentHash, unusedMs) {
      if (!isPictureHash(contentHash)) return undefined;
      const place = placeOf(contentHash);
      const isUnused = (mtimeMs: number) => Date.now() - mtimeMs > unusedMs;
      const facts = await statIfThere(place);
      if (facts === undefined || !isUnused(facts.mtimeMs)) return undefined;
      // Out of the way first: who puts it from here on writes it anew, and who put it just before is seen by its time.
      const aside = join(temporaryFolder, randomUUID());
      if (!(await renameIfThere(place, aside))) return undefined;
      const moved = await statIfThere(aside);
      if (moved !== undefined && !isUnused(moved.mtimeMs)) {
        await renameIfThere(aside, place);
        return undefined;
      }
      await rm(aside, { force: true });
      return facts.size;
    },
  };
}
