// What each field of a product or a variant may hold, one check for each; check-product.ts and check-variant.ts put them together.
import { AVAILABILITIES } from '../database/closed-sets.ts';
import { checkText } from './check-text.ts';
import type { Attributes, ImageInput, Money, VariantInput } from './product-input.ts';
import { PRODUCT_TEXTS } from './product-texts.ts';
import { MAX_OPTIONS, MAX_VARIANTS } from './variants/product-options.ts';

/** The same name may come several times; its values are put together. */
export interface RawAttribute {
  readonly name: string;
  readonly values: readonly string[];
}

/** Told of what is wrong: where, what was expected, what was found. */
export type Report = (path: string, expected: string, found: unknown) => void;

/** What a product may hold; in characters (code points) where nothing else is said. */
export const PRODUCT_LIMITS = {
  groupId: 200,
  sku: 200,
  title: 1_000,
  ...PRODUCT_TEXTS,
  gtin: 50,
  mpn: 100,
  /** With the main one; a judgement: shops list a product in a handful. */
  categories: 50,
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
  options: MAX_OPTIONS,
  variants: MAX_VARIANTS,
  /** PostgreSQL's integer. */
  quantity: 2_147_483_647,
} as const;

/** A text that must be there; the empty text where it is not. */
export function required(report: Report, path: string, value: string | null | undefined, most: number): string {
  const text = checkText(report, path, value, most);
  if (text === null && (value ?? '').trim() === '') report(path, `1 to ${most.toLocaleString('en')} characters`, value);
  return text ?? '';
}

/** Runs of white space as one space. */
export function oneLine(text: string | null | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ');
}

/** @returns names from the top down */
export function checkCategory(report: Report, path: readonly string[], field = 'category'): readonly string[] {
  if (path.length > PRODUCT_LIMITS.categoryLevels) {
    report(field, `at most ${PRODUCT_LIMITS.categoryLevels} levels`, path.length);
    return [];
  }
  const names = path.map((name, level) =>
    required(report, `${field}.${level}`, oneLine(name), PRODUCT_LIMITS.categoryName),
  );
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  if (bytes > PRODUCT_LIMITS.categoryPathBytes) {
    report(field, `at most ${PRODUCT_LIMITS.categoryPathBytes.toLocaleString('en')} bytes of names together`, bytes);
  }
  return names;
}

/** @returns paths, each as `checkCategory` has it; empty ones are left out */
export function checkFurtherCategories(
  report: Report,
  paths: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const most = PRODUCT_LIMITS.categories - 1;
  if (paths.length > most) {
    report('furtherCategories', `at most ${most}`, paths.length);
    return [];
  }
  return paths
    .map((path, place) => checkCategory(report, path, `furtherCategories.${place}`))
    .filter((path) => path.length > 0);
}

/** @returns the amount as written, the currency in capitals */
export function checkPrice(report: Report, field: 'price' | 'compareAtPrice', price: Money | null): Money | null {
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

/** A price before a sale is in the currency of the price beside it. */
export function checkCompareAtPrice(report: Report, before: Money | null, price: Money | null): Money | null {
  const checked = checkPrice(report, 'compareAtPrice', before);
  if (before !== null && before.currency.trim().toUpperCase() !== price?.currency.trim().toUpperCase())
    report(
      'compareAtPrice.currency',
      price === null ? 'a price beside it' : 'the currency of the price',
      before.currency,
    );
  return checked;
}

/** IN_STOCK where nothing is said. */
export function checkAvailability(
  report: Report,
  availability: string | null | undefined,
): VariantInput['availability'] {
  const known = AVAILABILITIES.find((each) => each === (availability ?? 'IN_STOCK'));
  if (known === undefined) report('availability', `one of ${AVAILABILITIES.join(', ')}`, availability);
  return known ?? 'IN_STOCK';
}

/** @returns a whole number from 0 on, or null for none */
export function checkQuantity(report: Report, quantity: number | null): number | null {
  if (quantity === null) return null;
  if (Number.isInteger(quantity) && quantity >= 0 && quantity <= PRODUCT_LIMITS.quantity) return quantity;
  report('quantity', `a whole number, 0 to ${PRODUCT_LIMITS.quantity.toLocaleString('en')}`, quantity);
  return null;
}

/** @returns by name; each a list without duplicates */
export function checkAttributes(report: Report, attributes: readonly RawAttribute[]): Attributes {
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

/** @returns an http or https address */
export function checkLink(report: Report, link: string | null | undefined): string | null {
  const text = checkText(report, 'link', link, PRODUCT_LIMITS.link);
  if (text === null) return null;
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol !== 'http:' && protocol !== 'https:') report('link', 'an absolute http or https address', link);
  return text;
}

/** A web address of a picture is not judged: a bad one fails that picture when it is fetched. */
export function checkImages(report: Report, images: readonly ImageInput[]): readonly ImageInput[] {
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
