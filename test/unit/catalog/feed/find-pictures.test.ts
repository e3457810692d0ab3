import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPictureFinder, type FindPicture } from '../../../../src/catalog/feed/find-pictures.ts';

let root: string;
let find: FindPicture;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lookgraph-pictures-'));
  const feed = join(root, 'feed');
  await mkdir(join(feed, 'images'), { recursive: true });
  await mkdir(join(root, 'feed-secrets'));
  await writeFile(join(root, 'feed-secrets', 'key.png'), 'secret');
  await writeFile(join(feed, 'images', 'a.png'), 'a');
  await symlink(join(root, 'feed-secrets', 'key.png'), join(feed, 'images', 'link.png'));
  await symlink(join(root, 'feed-secrets'), join(feed, 'out'));
  await symlink(join(feed, 'images'), join(feed, 'pictures'));
  // The folder itself may well be reached by a link.
  await symlink(feed, join(root, 'feed-link'));
  find = await createPictureFinder(join(root, 'feed-link'));
});
afterAll(() => rm(root, { recursive: true }));

describe('createPictureFinder', () => {
  it('gives web addresses as they are', async () => {
    expect(await find('https://x.example/a.jpg')).toEqual({ kind: 'url', url: 'https://x.example/a.jpg' });
    expect(await find('HTTP://x.example/../a.jpg')).toMatchObject({ kind: 'url' });
  });

  it('finds files within the folder, there or not, also by links within it', async () => {
    for (const link of [
      'images/a.png',
      './images/../images/a.png',
      'pictures/a.png',
      'images/none.png',
      'none/none.png',
      '..a.png',
    ]) {
      expect(await find(link), link).toEqual({ kind: 'file', name: link, path: join(root, 'feed', link) });
    }
  });

  it.each([
    '../feed-secrets/key.png',
    'images/../../feed-secrets/key.png',
    '..',
    '/etc/passwd',
    'images/link.png',
    'out/key.png',
    'file:///etc/passwd',
    'ftp://x.example/a.png',
    'data:image/png;base64,AAAA',
    'images/a\0.png',
  ])('refuses %s', async (link) => {
    await expect(find(link)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('within the folder of the feed'),
    });
  });
});
