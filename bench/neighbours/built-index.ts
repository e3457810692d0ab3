import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexSize } from './peer.ts';
import type { Pictures } from './pictures.ts';

/** Where indexes are kept from one run to the next. Drop it by hand. */
export const INDEX_FOLDER = join(tmpdir(), 'lookgraph-neighbours');

export interface BuiltIndex {
  /** Holds what the engine wrote. */
  readonly folder: string;
  readonly size: IndexSize;
}

/**
 * The index of one engine over these pictures: built in an empty folder, unless it was built before of the same vectors, by the same version with the same parameters.
 * A folder gets its name when it is whole.
 *
 * @param made - engine, version and parameters of building
 * @param build - writes the index into a folder and lets go of what it holds in memory
 */
export async function builtIndex(
  pictures: Pictures,
  made: string,
  build: (folder: string) => Promise<void>,
): Promise<BuiltIndex> {
  const folder = join(INDEX_FOLDER, `${made.replaceAll(/\W+/g, '-').replace(/^-/, '')}-${pictures.hash.slice(0, 16)}`);
  const note = join(folder, 'built.json');
  const isNew = !existsSync(note);
  if (isNew) {
    await rm(folder, { recursive: true, force: true });
    const unfinished = `${folder}-unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    const started = performance.now();
    await build(unfinished);
    const buildSeconds = (performance.now() - started) / 1000;
    const diskMiB = (await bytesIn(unfinished)) / 2 ** 20;
    await writeFile(join(unfinished, 'built.json'), JSON.stringify({ buildSeconds, diskMiB }));
    await rename(unfinished, folder);
  }
  const size = JSON.parse(await readFile(note, 'utf8')) as Omit<IndexSize, 'isNew'>;
  return { folder, size: { ...size, isNew } };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
