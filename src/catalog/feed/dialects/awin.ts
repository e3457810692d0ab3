import { type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord } from './dialect.ts';

/** The shop's own id, picture and page go before Awin's, which count clicks; the brand is who makes the product, not the merchant who sells it. */
const COLUMNS: ColumnTable = {
  fields: {
    id: ['merchant_product_id', 'aw_product_id'],
    title: ['product_name'],
    description: ['description', 'product_short_description', 'promotional_text'],
    link: ['merchant_deep_link', 'aw_deep_link'],
    image_link: ['merchant_image_url', 'large_image', 'aw_image_url', 'merchant_thumb_url', 'aw_thumb_url'],
    price: ['search_price', 'store_price', 'display_price'],
    price_before: ['product_price_old'],
    price_currency: ['currency'],
    availability: ['in_stock', 'stock_status'],
    stock: ['stock_quantity'],
    brand: ['brand_name'],
    gtin: ['product_gtin', 'ean', 'upc', 'isbn'],
    mpn: ['mpn', 'product_model'],
    product_type: ['merchant_category', 'merchant_product_category_path', 'category_name'],
    item_group_id: ['parent_product_id'],
    color: ['colour', 'color'],
    condition: ['condition'],
  },
  repeated: [
    [/^alternate_image/, 'additional_image_link'],
    [/^fashion:size$/, 'size'],
    [/^fashion:material$/, 'material'],
    [/^fashion:pattern$/, 'pattern'],
  ],
  dropped:
    /^(?:aw_.*|merchant_.*|category_id|category_name|data_feed_id|delivery_.*|language|last_updated|display_price|base_price.*|rrp_price|saving.*|commission_group|number_available|number_stars|is_for_sale|web_offer|pre_order|valid_.*|terms_of_contract|basket_link|custom_\d|average_rating|rating|reviews|number_of_reviews|alternate_.*|large_image)$/,
};

/** Awin's product data feeds, as publishers get them. */
export const AWIN: Dialect = {
  name: 'Awin product data feed',
  recognises: ({ names }) => names.has('product_name') && (names.has('aw_deep_link') || names.has('aw_product_id')),
  open: () =>
    eachRecord(({ line, fields }) => {
      const row = renameFields(fields, COLUMNS);
      for (const [name, values] of [...row]) {
        // `Fashion:swatch`: a sector's own columns.
        const [, own] = /^fashion:(.+)$/.exec(name) ?? [];
        if (own === undefined) continue;
        row.delete(name);
        if (!row.has(own)) row.set(own, values);
      }
      return [{ line, fields: row }];
    }),
};
