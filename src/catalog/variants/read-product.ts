// A product between what a shop hands in and what is written: its pictures have names and versions, and what was new of them has been read.
import type { ProductInput, VariantInput, VariantRow } from '../product-input.ts';
import { eachText } from '../product-texts.ts';
import type { TakenImage } from '../taken-image.ts';

/** A picture as a product lists it. */
export interface ReadImage {
  /** As in product_image.source. */
  readonly source: string;
  /** What tells a new version without reading it; null where only fetching does. */
  readonly version: string | null;
  readonly taken: TakenImage;
}

/** A row of a feed, or a stored variant as one. */
export interface ReadRow {
  readonly row: VariantRow;
  readonly images: readonly ReadImage[];
  /** Of all that the shop says of it: variantContentHash. */
  readonly contentHash: string;
}

export interface ReadVariant {
  /** Its pictures are beside it. */
  readonly variant: Omit<VariantInput, 'images'>;
  readonly images: readonly ReadImage[];
  /** As in product_variant. */
  readonly contentHash: string;
}

export interface ReadProduct extends Omit<ProductInput, 'images' | 'variants' | 'keptSkus'> {
  /** Those that belong to no variant in particular. */
  readonly images: readonly ReadImage[];
  readonly variants: readonly ReadVariant[];
}

/** A variant of a product as the row of a feed that would say the same; without its pictures. */
export function rowOfVariant(
  product: Omit<ProductInput, 'images' | 'variants'>,
  variant: Omit<VariantInput, 'images'>,
): VariantRow {
  return {
    ...variant,
    groupId: product.groupId,
    title: variant.title ?? product.title,
    ...eachText((name) => product[name]),
    category: product.category,
    furtherCategories: product.furtherCategories,
    link: variant.link ?? product.link,
    images: [],
  };
}
