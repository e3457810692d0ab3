import { AppError } from '../../errors.ts';
import type { ImageInput, VariantRow } from '../product-input.ts';
import { checkRowFields } from './check-row-fields.ts';
import type { FeedRow, LeftOut } from './dialects/dialect.ts';
import { type RecordsOfFeed, readRows } from './dialects/read-rows.ts';
import { toFeedProduct } from './feed-product.ts';
import type { FieldProblem } from './field-problem.ts';
import type { FindPicture } from './find-pictures.ts';
import type { FeedOptions } from './read-prices.ts';

/** A row of a feed, ready to be written. */
export interface CheckedRow {
  /** Where it begins in the feed, from 1. */
  readonly line: number;
  readonly row: VariantRow;
  /** Fields that the row goes in without, and such that are doubtful. */
  readonly problems: readonly FieldProblem[];
  /** Picture links that were refused; the row goes in without them. */
  readonly refusedPictures: readonly RefusedPicture[];
}

export interface RefusedPicture {
  readonly link: string;
  readonly reason: string;
}

/** A row that goes in not at all, and why. */
export interface RefusedRow {
  readonly line: number;
  /** If the row has one. */
  readonly sku: string | null;
  /** `row` where it could not be read as one. */
  readonly field: 'id' | 'title' | 'row';
  readonly reason: string;
}

export type FeedEntryRow = CheckedRow | RefusedRow | LeftOut;

/** Longest part of a refused row's sku that is told: it may be refused for being a megabyte long. */
const MAX_TOLD_SKU = 200;

/**
 * Checks a feed's rows one by one, in their order. Of several with the same id the first that is in order stands, the others are refused:
 * the line numbers of all are held for that, some 100 MB for a million rows. A bad optional field costs that field; a row is refused for its id, its
 * title, or because it cannot be read. Rows that are rightly no product (drafts, parents of variants) come as such.
 *
 * @throws AppError FEED_INVALID for a feed without a single product, or without an id and a title in any
 */
export async function* readVariantRows(
  feed: RecordsOfFeed,
  findPicture: FindPicture,
  options: FeedOptions = {},
): AsyncGenerator<FeedEntryRow> {
  const lineOfSku = new Map<string, number>();
  for await (const row of readRows(feed, options.mapping)) {
    if ('problem' in row) {
      yield { line: row.line, sku: null, field: 'row', reason: row.problem };
      continue;
    }
    const checked = 'leftOut' in row ? row : await checkRow(row, findPicture, options);
    if (!('row' in checked)) {
      yield checked;
      continue;
    }
    const { sku } = checked.row;
    const firstLine = lineOfSku.get(sku);
    if (firstLine === undefined) {
      lineOfSku.set(detached(sku), checked.line);
      yield checked;
    } else {
      yield {
        line: checked.line,
        sku,
        field: 'id',
        reason: `id: expected each id once, found it in line ${firstLine} before`,
      };
    }
  }
}

async function checkRow(
  row: FeedRow,
  findPicture: FindPicture,
  options: FeedOptions,
): Promise<CheckedRow | RefusedRow> {
  const { line } = row;
  const { raw, pictureLinks, problems } = toFeedProduct(row, options);
  const { images, refused } = await findPictures(pictureLinks, findPicture);
  const check = checkRowFields({ ...raw, images });
  if (check.row) return { line, row: check.row, problems: [...problems, ...check.problems], refusedPictures: refused };
  return { line, sku: raw.sku?.slice(0, MAX_TOLD_SKU) ?? null, field: check.field, reason: check.reason };
}

async function findPictures(
  links: readonly string[],
  findPicture: FindPicture,
): Promise<{ images: ImageInput[]; refused: RefusedPicture[] }> {
  const images: ImageInput[] = [];
  const refused: RefusedPicture[] = [];
  for (const link of links) {
    try {
      images.push(await findPicture(link));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ link, reason: error.message });
    }
  }
  return { images, refused };
}

/** A copy of its own: V8 keeps a part of a text by holding the whole, here a piece of the feed. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
