import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFeedProduct } from '../../../../src/catalog/feed/feed-product.ts';
import { openFeed } from '../../../../src/catalog/feed/open-feed.ts';
import { collect } from './collect-feed.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/feeds/', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-feed-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function feedFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const TWO_ROWS = 'id\ttitle\n1\tHändler €\n2\tB\n';
const TWO_FOUND = [
  { line: 2, id: ['1'], title: ['Händler €'] },
  { line: 3, id: ['2'], title: ['B'] },
];

describe('openFeed', () => {
  it.each([
    ['products.tsv', 'TSV', [2, 4, 5]],
    ['products.csv', 'CSV', [2, 4, 5]],
    ['products.jsonl', 'JSONL', [1, 2, 3]],
    ['products-rss.xml', 'XML', [6, 21, 30]],
    ['products-atom.xml', 'XML', [5, 20, 29]],
  ])('reads the same products from %s', async (file, format, lines) => {
    const feed = await openFeed(join(FIXTURES, file));
    const products = [];
    const found = [];
    for await (const entry of feed.entries) {
      if ('problem' in entry) throw new Error(entry.problem);
      found.push(entry.line);
      products.push(toFeedProduct(entry.fields));
    }
    expect(feed.format).toBe(format);
    expect(feed.bytesRead()).toBe(feed.bytesTotal);
    expect(found).toEqual(lines);
    const category = ['Apparel', 'Topwear', 'Shirts'];
    expect(products).toEqual([
      {
        raw: {
          sku: 'S1',
          title: 'Red 12" shirt',
          description: 'Soft, "red", and\nwashable',
          brand: 'North',
          category,
          price: { amount: '12.90', currency: 'USD' },
          availability: 'IN_STOCK',
          attributes: [
            { name: 'color', values: ['Red', 'White'] },
            { name: 'pattern', values: ['Checked'] },
          ],
        },
        pictureLinks: [
          'images/red-front.png',
          'images/red-back.png',
          'https://pictures.shop.example/w_400,h_300/red.jpg',
        ],
      },
      {
        raw: {
          sku: 'S2',
          title: 'Blue shirt',
          category,
          price: { amount: '13', currency: 'USD' },
          availability: 'PREORDER',
          attributes: [{ name: 'color', values: ['Blue'] }],
        },
        pictureLinks: ['images/blue.png'],
      },
      { raw: { sku: 'S3', title: 'Gift card', category: [], price: null, attributes: [] }, pictureLinks: [] },
    ]);
  });

  it.each([
    ['UTF-8 with a byte order mark', 'bom.tsv', Buffer.from(`\ufeff${TWO_ROWS}`)],
    ['UTF-16 with a byte order mark', 'utf16.txt', Buffer.from(`\ufeff${TWO_ROWS}`, 'utf16le')],
    ['gzip', 'feed.tsv.gz', gzipSync(TWO_ROWS)],
    ['gzip under another name', 'download', gzipSync(TWO_ROWS)],
  ])('reads %s', async (_, name, bytes) => {
    const feed = await openFeed(await feedFile(name, bytes));
    expect(feed.format).toBe('TSV');
    expect(await collect(feed.entries)).toEqual(TWO_FOUND);
  });

  it('reads XML in the encoding that it declares', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><rss><item><id>1</id><title>Händler</title></item></rss>';
    const feed = await openFeed(await feedFile('latin1.xml', Buffer.from(xml, 'latin1')));
    expect(await collect(feed.entries)).toEqual([{ line: 1, id: ['1'], title: ['Händler'] }]);
  });

  it('tells the format by content where the extension does not, and takes semicolons for what they are', async () => {
    const formatOf = async (content: string) => (await openFeed(await feedFile('feed.txt', content))).format;
    expect(await formatOf(TWO_ROWS)).toBe('TSV');
    expect(await formatOf('id,title\n')).toBe('CSV');
    expect(await formatOf('\n {"id": "1"}\n')).toBe('JSONL');
    expect(await formatOf('<rss/>')).toBe('XML');
    const feed = await openFeed(await feedFile('semicolons.csv', 'id;title;price\n1;A, B;1 EUR\n'));
    expect(await collect(feed.entries)).toEqual([{ line: 2, id: ['1'], title: ['A, B'], price: ['1 EUR'] }]);
  });

  it.each([
    ['an empty file', 'empty.tsv', '', /empty/],
    ['a file of blank lines', 'blank.csv', '\n\n  \n', /empty/],
    ['a JSON list', 'feed', '[{"id": "1"}]', /TSV, CSV, JSON Lines or XML/],
    ['prose', 'readme', 'Hello there', /TSV, CSV, JSON Lines or XML/],
    ['an unknown encoding', 'a.xml', '<?xml version="1.0" encoding="klingon"?><rss/>', /encoding.*klingon/],
  ])('refuses %s, saying what it found', async (_, name, content, message) => {
    await expect(openFeed(await feedFile(name, content))).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['XML without products', 'page.xml', '<html><body>Not found</body></html>', /found none/],
    ['what is no XML', 'photo.xml', '\u0001\u0002\u0003 < <'.repeat(500), /well-formed/],
    ['JSON Lines of something else', 'log.jsonl', '{"level":"info","msg":"x"}\n{"level":"warn"}\n', /"level", "msg"/],
    ['cut gzip', 'cut.tsv.gz', gzipSync(TWO_ROWS.repeat(50_000)).subarray(0, 400), /cut/],
  ])('refuses %s while reading', async (_, name, content, message) => {
    const read = async () => collect((await openFeed(await feedFile(name, content))).entries);
    await expect(read()).rejects.toMatchObject({ code: 'FEED_INVALID', message: expect.stringMatching(message) });
  });

  it('refuses a path that is no file', async () => {
    await expect(openFeed(join(folder, 'nowhere.tsv'))).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringContaining('no such file'),
    });
    await expect(openFeed(folder)).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringContaining('a folder'),
    });
  });
});
