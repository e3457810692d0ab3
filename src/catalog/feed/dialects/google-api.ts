import type { JsonValue } from '../feed-record.ts';
import { type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord } from './dialect.ts';
import { flattenJson, isJsonObject } from './json-fields.ts';
import { PLAIN_COLUMNS } from './plain.ts';

/** The offer is what the shop calls the product; the resource name and all beside the attributes only say where Google keeps it. */
const COLUMNS: ColumnTable = {
  ...PLAIN_COLUMNS,
  fields: { ...PLAIN_COLUMNS.fields, id: ['offer_id'] },
  dropped: new RegExp(
    `${PLAIN_COLUMNS.dropped?.source}|^(?:id|name|kind|channel|source|content_language|feed_label|target_country|data_source|product_status|version_number|legacy_local|base64_encoded_name|base64_encoded_offer|automated_discounts|identifier_exists)$`,
  ),
};

/** Google's Merchant API and Content API: a list of products with an offerId, the attributes beside it or in an object of their own. */
export const GOOGLE_API: Dialect = {
  name: 'Google Merchant API',
  recognises: ({ header, names }) => header.format.startsWith('JSON') && names.has('offer_id') && !names.has('sku'),
  structure: /^(?:product_?)?attributes$/,
  open: () =>
    eachRecord(({ line, tree }) => {
      const { attributes, productAttributes, ...beside } = isJsonObject(tree as JsonValue)
        ? (tree as { readonly [name: string]: JsonValue })
        : {};
      const inner = [productAttributes, attributes].find(isJsonObject) ?? {};
      // The resource's name is no title.
      const { name, ...rest } = beside;
      const { fields } = flattenJson({ ...rest, ...(inner as object) });
      return [{ line, fields: renameFields(fields, COLUMNS) }];
    }),
};
