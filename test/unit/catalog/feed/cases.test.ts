import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPictureFinder } from '../../../../src/catalog/feed/find-pictures.ts';
import { openFeed } from '../../../../src/catalog/feed/open-feed.ts';
import { type CheckedRow, type FeedEntryRow, readVariantRows } from '../../../../src/catalog/feed/read-variant-rows.ts';
import { AppError } from '../../../../src/errors.ts';

// Every feed of test/fixtures/feeds/cases through all of reading, compared as README.md there says.

interface Expected {
  readonly sku: string;
  readonly price?: { readonly amount: string; readonly currency: string } | null;
  readonly groupId?: string | null;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly attributesAbsent?: readonly string[];
  readonly [field: string]: unknown;
}

interface Case {
  readonly dialect: string;
  readonly options?: { readonly currency?: string };
  readonly products: readonly Expected[];
  readonly problems: readonly { readonly line: number; readonly field: string; readonly kind: string }[];
  readonly leftOut?: readonly string[];
  readonly error?: { readonly kind: 'no_products' | 'no_id' };
}

const FOLDER = path.resolve(import.meta.dirname, '../../../fixtures/feeds/cases');
const CASES = Object.entries(
  JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as Record<string, Case>,
);

/** Not right yet, with the reason. */
const SKIPPED: ReadonlyMap<string, string> = new Map([]);

async function readCase(name: string, options: Case['options'] = {}): Promise<FeedEntryRow[]> {
  const feed = await openFeed(path.join(FOLDER, name));
  const rows: FeedEntryRow[] = [];
  for await (const row of readVariantRows(feed, await createPictureFinder(FOLDER), options)) rows.push(row);
  return rows;
}

/** What the case names of a product, as it names it. */
function seen({ row: product }: CheckedRow, expected: Expected): Record<string, unknown> {
  const attributes: Record<string, readonly string[]> = { ...product.attributes };
  if (product.gtin !== null) attributes.gtin = [product.gtin];
  if (product.mpn !== null) attributes.mpn = [product.mpn];
  if (product.groupId !== null) attributes.item_group_id = [product.groupId];
  const all: Record<string, unknown> = {
    ...product,
    description: product.description?.replace(/\s+/g, ' ') ?? null,
    category: product.category.length === 0 ? null : product.category,
    price: product.price && { ...product.price, amount: Number(product.price.amount) },
    images: product.images.map((image) =>
      image.kind === 'url' ? image.url : image.kind === 'file' ? image.name : image,
    ),
    groupId: product.groupId,
    attributes: Object.fromEntries(Object.keys(expected.attributes ?? {}).map((name) => [name, attributes[name]])),
    attributesAbsent: expected.attributesAbsent?.filter((name) => !(name in attributes)),
  };
  return Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]]));
}

function wanted(expected: Expected): Record<string, unknown> {
  const { price, category } = expected;
  const isEmpty = Array.isArray(category) && category.length === 0;
  return {
    ...expected,
    ...(price && { price: { ...price, amount: Number(price.amount) } }),
    ...(isEmpty && { category: null }),
  };
}

function problemsOf(rows: readonly FeedEntryRow[]) {
  return rows.flatMap((row) => {
    if ('leftOut' in row) return [];
    if ('row' in row) return row.problems.map(({ field, kind }) => ({ line: row.line, field, kind: String(kind) }));
    return [{ line: row.line, field: row.field, kind: 'refused' }];
  });
}

describe('feeds as people have them', () => {
  it.each(CASES.filter(([name]) => !SKIPPED.has(name)))(
    'reads %s',
    async (name, { products, problems, leftOut, options, error }) => {
      if (error) {
        const failure = await readCase(name, options).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(failure).toBeInstanceOf(AppError);
        const found = error.kind === 'no_products' ? /expected .*product/ : /an id .*found the columns "title"/;
        expect(failure).toMatchObject({ code: 'FEED_INVALID', message: expect.stringMatching(found) });
        return;
      }
      const rows = await readCase(name, options);
      const bySku = new Map(rows.flatMap((row) => ('row' in row ? [[row.row.sku, row] as const] : [])));
      expect([...bySku.keys()].sort()).toEqual(products.map(({ sku }) => sku).sort());
      for (const expected of products) {
        const row = bySku.get(expected.sku);
        expect(row && seen(row, expected)).toEqual(wanted(expected));
      }
      expect(problemsOf(rows)).toEqual(problems);
      const left = rows.flatMap((row) => ('leftOut' in row ? [row.sku] : []));
      expect(left.sort()).toEqual([...(leftOut ?? [])].sort());
      expect(rows.flatMap((row) => ('row' in row ? row.refusedPictures : []))).toEqual([]);
    },
  );

  for (const [name, reason] of SKIPPED) it.skip(`reads ${name}: ${reason}`, () => {});
});
