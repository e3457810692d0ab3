import { type AppError, badInput } from '../errors.ts';
import {
  checkAttributes,
  checkCategory,
  checkFurtherCategories,
  checkImages,
  checkLink,
  oneLine,
  PRODUCT_LIMITS,
  type Report,
  required,
} from './check-fields.ts';
import { checkOptions, type RawProduct } from './check-product.ts';
import { checkText } from './check-text.ts';
import { checkVariantFields, type RawVariant } from './check-variant.ts';
import type { Attributes, ProductInput, VariantInput } from './product-input.ts';
import { eachText, PRODUCT_TEXTS } from './product-texts.ts';

/** What a shop may change of a product: everything but its group id and variants. What is not there stays. */
export type ProductChange = Partial<Omit<ProductInput, 'groupId' | 'variants' | 'keptSkus'>> & {
  /** In place of what all of its variants have. */
  readonly attributes?: Attributes;
};

/** What a shop may change of a variant: everything but its sku. What is not there stays. Its attributes are its own alone. */
export type VariantChange = Partial<Omit<VariantInput, 'sku'>>;

/** Changes as a request hands them in: what is undefined stays, null clears. */
export type RawProductChange = Omit<RawProduct, 'groupId' | 'variants'>;
export type RawVariantChange = Omit<RawVariant, 'sku'>;

/** Either a change, or every problem found, each an AppError BAD_USER_INPUT with its path from the product or variant down. */
export type ChangeCheck<Change> =
  | { readonly change: Change; readonly problems: undefined }
  | { readonly change: undefined; readonly problems: readonly [AppError, ...AppError[]] };

/** Checks and tidies a change of a product as `checkProduct` does a product. */
export function checkProductChange(raw: RawProductChange): ChangeCheck<ProductChange> {
  return checkGiven(raw, (report) => {
    if (raw.title === null) report('title', 'text: it cannot be cleared, only left out', null);
    return {
      title: raw.title == null ? '' : required(report, 'title', oneLine(raw.title), PRODUCT_LIMITS.title),
      ...eachText((name) => checkText(report, name, raw[name], PRODUCT_TEXTS[name])),
      category: checkCategory(report, raw.category ?? []),
      furtherCategories: checkFurtherCategories(report, raw.furtherCategories ?? []),
      link: checkLink(report, raw.link),
      attributes: checkAttributes(report, raw.attributes ?? []),
      options: checkOptions(report, raw.options ?? []),
      images: checkImages(report, raw.images ?? []),
    };
  });
}

/** Checks and tidies a change of a variant as `checkProduct` does a product's. A price before a sale that comes without a price is in the currency of the one that is stored. */
export function checkVariantChange(raw: RawVariantChange): ChangeCheck<VariantChange> {
  const { price = raw.compareAtPrice } = raw;
  return checkGiven(raw, (report) => {
    if (raw.availability === null) report('availability', 'a state: it cannot be cleared, only left out', null);
    const { sku: _, ...checked } = checkVariantFields(report, { ...raw, price, sku: 'sku' });
    return checked;
  });
}

/** @param check - checks all fields; of those that are not given nothing is taken */
function checkGiven<Change extends object>(
  raw: object,
  check: (report: Report) => Change,
): ChangeCheck<Partial<Change>> {
  const problems: AppError[] = [];
  const checked = check((path, expected, found) => problems.push(badInput(path, expected, found)));
  const [first, ...rest] = problems;
  if (first !== undefined) return { change: undefined, problems: [first, ...rest] };
  const given = new Set(Object.entries(raw).flatMap(([name, value]) => (value === undefined ? [] : [name])));
  const entries = Object.entries(checked).filter(([name]) => given.has(name));
  return { change: Object.fromEntries(entries) as Partial<Change>, problems: undefined };
}
