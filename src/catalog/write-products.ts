import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput, invariant, show } from '../errors.ts';
import type { ShopWords } from '../words/shop-words.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import { type PreparedWrite, type ProductWrite, prepareProducts } from './prepare-products.ts';
import type { ProductInput } from './product-input.ts';
import { problemOf, type VariantProblem } from './variants/variant-problem.ts';
import { retryClashes, retryOvertaken, writeOrRefuse } from './write-failures.ts';
import { deleteProductsById } from './write-statements.ts';
import { type WrittenProduct, writeInTransaction } from './write-transaction.ts';

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
      readonly groupId: string;
      /** Pictures that could not be read; the product was saved without them being searchable. */
      readonly imageProblems: readonly { readonly source: string; readonly reason: string }[];
      /** Variants that were not taken; those of them that the shop had stay as they were. */
      readonly variantProblems: readonly VariantProblem[];
      /** Variants that were taken from other products. */
      readonly movedVariants: readonly VariantProblem[];
    }
  | {
      readonly outcome: 'FAILED';
      readonly groupId: string;
      readonly reason: string;
    };

/** Products to a call of upsertProducts. */
export const MAX_PRODUCTS_PER_WRITE = 500;

/**
 * Inserts or replaces products by group id, with their variants, words, categories and picture rows, in one transaction per call; at most 500.
 * Pictures from files and bytes are put into the picture store at once; web addresses stay PENDING until embed-catalog.ts fetches them.
 * A product that is already so is not written (content_hash); only pictures of it that FAILED before are tried again: read again, or
 * PENDING again where they come from the web. Where prices, availability and quantities alone have changed, nothing else is written, or looked at. Nothing is embedded here.
 *
 * A variant that another product has moves to the one that names it now; a product that is left without variants is deleted.
 * A product that the database refuses is FAILED, and the others are saved, each in a transaction of its own. A group id given twice is
 * FAILED the second time, a variant of a sku that an earlier product of the call has is left out.
 *
 * @param writes - from checkProduct, or rows of a feed
 * @param options.refetch - whether files of pictures are read again even where their size and time are as before (false)
 * @throws AppError BAD_USER_INPUT for more than 500 products; DATABASE_UNAVAILABLE, TIMEOUT: nothing was written, or (rarely, see above) a
 *   part; sending them again is safe
 */
export async function writeProducts(
  deps: WriteDeps,
  writes: readonly ProductWrite[],
  options: { refetch?: boolean | undefined } = {},
): Promise<WriteOutcome[]> {
  if (writes.length > MAX_PRODUCTS_PER_WRITE) {
    throw badInput('products', `at most ${MAX_PRODUCTS_PER_WRITE}`, writes.length);
  }
  const { taken, refused } = eachOnce(writes);
  const outcomes = await retryOvertaken(async () => {
    const prepared = await prepareProducts(
      deps,
      taken.map(({ write }) => write),
      options.refetch,
    );
    return writeOrRefuse<PreparedWrite, WriteOutcome>(
      prepared,
      (some) => writeTogether(deps, some),
      ({ groupId }, reason) => ({ outcome: 'FAILED', groupId, reason }),
    );
  });
  const byPlace = new Map<number, WriteOutcome>(refused);
  for (const [index, { place, problems }] of taken.entries()) {
    const outcome = outcomes[index];
    invariant(outcome !== undefined, 'each product that was to be written has an outcome');
    byPlace.set(place, told(outcome, problems));
  }
  return writes.map((_, place) => {
    const outcome = byPlace.get(place);
    invariant(outcome !== undefined, 'each product was taken or refused');
    return outcome;
  });
}

/** writeProducts of whole products: a variant that a product does not name is deleted. */
export function upsertProducts(
  deps: WriteDeps,
  products: readonly ProductInput[],
  options: { refetch?: boolean | undefined } = {},
): Promise<WriteOutcome[]> {
  return writeProducts(
    deps,
    products.map((product) => ({ product })),
    options,
  );
}

