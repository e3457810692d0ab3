import type { Attributes, Money } from '../catalog/product-input.ts';
import type { Product, ProductImage, ProductVariant } from '../catalog/read-products.ts';
import { bestAvailability } from '../catalog/variants/best-availability.ts';
import type { Loaders } from './loaders.ts';

/** A variant with its product, which says what they have in common. */
export interface VariantOfProduct {
  readonly product: Product;
  readonly variant: ProductVariant;
}

/** What a shopper chooses between, and what there is to choose. */
export interface OfferedOption {
  readonly name: string;
  /** In the shop's order. */
  readonly values: readonly OfferedValue[];
}

interface OfferedValue {
  readonly value: string;
  /** Of the most available variant that has it. */
  readonly availability: ProductVariant['availability'];
  /** Of the first variant that has it. */
  readonly image: ProductImage | null;
}

/** A product's variants in the shop's order. */
export function variantsOf(product: Product): VariantOfProduct[] {
  return product.variants.map((variant) => ({ product, variant }));
}

/** A variant by its id; undefined where there is none. */
export async function loadVariant(
  { product: products, productOfVariant }: Pick<Loaders, 'product' | 'productOfVariant'>,
  id: string,
): Promise<VariantOfProduct | undefined> {
  const productId = await productOfVariant.load(id);
  const product = productId === undefined ? undefined : await products.load(productId);
  const variant = product?.variants.find((one) => one.id === id);
  return product && variant && { product, variant };
}

/** The shop's own title, or the option values; the product's title where there is neither. */
export function titleOf(one: VariantOfProduct): string {
  const values = selectedOptions(one).map(({ value }) => value);
  return one.variant.title ?? (values.length > 0 ? values.join(' / ') : one.product.title);
}

/** The value that a variant has of each option of its product; without those that it has none of. */
export function selectedOptions({ product, variant }: VariantOfProduct): { name: string; value: string }[] {
  return product.options.flatMap((name) => {
    const value = variant.attributes[name]?.[0];
    return value === undefined ? [] : [{ name, value }];
  });
}

/** What a variant has and not all variants of its product have. */
export function ownAttributes({ product, variant }: VariantOfProduct): Attributes {
  const isCommon = (name: string) => product.commonAttributes[name] !== undefined && !product.options.includes(name);
  return Object.fromEntries(Object.entries(variant.attributes).filter(([name]) => !isCommon(name)));
}

/** A variant's own pictures, then those that belong to no look in particular; for a product with one look, all. */
export function picturesOf({ product, variant }: VariantOfProduct): ProductImage[] {
  const own = variant.imageIds.flatMap((id) => product.images.find((image) => image.id === id) ?? []);
  const shared = product.images.filter(({ id, looks }) => looks === null && !variant.imageIds.includes(id));
  return [...own, ...shared];
}

/** The first picture of a variant; null where it has none, nor its product one of no look in particular. */
export function pictureOf(one: VariantOfProduct): ProductImage | null {
  return picturesOf(one)[0] ?? null;
}

/** The options of a product, with the values that its variants have, in the order of these. */
export function optionsOf(product: Product): OfferedOption[] {
  return product.options.map((name) => {
    const byValue = new Map<string, VariantOfProduct[]>();
    for (const one of variantsOf(product)) {
      const value = one.variant.attributes[name]?.[0];
      if (value === undefined) continue;
      byValue.set(value, [...(byValue.get(value) ?? []), one]);
    }
    return { name, values: [...byValue].map(([value, variants]) => optionValue(value, variants)) };
  });
}

function optionValue(value: string, variants: readonly VariantOfProduct[]): OfferedValue {
  const [first] = variants;
  const availability = bestAvailability(variants.map(({ variant }) => variant.availability));
  return { value, availability, image: first === undefined ? null : pictureOf(first) };
}

/**
 * From the cheapest to the dearest variant, of those that can be bought if any can.
 *
 * @param currency - ISO 4217; null: none is known, and nothing has a price
 * @returns null where none has a price in the currency
 */
export function priceRangeOf({ variants }: Product, currency: string | null): { min: Money; max: Money } | null {
  const available = variants.filter(({ availability }) => availability !== 'OUT_OF_STOCK');
  const prices = (available.length > 0 ? available : variants).flatMap(({ price }) =>
    price?.currency === currency ? [price] : [],
  );
  const sorted = prices.toSorted((a, b) => Number(a.amount) - Number(b.amount));
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  return min && max ? { min, max } : null;
}

/** Whether a variant costs less than before. */
export function isOnSale({ price, compareAtPrice }: ProductVariant): boolean {
  return price !== null && compareAtPrice !== null && Number(compareAtPrice.amount) > Number(price.amount);
}
