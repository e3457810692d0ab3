import type { JsonValue } from '../feed-record.ts';
import { addValues, type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, type DialectEntry, eachRecord } from './dialect.ts';
import { flattenJson, isJsonObject, jsonText, jsonTexts } from './json-fields.ts';

type JsonObject = { readonly [name: string]: JsonValue };

const COLUMNS: ColumnTable = {
  fields: {
    id: ['sku', 'product_id', 'identifier', '@id', 'mpn'],
    title: ['name'],
    description: ['description'],
    link: ['url'],
    image_link: ['image'],
    brand: ['brand', 'manufacturer'],
    gtin: ['gtin', 'gtin13', 'gtin14', 'gtin12', 'gtin8'],
    mpn: ['mpn'],
    product_type: ['category'],
    condition: ['item_condition'],
    item_group_id: ['inproductgroupwithid', 'in_product_group_with_id'],
  },
  dropped:
    /^(?:@.*|offers|aggregate_rating|reviews?|is_variant_of|has_variant|varies_by|product_group_id|weight|width|height|depth|main_entity.*|has_merchant_.*|is_(?:related|similar)_to|keywords|logo|award|position|potential_action)$/,
};

/** Products in schema.org's words as JSON-LD: alone, in an ItemList, a @graph, or as variants of a ProductGroup. */
export const SCHEMA_ORG: Dialect = {
  name: 'schema.org JSON-LD',
  recognises: ({ header, records }) =>
    header.format.startsWith('JSON') &&
    records.some(({ tree }) => typeOf(unwrapped(tree as JsonValue | undefined)) !== undefined),
  open: () => eachRecord(({ line, tree }) => toRows(line, unwrapped(tree as JsonValue))),
};

function toRows(line: number, node: JsonValue | undefined): DialectEntry[] {
  if (!isJsonObject(node)) return [{ line, sku: null, leftOut: 'not a product' }];
  const type = typeOf(node);
  if (type === 'ProductGroup') {
    const { hasVariant, ...group } = node;
    const variants = (Array.isArray(hasVariant) ? hasVariant : [hasVariant]).filter(isJsonObject);
    const id = jsonText(node.productGroupID) ?? jsonText(node.sku) ?? '';
    return variants.map((variant) => {
      const fields = toFields({ ...group, sku: null, offers: group.offers ?? null, ...variant });
      addValues(fields, 'item_group_id', [id]);
      return { line, fields };
    });
  }
  if (type === undefined || type === 'other') return [{ line, sku: null, leftOut: 'not a product' }];
  return [{ line, fields: toFields(node) }];
}

function toFields(node: JsonObject): Map<string, string[]> {
  const { offers, ...product } = node;
  const fields = renameFields(flattenJson(product).fields, COLUMNS);
  const [offer] = (Array.isArray(offers) ? offers : [offers]).filter(isJsonObject);
  if (!offer) return fields;
  const inner =
    isJsonObject(offer.offers) || Array.isArray(offer.offers) ? [offer.offers].flat().find(isJsonObject) : undefined;
  const specified = [offer.priceSpecification ?? null].flat().find(isJsonObject);
  // Of several offers the lowest price, the one that the product can be had for.
  addValues(fields, 'price', [jsonText(offer.price ?? offer.lowPrice ?? specified?.price ?? inner?.price) ?? '']);
  addValues(fields, 'price_currency', [
    jsonText(offer.priceCurrency ?? specified?.priceCurrency ?? inner?.priceCurrency) ?? '',
  ]);
  addValues(fields, 'availability', [jsonText(offer.availability ?? inner?.availability) ?? '']);
  if (!fields.has('link')) addValues(fields, 'link', jsonTexts(offer.url).slice(0, 1));
  return fields;
}

/** The item of an ItemList's element. */
function unwrapped(node: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(node) && isJsonObject(node.item) && !('sku' in node) ? node.item : node;
}

/** undefined: no JSON-LD. */
function typeOf(node: JsonValue | undefined): 'Product' | 'ProductGroup' | 'other' | undefined {
  if (!isJsonObject(node) || node['@type'] === undefined) return undefined;
  const types = jsonTexts(node['@type']).map((type) => type.replace(/^.*[/:]/, ''));
  if (types.includes('ProductGroup') && node.hasVariant !== undefined) return 'ProductGroup';
  return types.some((type) =>
    /^(?:Product|ProductGroup|ProductModel|IndividualProduct|SomeProducts|Vehicle|Car|Book)$/.test(type),
  )
    ? 'Product'
    : 'other';
}
