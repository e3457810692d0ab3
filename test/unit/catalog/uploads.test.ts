import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pictureHash } from '../../../src/catalog/picture-store.ts';
import { openUploads, type Uploads } from '../../../src/catalog/uploads.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { aPicture } from '../../support/product-factory.ts';

let folder: string;
const opened: Uploads[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-test-'));
});
afterEach(async () => {
  for (const uploads of opened.splice(0)) await uploads.close();
  await rm(folder, { recursive: true });
});

async function open(options: { lifetimeMs?: number; maxBytes?: number } = {}): Promise<Uploads> {
  const uploads = await openUploads({ folder, inspectPicture, ...options });
  opened.push(uploads);
  return uploads;
}

/** Makes it look as if it had been uploaded so long ago. */
async function age(id: string, seconds: number): Promise<void> {
  const time = Date.now() / 1000 - seconds;
  await utimes(join(folder, id), time, time);
}

const kept = async () => (await readdir(folder)).filter((name) => name !== 'tmp');

describe('openUploads', () => {
  it('gives the same picture the same id, with what is known of it', async () => {
    const uploads = await open();
    const bytes = await aPicture(1);
    const facts = { format: 'png', width: 8, height: 6, id: pictureHash(bytes) };
    expect(await uploads.put(bytes)).toEqual(facts);
    expect(await uploads.put(bytes)).toEqual(facts);
    expect(await uploads.read(facts.id)).toEqual(bytes);
    expect(await (await open()).read(facts.id)).toEqual(bytes);
  });

  it('keeps nothing that is no picture', async () => {
    const uploads = await open();
    await expect(uploads.put(Buffer.from('words'))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    await expect(uploads.put(new Uint8Array())).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    expect(await kept()).toEqual([]);
  });

  it('has nothing under an id that it never gave, wherever it leads', async () => {
    const uploads = await open();
    await writeFile(join(folder, 'secret'), 'secret');
    for (const id of ['', 'secret', '../secret', 'tmp', '0'.repeat(64), '0'.repeat(65), 'a\0b']) {
      await expect(uploads.read(id)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    }
  });

  it('forgets a picture after its lifetime, and removes it when opened next', async () => {
    const uploads = await open({ lifetimeMs: 60_000 });
    const { id } = await uploads.put(await aPicture(1));
    await age(id, 61);
    await expect(uploads.read(id)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    const young = await uploads.put(await aPicture(2));
    await open({ lifetimeMs: 60_000 });
    expect(await kept()).toEqual([young.id]);
  });

  it('keeps a picture for another lifetime when it comes again', async () => {
    const uploads = await open({ lifetimeMs: 60_000 });
    const bytes = await aPicture(1);
    const { id } = await uploads.put(bytes);
    await age(id, 61);
    await uploads.put(bytes);
    expect(await uploads.read(id)).toEqual(bytes);
  });

  it('removes the oldest when there are too many, and counts one picture once', async () => {
    const share = 16_384;
    const uploads = await open({ maxBytes: 4 * share });
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      const { id } = await uploads.put(await aPicture(i));
      await uploads.put(await aPicture(i));
      await age(id, 100 - i);
      ids.push(id);
    }
    expect(await kept()).toHaveLength(4);
    // Five are one too many; a sweep leaves nine tenths of the room filled.
    ids.push((await uploads.put(await aPicture(9))).id);
    expect((await kept()).sort()).toEqual(ids.slice(2).sort());
  });

  it('refuses what alone is larger than all room', async () => {
    const uploads = await open({ maxBytes: 1_000 });
    await expect(uploads.put(await aPicture(1))).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('bears many at once', async () => {
    const uploads = await open({ maxBytes: 8 * 16_384 });
    const pictures = await Promise.all(Array.from({ length: 40 }, (_, i) => aPicture(i, 100)));
    await Promise.all(pictures.map((bytes) => uploads.put(bytes)));
    expect((await kept()).length).toBeLessThanOrEqual(8);
  });
});
