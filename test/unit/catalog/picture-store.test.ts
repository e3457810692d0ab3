import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPictureStore, pictureHash } from '../../../src/catalog/picture-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const BYTES = Buffer.from('a picture');
const HASH = pictureHash(BYTES);
const PLACE = `${HASH.slice(0, 2)}/${HASH}`;

async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('openPictureStore', () => {
  it('keeps a picture once, by its hash, and leaves nothing else behind', async () => {
    const store = await openPictureStore(join(folder));
    expect(await Promise.all([store.put(BYTES), store.put(BYTES), store.put(BYTES)])).toEqual([HASH, HASH, HASH]);
    expect(await files()).toEqual([HASH]);
    expect(await store.read(HASH)).toEqual(BYTES);
    const again = await openPictureStore(join(folder));
    expect(await again.read(HASH)).toEqual(BYTES);
  });

  it('has nothing under a name that is no hash, wherever it leads', async () => {
    const store = await openPictureStore(join(folder, 'pictures'));
    await writeFile(join(folder, 'secret'), 'secret');
    for (const name of [
      '',
      '../secret',
      `../../${folder}/secret`,
      HASH,
      HASH.toUpperCase(),
      `${HASH}\n`,
      'tmp',
      'a\0b',
    ]) {
      expect(await store.read(name)).toBeUndefined();
    }
  });

  it('takes a damaged file for none, and mends it when the picture comes again', async () => {
    const store = await openPictureStore(folder);
    await store.put(BYTES);
    await truncate(join(folder, PLACE), 3);
    expect(await store.read(HASH)).toBeUndefined();
    await store.put(BYTES);
    expect(await store.read(HASH)).toEqual(BYTES);
  });

  it('removes what a killed process had begun, but not what another writes now', async () => {
    await openPictureStore(folder);
    await writeFile(join(folder, 'tmp', 'old'), 'x');
    await writeFile(join(folder, 'tmp', 'new'), 'x');
    await utimes(join(folder, 'tmp', 'old'), 1, 1);
    await openPictureStore(folder);
    expect(await files()).toEqual(['new']);
  });

  it('fails, and says so, where it cannot write', async () => {
    const store = await openPictureStore(folder);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder was');
    await expect(store.put(BYTES)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
