import type { Availability } from '../../database/closed-sets.ts';
import { badInput } from '../../errors.ts';
import type { VariantInput } from '../product-input.ts';

/** What a variant costs and how many there are: what changes a thousand times more often than all else that a shop says of it. */
export type Offer = Pick<VariantInput, 'price' | 'compareAtPrice' | 'availability' | 'quantity'>;

/** An offer as product_variant has it. */
export interface OfferRecord {
  /** As the shop writes it: an exact decimal. */
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly compare_at_amount: string | null;
  readonly availability: Availability;
  readonly quantity: number | null;
}

export function offerRecord({ price, compareAtPrice, availability, quantity }: Offer): OfferRecord {
  return {
    price_amount: price?.amount ?? null,
    price_currency: price?.currency ?? null,
    compare_at_amount: compareAtPrice?.amount ?? null,
    availability,
    quantity,
  };
}

export function offerOf(record: OfferRecord): Offer {
  const { price_currency: currency, availability, quantity } = record;
  const money = (amount: string | null) => (amount === null || currency === null ? null : { amount, currency });
  return { price: money(record.price_amount), compareAtPrice: money(record.compare_at_amount), availability, quantity };
}

/** Digit by digit: 12.9 and 12.90 are shown differently. */
export function isSameOffer(some: OfferRecord, other: OfferRecord): boolean {
  return (
    some.price_amount === other.price_amount &&
    some.price_currency === other.price_currency &&
    some.compare_at_amount === other.compare_at_amount &&
    some.availability === other.availability &&
    some.quantity === other.quantity
  );
}

/** A price before that is stored goes with the price or the currency that it was beside. */
export function withPriceBefore<Variant extends Offer>(variant: Variant): Variant {
  const { price, compareAtPrice } = variant;
  return compareAtPrice !== null && compareAtPrice.currency !== price?.currency
    ? { ...variant, compareAtPrice: null }
    : variant;
}

/** Why a change cannot be made of what is stored; undefined where it can. */
export function refusedBecause(stored: Offer, change: Partial<Offer>): string | undefined {
  const { compareAtPrice } = change;
  const price = change.price === undefined ? stored.price : change.price;
  if (!compareAtPrice || compareAtPrice.currency === price?.currency) return undefined;
  const expected = price === null ? 'a price beside it' : `the currency of the price, ${price.currency}`;
  return badInput('compareAtPrice.currency', expected, compareAtPrice.currency).message;
}
