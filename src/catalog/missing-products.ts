// What becomes of variants that a feed does not have; a product is missing where all of its variants are.
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { variantId } from '../identifiers.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { deleteVariants } from './change-variants.ts';
import { storableText } from './check-text.ts';
import { expireVariants, type ShopPlace, variantsBeforeImport } from './missing-statements.ts';
import { writeInParts } from './write-products.ts';

/** KEEP: they stay as they are. EXPIRE: they are OUT_OF_STOCK. */
export type MissingTreatment = 'KEEP' | 'DELETE' | 'EXPIRE';

/**
 * The variants that a feed has, and their products, by id. Held in memory: 53 MB for a million, less than what reading the feed holds of each sku already. A table would have to be written in
 * every import, swept after those that were killed, and vacuumed, which the embedded database does not do by itself.
 */
export interface FeedProducts {
  add(sku: string): void;
  addProduct(id: string): void;
  has(variantId: string): boolean;
  hasProduct(id: string): boolean;
}

export function createFeedProducts(): FeedProducts {
  const variants = new Set<string>();
  /** Without those that have the id of a variant. */
  const products = new Set<string>();
  return {
    // No variant has a sku that cannot be stored, and there is no id of half a surrogate pair.
    add: (sku) => void variants.add(keyOf(variantId(storableText(sku.trim())))),
    addProduct(id) {
      const key = keyOf(id);
      if (!variants.has(key)) products.add(key);
    },
    has: (id) => variants.has(keyOf(id)),
    hasProduct(id) {
      const key = keyOf(id);
      return products.has(key) || variants.has(key);
    },
  };
}

/** The sixteen bytes of a UUID as as many characters: less than half of what its usual form takes. */
function keyOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1');
}

/** What the shop had when an import began, compared with its feed. */
export interface MissingCount {
  /** All its variants. */
  readonly inShop: number;
  /** Those that the feed does not have. */
  readonly missing: number;
  /** Those of them that are not OUT_OF_STOCK yet. */
  readonly onSale: number;
}

/** More of the shop is deleted or taken off sale only when that is confirmed: a feed that lacks so much is more likely cut, or another shop's. */
const SHARE_UNCONFIRMED = 0.3;

/** Products to a page: five milliseconds of the event loop. */
const PRODUCTS_A_PAGE = 2_000;

/**
 * Compares the shop, as it was when the import began, with the feed. What was written since by others than the import is not missing: the
 * feed may be older.
 *
 * @param has - whether the feed, read to its end, has a variant
 */
export async function countMissing(
  db: Kysely<Database>,
  importId: string,
  has: FeedProducts['has'],
): Promise<MissingCount> {
  const count = { inShop: 0, missing: 0, onSale: 0 };
  for await (const variants of pagesOfShop(db, importId)) {
    const missing = variants.filter(({ id, untouched }) => untouched && !has(id));
    count.inShop += variants.length;
    count.missing += missing.length;
    count.onSale += missing.filter(({ expired }) => !expired).length;
  }
  return count;
}

/**
 * Why products that are not in the feed should rather stay, for people; undefined where nothing speaks for it.
 *
 * @param products - how many of them would be deleted or taken off sale
 * @param nameless - rows of the feed without an id that can be read
 */
export function doubtAboutMissing({ inShop }: MissingCount, products: number, nameless: number): string | undefined {
  const found = `the feed lacks ${products.toLocaleString('en')} of the shop's ${inShop.toLocaleString('en')} products`;
  if (products > inShop * SHARE_UNCONFIRMED)
    return `${found}: more than ${SHARE_UNCONFIRMED * 100} % must be confirmed`;
  if (nameless === 0) return undefined;
  return `${found}, but has rows without an id that can be read (${nameless.toLocaleString('en')}): they may be the same products, so it must be confirmed`;
}

/**
 * Deletes what is missing or says that it is OUT_OF_STOCK, page by page; yields how many each time.
 *
 * @param p.has - as for `countMissing`
 */
export async function* settleMissing(
  deps: { readonly db: Kysely<Database>; readonly words: ShopWords },
  p: { importId: string; has: FeedProducts['has']; treatment: 'DELETE' | 'EXPIRE' },
): AsyncGenerator<number> {
  for await (const variants of pagesOfShop(deps.db, p.importId)) {
    const ids = variants
      .filter(({ id, untouched, expired }) => untouched && !p.has(id) && (p.treatment === 'DELETE' || !expired))
      .map(({ id }) => id);
    if (ids.length === 0) continue;
    yield await writeInParts(ids, async (some) =>
      p.treatment === 'DELETE' ? (await deleteVariants(deps, some)).length : expire(deps.db, some),
    );
  }
}

async function* pagesOfShop(db: Kysely<Database>, importId: string) {
  let after: ShopPlace | undefined;
  for (;;) {
    const page = await variantsBeforeImport(db, { importId, after, limit: PRODUCTS_A_PAGE }).execute();
    if (page.length > 0) yield page;
    const last = page.at(-1);
    // A page has at least one variant of each of its products.
    if (last === undefined || new Set(page.map(({ product_id }) => product_id)).size < PRODUCTS_A_PAGE) return;
    after = { createdAt: last.place, id: last.product_id };
  }
}

async function expire(db: Kysely<Database>, variantIds: readonly string[]): Promise<number> {
  const { rows } = await expireVariants(variantIds).execute(db);
  return rows[0]?.expired ?? 0;
}
