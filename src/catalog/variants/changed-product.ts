import { badInput, show } from '../../errors.ts';
import { variantId } from '../../identifiers.ts';
import { variantContentHash } from '../content-hash.ts';
import { productCategories } from '../product-categories.ts';
import type { ProductChange, VariantChange } from '../product-change.ts';
import type { Attributes } from '../product-input.ts';
import { commonAttributes } from './compose-product.ts';
import { refusedBecause, withPriceBefore } from './offer.ts';
import { type ReadImage, type ReadProduct, type ReadVariant, rowOfVariant } from './read-product.ts';
import { problemOf, type VariantProblem } from './variant-problem.ts';

/** A change whose pictures have been read. */
export interface ReadChange {
  readonly change: ProductChange;
  /** Undefined: they stay. */
  readonly images: readonly ReadImage[] | undefined;
  /** By variant id. */
  readonly variants: ReadonlyMap<string, VariantChange>;
  /** Those that do not stay, by variant id. */
  readonly variantImages: ReadonlyMap<string, readonly ReadImage[]>;
}

/**
 * A product with a change made. Hashes of variants of which something changed, or of whose product, are made anew; the others stay what a feed's row gave them.
 *
 * @param stored - as it is
 * @returns problems are of changes of variants that could not be made
 */
export function changedProduct(
  stored: ReadProduct,
  { change, images, variants, variantImages }: ReadChange,
): { product: ReadProduct; problems: readonly VariantProblem[] } {
  const problems: VariantProblem[] = [];
  const known = new Set(stored.variants.map(({ variant }) => variantId(variant.sku)));
  for (const id of variants.keys())
    if (!known.has(id))
      problems.push({ sku: null, variantId: id, reason: badInput('by', 'a variant of this product', id).message });

  const { attributes: shared, images: _, ...facts } = change;
  const common = commonAttributes(stored.variants.map(({ variant }) => variant.attributes));
  const single = stored.variants.length === 1;
  const { category = stored.category, furtherCategories = stored.furtherCategories } = change;
  const categories = productCategories(category, furtherCategories);
  const product = { ...stored, ...facts, ...categories, images: images ?? stored.images };
  const isOfAll = Object.keys(change).length > 0;

  function changedVariant(before: ReadVariant): ReadVariant {
    const id = variantId(before.variant.sku);
    const own = variants.get(id);
    const reason = own && refusedBecause(before.variant, own);
    if (reason !== undefined) problems.push(problemOf(before.variant.sku, reason));
    const made = reason === undefined ? own : undefined;
    if (made === undefined && !isOfAll) return before;
    const attributes = withAttributes(before.variant.attributes, { common, shared, own: made?.attributes, single });
    // A variant that was called as its product still is.
    const variant = withPriceBefore({ ...before.variant, ...omitImages(made), attributes });
    const title = variant.title === product.title ? null : variant.title;
    const kept = single && images !== undefined ? [] : before.images;
    const listed = (made && variantImages.get(id)) ?? kept;
    const next = { ...variant, title };
    const hashOf = (whole: ReadProduct, { variant: said, images: own }: Omit<ReadVariant, 'contentHash'>) =>
      variantContentHash(rowOfVariant(whole, said), [...own, ...whole.images]);
    const contentHash = hashOf(product, { variant: next, images: listed });
    // What a feed's row said of the product may differ from row to row: where nothing changes, its hash stays.
    return {
      variant: next,
      images: listed,
      contentHash: contentHash === hashOf(stored, before) ? before.contentHash : contentHash,
    };
  }
  return { product: { ...product, variants: stored.variants.map(changedVariant) }, problems };
}

/** Why a changed product cannot have the options that the change names; undefined where it can, and where it names none. */
export function refusedOptions({ options = [] }: ProductChange, { variants }: ReadProduct): string | undefined {
  for (const option of options) {
    const without = variants.find(({ variant }) => !Object.hasOwn(variant.attributes, option));
    if (without === undefined) continue;
    return `options: expected attributes of which each variant has a value, found ${show(option)}, of which ${show(without.variant.sku)} has none`;
  }
  return undefined;
}

function omitImages(change: VariantChange | undefined): Omit<VariantChange, 'images'> {
  const { images: _, ...rest } = change ?? {};
  return rest;
}

function withAttributes(
  before: Attributes,
  p: {
    readonly common: Attributes;
    /** In place of the common ones. */
    readonly shared: Attributes | undefined;
    /** In place of its own. */
    readonly own: Attributes | undefined;
    readonly single: boolean;
  },
): Attributes {
  const { common, shared, own, single } = p;
  if (shared === undefined && own === undefined) return before;
  // Of a single variant all attributes are common, and its own.
  if (single) return { ...shared, ...own };
  const former = Object.entries(before).filter(([name]) => !Object.hasOwn(common, name));
  return { ...(shared ?? common), ...(own ?? Object.fromEntries(former)) };
}
