import { type AppError, badInput } from '../errors.ts';
import {
  checkAttributes,
  checkAvailability,
  checkCategory,
  checkCompareAtPrice,
  checkFurtherCategories,
  checkImages,
  checkLink,
  checkPrice,
  checkQuantity,
  oneLine,
  PRODUCT_LIMITS,
  type RawAttribute,
  type Report,
  required,
} from './check-fields.ts';
import { checkText } from './check-text.ts';
import { productCategories } from './product-categories.ts';
import type { ImageInput, Money, VariantInput, VariantRow } from './product-input.ts';
import { eachText, PRODUCT_TEXTS, type TextName } from './product-texts.ts';

export type Given<Value> = Value | null | undefined;

/** A variant as a feed or a request hands it in: nothing is checked yet. What is missing may be left out, undefined or null. */
export interface RawVariant {
  readonly sku?: Given<string>;
  readonly title?: Given<string>;
  readonly price?: Given<Money>;
  readonly compareAtPrice?: Given<Money>;
  readonly availability?: Given<string>;
  readonly quantity?: Given<number>;
  readonly gtin?: Given<string>;
  readonly mpn?: Given<string>;
  readonly attributes?: Given<readonly RawAttribute[]>;
  readonly link?: Given<string>;
  readonly images?: Given<readonly ImageInput[]>;
}

export type RawTexts = { readonly [Name in TextName]?: Given<string> };

/** A row of a feed: a variant with what the feed says of its product. */
export interface RawRow extends RawVariant, RawTexts {
  readonly groupId?: Given<string>;
  readonly category?: Given<readonly string[]>;
  readonly furtherCategories?: Given<readonly (readonly string[])[]>;
}

/** Either a row or all that is wrong with it, never both: `const { row, problems } = checkRow(raw)`. */
export type RowCheck =
  | { readonly row: VariantRow; readonly problems: undefined }
  | { readonly row: undefined; readonly problems: readonly [AppError, ...AppError[]] };

/**
 * Checks and tidies a row of a feed, as `checkProduct` does a product.
 *
 * @returns the row, or every problem found, each an AppError BAD_USER_INPUT with its path from the row down:
 *   `['price', 'amount']`, `['attributes', '3', 'values', '0']`
 */
export function checkRow(raw: RawRow): RowCheck {
  const problems: AppError[] = [];
  const report: Report = (path, expected, found) => problems.push(badInput(path, expected, found));
  const row: VariantRow = {
    ...checkVariantFields(report, { ...raw, title: undefined }),
    groupId: checkText(report, 'groupId', raw.groupId, PRODUCT_LIMITS.groupId),
    title: required(report, 'title', oneLine(raw.title), PRODUCT_LIMITS.title),
    ...eachText((name) => checkText(report, name, raw[name], PRODUCT_TEXTS[name])),
    ...productCategories(
      checkCategory(report, raw.category ?? []),
      checkFurtherCategories(report, raw.furtherCategories ?? []),
    ),
  };
  const [first, ...rest] = problems;
  return first === undefined ? { row, problems: undefined } : { row: undefined, problems: [first, ...rest] };
}

/** Checks and tidies all that is said of a variant alone. */
export function checkVariantFields(report: Report, raw: RawVariant): VariantInput {
  return {
    sku: required(report, 'sku', raw.sku, PRODUCT_LIMITS.sku),
    title: checkText(report, 'title', oneLine(raw.title), PRODUCT_LIMITS.title),
    price: checkPrice(report, 'price', raw.price ?? null),
    compareAtPrice: checkCompareAtPrice(report, raw.compareAtPrice ?? null, raw.price ?? null),
    availability: checkAvailability(report, raw.availability),
    quantity: checkQuantity(report, raw.quantity ?? null),
    gtin: checkText(report, 'gtin', raw.gtin, PRODUCT_LIMITS.gtin),
    mpn: checkText(report, 'mpn', raw.mpn, PRODUCT_LIMITS.mpn),
    attributes: checkAttributes(report, raw.attributes ?? []),
    link: checkLink(report, raw.link),
    images: checkImages(report, raw.images ?? []),
  };
}
