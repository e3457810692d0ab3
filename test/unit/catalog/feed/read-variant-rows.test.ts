import { describe, expect, it } from 'vitest';
import type { FeedEntry, FeedHeader } from '../../../../src/catalog/feed/feed-record.ts';
import { type CheckedRow, readVariantRows } from '../../../../src/catalog/feed/read-variant-rows.ts';
import { badInput } from '../../../../src/errors.ts';

const HEADER: FeedHeader = {
  format: 'CSV',
  encoding: 'utf-8',
  columns: ['id', 'title'],
  root: '',
  tables: new Map(),
  notes: [],
  isCut: false,
};

async function read(...rows: (Record<string, string> | string)[]) {
  return readFeed(HEADER, rows);
}

async function readFeed(header: FeedHeader, rows: readonly (Record<string, string> | string)[]) {
  async function* entries(): AsyncGenerator<FeedEntry> {
    for (const [i, row] of rows.entries()) {
      const line = i + 2;
      yield typeof row === 'string'
        ? { line, problem: row }
        : { line, fields: new Map(Object.entries(row).map(([name, value]) => [name, [value]])) };
    }
  }
  const found = [];
  const findPicture = async (link: string) => {
    if (link.startsWith('/')) throw badInput('image_link', 'a file of the feed', link);
    return { kind: 'file', name: link, path: link } as const;
  };
  for await (const row of readVariantRows({ header, entries: entries() }, findPicture)) found.push(row);
  return found;
}

describe('readVariantRows', () => {
  it('refuses the second product with an id, naming the line of the first', async () => {
    expect(await read({ id: '1', title: 'A' }, { id: '2', title: 'B' }, { id: '1', title: 'C' })).toMatchObject([
      { line: 2, row: { sku: '1', title: 'A' } },
      { line: 3, row: { sku: '2' } },
      { line: 4, sku: '1', reason: 'id: expected each id once, found it in line 2 before' },
    ]);
  });

  it('lets a product in whose id was refused before for another reason', async () => {
    expect(await read({ id: '1' }, { id: '1', title: 'A' })).toMatchObject([
      { line: 2, sku: '1', field: 'title', reason: 'title: expected 1 to 1,000 characters, found nothing' },
      { line: 3, row: { sku: '1' } },
    ]);
  });

  it('says all that is wrong with a row, and what was wrong with its columns', async () => {
    const found = await read({ title: 'A' }, { id: 'x'.repeat(10_000) }, 'expected 2 columns, found 1', {
      id: '1',
      title: 'A',
    });
    expect(found).toMatchObject([
      { line: 2, sku: null, field: 'id', reason: expect.stringMatching(/^id: expected 1 to 200 characters/) },
      { line: 3, sku: 'x'.repeat(200), field: 'id', reason: expect.stringMatching(/^id: .*; title: /) },
      { line: 4, sku: null, field: 'row', reason: 'expected 2 columns, found 1' },
      { line: 5, row: { sku: '1' } },
    ]);
  });

  it('leaves a bad optional field out and says so', async () => {
    const row = {
      id: '1',
      title: 'A',
      price: 'call us',
      link: 'shop',
      brand: 'b'.repeat(201),
      availability: 'perhaps',
    };
    const [found] = await read(row);
    expect(found).toMatchObject({
      row: { sku: '1', price: null, link: null, brand: null, availability: 'IN_STOCK' },
      problems: [
        { field: 'price', kind: 'dropped', reason: expect.stringMatching(/^price: expected .*, found "call us"$/) },
        { field: 'availability', kind: 'dropped', reason: expect.stringMatching(/found "perhaps"$/) },
        { field: 'link', kind: 'dropped', reason: expect.stringMatching(/^link: expected an absolute/) },
        { field: 'brand', kind: 'dropped', reason: 'brand: expected at most 200 characters, found 201' },
      ],
    });
  });

  it('keeps the first of too many attributes, values and pictures', async () => {
    const many = Array.from({ length: 120 }, (_, i) => [`spec_${i}`, 'x'] as const);
    const pictures = Array.from({ length: 120 }, (_, i) => `${i}.jpg`).join(',');
    const [found] = await read({ id: '1', title: 'A', image_link: pictures, ...Object.fromEntries(many) });
    expect(found).toMatchObject({
      problems: [
        { field: 'attributes', reason: 'attributes: expected at most 100, found 120; the first 100 are kept' },
        { field: 'images', reason: 'images: expected at most 100, found 120; the first 100 are kept' },
      ],
    });
    const { row } = found as CheckedRow;
    expect(Object.keys(row.attributes)).toHaveLength(100);
    expect(row.attributes).toHaveProperty('spec_99');
    expect(row.images.at(-1)).toMatchObject({ name: '99.jpg' });
  });

  it('refuses a feed without a product, and one in which nothing has an id and a title', async () => {
    await expect(read()).rejects.toThrow('expected at least one product, found none');
    const expected = /an id .* and a title .*found the columns "id", "label"/;
    await expect(readFeed({ ...HEADER, columns: ['id', 'label'] }, [{ id: '1', label: 'A' }])).rejects.toThrow(
      expected,
    );
    await expect(readFeed({ ...HEADER, format: 'XML', columns: [] }, [{ id: '1', label: 'A' }])).rejects.toThrow(
      expected,
    );
  });

  it('keeps a product whose picture link is refused, without that picture', async () => {
    expect(
      await read({ id: '1', title: 'A', image_link: '/etc/passwd', additional_image_link: 'a.jpg' }),
    ).toMatchObject([
      {
        row: { sku: '1', images: [{ name: 'a.jpg' }] },
        refusedPictures: [{ link: '/etc/passwd', reason: expect.stringContaining('a file of the feed') }],
      },
    ]);
  });
});
