import { describe, expect, it } from 'vitest';
import { MAX_RECORD_CHARACTERS } from '../../../../src/catalog/feed/feed-record.ts';
import { readDelimited } from '../../../../src/catalog/feed/read-delimited.ts';
import { AppError } from '../../../../src/errors.ts';
import { collect, inPieces } from './collect-feed.ts';

const tsv = (text: string, size?: number) => collect(readDelimited(inPieces(text, size), '\t'));
const csv = (text: string, size?: number) => collect(readDelimited(inPieces(text, size), ','));

describe('readDelimited', () => {
  it('names columns the same however they are written and keeps repeated ones together', async () => {
    const rows = await tsv('g:ID\tTitle\tImage Link\timageLink\n1\tA\ta.jpg\tb.jpg\n');
    expect(rows).toEqual([{ line: 2, id: ['1'], title: ['A'], image_link: ['a.jpg', 'b.jpg'] }]);
  });

  it('takes Windows line ends, blank lines and a last line without an end, in pieces of any size', async () => {
    const text = '\r\nid\ttitle\r\n1\tÄpfel 🍎\r\n\r\n2\tB';
    const expected = [
      { line: 3, id: ['1'], title: ['Äpfel 🍎'] },
      { line: 5, id: ['2'], title: ['B'] },
    ];
    for (let size = 1; size <= text.length; size++)
      expect(await tsv(text, size), `pieces of ${size}`).toEqual(expected);
  });

  it('leaves blank cells out', async () => {
    expect(await tsv('id\ttitle\tcolor\n1\tA\t \n')).toEqual([{ line: 2, id: ['1'], title: ['A'] }]);
  });

  it('reports a row with too few or too many columns by its line, and reads on', async () => {
    expect(await tsv('id\ttitle\n1\n2\tB\tC\n3\tD\n')).toEqual([
      { line: 2, problem: 'expected 2 columns, found 1' },
      { line: 3, problem: 'expected 2 columns, found 3' },
      { line: 4, id: ['3'], title: ['D'] },
    ]);
  });

  it('reads quoted cells with delimiters, quotes and line ends in them', async () => {
    const rows = [{ line: 2, id: ['1'], title: ['A, "B"\nC'], color: ['Red'] }];
    expect(await csv('id,title,color\n1,"A, ""B""\nC",Red\n', 3)).toEqual(rows);
    expect(await tsv('id\ttitle\tcolor\n1\t"A, ""B""\nC"\tRed\n', 3)).toEqual(rows);
  });

  it('counts the lines of a cell that runs over several', async () => {
    expect((await csv('id,title\n1,"A\nB\nC"\n2,D\n'))[1]).toEqual({ line: 5, id: ['2'], title: ['D'] });
  });

  it('takes stray quotes as text', async () => {
    const expected = (title: string) => [
      { line: 2, id: ['1'], title: [title] },
      { line: 3, id: ['2'], title: ['B'] },
    ];
    for (const title of ['12" pizza', '"Classic" shirt', '"Classic shirt', 'a "b" c', '"a"b"', 'x"']) {
      expect(await tsv(`id\ttitle\n1\t${title}\n2\tB\n`), title).toEqual(expected(title === '"a"b"' ? 'a"b' : title));
    }
  });

  it('loses no other row to a quote that is never closed', async () => {
    for (const [name, read, delimiter] of [
      ['TSV', tsv, '\t'],
      ['CSV', csv, ','],
    ] as const) {
      const rows = Array.from({ length: 1000 }, (_, i) => [i, i === 3 ? '"open' : `"t${i}"`, 'Red'].join(delimiter));
      const found = await read([['id', 'title', 'color'].join(delimiter), ...rows].join('\n'));
      expect(found.length, name).toBe(1000);
      expect(found[3], name).toEqual({ line: 5, id: ['3'], title: ['"open'], color: ['Red'] });
      expect(found[4], name).toEqual({ line: 6, id: ['4'], title: ['t4'], color: ['Red'] });
    }
  });

  it('refuses a row that is too long, with its line, and reads on', async () => {
    const long = 'x'.repeat(MAX_RECORD_CHARACTERS);
    expect(await tsv(`id\ttitle\n1\t${long}\n2\tB\n`, 65_536)).toEqual([
      { line: 2, problem: 'expected a row of at most 1000000 characters, found a longer one' },
      { line: 3, id: ['2'], title: ['B'] },
    ]);
  });

  it('refuses a row of bytes that are no text', async () => {
    expect(await tsv('id\ttitle\n1\tH\ufffdndler\n2\tB\n')).toMatchObject([
      { line: 2, problem: expect.stringContaining('UTF-8') },
      { line: 3 },
    ]);
  });

  it('refuses a feed without id or title, naming the columns found', async () => {
    await expect(tsv('sku\tname\n1\tA\n')).rejects.toThrow(
      new AppError(
        'FEED_INVALID',
        'line 1: expected the columns id and title, found no id and no title among "sku", "name"',
      ),
    );
    await expect(tsv('id\tname\n1\tA\n')).rejects.toMatchObject({ code: 'FEED_INVALID' });
    await expect(tsv('\n\n')).rejects.toMatchObject({ code: 'FEED_INVALID' });
  });

  it('reads back whatever a writer that quotes puts in', async () => {
    const alphabet = ['a', '"', ',', '\t', '\n', ' b', '""', 'é'];
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * n);
    };
    const cells = Array.from(
      { length: 300 },
      () => `x${Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join('')}y`,
    );
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const text = `id,title,size\n${cells.map((cell, i) => `${i},${quote(cell)},S`).join('\n')}\n`;
    const found = await csv(text, 11);
    expect(found.map((row) => (row.title as string[] | undefined)?.[0])).toEqual(cells);
  });
});
