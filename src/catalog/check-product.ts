import { AVAILABILITIES } from '../database/closed-sets.ts';
import { type AppError, badInput } from '../errors.ts';
import { checkText } from './check-text.ts';
import type { ImageInput, Money, ProductInput } from './product-input.ts';
import { eachText, PRODUCT_TEXTS, type TextName } from './product-texts.ts';

/** A product as a feed or a request hands it in: nothing is checked yet. What is missing may be left out, undefined or null. */
export interface RawProduct extends RawTexts {
  readonly sku?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly category?: readonly string[] | null | undefined;
  readonly price?: Money | null | undefined;
  readonly compareAtPrice?: Money | null | undefined;
  readonly availability?: string | null | undefined;
  readonly attributes?: readonly RawAttribute[] | null | undefined;
  readonly link?: string | null | undefined;
  readonly images?: readonly ImageInput[] | null | undefined;
}

type RawTexts = { readonly [Name in TextName]?: string | null | undefined };

/** The same name may come several times; its values are put together. */
export interface RawAttribute {
  readonly name: string;
  readonly values: readonly string[];
}

/** Either a product or all that is wrong with it, never both: `const { product, problems } = checkProduct(raw)`. */
export type ProductCheck =
  | { readonly product: ProductInput; readonly problems: undefined }
  | { readonly product: undefined; readonly problems: readonly [AppError, ...AppError[]] };

type Report = (path: string, expected: string, found: unknown) => void;

/** What a product may hold; in characters (code points) where nothing else is said. */
export const PRODUCT_LIMITS = {
  sku: 200,
  title: 1_000,
  ...PRODUCT_TEXTS,
  categoryLevels: 10,
  categoryName: 200,
  /** Bytes of a category's whole path: a row of its unique index holds at most 2,704 (PostgreSQL, nbtree). */
  categoryPathBytes: 2_400,
  attributes: 100,
  attributeName: 100,
  attributeValues: 100,
  attributeValue: 1_000,
  link: 2_000,
  /** The grocery catalogue has a product with 71. */
  images: 100,
  imageSource: 2_000,
} as const;

/**
 * Checks and tidies a product: texts are trimmed, blank ones are none, runs of white space in the title and in category
 * names become one space, attributes of the same name are put together, values said twice are kept once.
 * A web address of a picture is not judged here: a bad one fails that picture when it is fetched, not the product.
 *
 * @returns the product, or every problem found, each an AppError BAD_USER_INPUT with its path from the product down:
 *   `['price', 'amount']`, `['attributes', '3', 'values', '0']`
 */
export function checkProduct(raw: RawProduct): ProductCheck {
  const problems: AppError[] = [];
  const report: Report = (path, expected, found) => problems.push(badInput(path, expected, found));
  const product: ProductInput = {
    sku: required(report, 'sku', raw.sku, PRODUCT_LIMITS.sku),
    title: required(report, 'title', oneLine(raw.title), PRODUCT_LIMITS.title),
    ...eachText((name) => checkText(report, name, raw[name], PRODUCT_TEXTS[name])),
    category: checkCategory(report, raw.category ?? []),
    price: checkPrice(report, 'price', raw.price ?? null),
    compareAtPrice: checkCompareAtPrice(report, raw.compareAtPrice ?? null, raw.price ?? null),
    availability: checkAvailability(report, raw.availability),
    attributes: checkAttributes(report, raw.attributes ?? []),
    link: checkLink(report, raw.link),
    images: checkImages(report, raw.images ?? []),
  };
  const [first, ...rest] = problems;
  return first === undefined ? { product, problems: undefined } : { product: undefined, problems: [first, ...rest] };
}

function required(report: Report, path: string, value: string | null | undefined, most: number): string {
  const text = checkText(report, path, value, most);
  if (text === null && (value ?? '').trim() === '') report(path, `1 to ${most.toLocaleString('en')} characters`, value);
  return text ?? '';
}

function oneLine(text: string | null | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ');
}

