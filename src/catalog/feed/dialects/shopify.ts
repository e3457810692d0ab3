import { fieldName } from '../feed-record.ts';
import { addValues, splitCommas } from './column-table.ts';

/** A Shopify product, from whichever of its exports. */
export interface ShopifyProduct {
  readonly handle: string;
  readonly title: string | undefined;
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly tags: readonly string[];
  readonly optionNames: readonly string[];
  readonly pictures: readonly string[];
}

export interface ShopifyVariant {
  readonly line: number;
  readonly sku: string | undefined;
  /** In the order of the options' names. */
  readonly values: readonly (string | undefined)[];
  readonly price: string | undefined;
  readonly priceBefore: string | undefined;
  readonly isAvailable: boolean;
  readonly barcode: string | undefined;
  readonly picture: string | undefined;
  /** What a mapping makes of its own columns. */
  readonly mapped: readonly [string, string[]][];
}

/** What a variant without options has for one. */
const NO_OPTION = { name: 'Title', value: 'Default Title' };

/**
 * A variant as a row. Without an SKU its id is the product's handle, with its options' values where there are several variants: the same from every
 * export of the shop. Its own picture comes first, then the product's others.
 */
export function shopifyRow(product: ShopifyProduct, variant: ShopifyVariant, variants: number): Map<string, string[]> {
  const row = new Map([...product.fields].map(([name, values]) => [name, [...values]]));
  addValues(row, 'id', [variantId(product, variant, variants)]);
  addValues(row, 'title', [product.title ?? '']);
  addValues(row, 'tags', product.tags);
  addValues(row, 'price', [variant.price ?? '']);
  addValues(row, 'price_before', [variant.priceBefore ?? '']);
  addValues(row, 'availability', [variant.isAvailable ? 'in_stock' : 'out_of_stock']);
  // Excel is kept from reading it as a number by an apostrophe.
  addValues(row, 'gtin', [variant.barcode?.replace(/^'/, '') ?? '']);
  addValues(row, 'image_link', [variant.picture ?? '']);
  addValues(row, 'additional_image_link', product.pictures);
  if (variants > 1) addValues(row, 'item_group_id', [product.handle]);
  for (const [name, value] of optionsOf(product, variant)) addValues(row, fieldName(name), [value]);
  for (const [name, values] of variant.mapped) row.set(name, values);
  return row;
}

/** What a row would be called. */
export function variantId(product: ShopifyProduct, variant: ShopifyVariant, variants: number): string {
  if (variant.sku) return variant.sku;
  const values = variants > 1 ? optionsOf(product, variant).map(([, value]) => value) : [];
  return [product.handle, ...values].join('-');
}

export function splitTags(text: string | undefined): readonly string[] {
  return splitCommas(text ?? '');
}

function optionsOf(product: ShopifyProduct, variant: ShopifyVariant): (readonly [string, string])[] {
  return variant.values.flatMap((value, i) => {
    const name = product.optionNames[i] ?? `option${i + 1}`;
    return value === undefined || (name === NO_OPTION.name && value === NO_OPTION.value)
      ? []
      : [[name, value] as const];
  });
}
