import type { RawAttribute, RawProduct } from '../check-product.ts';
import { eachText, TEXT_NAMES } from '../product-texts.ts';
import type { FeedFields } from './feed-record.ts';
import { parseAvailability, parsePrice, parseProductType, splitBySlash, splitLinks } from './feed-values.ts';

/** A feed's product before its picture links are looked up. */
export interface FeedProduct {
  readonly raw: RawProduct;
  /** Web addresses or names of files, as the feed writes them, the main picture first; each once. */
  readonly pictureLinks: readonly string[];
}

/** Columns with a place of their own in a product. */
const PRODUCT_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'title',
  ...TEXT_NAMES,
  'product_type',
  'price',
  'availability',
  'link',
  'image_link',
  'additional_image_link',
]);

/** Columns that speak to Google and not to shoppers: addresses for advertising and what an order costs besides. Nobody filters by them. */
const DROPPED_COLUMN =
  /^(mobile_link|canonical_link|ads_.*|.*_image_link|virtual_model_link|link_template|mobile_link_template|checkout_link_template|shipping(_.*)?|ships_from_country|tax(_.*)?|custom_label_\d|excluded_destination|included_destination|pause)$/;

const SLASH_SEPARATED: ReadonlySet<string> = new Set(['color', 'material']);

/**
 * Makes a product of a feed's columns. `price` is the regular price: a sale begins and ends at a time of day when no import runs, so
 * `sale_price` stays an attribute. Columns that have no place in a product become attributes, but for those meant for advertising.
 *
 * @throws AppError BAD_USER_INPUT for a price or an availability that cannot be read
 */
export function toFeedProduct(fields: FeedFields): FeedProduct {
  const first = (column: string): string | undefined => fields.get(column)?.[0];
  const price = first('price');
  const availability = first('availability');
  const raw: RawProduct = {
    sku: first('id'),
    title: first('title'),
    ...eachText(first),
    category: parseProductType(first('product_type') ?? ''),
    price: price === undefined ? null : parsePrice(price),
    availability: availability === undefined ? undefined : parseAvailability(availability),
    attributes: [...fields].flatMap(([name, values]) => toAttribute(name, values)),
    link: first('link'),
  };
  const main = fields.get('image_link') ?? [];
  const additional = (fields.get('additional_image_link') ?? []).flatMap(splitLinks);
  return { raw, pictureLinks: [...new Set([...main, ...additional])] };
}

function toAttribute(name: string, values: readonly string[]): RawAttribute[] {
  if (PRODUCT_COLUMNS.has(name) || DROPPED_COLUMN.test(name)) return [];
  return [{ name, values: SLASH_SEPARATED.has(name) ? values.flatMap(splitBySlash) : values }];
}
