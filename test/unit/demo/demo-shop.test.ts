import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDemoShop } from '../../../demo/demo-shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Stops after the given number of pictures. */
async function writeSome(pictures: number): Promise<unknown> {
  const stop = new AbortController();
  const onProgress = (done: number) => {
    if (done === pictures) stop.abort(new Error('stopped by the test'));
  };
  return writeDemoShop({ folder, picturesPerProduct: 1, customerPhotos: false, signal: stop.signal, onProgress }).catch(
    (error: unknown) => error,
  );
}

describe('writeDemoShop', () => {
  it('stops where it is asked to: whole pictures, and no feed', async () => {
    expect(await writeSome(4)).toMatchObject({ message: 'stopped by the test' });
    expect(await readdir(folder)).toEqual(['pictures']);
    const pictures = await readdir(join(folder, 'pictures'));
    expect(pictures.length).toBeGreaterThanOrEqual(4);
    // It has ended: nothing is written any more.
    await sleep(200);
    expect(await readdir(join(folder, 'pictures'))).toEqual(pictures);
    for (const picture of pictures) {
      expect(picture).toMatch(/^LG-\d{4}-1-[0-9a-f]{10}\.jpg$/);
      expect(await sharp(join(folder, 'pictures', picture)).metadata()).toMatchObject({
        format: 'jpeg',
        width: 600,
        height: 800,
      });
    }
  });

  it('keeps what an earlier run has drawn', async () => {
    await writeSome(4);
    const [kept = ''] = await readdir(join(folder, 'pictures'));
    await writeFile(join(folder, 'pictures', kept), 'not drawn again');
    await writeSome(4);
    expect(await readdir(join(folder, 'pictures'))).toContain(kept);
    await expect(sharp(join(folder, 'pictures', kept)).metadata()).rejects.toThrow();
  });

  it.each([0, 201, 1.5, Number.NaN])('refuses %s pictures of each product', async (picturesPerProduct) => {
    await expect(writeDemoShop({ folder, picturesPerProduct })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('picturesPerProduct: expected a whole number from 1 to 200'),
    });
  });

  it('refuses a folder that cannot be made, by name', async () => {
    const file = join(folder, 'a file');
    await writeFile(file, '');
    await expect(writeDemoShop({ folder: file })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(file),
    });
  });

  it('does nothing when it is stopped before it begins', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(writeDemoShop({ folder, signal })).rejects.toThrow('too late');
    expect(await readdir(join(folder, 'pictures'))).toEqual([]);
  });
});
