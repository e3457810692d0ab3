import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFeed } from '../../../../src/catalog/feed/open-feed.ts';
import { readVariantRows } from '../../../../src/catalog/feed/read-variant-rows.ts';
import { collect } from './collect-feed.ts';
import { makeZip } from './make-zip.ts';

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

/** Of the letters that are used here. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\x80').replaceAll('–', '\x96'), 'latin1');
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
    const rows = [];
    for await (const row of readVariantRows(feed, async (link) => ({ kind: 'url', url: link }))) rows.push(row);
    expect(feed.format).toBe(format);
    expect(feed.bytesRead()).toBe(feed.bytesTotal);
    const facts = {
      groupId: null,
      furtherCategories: [],
      compareAtPrice: null,
      gtin: null,
      mpn: null,
      quantity: null,
      link: null,
    };
    const shirt = { ...facts, category: ['Apparel', 'Topwear', 'Shirts'] };
    const pictures = (...links: string[]) => links.map((url) => ({ kind: 'url', url }));
    const products = [
      {
        ...shirt,
        sku: 'S1',
        title: 'Red 12" shirt',
        description: 'Soft, "red", and\nwashable',
        brand: 'North',
        price: { amount: '12.90', currency: 'USD' },
        availability: 'IN_STOCK',
        attributes: { color: ['Red', 'White'], pattern: ['Checked'] },
        images: pictures(
          'images/red-front.png',
          'images/red-back.png',
          'https://pictures.shop.example/w_400,h_300/red.jpg',
        ),
      },
      {
        ...shirt,
        sku: 'S2',
        title: 'Blue shirt',
        description: null,
        brand: null,
        price: { amount: '13', currency: 'USD' },
        availability: 'PREORDER',
        attributes: { color: ['Blue'] },
        images: pictures('images/blue.png'),
      },
      {
        ...facts,
        sku: 'S3',
        title: 'Gift card',
        description: null,
        brand: null,
        category: [],
        price: null,
        availability: 'IN_STOCK',
        attributes: {},
        images: [],
      },
    ];
    expect(rows).toEqual(products.map((row, n) => ({ line: lines[n], row, problems: [], refusedPictures: [] })));
  });

  it.each([
    ['UTF-8 with a byte order mark', 'bom.tsv', Buffer.from(`\ufeff${TWO_ROWS}`)],
    ['UTF-16 with a byte order mark', 'utf16.txt', Buffer.from(`\ufeff${TWO_ROWS}`, 'utf16le')],
    ['gzip', 'feed.tsv.gz', gzipSync(TWO_ROWS)],
    ['gzip under another name', 'download', gzipSync(TWO_ROWS)],
    ['gzip twice over', 'twice.gz', gzipSync(gzipSync(TWO_ROWS))],
    ['gzip in several parts', 'parts.gz', Buffer.concat([gzipSync(TWO_ROWS.slice(0, 5)), gzipSync(TWO_ROWS.slice(5))])],
    ['UTF-16 little-endian without a mark', 'le', Buffer.from(TWO_ROWS, 'utf16le')],
    ['UTF-16 big-endian without a mark', 'be', Buffer.from(TWO_ROWS, 'utf16le').swap16()],
    ['UTF-16 big-endian with a mark', 'be.csv', Buffer.from(`\ufeff${TWO_ROWS}`, 'utf16le').swap16()],
    ['Windows-1252', 'ansi', windows1252(TWO_ROWS)],
    ['lone carriage returns', 'mac', TWO_ROWS.replaceAll('\n', '\r')],
    ['two carriage returns and a line feed', 'twice', TWO_ROWS.replaceAll('\n', '\r\r\n')],
    ['UTF-16 in a zip archive', 'feed.csv', makeZip([{ name: 'f', content: Buffer.from(TWO_ROWS, 'utf16le') }])],
    ['gzip in a zip archive', 'z', makeZip([{ name: 'f.gz', content: gzipSync(TWO_ROWS), isStored: true }])],
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

  it('reads XML in UTF-8 that declares another encoding, and the other way round', async () => {
    const xml = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><rss><item><id>1</id><title>Čaj – 5 €</title></item></rss>`;
    const found = [{ line: 1, id: ['1'], title: ['Čaj – 5 €'] }];
    for (const [name, bytes] of [
      ['UTF-8 that says Latin-1', xml('ISO-8859-1')],
      ['UTF-8 that says UTF-16', xml('utf-16')],
      ['UTF-8 that says something', xml('klingon')],
      [
        'Windows-1250 that says so',
        Buffer.from(xml('windows-1250').replace('Č', '\xc8').replace('–', '\x96').replace('€', '\x80'), 'latin1'),
      ],
    ] as const) {
      expect(await collect((await openFeed(await feedFile('a.xml', bytes))).entries), name).toEqual(found);
    }
    const ansi = await openFeed(await feedFile('b.xml', windows1252(xml('UTF-8').replace('Č', 'É'))));
    expect(ansi.header).toMatchObject({
      encoding: 'windows-1252',
      notes: [expect.stringContaining('though it says UTF-8')],
    });
    expect(await collect(ansi.entries)).toEqual([{ line: 1, id: ['1'], title: ['Éaj – 5 €'] }]);
  });

  it('judges the encoding by the whole file, however late a letter comes that is not ASCII', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i}\tplain title\n`).join('');
    const late = await openFeed(await feedFile('late', windows1252(`id\ttitle\n${rows}x\tCAFÉ® – süß\n`)));
    expect(late.header.encoding).toBe('windows-1252');
    expect((await collect(late.entries)).at(-1)).toMatchObject({ title: ['CAFÉ® – süß'] });
  });

  it('reads single bytes that are not UTF-8 in a feed that is', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id\ttitle\n1\tÄÖÜ €\n2\tH'),
      Buffer.from([0xe4]),
      Buffer.from('ndler 猫\n'),
    ]);
    const feed = await openFeed(await feedFile('mixed', bytes));
    expect(await collect(feed.entries)).toMatchObject([{ title: ['ÄÖÜ €'] }, { title: ['Händler 猫'] }]);
    expect(feed.header.notes).toEqual(['single bytes that are not UTF-8 were read as Windows-1252']);
  });

  it('tells the format by content and never by the name', async () => {
    for (const name of ['feed.txt', 'feed.csv', 'feed.tsv', 'feed.xml', 'feed.jsonl', 'feed']) {
      const formatOf = async (content: string) => (await openFeed(await feedFile(name, content))).format;
      expect(await formatOf(TWO_ROWS)).toBe('TSV');
      expect(await formatOf('id,title\n')).toBe('CSV');
      expect(await formatOf('\n {"id": "1", "title": "A"}\n')).toBe('JSONL');
      expect(await formatOf('{"id": "1"}\n{"id": "2"}')).toBe('JSONL');
      expect(await formatOf('{"items": [{"id": "1", "title": "A"}]}')).toBe('JSON');
      expect(await formatOf('[{"id": "1"}]')).toBe('JSON');
      expect(await formatOf('<rss/>')).toBe('XML');
    }
  });

  it.each([
    ['semicolons', 'id;title;price\n1;A, B;1 EUR\n'],
    ['semicolons, stated', 'sep=;\r\nid;title;price\r\n1;A, B;1 EUR\r\n'],
    ['commas', 'id,title,price\n1,"A, B",1 EUR\n'],
    ['vertical bars', 'id|title|price\n1|A, B|1 EUR\n'],
    ['tabs below a comment with commas', '# made, by; hand\nid\ttitle\tprice\n1\tA, B\t1 EUR\n'],
    ['semicolons below a name with commas', 'Cups, bowls, mugs, more\nid;title;price\n1;A, B;1 EUR\n'],
  ])('takes %s for what they are', async (_, content) => {
    const feed = await openFeed(await feedFile('separated', content));
    expect(await collect(feed.entries)).toMatchObject([{ id: ['1'], title: ['A, B'], price: ['1 EUR'] }]);
    expect(feed.header.columns).toEqual(['id', 'title', 'price']);
  });

  it('finds the feed in an archive by its content', async () => {
    const zip = makeZip([
      { name: '__MACOSX/._feed', content: 'id\ttitle\n' },
      { name: 'folder/', content: '' },
      { name: 'folder/README.txt', content: 'These are our products, all of them.\nSee the other file.' },
      { name: 'folder/picture.jpg', content: Buffer.from([0xff, 0xd8, 0, 0, 1, 2, 3]) },
      { name: 'folder/export', content: TWO_ROWS },
    ]);
    const feed = await openFeed(await feedFile('all.dat', zip));
    expect(await collect(feed.entries)).toEqual(TWO_FOUND);
    expect(feed.bytesRead()).toBe(feed.bytesTotal);
  });

  it.each([
    [
      'two feeds',
      makeZip([
        { name: 'a.csv', content: TWO_ROWS },
        { name: 'b.csv', content: TWO_ROWS },
      ]),
      /one feed.*"a.csv", "b.csv"/,
    ],
    [
      'no feed',
      makeZip([
        { name: 'a', content: 'Hello' },
        { name: 'b', content: 'there' },
      ]),
      /none among "a", "b"/,
    ],
    ['nothing', makeZip([]), /nothing in it/],
    ['a password', makeZip([{ name: 'a.csv', content: TWO_ROWS, flags: 1 }]), /password/],
    ['another compression', makeZip([{ name: 'a.csv', content: TWO_ROWS, method: 14 }]), /method 14/],
    ['a wrong checksum', makeZip([{ name: 'a.csv', content: TWO_ROWS, checksum: 1 }]), /damaged/],
    ['its end cut off', makeZip([{ name: 'a.csv', content: TWO_ROWS }]).subarray(0, 60), /damaged or cut/],
    ['a spreadsheet', makeZip([{ name: '[Content_Types].xml', content: '<Types/>' }]), /save it as CSV/],
  ])('refuses an archive with %s', async (_, bytes, message) => {
    await expect(openFeed(await feedFile('archive', bytes))).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('says what the feed says besides its products', async () => {
    const headerOf = async (content: string) => {
      const feed = await openFeed(await feedFile('header', content));
      await collect(feed.entries);
      return feed.header;
    };
    expect(await headerOf('{"channel": {"item": [{"id": "1", "title": "A"}]}}')).toMatchObject({
      format: 'JSON',
      root: 'channel.item',
      columns: [],
    });
    const yml = await headerOf(
      '<yml_catalog><shop><currency id="EUR" rate="1"/><offer id="1"><name>A</name></offer></shop></yml_catalog>',
    );
    expect(yml).toMatchObject({ format: 'XML', root: 'yml_catalog/offer', encoding: 'utf-8', notes: [] });
    expect(yml.tables.get('currency')).toEqual([{ attributes: { id: 'EUR', rate: '1' }, text: '' }]);
  });

  it.each([
    ['an empty file', 'empty.tsv', '', /empty/],
    ['a file of blank lines', 'blank.csv', '\n\n  \n', /empty/],
    ['prose', 'readme', 'Hello there', /TSV, CSV, JSON, JSON Lines or XML/],
    ['a picture', 'feed.csv', Buffer.from('\x89PNG,\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /begins with/],
    [
      'an unknown encoding',
      'a.xml',
      Buffer.from('<?xml version="1.0" encoding="klingon"?><a>\xe4</a>', 'latin1'),
      /encoding.*klingon/,
    ],
    ['cut gzip', 'cut.tsv.gz', gzipSync(TWO_ROWS.repeat(50_000)).subarray(0, 400), /cut/],
  ])('refuses %s, saying what it found', async (_, name, content, message) => {
    await expect(openFeed(await feedFile(name, content))).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['XML', '<html><body>Not found</body></html>'],
    ['JSON', '{"error": "not found"}'],
    ['a list', '[]'],
  ])('finds no product in %s without any', async (_, content) => {
    const feed = await openFeed(await feedFile('none', content));
    expect((await collect(feed.entries)).filter((row) => 'id' in row)).toEqual([]);
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
