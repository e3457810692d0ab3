import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGoogleTaxonomy } from '../../../../../src/catalog/feed/values/google-taxonomy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-taxonomy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(text: string) {
  const file = path.join(folder, 'list.txt');
  await writeFile(file, text);
  return readGoogleTaxonomy(file);
}

describe('the list of Google categories', () => {
  it('says what a number means, and its version', async () => {
    const list = await read(
      '# Google_Product_Taxonomy_Version: 2021-09-21\r\n7 - Garden\r\n8 - Garden > Pots - small\r\n',
    );
    expect(list.version).toBe('2021-09-21');
    expect(list.pathOf(8)).toEqual(['Garden', 'Pots - small']);
    expect(list.pathOf(9)).toBeUndefined();
  });

  it('is refused where it is none or not there', async () => {
    await expect(read('Garden\nPots\n')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(readGoogleTaxonomy(path.join(folder, 'none.txt'))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('none.txt (ENOENT)'),
    });
  });
});
