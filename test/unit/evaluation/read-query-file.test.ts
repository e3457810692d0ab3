import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQueryFile } from '../../../src/evaluation/read-query-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-queries-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array) {
  const file = path.join(folder, 'queries.tsv');
  await writeFile(file, content);
  return readQueryFile(file);
}

describe('readQueryFile', () => {
  it('reads pictures, texts, what is expected, and further columns as groupings', async () => {
    const rows = await read(
      'image\ttext\texpected_sku\texpected_category\tseason\r\na.jpg\t\tS1\t\tsummer\r\n\r\n\tred shoe\t\tFootwear > Shoes\t\r\n',
    );
    expect(rows).toEqual([
      {
        line: 2,
        text: null,
        picturePath: path.join(folder, 'a.jpg'),
        expectedSku: 'S1',
        expectedGroup: null,
        expectedCategory: null,
        slices: { season: 'summer' },
      },
      {
        line: 4,
        text: 'red shoe',
        picturePath: null,
        expectedSku: null,
        expectedGroup: null,
        expectedCategory: ['Footwear', 'Shoes'],
        slices: {},
      },
    ]);
  });

  it('reads products by their group', async () => {
    const [row] = await read('image\texpected_group\tview\na.jpg\tMH01\tback\n');
    expect(row).toMatchObject({ expectedSku: null, expectedGroup: 'MH01', slices: { view: 'back' } });
  });

  it('reads the columns of a product feed', async () => {
    const [row] = await read('image_link\tid\tproduct_type\n/pictures/a.jpg\tS1\tFruit > Apple\n');
    expect(row).toMatchObject({
      picturePath: '/pictures/a.jpg',
      expectedSku: 'S1',
      expectedCategory: ['Fruit', 'Apple'],
      slices: {},
    });
  });

  it.each([
    [
      'text\nred shoe\n',
      'line 1: expected a column expected_sku, expected_group or expected_category, separated by tabs, found "text"',
    ],
    ['text,expected_sku\n', 'line 1: expected a column image or text, separated by tabs, found "text,expected_sku"'],
    ['', 'line 1: expected a column image or text, separated by tabs, found ""'],
    ['text\texpected_sku\tid\tid\n', 'line 1: expected columns of different names, not "id" twice'],
    ['text\texpected_sku\tquery\n', 'line 1: expected no column "query", which every evaluation has'],
    ['text\texpected_sku\t\n', 'line 1: expected a name for each column'],
    ['text\texpected_sku\n', 'expected at least one query, found none'],
    ['text\texpected_sku\nred\n', 'line 2: expected 2 columns, found 1'],
    ['text\texpected_sku\nred\tS1\tx\n', 'line 2: expected 2 columns, found 3'],
    ['text\texpected_sku\n \tS1\n', 'line 2: expected a picture or a text, found neither'],
    ['text\texpected_sku\nred\t \n', 'line 2: expected a sku, a group or a category to find, found none'],
    [
      'text\texpected_category\nred\tFruit >\n',
      'line 2: expected names separated by >, as "Fruit > Apple", found "Fruit >"',
    ],
    ['text\texpected_sku\nr\0d\tS1\n', 'line 2: expected text, found a zero byte'],
  ])('refuses %j', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(message),
    });
  });

  it('tells ten problems and counts the others', async () => {
    const failure = await read(`text\texpected_sku\n${'red\n'.repeat(12)}`).catch((error: Error) => error);
    expect(failure).toMatchObject({ message: expect.stringMatching(/line 2: .*line 11: [^\n]*\n {2}and 2 more$/s) });
  });

  it('refuses what is no text, and a file that is not there', async () => {
    await expect(read(Buffer.from([0xff, 0xfe, 0x00]))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('expected text in UTF-8'),
    });
    await expect(readQueryFile('/nowhere.tsv')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: '--queries: expected a file, found none "/nowhere.tsv" that can be read',
    });
  });
});
