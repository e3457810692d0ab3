import type { VariantInput } from '../product-input.ts';
import { eachText } from '../product-texts.ts';
import { offerOf } from './offer.ts';
import { type ReadImage, type ReadProduct, type ReadRow, type ReadVariant, rowOfVariant } from './read-product.ts';
import type { storedProducts } from './stored-statements.ts';

/** A product with its variants and pictures as they are stored. */
export type StoredProduct = Awaited<ReturnType<ReturnType<typeof storedProducts>['execute']>>[number];
export type StoredImage = StoredProduct['images'][number];

/** A stored product as the shop handed it in. */
export function readStored(stored: StoredProduct): ReadProduct {
  const images = imagesById(stored);
  const own = new Set(stored.variants.flatMap(({ image_ids: ids }) => ids));
  return {
    groupId: stored.group_id,
    title: stored.title,
    ...eachText((name) => stored[name]),
    category: stored.category ?? [],
    furtherCategories: stored.further_categories ?? [],
    link: stored.link,
    options: stored.options,
    images: [...images].flatMap(([id, image]) => (own.has(id) ? [] : [image])),
    variants: stored.variants.map((variant) => readVariant(variant, images)),
  };
}

/** The variants of a stored product as the rows of a feed that they came from: what is known of the product stands with each. */
export function rowsOfStored(stored: StoredProduct): ReadRow[] {
  const product = readStored(stored);
  return product.variants.map(({ variant, images, contentHash }) => ({
    row: rowOfVariant(product, variant),
    images,
    contentHash,
  }));
}

/** SHA-256 of a stored picture, by its source. */
export function contentOfStored(stored: StoredProduct | undefined): (source: string) => string | undefined {
  const contents = new Map(stored?.images.map((image) => [image.source, image.content_hash ?? undefined]));
  return (source) => contents.get(source);
}

function readVariant(variant: StoredProduct['variants'][number], images: ReadonlyMap<string, ReadImage>): ReadVariant {
  const read: Omit<VariantInput, 'images'> = {
    sku: variant.sku,
    title: variant.title,
    attributes: variant.attributes,
    ...offerOf(variant),
    gtin: variant.gtin,
    mpn: variant.mpn,
    link: variant.link,
  };
  return {
    variant: read,
    images: variant.image_ids.flatMap((id) => images.get(id) ?? []),
    contentHash: variant.content_hash,
  };
}

function imagesById({ images }: StoredProduct): ReadonlyMap<string, ReadImage> {
  return new Map(images.map((image) => [image.id, imageOfStored(image)]));
}

/** Of a file its version is known before it is read; of a web address what is stored is what its server said later. */
export function imageOfStored(image: StoredImage): ReadImage {
  const { source, source_version: version, content_hash: contentHash, width, height, failure, state } = image;
  return { source, version: source.startsWith('file:') ? version : null, taken: taken() };

  function taken(): ReadImage['taken'] {
    if (contentHash !== null && width !== null && height !== null) return { kind: 'kept', contentHash, width, height };
    return state === 'FAILED' && failure !== null ? { kind: 'failed', reason: failure } : { kind: 'later' };
  }
}
