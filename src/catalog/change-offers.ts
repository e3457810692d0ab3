import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { isSameOffer, type Offer, offerOf, offerRecord, refusedBecause, withPriceBefore } from './variants/offer.ts';
import { variantOffers } from './variants/stored-statements.ts';
import { updateVariantOffers, type VariantOffer } from './variants/variant-statements.ts';
import { retryClashes, writeOrRefuse } from './write-failures.ts';
import { lockProducts } from './write-statements.ts';

/** A variant, and what it costs or how many there are from now on. What is not there stays. */
export interface OfferChange {
  readonly variantId: string;
  /** What it is a variant of. */
  readonly productId: string;
  readonly change: Partial<Offer>;
}

/** UNKNOWN: it has moved or gone. */
export type OfferOutcome =
  | { readonly outcome: 'UPDATED' | 'UNCHANGED' | 'UNKNOWN' }
  | { readonly outcome: 'FAILED'; readonly reason: string };

/** Whether a change is one of price, availability and quantity alone. */
export function isOfferChange(change: object): change is Partial<Offer> {
  return Object.keys(change).every((name) => OFFER_FIELDS.has(name));
}

const OFFER_FIELDS: ReadonlySet<string> = new Set(['price', 'compareAtPrice', 'availability', 'quantity']);

/**
 * Changes what variants cost and how many there are. Nothing else of them is read, and nothing else written but what their products have of it (triggers).
 *
 * @returns what became of each, in the order given
 */
export function changeOffers(db: Kysely<Database>, changes: readonly OfferChange[]): Promise<readonly OfferOutcome[]> {
  return writeOrRefuse<OfferChange, OfferOutcome>(
    changes,
    (some) => retryClashes(() => db.transaction().execute((transaction) => changeInTransaction(transaction, some))),
    (_, reason) => ({ outcome: 'FAILED', reason }),
  );
}

async function changeInTransaction(
  transaction: Transaction<Database>,
  changes: readonly OfferChange[],
): Promise<OfferOutcome[]> {
  await lockProducts(transaction, [...new Set(changes.map(({ productId }) => productId))]).execute();
  const ids = changes.map(({ variantId }) => variantId);
  const stored = new Map((await variantOffers(transaction, ids).execute()).map((row) => [row.id, row]));
  const offers: VariantOffer[] = [];
  const outcomes = changes.map(({ variantId, productId, change }): OfferOutcome => {
    const before = stored.get(variantId);
    if (before?.product_id !== productId) return { outcome: 'UNKNOWN' };
    const offer = offerOf(before);
    const reason = refusedBecause(offer, change);
    if (reason !== undefined) return { outcome: 'FAILED', reason };
    const record = offerRecord(withPriceBefore({ ...offer, ...change }));
    if (isSameOffer(record, before)) return { outcome: 'UNCHANGED' };
    offers.push({ ...record, product_id: productId, id: variantId, content_hash: before.content_hash });
    return { outcome: 'UPDATED' };
  });
  if (offers.length > 0) await updateVariantOffers(transaction, offers).execute();
  return outcomes;
}
