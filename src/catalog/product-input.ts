import type { Availability } from '../database/closed-sets.ts';
import type { ProductTexts } from './product-texts.ts';

/** A product as a shop hands it in, checked (see check-product.ts). */
export interface ProductInput extends ProductTexts {
  readonly sku: string;
  readonly title: string;
  /** Names from the top down; empty: none. */
  readonly category: readonly string[];
  readonly price: Money | null;
  /** Before a sale, in the price's currency; null without a price. */
  readonly compareAtPrice: Money | null;
  readonly availability: Availability;
  /** By name; each a list without duplicates. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly link: string | null;
  /** In the shop's order; the first is the main one. */
  readonly images: readonly ImageInput[];
}

export interface Money {
  /** Exact, as text: "12.90". */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** Where a picture of a product comes from. */
export type ImageInput =
  /** A web address, fetched later through the guard of fetch-image.ts. */
  | { readonly kind: 'url'; readonly url: string }
  /** A file of the feed: its path as the feed writes it, and where that is. */
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  /** Bytes that came with the request or an upload. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
