import { variantDoubts } from '../catalog/variants/variant-doubts.ts';
import type { WriteOutcome } from '../catalog/write-products.ts';
import { invariant } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { type ListedPictures, pictureErrors } from './read-pictures.ts';
import { type AskedProduct, readProduct } from './read-product.ts';
import { REFUSED, type SavedProduct } from './saved-product.ts';
import { refusal } from './user-error.ts';
import { createBatches } from './write-batches.ts';
import { type Place, toWarning } from './write-warning.ts';

/** What became of an input. */
export interface SavedProducts {
  /** One for each product, in the order of the input. */
  readonly results: readonly SavedProduct[];
  /** In the order of the input. */
  readonly userErrors: readonly input.UserError[];
  /** In the order of the input. */
  readonly warnings: readonly input.WriteWarning[];
}

/**
 * Saves what can be saved and says of each of the rest what is wrong with it. A product is refused alone, a variant where the fault is its own;
 * a failure of the database ends everything.
 */
export async function saveProducts(
  deps: Pick<GraphqlDeps, 'upsertProducts' | 'loadImage'>,
  products: readonly input.ProductInput[],
): Promise<SavedProducts> {
  const results: SavedProduct[] = products.map(() => REFUSED);
  const userErrors: input.UserError[] = [];
  const warnings: input.WriteWarning[] = [];
  const taken = { groups: new Map<string, number>(), skus: new Map<string, string>() };

  const batches = createBatches<AskedProduct>(async (batch) => {
    const outcomes = await deps.upsertProducts(batch.map(({ product }) => product));
    for (const [place, asked] of batch.entries()) {
      const outcome = outcomes[place];
      invariant(outcome !== undefined, 'each product that is written has an outcome');
      if (outcome.outcome === 'FAILED') {
        userErrors.push(refusal(outcome.reason, ['products', String(asked.index)]));
        continue;
      }
      results[asked.index] = { productId: outcome.productId, outcome: outcome.outcome };
      const told = toldOf(asked, outcome);
      userErrors.push(...told.userErrors);
      warnings.push(...told.warnings);
    }
  });

  for (const [index, raw] of products.entries()) {
    const { asked, errors } = await readProduct(deps, raw, index, taken);
    userErrors.push(...errors);
    if (asked === undefined) continue;
    const { images, variants } = asked.product;
    await batches.add(asked, [...images, ...variants.flatMap((variant) => variant.images)]);
  }
  await batches.flush();
  return { results, userErrors: inInputOrder(userErrors), warnings: inInputOrder(warnings) };
}

/** Of a product that was saved. */
function toldOf(
  { index, product, places }: AskedProduct,
  outcome: Exclude<WriteOutcome, { readonly outcome: 'FAILED' }>,
): { userErrors: input.UserError[]; warnings: input.WriteWarning[] } {
  const path = ['products', String(index)];
  const placeOf = (sku: string): Place => ({ path, variant: places.get(sku) ?? 0 });
  const lists = product.variants.map(({ sku, images }): ListedPictures => {
    return { images, path: [...path, 'variants', String(placeOf(sku).variant)] };
  });
  return {
    userErrors: [
      ...outcome.variantProblems.map(({ sku, reason }) => {
        const { variant } = placeOf(sku ?? '');
        return { path: [...path, 'variants', String(variant)], message: reason, code: 'BAD_USER_INPUT' };
      }),
      ...pictureErrors(outcome.imageProblems, [{ images: product.images, path }, ...lists]),
    ],
    warnings: [
      ...outcome.movedVariants.map(({ sku, reason }) =>
        toWarning({ code: 'VARIANT_MOVED', reason }, placeOf(sku ?? '')),
      ),
      ...variantDoubts(product.variants, product.options).flatMap((doubt) => {
        const variant = product.variants[doubt.place];
        return variant === undefined ? [] : [toWarning({ ...doubt, variant }, placeOf(variant.sku))];
      }),
    ],
  };
}

/** What is told of products or variants, in the order of the input; of a product itself before its variants. */
export function inInputOrder<Told extends { readonly path: readonly string[] }>(told: readonly Told[]): Told[] {
  const variantOf = ({ path }: Told) => (path[2] === 'variants' ? Number(path[3] ?? -1) : -1);
  return told.toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]) || variantOf(a) - variantOf(b));
}
