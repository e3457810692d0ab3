import { fieldName, type XmlElement } from '../feed-record.ts';
import { splitLevels } from '../values/category.ts';
import { addValues, type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord, type FeedRow } from './dialect.ts';

/** PRODUCTNAME is the name, PRODUCT the same with advertising; PRICE_VAT is what is paid. */
const COLUMNS: ColumnTable = {
  fields: {
    id: ['item_id'],
    title: ['productname', 'product_name', 'product', 'name'],
    description: ['description'],
    link: ['url'],
    image_link: ['imgurl', 'img_url'],
    price: ['price_vat', 'price'],
    price_before: ['price_before_discount', 'list_price', 'standard_price_vat'],
    price_currency: ['currency'],
    brand: ['manufacturer', 'brand'],
    gtin: ['ean', 'isbn'],
    mpn: ['productno'],
    item_group_id: ['itemgroup_id', 'item_group_id'],
  },
  repeated: [[/^imgurl_alternative$/, 'additional_image_link']],
  dropped:
    /^(?:param|delivery.*|vat|categorytext|category_id|categoryid|heureka_cpc|max_cpc.*|search_max_cpc|cpc|item_type|extra_message|video_url|accessory|gift.*|special_service|sales_voucher|extended_warranty|custom_label_\d|shop_depots|visibility|warranty|ean_.*|dues|unfeatured|erotic|length|length_.*)$/,
};

/** Roots of the sites' own lists; no categories of the shop. */
const ROOT = /^(?:heureka\.(?:cz|sk)|zbozi\.cz|zboží\.cz|glami\.\w+)$/i;

/** Heureka and Zbozi.cz, and what others in their countries take over from them. */
export const HEUREKA: Dialect = {
  name: 'Heureka or Zbozi.cz XML',
  recognises: ({ header }) => header.format === 'XML' && /(?:^|\/)shop_?item$/i.test(header.root),
  open: () =>
    eachRecord(({ line, fields, tree }) => [toRow(line, renameFields(fields, COLUMNS), fields, tree as XmlElement)]),
};

function toRow(
  line: number,
  row: Map<string, string[]>,
  written: ReadonlyMap<string, readonly string[]>,
  item: XmlElement,
): FeedRow {
  const days = written.get('delivery_date')?.[0];
  if (days !== undefined) addValues(row, 'availability', [availabilityOf(days)]);
  for (const param of item.children.filter(({ name }) => name === 'param')) {
    const text = (name: string) => param.children.find((child) => child.name === name)?.text ?? '';
    const name = fieldName(text('param_name'));
    if (name !== '') addValues(row, name, [text('val')]);
  }
  const levels = splitLevels(written.get('categorytext')?.[0] ?? '', '|');
  return { line, fields: row, category: ROOT.test(levels[0] ?? '') ? levels.slice(1) : levels };
}

/** A number of days until it is sent, 0 when it lies there; or the date from which it can be had. */
function availabilityOf(text: string): string {
  const days = Number(text);
  if (!Number.isNaN(days)) return days === 0 ? 'in_stock' : days > 0 ? 'backorder' : 'out_of_stock';
  const date = Date.parse(text);
  if (Number.isNaN(date)) return text;
  return date > Date.now() ? 'preorder' : 'in_stock';
}
