import { type FeedFields, fieldName } from '../feed-record.ts';
import { isMapped } from '../mapping.ts';
import { datesBetween } from '../values/sale-dates.ts';
import { addValues, type ColumnTable, discounted, isYes, renameFields, splitCommas } from './column-table.ts';
import { type Dialect, type DialectEntry, eachRecord } from './dialect.ts';

/** By names without what the headers explain: `Active (0/1)` is `active`, `Reference #` is `reference`. */
const COLUMNS: ColumnTable = {
  fields: {
    // The reference is what the shop knows, the number only the row's.
    id: ['reference', 'product_id', 'id'],
    title: ['name'],
    description: ['description', 'short_description', 'summary'],
    price: [
      'price_tax_included',
      'price_tax_incl',
      'final_price',
      'price',
      'price_tax_excluded_or_price_tax_included',
      'price_tax_excluded',
      'price_tax_excl',
    ],
    brand: ['manufacturer', 'brand'],
    gtin: ['ean13', 'ean_13', 'upc', 'isbn'],
    mpn: ['mpn'],
    image_link: ['image_urls', 'image'],
    condition: ['condition'],
  },
  dropped:
    /^(?:product_id|id|active|status|categories|category|tax_.*|wholesale_price|cost_price|on_sale|discount_.*|supplier.*|width|height|depth|weight|delivery_.*|quantity|minimal_quantity|low_stock.*|receive_.*|visibility|additional_shipping_cost|unity|unit_price.*|tags|meta_.*|url_rewritten|text_when.*|label_when.*|available_for_order|product_.*_date|show_price|image_alt_texts|delete_existing_images|feature.*|available_online_only|customizable|uploadable_files|text_fields|out_of_stock.*|virtual_product|file_url|number_of_.*|expiration_date|id_shop.*|advanced_stock.*|depends_on_stock|warehouse|accessories|position|shop.*)$/,
};

/** PrestaShop's product files, as its importer explains them and its catalogue writes them. */
export const PRESTASHOP: Dialect = {
  name: 'PrestaShop product file',
  recognises: ({ names }) => {
    const plain = new Set([...names].map(plainName));
    const isImport =
      plain.has('active') &&
      plain.has('name') &&
      (plain.has('price_tax_included') || plain.has('price_tax_excluded') || plain.has('image_urls'));
    return (
      isImport ||
      (plain.has('product_id') &&
        plain.has('reference') &&
        (plain.has('price_tax_incl') || plain.has('price_tax_excl')))
    );
  },
  open: () =>
    eachRecord(({ line, fields }) => [
      toRow(line, new Map([...fields].map(([name, values]) => [plainName(name), values]))),
    ]),
};

/** `price_(tax_incl.)` is a name, `categories_(x,y,z...)` an explanation. */
function plainName(name: string): string {
  if (isMapped(name)) return name;
  return name
    .replace(/\((tax[^)]*)\)/, '$1')
    .replace(/\(.*\)/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
}

function toRow(line: number, written: FeedFields): DialectEntry {
  const first = (name: string) => written.get(name)?.[0];
  const fields = renameFields(written, COLUMNS);
  if (isYes(first('active') ?? first('status')) === false) {
    return { line, sku: fields.get('id')?.[0] ?? null, leftOut: 'not published' };
  }
  const price = fields.get('price')?.[0];
  if (price !== undefined) {
    const sale =
      discounted(price, 'amount', first('discount_amount')) ?? discounted(price, 'percent', first('discount_percent'));
    if (sale !== undefined) fields.set('sale_price', [sale]);
    const dates = datesBetween(first('discount_from'), first('discount_to'));
    if (dates !== undefined) fields.set('sale_price_effective_date', [dates]);
  }
  const isForSale = isYes(first('available_for_order')) !== false;
  const quantity = first('quantity');
  addValues(fields, 'availability', [isForSale ? (quantity ?? '') : 'out_of_stock']);
  addValues(fields, 'tags', splitCommas(first('tags') ?? ''));
  for (const feature of splitCommas(first('feature') ?? first('features') ?? '')) {
    const [name = '', value = ''] = feature.split(':');
    if (fieldName(name) !== '') addValues(fields, fieldName(name), [value]);
  }
  // The first is the one that the product is shown under; the others are no path below it.
  const [category = [], ...further] = splitCommas(first('categories') ?? first('category') ?? '').map((path) =>
    path.split('/').map((name) => name.trim()),
  );
  return { line, fields, category, ...(further.length > 0 && { further }) };
}
