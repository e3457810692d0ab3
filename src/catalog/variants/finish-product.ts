import { imageId, productId, variantId } from '../../identifiers.ts';
import { productContentHash } from '../content-hash.ts';
import type { VariantInput } from '../product-input.ts';
import { looksOf, picturesOfLooks } from './product-looks.ts';
import { optionsOf } from './product-options.ts';
import type { ReadImage, ReadProduct } from './read-product.ts';

/** A product as its rows are to be. */
export interface FinishedProduct extends Omit<ReadProduct, 'images' | 'variants' | 'options'> {
  readonly id: string;
  readonly options: readonly string[];
  readonly contentHash: string;
  /** In the shop's order. */
  readonly variants: readonly FinishedVariant[];
  /** In the shop's order. */
  readonly images: readonly PreparedImage[];
}

export interface FinishedVariant extends Omit<VariantInput, 'images'> {
  readonly id: string;
  /** From 0. */
  readonly position: number;
  readonly look: number;
  /** Its own pictures, in the shop's order. */
  readonly imageIds: readonly string[];
  readonly contentHash: string;
}

/** A picture of a product that is to be written. */
export interface PreparedImage extends ReadImage {
  /** As in product_image. */
  readonly id: string;
  readonly position: number;
  /** Null: of no look in particular. */
  readonly looks: readonly number[] | null;
}

/**
 * Says what follows from a product as the shop hands it in: its options, the looks of its variants, and which picture shows which look.
 *
 * @param contentOf - SHA-256 of a picture, by its source, as far as the shop knows it: the same photo under two names is one look
 */
export function finishProduct(
  product: ReadProduct,
  contentOf: (source: string) => string | undefined = () => undefined,
): FinishedProduct {
  const { images: general, variants: read, ...facts } = product;
  const id = productId(product.groupId);
  const own = read.map(({ images }) => distinct(images));
  const options = optionsOfProduct(product);
  const { lookOf } = looksOf(
    options,
    read.map(({ variant }, place) => ({
      attributes: variant.attributes,
      pictures: (own[place] ?? []).map((image) => whatItIs(image, contentOf)),
    })),
  );
  const ids = new Map<string, string>();
  const idOf = (source: string): string => {
    const known = ids.get(source) ?? imageId(id, source);
    ids.set(source, known);
    return known;
  };
  const looked = read.map((_, place) => ({ pictures: own[place] ?? [], look: lookOf[place] ?? 0 }));
  const listed = picturesOfLooks(looked, distinct(general), ({ source }) => source);
  return {
    ...facts,
    id,
    options,
    contentHash: contentHashOf({ ...product, options }),
    variants: read.map(({ variant, contentHash }, position) => ({
      ...variant,
      id: variant.sku === product.groupId ? id : variantId(variant.sku),
      position,
      look: lookOf[position] ?? 0,
      imageIds: (own[position] ?? []).map(({ source }) => idOf(source)),
      contentHash,
    })),
    images: listed.map(({ picture, looks }, position) => ({
      ...picture,
      id: idOf(picture.source),
      position,
      looks,
    })),
  };
}

/** SHA-256 of all that a product is to say, as in product.content_hash. */
export function contentHashOf(product: ReadProduct): string {
  const { images, variants, ...facts } = product;
  return productContentHash(
    { ...facts, options: optionsOfProduct(product) },
    variants.map(({ variant, contentHash }) => ({ sku: variant.sku, title: variant.title, contentHash })),
    images,
  );
}

function optionsOfProduct({ options, variants }: ReadProduct): readonly string[] {
  return options ?? optionsOf(variants.map(({ variant }) => variant.attributes));
}

/** By source: a picture that is listed twice is one picture, at its first place. */
function distinct(images: readonly ReadImage[]): readonly ReadImage[] {
  const bySource = new Map<string, ReadImage>();
  for (const image of images) if (!bySource.has(image.source)) bySource.set(image.source, image);
  return [...bySource.values()];
}

function whatItIs({ source, taken }: ReadImage, contentOf: (source: string) => string | undefined): string {
  return taken.kind === 'kept' ? taken.contentHash : (contentOf(source) ?? source);
}
