import { type FeedHeader, type FeedTableRow, fieldName, type XmlElement } from '../feed-record.ts';
import { plainLine } from '../values/markup.ts';
import { addValues, type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord, type FeedRow } from './dialect.ts';

const COLUMNS: ColumnTable = {
  fields: {
    title: ['name', 'title'],
    description: ['description'],
    link: ['url'],
    price: ['price'],
    price_before: ['oldprice'],
    price_currency: ['currency_id'],
    brand: ['vendor'],
    gtin: ['barcode'],
    mpn: ['vendor_code', 'vendorcode'],
  },
  repeated: [[/^picture$/, 'image_link']],
  dropped:
    /^(?:param|category_id|store|pickup|delivery.*|sales_notes|cpa|bid|cbid|fee|manufacturer_warranty|type_prefix|typeprefix|model|count|min_quantity|step_quantity|market_category|market_sku|shop_sku|dimensions|weight|rec|video|available|id|group_id|type|vat|enable_auto_discounts|purchase_price|downloadable|expiry|outlets)$/,
};

/** Yandex Market's YML. */
export const YANDEX: Dialect = {
  name: 'Yandex Market YML',
  recognises: ({ header }) =>
    header.format === 'XML' && /(?:^|\/)offer$/i.test(header.root) && /yml_catalog/i.test(header.root),
  open: ({ header }) => {
    const paths = categoryPaths(header);
    return eachRecord(({ line, fields, tree }) => [
      toRow(line, renameFields(fields, COLUMNS), tree as XmlElement, paths),
    ]);
  },
};

function toRow(
  line: number,
  row: Map<string, string[]>,
  offer: XmlElement,
  paths: (id: string) => readonly string[],
): FeedRow {
  const { id = '', available, group_id: group = '' } = offer.attributes;
  const texts = (name: string) => offer.children.filter((child) => child.name === name).map(({ text }) => text);
  addValues(row, 'id', [id]);
  addValues(row, 'item_group_id', [group]);
  if (available !== undefined) addValues(row, 'availability', [available]);
  if (!row.has('title')) {
    // vendor.model: Yandex itself puts these together.
    const parts = ['type_prefix', 'typeprefix', 'vendor', 'model'].flatMap((name) => texts(name).slice(0, 1));
    addValues(row, 'title', [parts.join(' ')]);
  }
  for (const param of offer.children.filter(({ name }) => name === 'param')) {
    const { name = '', unit } = param.attributes;
    if (fieldName(name) !== '') addValues(row, fieldName(name), [unit ? `${param.text} ${unit}` : param.text]);
  }
  const [categoryId = ''] = [...texts('category_id'), ...texts('categoryid')];
  return { line, fields: row, category: paths(categoryId) };
}

/** Paths from the top down, by the id of a category. */
function categoryPaths(header: FeedHeader): (id: string) => readonly string[] {
  const rows = new Map((header.tables.get('category') ?? []).map((row) => [row.attributes.id ?? '', row]));
  return (id) => {
    // In the order from the bottom up, each once: a shop's list may go round in circles.
    const path = new Set<FeedTableRow>();
    for (let next = rows.get(id); next && !path.has(next); next = rows.get(next.attributes.parent_id ?? ''))
      path.add(next);
    return [...path].reverse().map(({ text }) => plainLine(text));
  };
}
