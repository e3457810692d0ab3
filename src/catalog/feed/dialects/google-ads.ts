import { type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord } from './dialect.ts';

const COLUMNS: ColumnTable = {
  fields: {
    id: ['id'],
    title: ['item_title'],
    link: ['final_url'],
    image_link: ['image_url'],
    description: ['item_description'],
    product_type: ['item_category'],
    price: ['price', 'formatted_price'],
    sale_price: ['sale_price', 'formatted_sale_price'],
  },
  dropped:
    /^(?:id2|contextual_keywords|item_address|tracking_template|custom_parameter|final_mobile_url|final_url_suffix|.*_app_(?:link|id|url)|similar_ids|item_ids)$/,
};

/** Google Ads, dynamic remarketing of a custom business. */
export const GOOGLE_ADS: Dialect = {
  name: 'Google Ads dynamic remarketing',
  recognises: ({ names }) => names.has('item_title') && names.has('final_url'),
  open: () => eachRecord(({ line, fields }) => [{ line, fields: renameFields(fields, COLUMNS) }]),
};
