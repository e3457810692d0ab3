import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput } from '../errors.ts';
import { mapConcurrently } from '../limiter.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { productsToChange } from './change-statements.ts';
import { productContentHash } from './content-hash.ts';
import { takeInImage } from './image-intake.ts';
import { draftImages, type PreparedImage, type PreparedProduct } from './prepare-products.ts';
import type { ProductChange } from './product-change.ts';
import type { ProductInput } from './product-input.ts';
import { eachText } from './product-texts.ts';
import { retryClashes, writeOrRefuse } from './write-failures.ts';
import { MAX_PRODUCTS_PER_WRITE, type WriteDeps, type WriteOutcome } from './write-products.ts';
import { lockProducts, storedImages } from './write-statements.ts';
import { writeInTransaction } from './write-transaction.ts';

/** A product, and what is to change of it. */
export interface ProductUpdate {
  readonly productId: string;
  readonly change: ProductChange;
}

/** What became of one product. UNKNOWN: there is none with this id. */
export type UpdateOutcome =
  | Extract<WriteOutcome, { readonly productId: string }>
  | { readonly outcome: 'FAILED'; readonly productId: string; readonly reason: string }
  | { readonly outcome: 'UNKNOWN'; readonly productId: string };

/** A change whose pictures have been read; undefined: they stay. */
interface PreparedUpdate extends ProductUpdate {
  readonly images: readonly PreparedImage[] | undefined;
}

/** Products whose pictures are read at once, as when they are inserted. */
const PRODUCTS_AT_ONCE = 16;

/**
 * Changes of products what is given, and nothing else; at most 500 a call, in one transaction. Where nothing of a product differs from what is stored, it is not written. Price and
 * availability alone touch neither pictures nor vectors, nor any index.
 *
 * Afterwards a product is as if it had been inserted so: the same from a feed changes nothing.
 *
 * @param updates - each product once; changes from checkChange
 * @returns what became of each, in the order given
 * @throws AppError BAD_USER_INPUT for more than 500; DATABASE_UNAVAILABLE, TIMEOUT as upsertProducts
 */
export async function updateProducts(deps: WriteDeps, updates: readonly ProductUpdate[]): Promise<UpdateOutcome[]> {
  if (updates.length > MAX_PRODUCTS_PER_WRITE)
    throw badInput('products', `at most ${MAX_PRODUCTS_PER_WRITE}`, updates.length);
  if (updates.length === 0) return [];
  const prepared = await mapConcurrently(updates, PRODUCTS_AT_ONCE, (update) => prepareUpdate(deps, update));
  const outcomes = await writeOrRefuse<PreparedUpdate, UpdateOutcome>(
    prepared,
    (some) =>
      retryClashes(() =>
        deps.db.transaction().execute((transaction) => changeInTransaction(transaction, deps.words, some)),
      ),
    ({ productId }, reason) => ({ outcome: 'FAILED', productId, reason }),
  );
  return [...outcomes];
}

/** Reads new pictures, in no transaction. */
async function prepareUpdate(deps: WriteDeps, update: ProductUpdate): Promise<PreparedUpdate> {
  const { productId, change } = update;
  if (change.images === undefined) return { ...update, images: undefined };
  const images: PreparedImage[] = [];
  for (const image of await draftImages(productId, change.images)) {
    images.push({ ...image, taken: await takeInImage(deps, image, undefined) });
  }
  return { ...update, images };
}

/**
 * What is stored is read once the products are held, so that two changes of one product follow one another. Categories that are new come after: who makes the same one and
 * waits for one of these products clashes, and one of the two begins again.
 */
