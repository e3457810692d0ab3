import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeedUploads } from '../../../src/catalog/feed-uploads.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-feeds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

describe('uploaded feeds', () => {
  it('are handed over once, and gone then, whatever becomes of the work', async () => {
    const uploads = await openFeedUploads({ folder });
    const { id, bytes } = await uploads.put(chunks('id,title\n', '1,Shirt\n'));
    expect(bytes).toBe(17);
    const read = uploads.take(id, async (file) => {
      await uploads.discard(id);
      return readFile(file, 'utf8');
    });
    expect(await read).toBe('id,title\n1,Shirt\n');
    await expect(uploads.take(id, async () => 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await uploads.put(chunks('x'));
    await expect(uploads.take(other.id, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await readdir(folder)).toEqual([]);
  });

  it('leave nothing behind where they are empty, too large, or cut', async () => {
    const uploads = await openFeedUploads({ folder, maxBytes: 10 });
    await expect(uploads.put(chunks())).rejects.toMatchObject({ code: 'FEED_INVALID' });
    await expect(uploads.put(chunks('123456', '78901'))).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: 'expected a feed of at most 10 bytes, found more',
    });
    async function* cut() {
      yield Buffer.from('123');
      throw new Error('cut');
    }
    await expect(uploads.put(cut())).rejects.toThrow('cut');
    expect(await readdir(folder)).toEqual([]);
  });

  it('are refused while eight wait, and forgotten after an hour', async () => {
    const uploads = await openFeedUploads({ folder });
    for (let i = 0; i < 8; i++) await uploads.put(chunks(String(i)));
    await expect(uploads.put(chunks('9'))).rejects.toMatchObject({ code: 'SERVER_OVERLOADED' });
    const [first = ''] = await readdir(folder);
    const hourAgo = new Date(Date.now() - 3_600_001);
    await utimes(path.join(folder, first), hourAgo, hourAgo);
    await uploads.put(chunks('9'));
    await expect(uploads.take(first, async () => 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [next = ''] = await readdir(folder);
    await uploads.discard(next);
    await expect(uploads.take(next, async () => 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(uploads.take('../secret', async () => 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
