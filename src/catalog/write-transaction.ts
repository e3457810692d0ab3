import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { show } from '../errors.ts';
import { variantId } from '../identifiers.ts';
import type { ShopWords } from '../words/shop-words.ts';
import type { PreparedWrite } from './prepare-products.ts';
import { categoryRecords } from './product-records.ts';
import { composeProduct } from './variants/compose-product.ts';
import { type FinishedProduct, finishProduct } from './variants/finish-product.ts';
import { isSameOffer, offerRecord } from './variants/offer.ts';
import { MAX_VARIANTS } from './variants/product-options.ts';
import type { ReadImage, ReadProduct, ReadRow } from './variants/read-product.ts';
import { contentOfStored, readStored, rowsOfStored, type StoredProduct } from './variants/stored-product.ts';
import { inheritVectors, storedProducts } from './variants/stored-statements.ts';
import { problemOf, type VariantProblem } from './variants/variant-problem.ts';
import {
  deleteVariantsByKey,
  ownersOfVariants,
  updateVariantOffers,
  type VariantKey,
} from './variants/variant-statements.ts';
import { Overtaken } from './write-failures.ts';
import { writeFinished, writeImages } from './write-finished.ts';
import { deleteProductsById, insertCategories, lockProducts } from './write-statements.ts';

/** What became of a product within the transaction. */
export interface WrittenProduct {
  readonly outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED';
  /** Variants that had no place in it. */
  readonly problems: readonly VariantProblem[];
  /** Variants that came from other products. */
  readonly moved: readonly VariantProblem[];
}

/**
 * Writes products and what belongs to them. Everything is locked in the order of ids: categories, products that are there (those that variants leave, too),
 * products that are new. What is stored is read once its product is held, so two writers of one product follow one another.
 *
 * A variant that another product has moves; a product that none is left of is deleted.
 *
 * @param writes - each product and each variant once; no unchanged ones without pictures to try again
 * @returns by product id
 */
export async function writeInTransaction(
  transaction: Transaction<Database>,
  words: ShopWords,
  writes: readonly PreparedWrite[],
): Promise<ReadonlyMap<string, WrittenProduct>> {
  const changed = writes.filter(({ isUnchanged }) => !isUnchanged);
  const categories = categoryRecords(
    words,
    changed.flatMap((write) => write.categories),
  );
  if (categories.length > 0) await insertCategories(transaction, categories).execute();

  const owners = changed.flatMap(({ id, variantIds }) =>
    variantIds.map((variant) => ({ product_id: id, id: variant })),
  );
  const moved = owners.length === 0 ? [] : await ownersOfVariants(transaction, owners).execute();
  const left = [...new Set(moved.map(({ product_id }) => product_id))];
  const ids = [...new Set([...writes.map(({ id }) => id), ...left])];
  const present = new Set((await lockProducts(transaction, ids).execute()).map(({ id }) => id));
  await writeOffers(transaction, writes);
  const composedIds = new Set(changed.map(({ id }) => id));
  const stored = await readStoredProducts(
    transaction,
    [...new Set([...composedIds, ...left])].filter((id) => present.has(id)),
  );

  const arrivals = arrivalsOf(moved, owners, stored);
  const targets = new Map(owners.map(({ id, product_id }) => [id, product_id]));
  const composed = changed.map((write) => compose(write, stored.get(write.id), targets));
  const finished = composed.filter(({ product }) => isChanged(product, stored.get(product.id)));
  if (moved.length > 0) await deleteVariantsByKey(transaction, moved).execute();
  await writeFinished(
    transaction,
    words,
    finished.map(({ product }) => ({ product, stored: stored.get(product.id) })),
  );
  if (moved.length > 0) {
    const moves = moved.map(({ id, product_id: from }) => ({ from, to: targets.get(id) ?? from }));
    await inheritVectors(moves).execute(transaction);
    const others = [...stored.values()].filter(({ id }) => !composedIds.has(id));
    await removeVariants(transaction, words, { products: others, variantIds: new Set(targets.keys()) });
  }

  // An unchanged product that was deleted in the meantime stays deleted.
  const retried = writes.filter(({ id, retried: images }) => images.length > 0 && present.has(id));
  await retryImages(transaction, retried);
  const written = new Set(finished.map(({ product }) => product.id));
  const offered = writes.filter(({ offers }) => offers.length > 0);
  return new Map<string, WrittenProduct>([
    ...offered.map(({ id }) => [id, { outcome: 'UPDATED', problems: [], moved: [] }] as const),
    ...composed.map(({ product: { id }, problems }): [string, WrittenProduct] => {
      const outcome = present.has(id) ? (written.has(id) ? 'UPDATED' : 'UNCHANGED') : 'CREATED';
      return [id, { outcome, problems, moved: arrivals.get(id) ?? [] }];
    }),
  ]);
}