/** Deletes by id, with variants, pictures and vectors. Returns how many there were. Pictures' files stay in the store. */
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

interface TakenWrite {
  readonly place: number;
  readonly write: ProductWrite;
  readonly problems: readonly VariantProblem[];
}

/** Each product and each variant once: the first stands. */
function eachOnce(writes: readonly ProductWrite[]): {
  taken: TakenWrite[];
  refused: (readonly [number, WriteOutcome])[];
} {
  const taken: TakenWrite[] = [];
  const refused: (readonly [number, WriteOutcome])[] = [];
  const groupIds = new Set<string>();
  const owners = new Map<string, string>();
  for (const [place, write] of writes.entries()) {
    const groupId = 'rows' in write ? write.groupId : write.product.groupId;
    const skus = ('rows' in write ? write.rows : write.product.variants).map(({ sku }) => sku);
    const refuse = (reason: string) => refused.push([place, { outcome: 'FAILED', groupId, reason }]);
    if (groupIds.has(groupId)) {
      refuse(`groupId: expected each once, found ${show(groupId)} again; the first was taken`);
      continue;
    }
    groupIds.add(groupId);
    const problems = skus.flatMap((sku): VariantProblem[] => {
      const owner = owners.get(sku);
      return owner === undefined
        ? []
        : [problemOf(sku, `sku: expected each once, found ${show(sku)} in ${show(owner)} before; the first was taken`)];
    });
    const [first] = problems;
    if (first !== undefined && problems.length === skus.length) {
      refuse(first.reason);
      continue;
    }
    for (const sku of skus) if (!owners.has(sku)) owners.set(sku, groupId);
    taken.push({ place, write: problems.length === 0 ? write : withoutSkus(write, problems), problems });
  }
  return { taken, refused };
}

function withoutSkus(write: ProductWrite, problems: readonly VariantProblem[]): ProductWrite {
  const without = new Set(problems.map(({ sku }) => sku));
  const keeps = ({ sku }: { readonly sku: string }) => !without.has(sku);
  if ('rows' in write) return { ...write, rows: write.rows.filter(keeps) };
  return { product: { ...write.product, variants: write.product.variants.filter(keeps) } };
}

function told(outcome: WriteOutcome, problems: readonly VariantProblem[]): WriteOutcome {
  if (outcome.outcome === 'FAILED' || problems.length === 0) return outcome;
  return { ...outcome, variantProblems: [...problems, ...outcome.variantProblems] };
}

/** One transaction; begun again when another writer was in its way. None where there is nothing to write. */
async function writeTogether({ db, words }: WriteDeps, writes: readonly PreparedWrite[]): Promise<WriteOutcome[]> {
  const touched = writes.filter(
    ({ isUnchanged, offers, retried }) => !isUnchanged || offers.length > 0 || retried.length > 0,
  );
  const written: ReadonlyMap<string, WrittenProduct> =
    touched.length === 0
      ? new Map()
      : await retryClashes(() =>
          db.transaction().execute((transaction) => writeInTransaction(transaction, words, touched)),
        );
  return writes.map((write) => {
    const { outcome = 'UNCHANGED', problems = [], moved = [] } = written.get(write.id) ?? {};
    return {
      ...{ outcome, productId: write.id, groupId: write.groupId },
      ...{ imageProblems: imageProblemsOf(write), variantProblems: problems, movedVariants: moved },
    };
  });
}

function imageProblemsOf({ read, retried, isUnchanged }: PreparedWrite) {
  const listed = 'rows' in read ? read.rows : [...read.product.variants, read.product];
  const images = isUnchanged ? retried : listed.flatMap((each) => each.images);
  const failed = images.flatMap(({ source, taken }) =>
    taken.kind === 'failed' ? [[source, taken.reason] as const] : [],
  );
  return [...new Map(failed)].map(([source, reason]) => ({ source, reason }));
}
