import type { Availability } from '../database/closed-sets.ts';
import type { ProductTexts } from './product-texts.ts';
import type { TakenImage } from './taken-image.ts';

/** By name; each a list without duplicates. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

/** A product as a shop hands it in, checked (check-product.ts): what a shopper finds, with what can be bought of it. */
export interface ProductInput extends ProductTexts {
  /** The shop's own identifier of the product: a feed's item_group_id, or the sku of its only variant. */
  readonly groupId: string;
  readonly title: string;
  /** The main one: names from the top down; empty: none. */
  readonly category: readonly string[];
  /** Paths of the others that it is in, none of them twice; empty without a main one. */
  readonly furtherCategories: readonly (readonly string[])[];
  readonly link: string | null;
  /** Names of the attributes that a shopper chooses between, in order, at most 8; left out: those that differ among the variants and are needed to tell them apart. */
  readonly options?: readonly string[] | undefined;
  /** Pictures that belong to no variant in particular, in the shop's order. */
  readonly images: readonly ImageInput[];
  /** In the shop's order, 1 to 200, each sku once. */
  readonly variants: readonly VariantInput[];
  /** Of variants that were handed in and refused: they stay as they are. */
  readonly keptSkus?: readonly string[] | undefined;
}

/** What is bought: one combination of option values. */
export interface VariantInput {
  /** The shop's own identifier, unique in the shop. */
  readonly sku: string;
  /** As the shop writes it; null: that of the product. */
  readonly title: string | null;
  /** All that is said of it, what holds for its whole product included. */
  readonly attributes: Attributes;
  readonly price: Money | null;
  /** Before a sale, in the price's currency; null without a price. */
  readonly compareAtPrice: Money | null;
  readonly availability: Availability;
  /** How many there are; null where the shop does not say. */
  readonly quantity: number | null;
  /** Product code: EAN, UPC or ISBN. */
  readonly gtin: string | null;
  /** The maker's part number. */
  readonly mpn: string | null;
  readonly link: string | null;
  /** Its own pictures in the shop's order; the first is the main one. What several variants list is one picture. */
  readonly images: readonly ImageInput[];
}

/** A row of a feed: one variant with all that the shop says of its product. */
export interface VariantRow extends VariantInput, ProductTexts {
  /** The product that it is a variant of; null: it is its product's only one. */
  readonly groupId: string | null;
  readonly title: string;
  /** The main one: names from the top down; empty: none. */
  readonly category: readonly string[];
  /** Paths of the others that its product is in. */
  readonly furtherCategories: readonly (readonly string[])[];
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
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** One that the shop has already, by what its row in product_image says. */
  | { readonly kind: 'stored'; readonly source: string; readonly version: string | null; readonly taken: TakenImage };
