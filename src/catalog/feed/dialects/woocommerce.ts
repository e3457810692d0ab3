import { type FeedFields, type FeedRecord, fieldName } from '../feed-record.ts';
import { splitLevels } from '../values/category.ts';
import { datesBetween } from '../values/sale-dates.ts';
import { addValues, type ColumnTable, inherit, renameFields, splitCommas } from './column-table.ts';
import type { Dialect, DialectEntry, RowMaker } from './dialect.ts';

const COLUMNS: ColumnTable = {
  fields: {
    id: ['sku', 'id'],
    title: ['name'],
    description: ['description', 'short_description'],
    price: ['regular_price'],
    sale_price: ['sale_price'],
    availability: ['in_stock?'],
    gtin: ['gtin,_upc,_ean,_or_isbn'],
    link: ['external_url'],
  },
  dropped:
    /^(?:type|published|is_featured\?|visibility_in_catalog|date_sale_.*|tax_.*|stock|low_stock_amount|backorders_allowed\?|sold_individually\?|weight_\(.*|length_\(.*|width_\(.*|height_\(.*|allow_customer_reviews\?|purchase_note|categories|tags|shipping_class|images|brands|download.*|parent|grouped_products|upsells|cross_sells|button_text|position|attribute_\d+_.*|meta:.*|swatches_attributes|menu_order)$/,
};

/** What a variation leaves to its parent. */
const INHERITED = ['description', 'brand', 'image_link', 'tags', 'link'];

interface Parent {
  readonly sku: string;
  readonly isPublished: boolean;
  readonly fields: FeedFields;
  readonly categories: Categories;
}

/** The one that it is shown under first. */
type Categories = readonly (readonly string[])[];

/** WooCommerce's own export: variations name their parent by SKU or by `id:501`, and take over what they lack. */
export const WOOCOMMERCE: Dialect = {
  name: 'WooCommerce product export',
  recognises: ({ names }) =>
    names.has('regular_price') && names.has('type') && (names.has('published') || names.has('in_stock?')),
  structure: /^(?:type|parent|id)$/,
  open: createRowMaker,
};

function createRowMaker(): RowMaker {
  const parents = new Map<string, Parent>();
  /** Variations whose parent has not come yet, by what they call it. */
  const waiting = new Map<string, FeedRecord[]>();

  function addParent(record: FeedRecord): DialectEntry[] {
    const fields = toFields(record);
    const sku = fields.get('id')?.[0] ?? '';
    const parent: Parent = { sku, isPublished: isPublished(record), fields, categories: categoriesOf(record) ?? [] };
    const names = [sku, `id:${first(record, 'id')}`];
    for (const name of names) parents.set(name, parent);
    const rows = names.flatMap((name) => (waiting.get(name) ?? []).map((variation) => toVariation(variation, parent)));
    for (const name of names) waiting.delete(name);
    return [
      { line: record.line, sku, leftOut: parent.isPublished ? 'the parent of variants' : 'not published' },
      ...rows,
    ];
  }

  return {
    add(record) {
      const types = splitCommas(first(record, 'type')?.toLowerCase() ?? '');
      if (types.includes('variable')) return addParent(record);
      const name = first(record, 'parent');
      if (!types.includes('variation') || name === undefined)
        return [toRow(record, toFields(record), categoriesOf(record))];
      const parent = parents.get(name);
      if (parent) return [toVariation(record, parent)];
      waiting.set(name, [...(waiting.get(name) ?? []), record]);
      return [];
    },
    end: () =>
      [...waiting].flatMap(([name, variations]) =>
        variations.map((record) => {
          const fields = toFields(record);
          addValues(fields, 'item_group_id', [name.replace(/^id:/, '')]);
          return toRow(record, fields, categoriesOf(record));
        }),
      ),
  };
}

function toVariation(record: FeedRecord, parent: Parent): DialectEntry {
  const fields = toFields(record);
  addValues(fields, 'item_group_id', [parent.sku]);
  inherit(fields, parent.fields, INHERITED);
  return toRow(record, fields, categoriesOf(record) ?? parent.categories, parent.isPublished);
}

function toRow(
  record: FeedRecord,
  fields: FeedFields,
  [category = [], ...further]: Categories = [],
  isParentPublished = true,
): DialectEntry {
  return isPublished(record) && isParentPublished
    ? { line: record.line, fields, category, ...(further.length > 0 && { further }) }
    : { line: record.line, sku: fields.get('id')?.[0] ?? null, leftOut: 'not published' };
}

function toFields(record: FeedRecord): Map<string, string[]> {
  const fields = renameFields(record.fields, COLUMNS);
  // Line ends are written \n.
  for (const name of ['description', 'title']) {
    const texts = fields.get(name);
    if (texts)
      fields.set(
        name,
        texts.map((text) => text.replaceAll('\\n', '\n')),
      );
  }
  const dates = datesBetween(first(record, 'date_sale_price_starts'), first(record, 'date_sale_price_ends'));
  if (dates !== undefined) fields.set('sale_price_effective_date', [dates]);
  addValues(fields, 'image_link', [first(record, 'images') ?? '']);
  addValues(fields, 'brand', splitCommas(first(record, 'brands') ?? '').slice(0, 1));
  addValues(fields, 'tags', splitCommas(first(record, 'tags') ?? ''));
  for (let i = 1; record.fields.has(`attribute_${i}_name`); i++) {
    const name = fieldName(first(record, `attribute_${i}_name`) ?? '');
    addValues(fields, name, splitCommas(first(record, `attribute_${i}_value(s)`) ?? ''));
  }
  return fields;
}

/** `A > B, C > D`; undefined where nothing is said. */
function categoriesOf(record: FeedRecord): Categories | undefined {
  const paths = splitCommas(first(record, 'categories') ?? '').map((path) => splitLevels(path, '>'));
  return paths.length === 0 ? undefined : paths;
}

/** 1; 0 is private, -1 a draft. */
function isPublished(record: FeedRecord): boolean {
  return (
    !['0', '-1'].includes(first(record, 'published') ?? '1') && first(record, 'visibility_in_catalog') !== 'hidden'
  );
}

function first({ fields }: FeedRecord, name: string): string | undefined {
  return fields.get(name)?.[0];
}
