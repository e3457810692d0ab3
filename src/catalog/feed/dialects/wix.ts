import { type FeedRecord, fieldName } from '../feed-record.ts';
import { inheritedFields, mappedFields } from '../mapping.ts';
import { plainLine } from '../values/markup.ts';
import { addValues, discounted, isYes } from './column-table.ts';
import { type Dialect, type DialectEntry, eachGroup } from './dialect.ts';

/** Where pictures lie that an export names without an address. */
const MEDIA = 'https://static.wixstatic.com/media/';

/** Wix Stores' export: a row Product and, for products with options that have their own stock, a row Variant each. */
export const WIX: Dialect = {
  name: 'Wix Stores export',
  recognises: ({ names }) => names.has('handle_id') && names.has('field_type'),
  structure: /^(?:handle_id|field_type)$/,
  open: () => eachGroup(({ fields }) => fields.get('handle_id')?.[0], toRows),
};

function toRows(records: readonly FeedRecord[]): DialectEntry[] {
  const product = records.find((record) => first(record, 'field_type')?.toLowerCase() === 'product') ?? records[0];
  if (!product) return [];
  const variants = records.filter((record) => first(record, 'field_type')?.toLowerCase() === 'variant');
  const handle = first(product, 'handle_id') ?? '';
  const id = first(product, 'sku') ?? handle;
  if (isYes(first(product, 'visible')) === false) {
    return [product, ...variants].map(({ line, fields }) => ({
      line,
      sku: fields.get('sku')?.[0] ?? id,
      leftOut: 'not published',
    }));
  }
  if (variants.length === 0) return [{ line: product.line, fields: toRow(product, product, id) }];
  const rows = variants.map((variant): DialectEntry => {
    const values = optionsOf(product, variant).flatMap(([, said]) => said);
    const fields = toRow(product, variant, first(variant, 'sku') ?? [handle, ...values].join('-'));
    addValues(fields, 'item_group_id', [handle]);
    return isYes(first(variant, 'visible')) === false
      ? { line: variant.line, sku: fields.get('id')?.[0] ?? null, leftOut: 'not published' }
      : { line: variant.line, fields };
  });
  return [{ line: product.line, sku: id, leftOut: 'the parent of variants' }, ...rows];
}

function toRow(product: FeedRecord, row: FeedRecord, id: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const add = (name: string, text: string | undefined) => addValues(fields, name, [text ?? '']);
  add('id', id);
  add('title', first(product, 'name'));
  add('description', first(product, 'description'));
  add('brand', first(product, 'brand'));
  for (const collection of (first(product, 'collection') ?? '').split(';')) add('product_type', collection);
  add('availability', first(row, 'inventory') ?? first(product, 'inventory'));
  const price = withSurcharge(first(product, 'price'), row === product ? undefined : first(row, 'surcharge'));
  add('price', price);
  const mode = first(product, 'discount_mode')?.toLowerCase() === 'amount' ? 'amount' : 'percent';
  add('sale_price', price === undefined ? undefined : discounted(price, mode, first(product, 'discount_value')));
  for (const picture of (first(product, 'product_image_url') ?? '').split(';')) {
    const name = picture.trim();
    addValues(fields, 'image_link', [name === '' || name.includes('//') ? name : `${MEDIA}${name}`]);
  }
  for (const [name, values] of optionsOf(product, row)) addValues(fields, fieldName(name), values);
  for (let i = 1; i <= 6; i++) {
    const title = fieldName(plainLine(first(product, `additional_info_title${i}`) ?? ''));
    if (title !== '') add(title, first(product, `additional_info_description${i}`));
  }
  // A variant leaves to the product what it does not say itself.
  for (const [name, values] of [...inheritedFields(product.fields), ...mappedFields(row.fields)])
    fields.set(name, values);
  return fields;
}

/** Options with the row's values; the names stand in the product's row. */
function optionsOf(product: FeedRecord, row: FeedRecord): (readonly [string, string[]])[] {
  return [1, 2, 3, 4, 5, 6].flatMap((i) => {
    const name = first(product, `product_option_name${i}`);
    // A colour is written `#ff0000:Red`.
    const values = (first(row, `product_option_description${i}`) ?? '')
      .split(';')
      .map((value) => value.replace(/^#[0-9a-f]{3,8}:/i, '').trim())
      .filter((value) => value !== '');
    return name === undefined || values.length === 0 ? [] : [[name, values] as const];
  });
}

function withSurcharge(price: string | undefined, surcharge: string | undefined): string | undefined {
  const sum = Number(price) + Number(surcharge ?? 0);
  return price === undefined || surcharge === undefined || Number.isNaN(sum) ? price : sum.toFixed(2);
}

function first({ fields }: FeedRecord, name: string): string | undefined {
  return fields.get(name)?.[0];
}