function checkCategory(report: Report, path: readonly string[]): readonly string[] {
  if (path.length > PRODUCT_LIMITS.categoryLevels) {
    report('category', `at most ${PRODUCT_LIMITS.categoryLevels} levels`, path.length);
    return [];
  }
  const names = path.map((name, level) =>
    required(report, `category.${level}`, oneLine(name), PRODUCT_LIMITS.categoryName),
  );
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  if (bytes > PRODUCT_LIMITS.categoryPathBytes) {
    report(
      'category',
      `at most ${PRODUCT_LIMITS.categoryPathBytes.toLocaleString('en')} bytes of names together`,
      bytes,
    );
  }
  return names;
}

function checkPrice(report: Report, field: 'price' | 'compareAtPrice', price: Money | null): Money | null {
  if (price === null) return null;
  const amount = price.amount.trim();
  const currency = price.currency.trim();
  const digits = amount.replace('.', '').length;
  if (!/^(0|[1-9]\d*)(\.\d{1,4})?$/.test(amount) || digits > 14) {
    report(
      `${field}.amount`,
      'a decimal like 12.90, not negative, with at most 4 decimals and 14 digits',
      price.amount,
    );
  }
  if (!/^[A-Za-z]{3}$/.test(currency)) {
    report(`${field}.currency`, 'the three letters of an ISO 4217 currency like USD', price.currency);
  }
  return { amount, currency: currency.toUpperCase() };
}

function checkCompareAtPrice(report: Report, before: Money | null, price: Money | null): Money | null {
  const checked = checkPrice(report, 'compareAtPrice', before);
  if (before !== null && before.currency.trim().toUpperCase() !== price?.currency.trim().toUpperCase())
    report(
      'compareAtPrice.currency',
      price === null ? 'a price beside it' : 'the currency of the price',
      before.currency,
    );
  return checked;
}

function checkAvailability(report: Report, availability: string | null | undefined): ProductInput['availability'] {
  const known = AVAILABILITIES.find((each) => each === (availability ?? 'IN_STOCK'));
  if (known === undefined) report('availability', `one of ${AVAILABILITIES.join(', ')}`, availability);
  return known ?? 'IN_STOCK';
}

function checkAttributes(report: Report, attributes: readonly RawAttribute[]): ProductInput['attributes'] {
  if (attributes.length > PRODUCT_LIMITS.attributes) {
    report('attributes', `at most ${PRODUCT_LIMITS.attributes}`, attributes.length);
    return {};
  }
  const byName = new Map<string, Set<string>>();
  for (const [index, attribute] of attributes.entries()) {
    const path = `attributes.${index}`;
    const name = required(report, `${path}.name`, attribute.name, PRODUCT_LIMITS.attributeName);
    const values = byName.get(name) ?? new Set<string>();
    byName.set(name, values);
    const count = attribute.values.length;
    if (count === 0 || count + values.size > PRODUCT_LIMITS.attributeValues) {
      report(`${path}.values`, `1 to ${PRODUCT_LIMITS.attributeValues} values of ${name}`, count + values.size);
      continue;
    }
    for (const [place, value] of attribute.values.entries()) {
      values.add(required(report, `${path}.values.${place}`, value, PRODUCT_LIMITS.attributeValue));
    }
  }
  // fromEntries makes an own property of any name, __proto__ too.
  return Object.fromEntries([...byName].map(([name, values]) => [name, [...values]]));
}

function checkLink(report: Report, link: string | null | undefined): string | null {
  const text = checkText(report, 'link', link, PRODUCT_LIMITS.link);
  if (text === null) return null;
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol !== 'http:' && protocol !== 'https:') report('link', 'an absolute http or https address', link);
  return text;
}

function checkImages(report: Report, images: readonly ImageInput[]): readonly ImageInput[] {
  if (images.length > PRODUCT_LIMITS.images) {
    report('images', `at most ${PRODUCT_LIMITS.images}`, images.length);
    return [];
  }
  return images.map((image, index) => {
    if (image.kind === 'url') {
      return { kind: 'url', url: required(report, `images.${index}.url`, image.url, PRODUCT_LIMITS.imageSource) };
    }
    if (image.kind === 'file') {
      return { ...image, name: required(report, `images.${index}.name`, image.name, PRODUCT_LIMITS.imageSource) };
    }
    return image;
  });
}
