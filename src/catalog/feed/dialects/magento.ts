import { type FeedFields, type FeedRecord, fieldName } from '../feed-record.ts';
import { datesBetween } from '../values/sale-dates.ts';
import { addValues, type ColumnTable, inherit, isYes, renameFields } from './column-table.ts';
import type { Dialect, DialectEntry, RowMaker } from './dialect.ts';

const COLUMNS: ColumnTable = {
  fields: {
    id: ['sku'],
    title: ['name'],
    description: ['description', 'short_description'],
    price: ['price'],
    sale_price: ['special_price'],
    brand: ['brand', 'manufacturer'],
  },
  dropped:
    /^(?:store_view_code|attribute_set_code|product_type|categories|product_websites|weight|product_online|tax_class_name|visibility|special_price_.*|url_key|meta_.*|.*_image|.*_image_label|.*_images|.*_image_labels|created_at|updated_at|new_(?:from|to)_date|display_.*|map_.*|msrp_.*|gift_message_.*|custom_.*|page_layout|product_options_container|country_of_manufacture|additional_attributes|qty|out_of_stock_qty|use_config_.*|is_qty_decimal|is_in_stock|is_decimal_divided|allow_backorders|min_cart_qty|max_cart_qty|notify_on_stock_below|manage_stock|qty_increments|enable_qty_increments|website_id|related_.*|crosssell_.*|upsell_.*|hide_from_product_page|bundle_.*|grouped_.*|associated_skus|configurable_.*|downloadable_.*|deferred_stock_update)$/,
};

/** What a variant leaves to its configurable product. */
const INHERITED = ['description', 'brand', 'image_link', 'additional_image_link'];

/** Rows that wait for the configurable product that names them: it follows close behind. */
const MAX_WAITING = 10_000;

interface Waiting {
  readonly record: FeedRecord;
  readonly fields: Map<string, string[]>;
}

/** Magento 2 and Adobe Commerce: simple products come before the configurable one whose variants they are. */
export const MAGENTO: Dialect = {
  name: 'Magento 2 product export',
  recognises: ({ names }) =>
    names.has('sku') && names.has('product_type') && (names.has('attribute_set_code') || names.has('product_online')),
  structure: /^(?:sku|product_type|store_view_code|configurable_variations)$/,
  open: createRowMaker,
};

function createRowMaker(): RowMaker {
  const waiting = new Map<string, Waiting>();
  /** Of variants whose configurable product came before them. */
  const parentOf = new Map<string, { readonly sku: string; readonly record: FeedRecord }>();

  function addParent(record: FeedRecord): DialectEntry[] {
    const sku = first(record, 'sku') ?? '';
    const rows = variantSkus(record).flatMap((child): DialectEntry[] => {
      const found = waiting.get(child);
      waiting.delete(child);
      if (!found) parentOf.set(child, { sku, record });
      return found ? [toVariant(found, sku, record)] : [];
    });
    return [...rows, { line: record.line, sku, leftOut: 'the parent of variants' }];
  }

  return {
    add(record) {
      // The words of one store view: a translation of a row before.
      if (record.fields.has('store_view_code') && first(record, 'store_view_code') !== 'default') return [];
      const sku = first(record, 'sku') ?? '';
      if (first(record, 'product_online') === '2') return [{ line: record.line, sku, leftOut: 'not published' }];
      if (first(record, 'product_type') === 'configurable') return addParent(record);
      const fields = toFields(record);
      const parent = parentOf.get(sku);
      if (parent) return [toVariant({ record, fields }, parent.sku, parent.record)];
      const before = waiting.get(sku);
      waiting.set(sku, { record, fields });
      const released = before ?? (waiting.size > MAX_WAITING ? takeFirst(waiting) : undefined);
      return released ? [toAlone(released)] : [];
    },
    end: () => [...waiting.values()].map(toAlone),
  };
}

function takeFirst(waiting: Map<string, Waiting>): Waiting | undefined {
  const [oldest] = waiting;
  if (!oldest) return undefined;
  waiting.delete(oldest[0]);
  return oldest[1];
}

/** One that no configurable product names; unseen by itself, it is no product of the shop. */
function toAlone({ record, fields }: Waiting): DialectEntry {
  const { line } = record;
  const isHidden = first(record, 'visibility')?.toLowerCase() === 'not visible individually';
  if (isHidden) return { line, sku: fields.get('id')?.[0] ?? null, leftOut: 'not published' };
  return { line, fields, ...categoriesOf(record) };
}

