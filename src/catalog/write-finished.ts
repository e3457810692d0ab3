import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { imageChanges, type PicturedProduct } from './image-changes.ts';
import { analyzedProduct, productRecord, variantRecords } from './product-records.ts';
import { TEXT_NAMES } from './product-texts.ts';
import type { FinishedProduct } from './variants/finish-product.ts';
import type { StoredProduct } from './variants/stored-product.ts';
import { insertVariants, leaveProductsToWriter, writeVariants } from './variants/variant-statements.ts';
import { brandWords } from './words/word-columns.ts';
import { nameBrands } from './words/word-statements.ts';
import {
  deleteImages,
  insertImages,
  insertProducts,
  moveImages,
  type ProductRecord,
  updateOffers,
} from './write-statements.ts';

/** A product as it is to be, and as it is. */
export interface FinishedWrite {
  readonly product: FinishedProduct;
  /** Undefined for a new one. */
  readonly stored: StoredProduct | undefined;
}

/** Writes products with their variants and pictures. Those that are there are held; their categories are there. */
export async function writeFinished(
  transaction: Transaction<Database>,
  words: ShopWords,
  writes: readonly FinishedWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  const all = writes.map((write) => ({ ...write, record: productRecord(write.product) }));
  const offered = await writeOffers(
    transaction,
    all.filter(mayBeOffer).map(({ record }) => record),
  );
  const rest = all.filter(({ product }) => !offered.has(product.id));
  if (rest.length > 0) {
    await insertProducts(
      transaction,
      rest.map(({ product, record }) => analyzedProduct(words, product, record)),
    ).execute();
    const brands = new Set(rest.flatMap(({ product }) => product.brand ?? []));
    await nameBrands([...brands].map((brand) => brandWords(words, brand))).execute(transaction);
  }
  await leaveProductsToWriter().execute(transaction);
  const fresh = writes.filter(({ stored }) => stored === undefined).map(({ product }) => product);
  if (fresh.length > 0) await insertVariants(transaction, fresh.flatMap(variantRecords)).execute();
  await writeKnownVariants(
    transaction,
    writes.filter(({ stored }) => stored !== undefined),
  );
  await writeImages(
    transaction,
    writes.map(({ product: { id, images } }) => ({ id, images, isComplete: true })),
    writes.flatMap(({ stored }) => stored ?? []),
  );
}

async function writeKnownVariants(transaction: Transaction<Database>, writes: readonly FinishedWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const kept = new Set(writes.flatMap(({ product }) => product.variants.map(({ id }) => id)));
  const gone = writes.flatMap(({ stored }) =>
    (stored?.variants ?? []).filter(({ id }) => !kept.has(id)).map(({ id }) => ({ product_id: stored?.id ?? '', id })),
  );
  const variants = writes.flatMap(({ product }) => variantRecords(product));
  await writeVariants(transaction, { gone, variants }).execute();
}

/** Whether it may be that nothing has changed but prices, stock and pictures; PostgreSQL looks at all columns. */
function mayBeOffer({ product, stored }: FinishedWrite): boolean {
  return (
    stored !== undefined &&
    stored.title === product.title &&
    stored.link === product.link &&
    TEXT_NAMES.every((name) => stored[name] === product[name])
  );
}

async function writeOffers(
  transaction: Transaction<Database>,
  records: readonly ProductRecord[],
): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  return new Set((await updateOffers(transaction, records).execute()).map(({ id }) => id));
}

/** @param stored - the products that are there, with their pictures as they are */
export async function writeImages(
  transaction: Transaction<Database>,
  products: readonly PicturedProduct[],
  stored: readonly StoredProduct[],
): Promise<void> {
  const current = stored.flatMap(({ images }) => images);
  const { deleted, inserted, moved } = imageChanges(products, current);
  if (deleted.length > 0) await deleteImages(transaction, deleted).execute();
  if (inserted.length > 0) await insertImages(transaction, inserted).execute();
  if (moved.length > 0) await moveImages(transaction, moved).execute();
}
