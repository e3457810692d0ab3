import type { JsonValue } from '../feed-record.ts';
import { mappedFields } from '../mapping.ts';
import { addValues } from './column-table.ts';
import { type Dialect, type DialectEntry, eachRecord } from './dialect.ts';
import { flattenJson, isJsonObject, jsonText, jsonTexts } from './json-fields.ts';
import { type ShopifyProduct, type ShopifyVariant, shopifyRow, splitTags, variantId } from './shopify.ts';

type JsonObject = { readonly [name: string]: JsonValue };

/** Shopify's products.json and its Admin API: products with their variants. */
export const SHOPIFY_JSON: Dialect = {
  name: 'Shopify products.json',
  recognises: ({ header, records }) =>
    header.format.startsWith('JSON') && records.some(({ tree }) => isShopifyProduct(tree as JsonValue | undefined)),
  structure: /^(?:handle|variants)$/,
  open: () => eachRecord(({ line, tree }) => toRows(line, tree as JsonValue)),
};

function isShopifyProduct(tree: JsonValue | undefined): boolean {
  return isJsonObject(tree) && typeof tree.handle === 'string' && Array.isArray(tree.variants);
}

function toRows(line: number, tree: JsonValue): DialectEntry[] {
  if (!isJsonObject(tree)) return [{ line, problem: 'expected a product of Shopify, an object' }];
  const images = objects(tree.images);
  const fields = new Map<string, string[]>();
  const { fields: mapped } = flattenJson(tree);
  addValues(fields, 'description', jsonTexts(tree.body_html));
  addValues(fields, 'brand', jsonTexts(tree.vendor));
  addValues(fields, 'product_type', jsonTexts(tree.product_type));
  const product: ShopifyProduct = {
    handle: jsonText(tree.handle) ?? '',
    title: jsonText(tree.title),
    fields,
    // A list in products.json, one text in the Admin API.
    tags: Array.isArray(tree.tags) ? jsonTexts(tree.tags) : splitTags(jsonText(tree.tags)),
    optionNames: objects(tree.options).map((option) => jsonText(option.name) ?? ''),
    pictures: images.flatMap(({ src }) => jsonTexts(src)),
  };
  const variants = objects(tree.variants).map((variant): ShopifyVariant => {
    const featured = isJsonObject(variant.featured_image)
      ? variant.featured_image
      : images.find(
          ({ id }) => id !== undefined && variant.image_id !== null && String(id) === String(variant.image_id),
        );
    return {
      line,
      sku: jsonText(variant.sku),
      values: [variant.option1, variant.option2, variant.option3].map(jsonText),
      price: jsonText(variant.price),
      priceBefore: jsonText(variant.compare_at_price),
      isAvailable: isAvailable(variant),
      barcode: jsonText(variant.barcode),
      picture: jsonText(featured?.src),
      mapped: mappedFields(mapped),
    };
  });
  const isPublished = (jsonText(tree.status) ?? 'active').toLowerCase() === 'active' && tree.published_at !== null;
  return variants.map((variant) =>
    isPublished
      ? { line, fields: shopifyRow(product, variant, variants.length) }
      : { line, sku: variantId(product, variant, variants.length), leftOut: 'not published' },
  );
}

function isAvailable(variant: JsonObject): boolean {
  if (typeof variant.available === 'boolean') return variant.available;
  const isCounted =
    jsonText(variant.inventory_management) !== undefined && jsonText(variant.inventory_quantity) !== undefined;
  return !isCounted || Number(jsonText(variant.inventory_quantity)) > 0 || variant.inventory_policy === 'continue';
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