function toVariant({ record, fields }: Waiting, group: string, parent: FeedRecord): DialectEntry {
  addValues(fields, 'item_group_id', [group]);
  inherit(fields, toFields(parent), INHERITED);
  const own = categoriesOf(record);
  return { line: record.line, fields, ...(own.category.length > 0 ? own : categoriesOf(parent)) };
}

function toFields(record: FeedRecord): Map<string, string[]> {
  const fields = renameFields(record.fields, COLUMNS);
  for (const [written, value] of keyValues(first(record, 'additional_attributes') ?? '')) {
    const name = fieldName(written);
    if (name === 'has_options' || name === 'required_options') continue;
    const ours = name === 'manufacturer' || name === 'brand' ? 'brand' : name;
    addValues(fields, ours, value.split('|'));
  }
  const dates = datesBetween(first(record, 'special_price_from_date'), first(record, 'special_price_to_date'));
  if (dates !== undefined) fields.set('sale_price_effective_date', [dates]);
  addPictures(fields, 'image_link', [first(record, 'base_image') ?? '']);
  addPictures(fields, 'additional_image_link', (first(record, 'additional_images') ?? '').split(','));
  addValues(fields, 'availability', [availabilityOf(record)]);
  return fields;
}

/** Paths below media/catalog/product are looked for beside the feed. */
function addPictures(fields: Map<string, string[]>, name: string, pictures: readonly string[]): void {
  const there = pictures.map((picture) => picture.trim()).filter((picture) => picture !== 'no_selection');
  addValues(
    fields,
    name,
    there.map((picture) => picture.replace(/^\/(?!\/)/, '')),
  );
}

function availabilityOf(record: FeedRecord): string {
  if (isYes(first(record, 'manage_stock')) === false && isYes(first(record, 'use_config_manage_stock')) !== true)
    return 'in_stock';
  const isThere = isYes(first(record, 'is_in_stock'));
  if (isThere !== undefined) return isThere ? 'in_stock' : 'out_of_stock';
  return Number(first(record, 'qty') ?? 1) > 0 ? 'in_stock' : 'out_of_stock';
}

/** The paths below the root, which is no category. Those on the way to another say nothing that it does not. */
function categoriesOf(record: FeedRecord): { category: readonly string[]; further?: readonly (readonly string[])[] } {
  const paths = (first(record, 'categories') ?? '')
    .split(',')
    .map((path) => path.split('/').map((name) => name.trim()));
  // Exports list the root itself beside the paths below it.
  const alone = paths.length > 1 ? paths.flatMap((path) => (path.length === 1 ? path : [])) : [];
  const roots = new Set(['Default Category', 'Root Catalog', ...alone]);
  const below = paths.map((path) => (roots.has(path[0] ?? '') ? path.slice(1) : path).filter((name) => name !== ''));
  const isAbove = (path: readonly string[]) =>
    below.some((other) => other.length > path.length && path.every((name, i) => name === other[i]));
  const [category = [], ...further] = below.filter((path) => path.length > 0);
  const others = further.filter((path) => !isAbove(path));
  return { category, ...(others.length > 0 && { further: others }) };
}

/** `size=M,pattern="Dots, small"`: a part without a name belongs to the value before. */
function keyValues(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  let isQuoted = false;
  for (const part of text.split(',')) {
    const last = pairs.at(-1);
    const at = part.indexOf('=');
    if (!isQuoted && /^\w+$/.test(part.slice(0, Math.max(at, 0)))) pairs.push([part.slice(0, at), part.slice(at + 1)]);
    else if (last) last[1] += `,${part}`;
    if (part.split('"').length % 2 === 0) isQuoted = !isQuoted;
  }
  return pairs.map(([name, value]) => [name, /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll('""', '"') : value]);
}

/** `sku=JKT-1-M,size=M|sku=JKT-1-L,size=L`. */
function variantSkus(record: FeedRecord): string[] {
  const variations = (first(record, 'configurable_variations') ?? '').split('|');
  return variations.flatMap((variation) => /(?:^|,)sku=([^,]+)/.exec(variation)?.[1]?.trim() ?? []);
}

function first({ fields }: { readonly fields: FeedFields }, name: string): string | undefined {
  return fields.get(name)?.[0];
}
