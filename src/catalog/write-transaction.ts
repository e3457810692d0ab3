import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { categoryId } from '../identifiers.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { imageChanges } from './image-changes.ts';
import type { PreparedProduct } from './prepare-products.ts';
import { eachText } from './product-texts.ts';
import { brandWords, categoryWordColumns, productWordColumns } from './words/word-columns.ts';
import { nameBrands } from './words/word-statements.ts';
import {
  type AnalyzedProduct,
  type CategoryRecord,
  deleteImages,
  insertCategories,
  insertImages,
  insertProducts,
  lockProducts,
  moveImages,
  type ProductRecord,
  storedImages,
  updateOffers,
} from './write-statements.ts';

/**
 * Writes products and what belongs to them. Everything is locked in the order of ids: categories, products that are there,
 * products that are new. Pictures are compared once their product is held, so two writers of one product follow one another.
 *
 * @param products - NEW and CHANGED ones, and UNCHANGED ones with pictures to try again
 * @returns the ids of those that were not there before
 */
export async function writeInTransaction(
  transaction: Transaction<Database>,
  words: ShopWords,
  products: readonly PreparedProduct[],
): Promise<ReadonlySet<string>> {
  const changed = products.filter(({ change }) => change !== 'UNCHANGED');
  const categories = categoryRecords(words, changed);
  if (categories.length > 0) await insertCategories(transaction, categories).execute();

  const ids = products.map(({ id }) => id);
  const present = new Set((await lockProducts(transaction, ids).execute()).map(({ id }) => id));
  const offered = await writeOffers(transaction, changed.filter(({ id }) => present.has(id)).map(productRecord));
  const rest = changed.filter(({ id }) => !offered.has(id));
  if (rest.length > 0) {
    await insertProducts(
      transaction,
      rest.map((product) => analyzedProduct(words, product)),
    ).execute();
    const brands = new Set(rest.flatMap(({ input }) => input.brand ?? []));
    await nameBrands([...brands].map((brand) => brandWords(words, brand))).execute(transaction);
  }

  // An unchanged product that was deleted in the meantime stays deleted.
  await writeImages(
    transaction,
    products.filter(({ id, change, keepsImages }) => !keepsImages && (change !== 'UNCHANGED' || present.has(id))),
    present,
  );
  return new Set(changed.map(({ id }) => id).filter((id) => !present.has(id)));
}

async function writeOffers(
  transaction: Transaction<Database>,
  records: readonly ProductRecord[],
): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  return new Set((await updateOffers(transaction, records).execute()).map(({ id }) => id));
}

async function writeImages(
  transaction: Transaction<Database>,
  products: readonly PreparedProduct[],
  present: ReadonlySet<string>,
): Promise<void> {
  const known = products.map(({ id }) => id).filter((id) => present.has(id));
  const current = known.length === 0 ? [] : await storedImages(transaction, known).execute();
  const { deleted, inserted, moved } = imageChanges(products, current);
  if (deleted.length > 0) await deleteImages(transaction, deleted).execute();
  if (inserted.length > 0) await insertImages(transaction, inserted).execute();
  if (moved.length > 0) await moveImages(transaction, moved).execute();
}

/** The categories of the products and all that are above them, each once. */
function categoryRecords(words: ShopWords, products: readonly PreparedProduct[]): CategoryRecord[] {
  const records = new Map<string, CategoryRecord>();
  for (const { input } of products) {
    const ancestors: string[] = [];
    for (const [level, name] of input.category.entries()) {
      const path = input.category.slice(0, level + 1);
      const id = categoryId(path);
      const parent = ancestors.at(-1) ?? null;
      ancestors.push(id);
      if (records.has(id)) continue;
      const ofPath = { id, parent_id: parent, name, path, ancestor_ids: [...ancestors] };
      records.set(id, { ...ofPath, ...categoryWordColumns(words, path) });
    }
  }
  return [...records.values()];
}

function analyzedProduct(words: ShopWords, product: PreparedProduct): AnalyzedProduct {
  return { ...productRecord(product), ...productWordColumns(words, product.input) };
}

function productRecord({ id, input, contentHash }: PreparedProduct): ProductRecord {
  return {
    id,
    sku: input.sku,
    title: input.title,
    ...eachText((name) => input[name]),
    category_id: input.category.length === 0 ? null : categoryId(input.category),
    price_amount: input.price?.amount ?? null,
    price_currency: input.price?.currency ?? null,
    compare_at_amount: input.compareAtPrice?.amount ?? null,
    availability: input.availability,
    attributes: input.attributes,
    link: input.link,
    content_hash: contentHash,
  };
}
