import { describe, expect, it } from 'vitest';
import type { FeedEntry } from '../../../../src/catalog/feed/feed-record.ts';
import { readProducts } from '../../../../src/catalog/feed/read-products.ts';
import { badInput } from '../../../../src/errors.ts';

async function read(...rows: (Record<string, string> | string)[]) {
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
  for await (const row of readProducts(entries(), findPicture)) found.push(row);
  return found;
}

describe('readProducts', () => {
  it('refuses the second product with an id, naming the line of the first', async () => {
    expect(await read({ id: '1', title: 'A' }, { id: '2', title: 'B' }, { id: '1', title: 'C' })).toMatchObject([
      { line: 2, product: { sku: '1', title: 'A' } },
      { line: 3, product: { sku: '2' } },
      { line: 4, sku: '1', reason: 'id: expected each id once, found it in line 2 before' },
    ]);
  });

  it('lets a product in whose id was refused before for another reason', async () => {
    expect(await read({ id: '1', title: 'A', price: '5' }, { id: '1', title: 'A', price: '5 USD' })).toMatchObject([
      { line: 2, reason: 'price: expected an amount and a currency like 12.90 USD, found "5"' },
      { line: 3, product: { sku: '1' } },
    ]);
  });

  it('says all that is wrong with a row, and what was wrong with its columns', async () => {
    const rows = [{ title: 'A' }, { id: 'x'.repeat(10_000), link: 'shop' }, 'expected 2 columns, found 1'];
    const found = await read(...rows, { id: '1', title: 'B' });
    expect(found).toMatchObject([
      { line: 2, sku: null, reason: expect.stringMatching(/^sku: expected/) },
      { line: 3, sku: 'x'.repeat(200), reason: expect.stringMatching(/sku: .*; title: .*; link: /) },
      { line: 4, sku: null, reason: 'expected 2 columns, found 1' },
      { line: 5 },
    ]);
  });

  it('refuses a feed in which nothing has an id and a title, naming what there is', async () => {
    await expect(read({ sku: '1', name: 'A' })).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: 'expected products with id and title, found in line 2 "sku", "name"',
    });
    await expect(read()).rejects.toMatchObject({ code: 'FEED_INVALID', message: expect.stringContaining('none') });
  });

  it('keeps a product whose picture link is refused, without that picture', async () => {
    expect(
      await read({ id: '1', title: 'A', image_link: '/etc/passwd', additional_image_link: 'a.jpg' }),
    ).toMatchObject([
      {
        product: { sku: '1', images: [{ name: 'a.jpg' }] },
        refusedPictures: [{ link: '/etc/passwd', reason: expect.stringContaining('a file of the feed') }],
      },
    ]);
  });
});
