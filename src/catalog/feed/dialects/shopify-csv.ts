import type { FeedRecord } from '../feed-record.ts';
import { inheritedFields, isMapped, mappedFields } from '../mapping.ts';
import { type ColumnTable, isYes, renameFields } from './column-table.ts';
import { type Dialect, type DialectEntry, eachGroup } from './dialect.ts';
import { type ShopifyProduct, type ShopifyVariant, shopifyRow, splitTags, variantId } from './shopify.ts';

/** Of the product's first row. The shop's own type goes before Shopify's category, as product_type does before google_product_category. */
const COLUMNS: ColumnTable = {
  fields: {
    description: ['body_(html)', 'description'],
    brand: ['vendor'],
    product_type: [
      'type',
      'custom_product_type',
      'product_category',
      'standard_product_type',
      'google_shopping_/_google_product_category',
    ],
    gender: ['google_shopping_/_gender'],
    age_group: ['google_shopping_/_age_group'],
    mpn: ['google_shopping_/_mpn'],
    condition: ['google_shopping_/_condition'],
  },
  dropped:
    /^(?:handle|url_handle|title|tags|published(?:_.*)?|status|variant_.*|option\d.*|image_.*|gift_card|seo_.*|google_shopping_.*|cost_per_item|included_\/.*|price_\/.*|compare_at_price_\/.*|unit_price_.*|sku|barcode|price|compare_at_price|inventory_.*|continue_selling_.*|weight_.*|requires_shipping|fulfillment_service|charge_tax|tax_code|product_image_.*|collection|.*\(product\.metafields\.(?:mm-google|google|seo|reviews).*)$/,
};

/** Shopify's export of products: a row each variant, and a row each further picture, with the product's own words in the first. */
export const SHOPIFY_CSV: Dialect = {
  name: 'Shopify product export',
  recognises: ({ names }) =>
    (names.has('handle') || names.has('url_handle')) && (names.has('variant_price') || names.has('variant_sku')),
  structure: /^(?:url_)?handle$/,
  open: () => eachGroup((record) => handleOf(record), toRows),
};

function handleOf(record: FeedRecord): string | undefined {
  return record.fields.get('handle')?.[0] ?? record.fields.get('url_handle')?.[0];
}

function toRows(records: readonly FeedRecord[]): DialectEntry[] {
  const [main] = records;
  if (!main) return [];
  const first = (record: FeedRecord, name: string) => record.fields.get(name)?.[0];
  const product: ShopifyProduct = {
    handle: handleOf(main) ?? '',
    title: first(main, 'title'),
    fields: ownFields(main),
    tags: splitTags(first(main, 'tags')),
    optionNames: [1, 2, 3].map((place) => first(main, `option${place}_name`) ?? `option${place}`),
    pictures: records.flatMap((record) => first(record, 'image_src') ?? []),
  };
  const variants = records.filter(isVariant).map(
    (record): ShopifyVariant => ({
      line: record.line,
      sku: first(record, 'variant_sku'),
      values: [1, 2, 3].map((place) => first(record, `option${place}_value`)),
      price: first(record, 'variant_price'),
      priceBefore: first(record, 'variant_compare_at_price'),
      isAvailable: isAvailable(record),
      barcode: first(record, 'variant_barcode'),
      picture: first(record, 'variant_image'),
      mapped: mappedFields(record.fields),
    }),
  );
  const isPublished =
    isYes(first(main, 'published')) !== false && (first(main, 'status') ?? 'active').toLowerCase() === 'active';
  return variants.map((variant) =>
    isPublished
      ? { line: variant.line, fields: shopifyRow(product, variant, variants.length) }
      : { line: variant.line, sku: variantId(product, variant, variants.length), leftOut: 'not published' },
  );
}

/** Names of metafields without where they are kept: `Fabric (product.metafields.custom.fabric)`. */
function ownFields({ fields }: FeedRecord): Map<string, string[]> {
  const named = [...renameFields(fields, COLUMNS)].filter(([name]) => !isMapped(name));
  return new Map([
    ...named.map(([name, values]) => [name.replace(/_?\(product\.metafields\..*\)$/, ''), values] as const),
    ...inheritedFields(fields),
  ]);
}

function isVariant({ fields }: FeedRecord): boolean {
  return ['variant_sku', 'option1_value', 'variant_price', 'title'].some((name) => fields.has(name));
}

/** Sold out with the policy `continue` can still be bought; without a tracker or a number, stock is not counted. */
function isAvailable({ fields }: FeedRecord): boolean {
  const quantity = fields.get('variant_inventory_qty')?.[0];
  const isCounted = fields.has('variant_inventory_tracker') && quantity !== undefined;
  return (
    !isCounted || Number(quantity) > 0 || fields.get('variant_inventory_policy')?.[0]?.toLowerCase() === 'continue'
  );
}