/** What is to be told of variants that move, by the product that they move to. */
function arrivalsOf(
  moved: readonly VariantKey[],
  targets: readonly VariantKey[],
  stored: ReadonlyMap<string, StoredProduct>,
): ReadonlyMap<string, readonly VariantProblem[]> {
  const from = new Map(moved.map(({ id, product_id }) => [id, stored.get(product_id)]));
  const arrivals = new Map<string, VariantProblem[]>();
  for (const { id, product_id: target } of targets) {
    const left = from.get(id);
    const sku = left?.variants.find((variant) => variant.id === id)?.sku;
    if (left === undefined || sku === undefined) continue;
    const reason = `sku: expected one that no other product has, found ${show(sku)} in ${show(left.group_id)}; it has moved`;
    arrivals.set(target, [...(arrivals.get(target) ?? []), problemOf(sku, reason)]);
  }
  return arrivals;
}

/** Prices and stock of products of which nothing else has changed; triggers say them of the products. @throws Overtaken where something else has in the meantime */
async function writeOffers(transaction: Transaction<Database>, writes: readonly PreparedWrite[]): Promise<void> {
  const offers = writes.flatMap((write) => write.offers);
  if (offers.length === 0) return;
  const updated = await updateVariantOffers(transaction, offers).execute();
  if (updated.length < offers.length) throw new Overtaken();
}

/** Whether a product differs from what is stored of it. */
export function isChanged(product: FinishedProduct, stored: StoredProduct | undefined): boolean {
  if (stored?.content_hash !== product.contentHash) return true;
  const offers = new Map(stored.variants.map((variant) => [variant.id, variant]));
  return product.variants.some((variant) => isOtherVariant(variant, offers.get(variant.id)));
}

/** Whether a variant differs from what is stored of it, its place and look aside. */
export function isOtherVariant(
  variant: FinishedProduct['variants'][number],
  stored: StoredProduct['variants'][number] | undefined,
): boolean {
  return stored?.content_hash !== variant.contentHash || !isSameOffer(offerRecord(variant), stored);
}

