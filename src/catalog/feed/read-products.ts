import { AppError, show } from '../../errors.ts';
import { checkProduct } from '../check-product.ts';
import type { ImageInput, ProductInput } from '../product-input.ts';
import { toFeedProduct } from './feed-product.ts';
import type { FeedEntry, FeedFields } from './feed-record.ts';
import type { FindPicture } from './find-pictures.ts';

/** A product of a feed, ready to be written. */
export interface CheckedProduct {
  /** Where it begins in the feed, from 1. */
  readonly line: number;
  readonly product: ProductInput;
  /** Picture links that were refused; the product goes in without them. */
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
  readonly reason: string;
}

/** Longest part of a refused row's sku that is told: it may be refused for being a megabyte long. */
const MAX_TOLD_SKU = 200;

/**
 * Checks a feed's products one by one, in their order. Of several with the same id the first that is in order stands, the others are refused:
 * the line numbers of all are held for that, some 100 MB for a million products.
 *
 * @throws AppError FEED_INVALID for a feed without a single record that has an id and a title
 */
export async function* readProducts(
  entries: AsyncIterable<FeedEntry>,
  findPicture: FindPicture,
): AsyncGenerator<CheckedProduct | RefusedRow> {
  const lineOfSku = new Map<string, number>();
  for await (const entry of requireProducts(entries)) {
    if ('problem' in entry) {
      yield { line: entry.line, sku: null, reason: entry.problem };
      continue;
    }
    const checked = await checkRow(entry.line, entry.fields, findPicture);
    if (!('product' in checked)) {
      yield checked;
      continue;
    }
    const { sku } = checked.product;
    const firstLine = lineOfSku.get(sku);
    if (firstLine === undefined) {
      lineOfSku.set(detached(sku), checked.line);
      yield checked;
    } else {
      yield { line: checked.line, sku, reason: `id: expected each id once, found it in line ${firstLine} before` };
    }
  }
}

/** A feed without a single id and title is no feed of products, and says so. */
async function* requireProducts(entries: AsyncIterable<FeedEntry>): AsyncGenerator<FeedEntry> {
  let first: FeedEntry | undefined;
  let isFeed = false;
  for await (const entry of entries) {
    first ??= entry;
    isFeed ||= 'fields' in entry && entry.fields.has('id') && entry.fields.has('title');
    yield entry;
  }
  if (isFeed) return;
  const found = !first
    ? 'none'
    : 'fields' in first
      ? `in line ${first.line} ${[...first.fields.keys()].slice(0, 50).map(show).join(', ') || 'nothing'}`
      : `in line ${first.line}: ${first.problem}`;
  throw new AppError('FEED_INVALID', `expected products with id and title, found ${found}`);
}

async function checkRow(
  line: number,
  fields: FeedFields,
  findPicture: FindPicture,
): Promise<CheckedProduct | RefusedRow> {
  const sku = fields.get('id')?.[0] ?? null;
  const refuse = (reasons: readonly AppError[]): RefusedRow => ({
    line,
    sku: sku?.slice(0, MAX_TOLD_SKU) ?? null,
    reason: reasons.map(({ message }) => message).join('; '),
  });
  try {
    const { raw, pictureLinks } = toFeedProduct(fields);
    const { images, refused } = await findPictures(pictureLinks, findPicture);
    const { product, problems } = checkProduct({ ...raw, images });
    return product ? { line, product, refusedPictures: refused } : refuse(problems);
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return refuse([error]);
    throw error;
  }
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
