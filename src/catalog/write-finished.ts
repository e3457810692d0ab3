import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { imageChanges, type PicturedProduct } from './image-changes.ts';
import { analyzedProduct, productRecord, variantRecords } from './product-records.ts';
import type { FinishedProduct } from './variants/finish-product.ts';
import type { StoredProduct } from './variants/stored-product.ts';
import { leaveProductsToWriter, writeVariants } from './variants/variant-statements.ts';
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
  const present = writes.filter(({ stored }) => stored !== undefined).map(({ product }) => productRecord(product));
  const offered = await writeOffers(transaction, present);
  const rest = writes.filter(({ product }) => !offered.has(product.id)).map(({ product }) => product);
  if (rest.length > 0) {
    await insertProducts(
      transaction,
      rest.map((product) => analyzedProduct(words, product)),
    ).execute();
    const brands = new Set(rest.flatMap(({ brand }) => brand ?? []));
    await nameBrands([...brands].map((brand) => brandWords(words, brand))).execute(transaction);
  }
  const kept = new Set(writes.flatMap(({ product }) => product.variants.map(({ id }) => id)));
  const gone = writes.flatMap(({ stored }) =>
    (stored?.variants ?? []).filter(({ id }) => !kept.has(id)).map(({ id }) => ({ product_id: stored?.id ?? '', id })),
  );
  const variants = writes.flatMap(({ product }) => variantRecords(product));
  await leaveProductsToWriter().execute(transaction);
  await writeVariants(transaction, { gone, variants }).execute();
  await writeImages(
    transaction,
    writes.map(({ product: { id, images } }) => ({ id, images, isComplete: true })),
    writes.flatMap(({ stored }) => stored ?? []),
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
