import type { VariantInput } from '../catalog/product-input.ts';
import type { VariantDoubt } from '../catalog/variants/variant-doubts.ts';
import { badInput } from '../errors.ts';
import type { WriteWarning } from './generated/resolver-types.ts';

/** Where a variant is in an input. */
export interface Place {
  /** Of its product. */
  readonly path: readonly string[];
  /** Among the variants of the product. */
  readonly variant: number;
}

/** What may not have been meant of a variant that was saved. */
type Doubt =
  | (VariantDoubt & { readonly variant: Pick<VariantInput, 'attributes'> })
  /** The reason says what was expected of its sku. */
  | { readonly code: 'VARIANT_MOVED'; readonly reason: string };

/** Says of a variant what may not have been meant, with its place, what was expected and what was found. */
export function toWarning(doubt: Doubt, { path, variant: place }: Place): WriteWarning {
  const told = (field: string, message: string): WriteWarning => ({
    path: [...path, 'variants', String(place), ...field.split('.')],
    message,
    code: doubt.code,
  });
  const expected = (field: string, what: string, found: unknown) =>
    told(field, badInput(`variants.${place}.${field}`, what, found).message);
  switch (doubt.code) {
    case 'VARIANT_MOVED':
      return told('sku', `variants.${place}.${doubt.reason}`);
    case 'SEVERAL_CURRENCIES':
      return expected('price.currency', 'one currency in a product', doubt.currencies);
    case 'OPTION_MISSING':
      return expected(
        'attributes',
        `a value of the option ${JSON.stringify(doubt.option)}`,
        Object.keys(doubt.variant.attributes),
      );
    case 'OPTIONS_REPEATED': {
      const { options, first, variant } = doubt;
      const name = JSON.stringify(first);
      const what =
        options.length === 0
          ? `attributes that ${name} has not`
          : `other values of ${options.join(', ')} than ${name} has`;
      const found = Object.fromEntries(
        (options.length === 0 ? Object.keys(variant.attributes) : options).map((each) => [
          each,
          variant.attributes[each] ?? [],
        ]),
      );
      return expected('attributes', what, found);
    }
  }
}
