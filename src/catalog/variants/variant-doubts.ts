import type { VariantInput } from '../product-input.ts';
import { combinationOf, optionsOf } from './product-options.ts';

/** What may not have been meant of the variants of one product, and is taken all the same; `place` is that of the variant among them. */
export type VariantDoubt = { readonly place: number } & (
  | {
      readonly code: 'OPTIONS_REPEATED';
      /** None: no attribute differs. */
      readonly options: readonly string[];
      /** Of the first variant with the same values. */
      readonly first: string;
    }
  | { readonly code: 'OPTION_MISSING'; readonly option: string }
  | {
      readonly code: 'SEVERAL_CURRENCIES';
      /** In the order of the variants. */
      readonly currencies: readonly string[];
    }
);

/**
 * Variants that no option tells apart, each but the first; the first one without a value of an option; the first one with a price in another currency than those before it.
 *
 * @param variants - in the shop's order
 * @param options - what a shopper chooses between; when left out, as optionsOf finds it
 */
export function variantDoubts(
  variants: readonly Pick<VariantInput, 'sku' | 'attributes' | 'price'>[],
  options: readonly string[] = optionsOf(variants.map(({ attributes }) => attributes)),
): VariantDoubt[] {
  const doubts: VariantDoubt[] = [];
  const firsts = new Map<string, string>();
  for (const [place, { sku, attributes }] of variants.entries()) {
    const combination = combinationOf(attributes, options);
    const first = firsts.get(combination);
    if (first === undefined) firsts.set(combination, sku);
    else doubts.push({ place, code: 'OPTIONS_REPEATED', options, first });
  }
  const lacks = (option: string) => variants.findIndex(({ attributes }) => !Object.hasOwn(attributes, option));
  const option = options.find((each) => lacks(each) >= 0);
  if (option !== undefined) doubts.push({ place: lacks(option), code: 'OPTION_MISSING', option });

  const currencies = [...new Set(variants.flatMap(({ price }) => price?.currency ?? []))];
  const other = variants.findIndex(({ price }) => price !== null && price.currency !== currencies[0]);
  if (other >= 0) doubts.push({ place: other, code: 'SEVERAL_CURRENCIES', currencies });
  return doubts;
}
