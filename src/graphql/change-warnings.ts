import { variantDoubts } from '../catalog/variants/variant-doubts.ts';
import type * as input from './generated/resolver-types.ts';
import type { Loaders } from './loaders.ts';
import type { SavedVariant } from './saved-product.ts';
import { loadVariant } from './variant-of-product.ts';
import { toWarning } from './write-warning.ts';

/** A change that was made, by its place in the input. */
interface Made {
  readonly index: number;
  readonly change: input.VariantChange;
}

/**
 * What may not have been meant of variants as they are after changes: what the changes said of their prices or attributes, beside the other variants of their products.
 *
 * @param loaders - that know nothing of before the changes
 * @param results - one for each change
 */
export async function changeWarnings(
  loaders: Pick<Loaders, 'product' | 'productOfVariant'>,
  changes: readonly input.VariantChange[],
  results: readonly SavedVariant[],
): Promise<input.WriteWarning[]> {
  const made = new Map<string, Made>();
  for (const [index, change] of changes.entries()) {
    const id = results[index]?.variantId;
    if (id != null && (change.price != null || change.attributes !== undefined)) made.set(id, { index, change });
  }
  const loaded = await Promise.all([...made.keys()].map((id) => loadVariant(loaders, id)));
  const products = new Map(
    loaded.flatMap((one) => (one === undefined ? [] : [[one.product.id, one.product] as const])),
  );
  const warnings = [...products.values()].flatMap(({ variants, options }) => {
    // Behind the others: a doubt is of those that changed.
    const ordered = [...variants.filter(({ id }) => !made.has(id)), ...variants.filter(({ id }) => made.has(id))];
    return variantDoubts(ordered, options).flatMap((doubt) => {
      const variant = ordered[doubt.place];
      const { index, change } = made.get(variant?.id ?? '') ?? {};
      const said = doubt.code === 'SEVERAL_CURRENCIES' ? change?.price : change?.attributes;
      return variant === undefined || index === undefined || said === undefined
        ? []
        : [toWarning({ ...doubt, variant }, { path: [], variant: index })];
    });
  });
  return warnings.sort((a, b) => Number(a.path[1]) - Number(b.path[1]));
}
