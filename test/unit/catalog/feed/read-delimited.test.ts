import { describe, expect, it } from 'vitest';
import { MAX_RECORD_CHARACTERS } from '../../../../src/catalog/feed/feed-record.ts';
import { readDelimited } from '../../../../src/catalog/feed/read-delimited.ts';
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

  it('takes cells that are missing at the end for empty, and empty ones too many for none', async () => {
    expect(await tsv('id\ttitle\tcolor\n1\n2\tB\t\t\t\n3\tC\tRed\n')).toEqual([
      { line: 2, id: ['1'] },
      { line: 3, id: ['2'], title: ['B'] },
      { line: 4, id: ['3'], title: ['C'], color: ['Red'] },
    ]);
    expect(await csv('id,title,color\n1,"A, ""B"" x"\n2,"C"\n')).toEqual([
      { line: 2, id: ['1'], title: ['A, "B" x'] },
      { line: 3, id: ['2'], title: ['C'] },
    ]);
  });

  it('joins the lines of a quoted cell also where the row ends early', async () => {
    expect(await csv('id,title,color,size\n1,"A\nB, C"\n2,D\n3,E,Red,L\n', 4)).toEqual([
      { line: 2, id: ['1'], title: ['A\nB, C'] },
      { line: 4, id: ['2'], title: ['D'] },
      { line: 5, id: ['3'], title: ['E'], color: ['Red'], size: ['L'] },
    ]);
  });

  it('reports a row with something in too many columns by its line, and reads on', async () => {
    expect(await tsv('id\ttitle\n2\tB\tC\n3\tD\n')).toEqual([
      { line: 2, problem: 'expected 2 columns, found 3' },
      { line: 3, id: ['3'], title: ['D'] },
    ]);
  });

  it('finds the header below comments, a name of the export, and what Excel says of separators', async () => {
    const rows = (line: number) => [{ line, id: ['1'], title: ['A'] }];
    expect(await csv('"# Required | one\nor two lines","# Required, too"\nid,title\n1,A\n')).toEqual(rows(4));
    expect(await csv('# exported in May, by hand\n\nid,title\n1,A\n')).toEqual(rows(4));
    expect(await csv('Products of spring\nid,title\n1,A\n')).toEqual(rows(3));
    expect(await csv('sep=,\nid,title\n1,A\n')).toEqual(rows(3));
    expect(await csv('#id,title\n1,A\n')).toEqual(rows(2));
  });

  it('keeps a row for one that begins with a number sign', async () => {
    expect(await csv('id,title\n#1,# one\n')).toEqual([{ line: 2, id: ['#1'], title: ['# one'] }]);
  });

  it('reads the digits that Excel was told to keep', async () => {
    expect(await csv('id,title\n="00123",A\n"=""00124""",B\n')).toMatchObject([{ id: ['00123'] }, { id: ['00124'] }]);
  });

  it('tells the names of the columns before the first row', async () => {
    const told: string[][] = [];
    await collect(readDelimited(inPieces('Item ID,"Größe",\n'), ',', (columns) => told.push([...columns])));
    expect(told).toEqual([['item_id', 'größe', '']]);
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

  it('refuses a feed without a line that names columns', async () => {
    await expect(tsv('\n\n')).rejects.toMatchObject({ code: 'FEED_INVALID' });
    await expect(tsv('# a\t# b\n')).rejects.toMatchObject({ code: 'FEED_INVALID' });
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
