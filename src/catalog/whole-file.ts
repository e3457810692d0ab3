// Files that are either whole or not there: what the picture store and the uploads are made of.
import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A temporary file this old was left by a process that was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Writes a file under another name first, so that nobody ever sees half of it. Replaces one that is there. Not flushed to
 * the disk: that would take minutes for a catalogue; a power cut can leave the file short or empty.
 *
 * @param temporaryFolder - on the same file system as `place`
 */
export async function writeWhole(temporaryFolder: string, place: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(temporaryFolder, randomUUID());
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** undefined where there is no such file. */
export async function readIfThere(place: string): Promise<Uint8Array | undefined> {
  return unlessMissing(readFile(place));
}

/** Size and times; undefined where there is no such file. */
export async function statIfThere(place: string): Promise<Stats | undefined> {
  return unlessMissing(stat(place));
}

/** Says that a file was wanted now. @returns false where there is none */
export async function touch(place: string): Promise<boolean> {
  const now = new Date();
  return (await unlessMissing(utimes(place, now, now).then(() => true))) ?? false;
}

/** @returns false where there is no such file */
export async function renameIfThere(from: string, to: string): Promise<boolean> {
  return (await unlessMissing(rename(from, to).then(() => true))) ?? false;
}

/** Removes what processes that were killed had begun to write. */
export async function removeAbandoned(temporaryFolder: string): Promise<void> {
  for (const name of await readdir(temporaryFolder)) {
    const place = join(temporaryFolder, name);
    const facts = await statIfThere(place);
    if (facts !== undefined && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS) await rm(place, { force: true });
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
