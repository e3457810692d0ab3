import { type FeedRecord, fieldName } from '../feed-record.ts';
import { addValues, type ColumnTable, inherit, isYes, renameFields } from './column-table.ts';
import { type Dialect, type DialectEntry, eachGroup } from './dialect.ts';

/** Of both exports: the older names columns `Product Code/SKU`, the newer `SKU`. */
const COLUMNS: ColumnTable = {
  fields: {
    id: ['product_code/sku', 'sku', 'product_id', 'id'],
    title: ['product_name', 'name'],
    description: ['product_description', 'description'],
    price: ['price', 'default_price'],
    sale_price: ['sale_price'],
    brand: ['brand_name', 'brand'],
    gtin: ['product_upc/ean', 'gtin', 'upc/ean', 'upc', 'global_trade_item_number'],
    mpn: ['manufacturer_part_number', 'mpn'],
    condition: ['product_condition', 'condition'],
  },
  repeated: [
    [/^product_image_(?:url|file)_\d+$/, 'image_link'],
    [/^(?:internal_image_url_\(export\)|image_url_\(import\)|product_image_url)$/, 'image_link'],
  ],
  dropped:
    /^(?:item|item_type|product_type|type|options|inventory_.*|current_stock.*|low_stock.*|cost_price|retail_price|brand_id|channels|categor.*|custom_fields|page_title|product_url|meta_.*|search_keywords|product_custom_fields|product_image_.*|image_.*|internal_image.*|youtube_id|.*shipping.*|product_warranty|.*weight|.*width|.*height|.*depth|allow_purchases.*|product_visible.*|is_visible|product_availability|track_inventory|option_set.*|bin_picking_number|sort_order|product_tax_class|tax_.*|stop_processing_rules|show_product_condition.*|event_date.*|redirect.*|gps_.*|product_id|id|date_.*|brand_\+_name|warranty|availability|minimum_.*|maximum_.*|free_.*|is_featured|views|show_condition|myob_.*)$/,
};

const INHERITED = ['title', 'description', 'brand', 'price', 'sale_price', 'image_link', 'condition'];

/** BigCommerce's exports: a row Product, then a row SKU or Variant each, and rows of further pictures. */
export const BIGCOMMERCE: Dialect = {
  name: 'BigCommerce product export',
  recognises: ({ names }) =>
    (names.has('item_type') && names.has('product_name')) ||
    (names.has('item') &&
      names.has('name') &&
      (names.has('options') || names.has('inventory_tracking') || names.has('is_visible'))),
  structure: /^item(?:_type)?$/,
  open: () => {
    let products = 0;
    return eachGroup((record) => String(kindOf(record) === 'product' ? ++products : products), toRows);
  },
};

function toRows(records: readonly FeedRecord[]): DialectEntry[] {
  const [product, ...others] = records;
  if (!product) return [];
  if (kindOf(product) !== 'product')
    return records.map(({ line }) => ({ line, sku: null, leftOut: 'not a product' as const }));
  const variants = others.filter((record) => kindOf(record) === 'variant');
  const pictures = others.filter((record) => kindOf(record) === 'image');
  const main = renameFields(product.fields, COLUMNS);
  for (const picture of pictures)
    addValues(main, 'image_link', renameFields(picture.fields, COLUMNS).get('image_link') ?? []);
  const id = main.get('id')?.[0] ?? '';
  if (isYes(first(product, 'product_visible?') ?? first(product, 'is_visible')) === false) {
    return [product, ...variants].map(({ line, fields }) => ({
      line,
      sku: renameFields(fields, COLUMNS).get('id')?.[0] ?? id,
      leftOut: 'not published',
    }));
  }
  const categories = categoriesOf(product);
  if (variants.length === 0) {
    addValues(main, 'availability', [availabilityOf(product, product)]);
    return [{ line: product.line, fields: main, ...categories }];
  }
  const rows = variants.map((variant): DialectEntry => {
    const fields = renameFields(variant.fields, COLUMNS);
    // `[S]Color=Red,[RB]Size=M`, in the older export in place of the name.
    const options = /^\[\w+\]/.test(fields.get('title')?.[0] ?? '')
      ? fields.get('title')?.[0]
      : first(variant, 'options');
    if (options === fields.get('title')?.[0]) fields.delete('title');
    for (const [name, value] of optionsOf(options ?? '')) addValues(fields, fieldName(name), [value]);
    inherit(fields, main, INHERITED);
    addValues(fields, 'item_group_id', [id]);
    addValues(fields, 'availability', [availabilityOf(product, variant)]);
    return { line: variant.line, fields, ...categories };
  });
  return [{ line: product.line, sku: id, leftOut: 'the parent of variants' }, ...rows];
}

/** `[S]Color=Red,[RB]Size=M`, or `Type=Dropdown|Name=Color|Value=Red;...`. */
function optionsOf(text: string): [string, string][] {
  return text.split(/[,;]/).flatMap((option) => {
    const parts = new Map(
      option.split('|').map((part) => [part.split('=')[0]?.trim() ?? '', part.split('=')[1]?.trim() ?? '']),
    );
    const name = parts.get('Name');
    if (name !== undefined) return [[name, parts.get('Value') ?? ''] as [string, string]];
    const [own = '', value = ''] = option.replace(/^\s*\[\w+\]/, '').split('=');
    return own.trim() === '' ? [] : [[own, value] as [string, string]];
  });
}

function kindOf(record: FeedRecord): 'product' | 'variant' | 'image' | 'other' {
  const kind = (first(record, 'item_type') ?? first(record, 'item') ?? '').trim().toLowerCase();
  if (kind === 'product' || kind === 'image') return kind;
  return kind === 'variant' || kind === 'sku' ? 'variant' : 'other';
}

function availabilityOf(product: FeedRecord, row: FeedRecord): string {
  if (isYes(first(product, 'allow_purchases?')) === false) return 'out_of_stock';
  const isCounted = !/^(?:none|)$/i.test(
    first(product, 'track_inventory') ?? first(product, 'inventory_tracking') ?? '',
  );
  return isCounted ? (first(row, 'current_stock_level') ?? first(row, 'current_stock') ?? '') : 'in_stock';
}

/** `Category Name: Mugs, Category Path: Kitchen/Mugs|...`, or paths with semicolons between; numbers say nothing without the shop's list. */
function categoriesOf(record: FeedRecord): { category: readonly string[]; further?: readonly (readonly string[])[] } {
  const written = first(record, 'category') ?? first(record, 'categories') ?? first(record, 'category_details') ?? '';
  const named = [...written.matchAll(/Category Path: ([^|;]+)/g)].map(([, path = '']) => path);
  const paths = (named.length > 0 ? named : written.split(';')).filter((path) => !/^\d+$/.test(path.trim()));
  const levels = paths.map((path) =>
    path
      .split(/\/|>/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
  const [category = [], ...further] = levels.filter((path) => path.length > 0);
  return { category, ...(further.length > 0 && { further }) };
}

function first({ fields }: FeedRecord, name: string): string | undefined {
  return fields.get(name)?.[0];
}
