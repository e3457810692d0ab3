// From products as they are to be to the rows that are written of them.
import { categoryId } from '../identifiers.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { categoryNames } from './product-categories.ts';
import { eachText } from './product-texts.ts';
import { bestAvailability } from './variants/best-availability.ts';
import { commonAttributes, mergedAttributes } from './variants/compose-product.ts';
import type { FinishedProduct, FinishedVariant } from './variants/finish-product.ts';
import { offerRecord } from './variants/offer.ts';
import type { VariantRecord } from './variants/variant-statements.ts';
import { categoryWordColumns, productWordColumns } from './words/word-columns.ts';
import type { AnalyzedProduct, CategoryRecord, ProductRecord } from './write-statements.ts';

/** The categories with these paths and all that are above them, each once. */
export function categoryRecords(words: ShopWords, paths: readonly (readonly string[])[]): CategoryRecord[] {
  const records = new Map<string, CategoryRecord>();
  // Many products, few categories: an id takes as long as all else here.
  const distinct = new Map(paths.map((path) => [path.join('\u0000'), path]));
  for (const whole of distinct.values()) {
    const ancestors: string[] = [];
    for (const [level, name] of whole.entries()) {
      const path = whole.slice(0, level + 1);
      const id = categoryId(path);
      const parent = ancestors.at(-1) ?? null;
      ancestors.push(id);
      if (records.has(id)) continue;
      const ofPath = { id, parent_id: parent, name, path, ancestor_ids: [...ancestors] };
      records.set(id, { ...ofPath, ...categoryWordColumns(words, path) });
    }
  }
  return [...records.values()];
}

/** With what it is found by. */
export function analyzedProduct(words: ShopWords, product: FinishedProduct, record: ProductRecord): AnalyzedProduct {
  return { ...record, ...productWordColumns(words, { ...product, ...record, category: categoryNames(product) }) };
}

/** With what its variants have together, as sql/functions/47_variants.sql says it, so that triggers find nothing to do. */
export function productRecord(product: FinishedProduct): ProductRecord {
  const { variants } = product;
  const sets = variants.map(({ attributes }) => attributes);
  const prices = variants.flatMap(({ price }) => price ?? []);
  const amounts = prices.map(({ amount }) => amount).toSorted((a, b) => Number(a) - Number(b));
  const currencies = new Set(prices.map(({ currency }) => currency));
  const [currency] = currencies;
  return {
    id: product.id,
    group_id: product.groupId,
    title: product.title,
    ...eachText((name) => product[name]),
    category_id: product.category.length === 0 ? null : categoryId(product.category),
    further_category_ids: product.furtherCategories.length === 0 ? null : product.furtherCategories.map(categoryId),
    link: product.link,
    options: product.options,
    attributes: mergedAttributes(sets),
    common_attributes: commonAttributes(sets),
    codes: codesOf(variants),
    variant_count: variants.length,
    look_count: new Set(variants.map(({ look }) => look)).size,
    price_lowest: amounts[0] ?? null,
    price_highest: amounts.at(-1) ?? null,
    price_currency: currencies.size === 1 && currency !== undefined ? currency : null,
    availability: bestAvailability(variants.map(({ availability }) => availability)),
    on_sale: variants.some(isOnSale),
    content_hash: product.contentHash,
  };
}

function isOnSale({ price, compareAtPrice }: FinishedVariant): boolean {
  // Amounts have at most 14 digits (check-fields.ts), which a double tells apart.
  return price !== null && compareAtPrice !== null && Number(compareAtPrice.amount) > Number(price.amount);
}

function codesOf(variants: readonly FinishedVariant[]): string[] {
  const said = [
    ...variants.map(({ sku }) => sku),
    ...variants.map(({ gtin }) => gtin),
    ...variants.map(({ mpn }) => mpn),
  ];
  return [...new Set(said.filter((code) => code !== null))];
}

export function variantRecords({ id: productId, variants }: FinishedProduct): VariantRecord[] {
  return variants.map((variant) => ({
    product_id: productId,
    id: variant.id,
    sku: variant.sku,
    position: variant.position,
    title: variant.title,
    attributes: variant.attributes,
    ...offerRecord(variant),
    gtin: variant.gtin,
    mpn: variant.mpn,
    link: variant.link,
    look: variant.look,
    image_ids: variant.imageIds,
    content_hash: variant.contentHash,
  }));
}
