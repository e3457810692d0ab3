import { type AppError, badInput } from '../errors.ts';
import {
  checkAttributes,
  checkCategory,
  checkFurtherCategories,
  checkImages,
  checkLink,
  oneLine,
  PRODUCT_LIMITS,
  type RawAttribute,
  type Report,
  required,
} from './check-fields.ts';
import { checkText } from './check-text.ts';
import { checkVariantFields, type Given, type RawTexts, type RawVariant } from './check-variant.ts';
import { productCategories } from './product-categories.ts';
import type { Attributes, ImageInput, ProductInput, VariantInput } from './product-input.ts';
import { eachText, PRODUCT_TEXTS } from './product-texts.ts';

/** A product with its variants as a request hands it in: nothing is checked yet. What is missing may be left out, undefined or null. */
export interface RawProduct extends RawTexts {
  readonly groupId?: Given<string>;
  readonly title?: Given<string>;
  readonly category?: Given<readonly string[]>;
  readonly furtherCategories?: Given<readonly (readonly string[])[]>;
  readonly link?: Given<string>;
  /** What all of its variants have. */
  readonly attributes?: Given<readonly RawAttribute[]>;
  readonly options?: Given<readonly string[]>;
  readonly images?: Given<readonly ImageInput[]>;
  readonly variants?: Given<readonly RawVariant[]>;
}

/** A product without the variants that something is wrong with, or none where something is wrong with the product itself; and all that is wrong. */
export interface ProductCheck {
  readonly product: ProductInput | undefined;
  readonly problems: readonly AppError[];
}

/**
 * Checks and tidies a product with its variants: texts are trimmed, blank ones are none, runs of white space in titles and in category
 * names become one space, attributes of the same name are put together, values said twice are kept once.
 * What is wrong with a variant costs that variant, everything else the product; of two variants with the same sku the first stands.
 * A web address of a picture is not judged here: a bad one fails that picture when it is fetched, not the product.
 *
 * @returns problems are AppErrors BAD_USER_INPUT with their paths from the product down:
 *   `['title']`, `['variants', '3', 'price', 'amount']`
 */
export function checkProduct(raw: RawProduct): ProductCheck {
  const problems: AppError[] = [];
  const report: Report = (path, expected, found) => problems.push(badInput(path, expected, found));
  const shared = checkAttributes(report, raw.attributes ?? []);
  const options = raw.options ? checkOptions(report, raw.options) : undefined;
  const product = {
    groupId: required(report, 'groupId', raw.groupId, PRODUCT_LIMITS.groupId),
    title: required(report, 'title', oneLine(raw.title), PRODUCT_LIMITS.title),
    ...eachText((name) => checkText(report, name, raw[name], PRODUCT_TEXTS[name])),
    ...productCategories(
      checkCategory(report, raw.category ?? []),
      checkFurtherCategories(report, raw.furtherCategories ?? []),
    ),
    link: checkLink(report, raw.link),
    images: checkImages(report, raw.images ?? []),
    options,
  };
  const rawVariants = raw.variants ?? [];
  if (rawVariants.length === 0 || rawVariants.length > PRODUCT_LIMITS.variants) {
    report('variants', `1 to ${PRODUCT_LIMITS.variants} variants`, rawVariants.length);
    return { product: undefined, problems };
  }
  const isSound = problems.length === 0;
  const { variants, keptSkus } = checkVariants(report, rawVariants, { shared, options: isSound ? options : undefined });
  if (!isSound || variants.length === 0) return { product: undefined, problems };
  return { product: { ...product, variants, ...(keptSkus.length > 0 && { keptSkus }) }, problems };
}

/** Names of options; each once. */
export function checkOptions(report: Report, names: readonly string[]): readonly string[] {
  if (names.length > PRODUCT_LIMITS.options) report('options', `at most ${PRODUCT_LIMITS.options}`, names.length);
  return [
    ...new Set(names.map((name, place) => required(report, `options.${place}`, name, PRODUCT_LIMITS.attributeName))),
  ];
}

/** @param product.shared - attributes that each variant has, unless it has its own of that name */
function checkVariants(
  report: Report,
  raws: readonly RawVariant[],
  product: { readonly shared: Attributes; readonly options: readonly string[] | undefined },
): { variants: VariantInput[]; keptSkus: string[] } {
  const variants: VariantInput[] = [];
  const keptSkus: string[] = [];
  const places = new Map<string, number>();
  for (const [place, raw] of raws.entries()) {
    let isSound = true;
    const inVariant: Report = (path, expected, found) => {
      isSound = false;
      report(`variants.${place}.${path}`, expected, found);
    };
    const variant = checkVariantFields(inVariant, raw);
    const attributes = { ...product.shared, ...variant.attributes };
    if (Object.keys(attributes).length > PRODUCT_LIMITS.attributes)
      inVariant('attributes', `at most ${PRODUCT_LIMITS.attributes} with those of the product`, raw.attributes?.length);
    for (const option of product.options ?? []) {
      if (Object.hasOwn(attributes, option)) continue;
      inVariant('attributes', `a value of the option ${JSON.stringify(option)}`, Object.keys(variant.attributes));
    }
    const earlier = places.get(variant.sku);
    if (variant.sku !== '' && earlier !== undefined) {
      inVariant('sku', `a sku once, and variants.${earlier} has it already`, variant.sku);
      continue;
    }
    places.set(variant.sku, place);
    if (isSound) variants.push({ ...variant, attributes });
    else if (variant.sku !== '') keptSkus.push(variant.sku);
  }
  return { variants, keptSkus };
}
