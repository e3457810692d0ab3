import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput } from '../errors.ts';
import { mapConcurrently } from '../limiter.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { type IdentifiedImage, takeInImage } from './image-intake.ts';
import { identifyImages } from './prepare-products.ts';
import { categoryPaths } from './product-categories.ts';
import type { ProductChange, VariantChange } from './product-change.ts';
import type { ImageInput } from './product-input.ts';
import { categoryRecords } from './product-records.ts';
import { changedProduct, type ReadChange, refusedOptions } from './variants/changed-product.ts';
import { type FinishedProduct, finishProduct } from './variants/finish-product.ts';
import type { ReadImage } from './variants/read-product.ts';
import { contentOfStored, readStored, type StoredProduct } from './variants/stored-product.ts';
import type { VariantProblem } from './variants/variant-problem.ts';
import { retryClashes, writeOrRefuse } from './write-failures.ts';
import { writeFinished, writeImages } from './write-finished.ts';
import { MAX_PRODUCTS_PER_WRITE, type WriteDeps, type WriteOutcome } from './write-products.ts';
import { insertCategories, lockProducts } from './write-statements.ts';
import { isChanged, isOtherVariant, readStoredProducts } from './write-transaction.ts';

/** A product, and what is to change of it and of its variants. */
export interface ProductUpdate {
  readonly productId: string;
  readonly change: ProductChange;
  /** By variant id. */
  readonly variants?: ReadonlyMap<string, VariantChange> | undefined;
}

/** What became of one product. UNKNOWN: there is none with this id. */
export type UpdateOutcome =
  | (Omit<Extract<WriteOutcome, { readonly productId: string }>, 'movedVariants'> & {
      /** Of those whose change was asked for: variants that are not as they were. */
      readonly changedVariantIds: readonly string[];
    })
  | { readonly outcome: 'FAILED'; readonly productId: string; readonly reason: string }
  | { readonly outcome: 'UNKNOWN'; readonly productId: string };

/** A change whose pictures have been read. */
interface PreparedUpdate extends ReadChange {
  readonly productId: string;
}

/** What becomes of a product; it has none of these where there is none. */
interface Settled {
  readonly update: PreparedUpdate;
  readonly before?: StoredProduct;
  readonly product?: FinishedProduct;
  readonly problems?: readonly VariantProblem[];
  /** Why nothing becomes of it. */
  readonly refused?: string | undefined;
}

/** Products whose pictures are read at once, as when they are inserted. */
const PRODUCTS_AT_ONCE = 16;

/**
 * Changes of products and their variants what is given, and nothing else; at most 500 products a call, in one transaction. Where nothing of a product differs from what is stored, it is not written. Price,
 * availability and quantity alone touch neither pictures nor vectors, nor any index.
 *
 * Afterwards a product is as if it had been inserted so: the same from a feed changes nothing. A change of a variant that cannot be made is told, and the others are made.
 *
 * @param updates - each product once; changes from checkProductChange and checkVariantChange
 * @returns what became of each, in the order given
 * @throws AppError BAD_USER_INPUT for more than 500; DATABASE_UNAVAILABLE, TIMEOUT as writeProducts
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
  const { productId, change, variants = new Map<string, VariantChange>() } = update;
  const images = await readImages(deps, change.images);
  const read = new Map<string, readonly ReadImage[]>();
  for (const [id, { images: own }] of variants) {
    const listed = await readImages(deps, own);
    if (listed !== undefined) read.set(id, listed);
  }
  return { productId, change, images, variants, variantImages: read };
}

async function readImages(
  deps: WriteDeps,
  inputs: readonly ImageInput[] | undefined,
): Promise<ReadImage[] | undefined> {
  if (inputs === undefined) return undefined;
  const identified = new Map<string, IdentifiedImage>();
  const listed = await identifyImages(inputs, identified);
  const read: ReadImage[] = [];
  for (const image of listed) {
    const input = identified.get(image.source);
    if (input !== undefined) read.push({ ...image, taken: await takeInImage(deps, input, undefined) });
  }
  return read;
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
  const stored = await readStoredProducts(transaction, ids);
  const settled = updates.map((update): Settled => {
    const before = stored.get(update.productId);
    if (before === undefined) return { update };
    const { product, problems } = changedProduct(readStored(before), update);
    const refused = refusedOptions(update.change, product);
    if (refused !== undefined) return { update, before, refused };
    return { update, before, product: finishProduct(product, contentOfStored(before)), problems };
  });
  const changed = settled.flatMap(({ before, product }) =>
    product && before && isChanged(product, before) ? [{ product, stored: before }] : [],
  );
  const categories = categoryRecords(
    words,
    changed.flatMap(({ product }) => categoryPaths(product)),
  );
  if (categories.length > 0) await insertCategories(transaction, categories).execute();
  await writeFinished(transaction, words, changed);
  const written = new Set(changed.map(({ product }) => product.id));
  await retryImages(
    transaction,
    settled.filter(({ update }) => !written.has(update.productId)),
  );
  return settled.map(({ update, before, product, problems = [], refused }): UpdateOutcome => {
    const { productId } = update;
    if (refused !== undefined) return { outcome: 'FAILED', productId, reason: refused };
    if (!product || !before) return { outcome: 'UNKNOWN', productId };
    const former = new Map(before.variants.map((variant) => [variant.id, variant]));
    const changedVariants = product.variants.filter(
      (each) => update.variants.has(each.id) && isOtherVariant(each, former.get(each.id)),
    );
    return {
      outcome: written.has(productId) ? 'UPDATED' : 'UNCHANGED',
      ...{ productId, groupId: product.groupId, variantProblems: problems },
      imageProblems: imageProblemsOf(update),
      changedVariantIds: changedVariants.map(({ id }) => id),
    };
  });
}

/** Of what is so already, pictures that failed are tried again, as when it is inserted again. */
async function retryImages(transaction: Transaction<Database>, settled: readonly Settled[]): Promise<void> {
  const tried = settled.flatMap(({ update, before, product }) => {
    const given = [...(update.images ?? []), ...[...update.variantImages.values()].flat()];
    return !before || !product || given.length === 0 ? [] : [{ before, product }];
  });
  if (tried.length === 0) return;
  await writeImages(
    transaction,
    tried.map(({ product: { id, images } }) => ({ id, images, isComplete: false })),
    tried.map(({ before }) => before),
  );
}

function imageProblemsOf({ images = [], variantImages }: ReadChange) {
  const all = [...images, ...[...variantImages.values()].flat()];
  return all.flatMap(({ source, taken }) => (taken.kind === 'failed' ? [{ source, reason: taken.reason }] : []));
}
