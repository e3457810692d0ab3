import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput } from '../errors.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { changeOffers, isOfferChange, type OfferChange } from './change-offers.ts';
import { productsOfVariants } from './change-statements.ts';
import type { VariantChange } from './product-change.ts';
import { updateProducts } from './update-products.ts';
import { retryClashes } from './write-failures.ts';
import { MAX_PRODUCTS_PER_WRITE, type WriteDeps } from './write-products.ts';
import { lockProducts } from './write-statements.ts';
import { readStoredProducts, removeVariants } from './write-transaction.ts';

/** A variant, and what is to change of it. */
export interface VariantUpdate {
  readonly variantId: string;
  readonly change: VariantChange;
}

/** What became of one variant. UNKNOWN: there is none with this id. */
export type VariantOutcome = { readonly variantId: string } & (
  | {
      readonly outcome: 'UPDATED' | 'UNCHANGED';
      readonly productId: string;
      /** Pictures that could not be read, of all variants of the product that were changed with it. */
      readonly imageProblems: readonly { readonly source: string; readonly reason: string }[];
    }
  | { readonly outcome: 'FAILED'; readonly reason: string }
  | { readonly outcome: 'UNKNOWN' }
);

/**
 * Changes of variants of any products what is given, and nothing else: see updateProducts. Those of price, availability and quantity alone are made first, all in one transaction (change-offers.ts). At most 500 a call.
 *
 * @param updates - each variant once; changes from checkVariantChange
 * @returns what became of each, in the order given
 */
export async function updateVariants(deps: WriteDeps, updates: readonly VariantUpdate[]): Promise<VariantOutcome[]> {
  checkCount(updates.length);
  if (updates.length === 0) return [];
  const ids = updates.map(({ variantId }) => variantId);
  const owners = new Map((await productsOfVariants(deps.db, ids).execute()).map((row) => [row.id, row.product_id]));
  const byProduct = new Map<string, Map<string, VariantChange>>();
  const offers: OfferChange[] = [];
  for (const { variantId, change } of updates) {
    const productId = owners.get(variantId);
    if (productId === undefined) continue;
    if (isOfferChange(change)) {
      offers.push({ variantId, productId, change });
      continue;
    }
    const changes = byProduct.get(productId) ?? new Map<string, VariantChange>();
    byProduct.set(productId, changes.set(variantId, change));
  }
  const changed = offers.length === 0 ? [] : await changeOffers(deps.db, offers);
  const offered = new Map(offers.map((offer, place) => [offer.variantId, { offer, told: changed[place] }]));
  const products = [...byProduct].map(([productId, variants]) => ({ productId, change: {}, variants }));
  const outcomes = new Map((await updateProducts(deps, products)).map((outcome) => [outcome.productId, outcome]));
  return updates.map(({ variantId }): VariantOutcome => {
    const { offer, told } = offered.get(variantId) ?? {};
    if (offer && told) {
      if (told.outcome === 'UNKNOWN') return { variantId, outcome: told.outcome };
      if (told.outcome === 'FAILED') return { variantId, ...told };
      return { variantId, outcome: told.outcome, productId: offer.productId, imageProblems: [] };
    }
    const outcome = outcomes.get(owners.get(variantId) ?? '');
    if (outcome === undefined || outcome.outcome === 'UNKNOWN') return { variantId, outcome: 'UNKNOWN' };
    if (outcome.outcome === 'FAILED') return { variantId, outcome: 'FAILED', reason: outcome.reason };
    const problem = outcome.variantProblems.find((each) => each.variantId === variantId);
    // It has moved or gone since.
    if (problem?.sku === null) return { variantId, outcome: 'UNKNOWN' };
    if (problem !== undefined) return { variantId, outcome: 'FAILED', reason: problem.reason };
    const isChanged = outcome.changedVariantIds.includes(variantId);
    const { productId, imageProblems } = outcome;
    return { variantId, outcome: isChanged ? 'UPDATED' : 'UNCHANGED', productId, imageProblems };
  });
}

/**
 * Deletes variants, with the pictures that no other variant has. What is said of their products is said anew of those that remain; a product of which none remains is deleted.
 *
 * @returns the ids of those that were there
 */
export async function deleteVariants(
  { db, words }: { readonly db: Kysely<Database>; readonly words: ShopWords },
  variantIds: readonly string[],
): Promise<readonly string[]> {
  checkCount(variantIds.length);
  return retryClashes(() =>
    db.transaction().execute(async (transaction) => {
      const owners = await productsOfVariants(transaction, variantIds).execute();
      const productIds = [...new Set(owners.map(({ product_id }) => product_id))];
      if (productIds.length === 0) return [];
      await lockProducts(transaction, productIds).execute();
      const products = [...(await readStoredProducts(transaction, productIds)).values()];
      const wanted = new Set(variantIds);
      await removeVariants(transaction, words, { products, variantIds: wanted });
      return products.flatMap(({ variants }) => variants.map(({ id }) => id).filter((id) => wanted.has(id)));
    }),
  );
}

function checkCount(variants: number): void {
  if (variants > MAX_PRODUCTS_PER_WRITE) throw badInput('variants', `at most ${MAX_PRODUCTS_PER_WRITE}`, variants);
}
