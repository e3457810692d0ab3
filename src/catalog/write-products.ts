import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput, show } from '../errors.ts';
import type { ShopWords } from '../words/shop-words.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import { type PreparedProduct, prepareProducts } from './prepare-products.ts';
import type { ProductInput } from './product-input.ts';
import { retryClashes, writeOrRefuse } from './write-failures.ts';
import { deleteProductsById } from './write-statements.ts';
import { writeInTransaction } from './write-transaction.ts';

/** What writing products needs. */
export interface WriteDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
  readonly words: ShopWords;
}

/** What became of one product, in the order of the input. */
export type WriteOutcome =
  | {
      readonly outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED';
      readonly productId: string;
      readonly sku: string;
      /** Pictures that could not be read; the product was saved without them being searchable. */
      readonly imageProblems: readonly { readonly source: string; readonly reason: string }[];
    }
  | { readonly outcome: 'FAILED'; readonly sku: string; readonly reason: string };

/** Products to a call of upsertProducts. */
export const MAX_PRODUCTS_PER_WRITE = 500;

/**
 * Inserts or replaces products by sku, with their words, categories and picture rows, in one transaction per call; at most 500.
 * Pictures from files and bytes are put into the picture store at once; web addresses stay PENDING until embed-catalog.ts fetches them.
 * A product that is already so is not written (content_hash); only pictures of it that FAILED before are tried again: read again, or
 * PENDING again where they come from the web. Nothing is embedded here.
 *
 * A product that the database refuses is FAILED, and the others are saved, each in a transaction of its own. A sku given twice is
 * FAILED the second time.
 *
 * @param products - from checkProduct
 * @param options.refetch - whether files of pictures are read again even where their size and time are as before (false)
 * @throws AppError BAD_USER_INPUT for more than 500 products; DATABASE_UNAVAILABLE, TIMEOUT: nothing was written, or (rarely, see above) a
 *   part; sending them again is safe
 */
export async function upsertProducts(
  deps: WriteDeps,
  products: readonly ProductInput[],
  options: { refetch?: boolean | undefined } = {},
): Promise<WriteOutcome[]> {
  if (products.length > MAX_PRODUCTS_PER_WRITE) {
    throw badInput('products', `at most ${MAX_PRODUCTS_PER_WRITE}`, products.length);
  }
  const firstOfSku = new Map<string, ProductInput>();
  for (const product of products) if (!firstOfSku.has(product.sku)) firstOfSku.set(product.sku, product);
  const prepared = await prepareProducts(deps, [...firstOfSku.values()], options.refetch);
  const outcomes = await writeOrRefuse<PreparedProduct, WriteOutcome>(
    prepared,
    (some) => writeTogether(deps, some),
    ({ input }, reason) => ({ outcome: 'FAILED', sku: input.sku, reason }),
  );
  const bySku = new Map(outcomes.map((outcome) => [outcome.sku, outcome]));
  return products.map((product) => {
    const outcome = bySku.get(product.sku);
    if (outcome !== undefined && firstOfSku.get(product.sku) === product) return outcome;
    const reason = `sku: expected each once, found ${show(product.sku)} again; the first was taken`;
    return { outcome: 'FAILED', sku: product.sku, reason };
  });
}

/** Deletes by id, with pictures and vectors. Returns how many there were. Pictures' files stay in the store. */
export async function deleteProducts(db: Kysely<Database>, productIds: readonly string[]): Promise<number> {
  return writeInParts(productIds, async (ids) => {
    const { numDeletedRows } = await deleteProductsById(db, ids).executeTakeFirst();
    return Number(numDeletedRows);
  });
}

/**
 * Writes at most 500 products at a time; a part is begun again when another writer was in its way.
 *
 * @param write - returns how many products it wrote
 * @returns how many all parts wrote
 */
export async function writeInParts(
  productIds: readonly string[],
  write: (productIds: readonly string[]) => Promise<number>,
): Promise<number> {
  let written = 0;
  for (let start = 0; start < productIds.length; start += MAX_PRODUCTS_PER_WRITE) {
    const part = productIds.slice(start, start + MAX_PRODUCTS_PER_WRITE);
    written += await retryClashes(() => write(part));
  }
  return written;
}

/** One transaction; begun again when another writer was in its way. None where there is nothing to write. */
async function writeTogether({ db, words }: WriteDeps, products: readonly PreparedProduct[]): Promise<WriteOutcome[]> {
  const touched = products.filter(({ change, images }) => change !== 'UNCHANGED' || images.length > 0);
  const created =
    touched.length === 0
      ? new Set<string>()
      : await retryClashes(() =>
          db.transaction().execute((transaction) => writeInTransaction(transaction, words, touched)),
        );
  return products.map(({ id, input, change, images }) => {
    const imageProblems = images.flatMap(({ source, taken }) =>
      taken.kind === 'failed' ? [{ source, reason: taken.reason }] : [],
    );
    const written = created.has(id) ? 'CREATED' : 'UPDATED';
    return { outcome: change === 'UNCHANGED' ? change : written, productId: id, sku: input.sku, imageProblems };
  });
}