async function changeInTransaction(
  transaction: Transaction<Database>,
  words: ShopWords,
  updates: readonly PreparedUpdate[],
): Promise<UpdateOutcome[]> {
  const ids = updates.map(({ productId }) => productId);
  await lockProducts(transaction, ids).execute();
  const rows = new Map((await productsToChange(transaction, ids).execute()).map((row) => [row.id, row]));
  const listed = await listedImages(transaction, updates);
  const refusals = new Map<string, string>();
  const products = updates.map((update): PreparedProduct | undefined => {
    const row = rows.get(update.productId);
    if (row === undefined) return undefined;
    const reason = refusedBecause(storedInput(row), update.change);
    if (reason !== undefined) {
      refusals.set(update.productId, reason);
      return undefined;
    }
    const input = changedInput(storedInput(row), update.change);
    const contentHash = productContentHash(input, update.images ?? listed.get(row.id) ?? []);
    const change = contentHash === row.content_hash ? 'UNCHANGED' : 'CHANGED';
    const { images } = update;
    return { id: row.id, input, contentHash, change, images: images ?? [], keepsImages: images === undefined };
  });
  // Of what is so already, pictures that failed are tried again, as when it is inserted again.
  const touched = products.filter((product) => product && (product.change === 'CHANGED' || product.images.length > 0));
  if (touched.length > 0) await writeInTransaction(transaction, words, touched as PreparedProduct[]);
  return updates.map(({ productId }, place) => {
    const product = products[place];
    const reason = refusals.get(productId);
    if (reason !== undefined) return { outcome: 'FAILED', productId, reason };
    if (product === undefined) return { outcome: 'UNKNOWN', productId };
    const outcome = product.change === 'CHANGED' ? 'UPDATED' : 'UNCHANGED';
    return { outcome, productId, sku: product.input.sku, imageProblems: problemsOf(product.images) };
  });
}

/** A price before that is stored goes with the price or the currency that it was beside. */
function changedInput(stored: ProductInput, change: ProductChange): ProductInput {
  const input = { ...stored, ...change };
  const { price, compareAtPrice } = input;
  return compareAtPrice !== null && compareAtPrice.currency !== price?.currency
    ? { ...input, compareAtPrice: null }
    : input;
}

/** Why a change cannot be made of what is stored; undefined where it can. */
function refusedBecause(stored: ProductInput, change: ProductChange): string | undefined {
  const { compareAtPrice } = change;
  const price = change.price === undefined ? stored.price : change.price;
  if (!compareAtPrice || compareAtPrice.currency === price?.currency) return undefined;
  const expected = price === null ? 'a price beside it' : `the currency of the price, ${price.currency}`;
  return badInput('compareAtPrice.currency', expected, compareAtPrice.currency).message;
}

/** What the content hash has of the pictures that stay, by product. */
async function listedImages(transaction: Transaction<Database>, updates: readonly PreparedUpdate[]) {
  const ids = updates.flatMap(({ productId, images }) => (images === undefined ? [productId] : []));
  const rows = ids.length === 0 ? [] : await storedImages(transaction, ids).execute();
  const listed = new Map<string, { source: string; version: string | null }[]>();
  for (const row of rows.sort((a, b) => a.position - b.position)) {
    const images = listed.get(row.product_id) ?? [];
    // Of a file its version is known before it is read; of a web address what is stored is what its server said later.
    images.push({ source: row.source, version: row.source.startsWith('file:') ? row.source_version : null });
    listed.set(row.product_id, images);
  }
  return listed;
}

type StoredProduct = Awaited<ReturnType<ReturnType<typeof productsToChange>['execute']>>[number];

/** A product as the shop handed it in, but for its pictures. */
function storedInput(row: StoredProduct): ProductInput {
  const { price_currency: currency } = row;
  const money = (amount: string | null) => (amount === null || currency === null ? null : { amount, currency });
  return {
    sku: row.sku,
    title: row.title,
    ...eachText((name) => row[name]),
    category: row.category_path ?? [],
    price: money(row.price_amount),
    compareAtPrice: money(row.compare_at_amount),
    availability: row.availability,
    attributes: row.attributes,
    link: row.link,
    images: [],
  };
}

function problemsOf(images: readonly PreparedImage[]) {
  return images.flatMap(({ source, taken }) => (taken.kind === 'failed' ? [{ source, reason: taken.reason }] : []));
}
