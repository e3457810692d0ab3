import { AWIN } from './awin.ts';
import { BIGCOMMERCE } from './bigcommerce.ts';
import type { Dialect, FeedSample } from './dialect.ts';
import { GOOGLE_ADS } from './google-ads.ts';
import { GOOGLE_API } from './google-api.ts';
import { HEUREKA } from './heureka.ts';
import { MAGENTO } from './magento.ts';
import { GOOGLE_XML, PLAIN } from './plain.ts';
import { PRESTASHOP } from './prestashop.ts';
import { SCHEMA_ORG } from './schema-org.ts';
import { SHOPIFY_CSV } from './shopify-csv.ts';
import { SHOPIFY_JSON } from './shopify-json.ts';
import { WIX } from './wix.ts';
import { WOOCOMMERCE } from './woocommerce.ts';
import { YANDEX } from './yandex.ts';

/** In the order in which they are asked; the last takes any feed. */
export const DIALECTS: readonly Dialect[] = [
  YANDEX,
  HEUREKA,
  GOOGLE_XML,
  SCHEMA_ORG,
  SHOPIFY_JSON,
  GOOGLE_API,
  SHOPIFY_CSV,
  WOOCOMMERCE,
  MAGENTO,
  PRESTASHOP,
  WIX,
  BIGCOMMERCE,
  AWIN,
  GOOGLE_ADS,
  PLAIN,
];

/** The dialect of a feed, by its header and first records. */
export function tellDialect(sample: FeedSample): Dialect {
  return DIALECTS.find((dialect) => dialect.recognises(sample)) ?? PLAIN;
}