/** By id. Their rows are held. */
export async function readStoredProducts(
  transaction: Transaction<Database>,
  ids: readonly string[],
): Promise<Map<string, StoredProduct>> {
  const rows = ids.length === 0 ? [] : await storedProducts(transaction, ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Takes variants from products that are held: what is said of these is said anew of the variants that remain; without any they go, with all that belongs to them. */
export async function removeVariants(
  transaction: Transaction<Database>,
  words: ShopWords,
  p: { readonly products: readonly StoredProduct[]; readonly variantIds: ReadonlySet<string> },
): Promise<void> {
  const remaining = (stored: StoredProduct): ReadProduct => {
    const product = readStored(stored);
    return {
      ...product,
      variants: product.variants.filter(({ variant }) => !p.variantIds.has(variantId(variant.sku))),
    };
  };
  const left = p.products.map((stored) => ({ stored, product: remaining(stored) }));
  const empty = left.filter(({ product }) => product.variants.length === 0).map(({ stored }) => stored.id);
  if (empty.length > 0) await deleteProductsById(transaction, empty).execute();
  const rest = left.filter(({ product }) => product.variants.length > 0);
  await writeFinished(
    transaction,
    words,
    rest.map(({ stored, product }) => ({ product: finishProduct(product, contentOfStored(stored)), stored })),
  );
}

/** A product as it is to be, of what is handed in and what is stored. @param targets - the product of each variant that is handed in, of whatever product */
function compose(
  { id, groupId, read }: PreparedWrite,
  stored: StoredProduct | undefined,
  targets: ReadonlyMap<string, string>,
): { product: FinishedProduct; problems: readonly VariantProblem[] } {
  const contentOf = contentOfStored(stored);
  const stays = (sku: string) => (targets.get(variantId(sku)) ?? id) === id;
  if ('product' in read) {
    const kept = new Set(read.keptSkus);
    const others =
      stored === undefined ? [] : readStored(stored).variants.filter(({ variant }) => kept.has(variant.sku));
    const staying = others.filter(({ variant }) => stays(variant.sku));
    const { most, problems } = upTo(MAX_VARIANTS, [...read.product.variants, ...staying], ({ variant }) => variant.sku);
    return { product: finishProduct({ ...read.product, variants: most }, contentOf), problems };
  }
  const given = new Map(read.rows.map((each) => [each.row.sku, each]));
  const before = stored === undefined ? [] : rowsOfStored(stored).filter(({ row }) => stays(row.sku));
  const fresh = new Map(read.rows.flatMap(({ images }) => images.map((image) => [image.source, image] as const)));
  const renewed = (images: readonly ReadImage[]) => images.map((image) => fresh.get(image.source) ?? image);
  const former = before.map((each) => given.get(each.row.sku) ?? { ...each, images: renewed(each.images) });
  const rows = inShopsOrder(former, read.rows);
  const { most, problems } = upTo(MAX_VARIANTS, rows, ({ row }) => row.sku);
  const images = stored === undefined ? [] : renewed(readStored(stored).images);
  const order = [...read.rows.flatMap(({ row }) => Object.keys(row.attributes)), ...(stored?.options ?? [])];
  return { product: finishProduct(composeProduct(groupId, most, { images, order }), contentOf), problems };
}

/**
 * Where rows of a feed come that a product has not: behind the row that they follow in the feed, so that a size that is new stands between the others.
 *
 * @param former - the product's, those that are in the feed among them
 * @param given - those of the feed
 */
function inShopsOrder(former: readonly ReadRow[], given: readonly ReadRow[]): readonly ReadRow[] {
  const skus = new Set(given.map(({ row }) => row.sku));
  const known = new Set(former.map(({ row }) => row.sku));
  const fresh = given.filter(({ row }) => !known.has(row.sku));
  // What is there stays: of more than there is room for, the new ones are refused.
  if (former.length + fresh.length > MAX_VARIANTS) return [...former, ...fresh];
  if (former.every(({ row }) => skus.has(row.sku))) return given;
  const rows = [...former];
  const placeOf = (sku: string | undefined) => rows.findIndex(({ row }) => row.sku === sku);
  for (const [place, each] of given.entries()) {
    if (placeOf(each.row.sku) >= 0) continue;
    const before = placeOf(given[place - 1]?.row.sku);
    const behind = given.slice(place + 1).find(({ row }) => placeOf(row.sku) >= 0);
    const next = before >= 0 ? before + 1 : behind === undefined ? rows.length : placeOf(behind.row.sku);
    rows.splice(next, 0, each);
  }
  return rows;
}

function upTo<Item>(
  limit: number,
  items: readonly Item[],
  skuOf: (item: Item) => string,
): { most: readonly Item[]; problems: readonly VariantProblem[] } {
  const reason = `variants: expected at most ${limit} to a product, found ${items.length}; the first ${limit} were taken`;
  const problems = items.slice(limit).map((item) => problemOf(skuOf(item), reason));
  return { most: items.slice(0, limit), problems };
}

async function retryImages(transaction: Transaction<Database>, writes: readonly PreparedWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const stored = await readStoredProducts(
    transaction,
    writes.map(({ id }) => id),
  );
  const pictured = writes.map(({ id, retried: images }) => ({ id, images, isComplete: false }));
  await writeImages(transaction, pictured, [...stored.values()]);
}
