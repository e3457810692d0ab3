import { isOfferChange } from '../catalog/change-offers.ts';
import type { VariantUpdate } from '../catalog/change-variants.ts';
import { checkVariantChange } from '../catalog/product-change.ts';
import { badInput, invariant } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { toVariantId } from './keys.ts';
import { pictureErrors, placesOf, readPictures, tooManyPictures } from './read-pictures.ts';
import { inInputOrder } from './save-products.ts';
import type { SavedVariant, SavedVariants } from './saved-product.ts';
import { refusal, toUserError } from './user-error.ts';
import { createBatches } from './write-batches.ts';

type ChangeDeps = Pick<GraphqlDeps, 'updateVariants' | 'loadImage'>;

interface AskedChange {
  readonly index: number;
  readonly update: VariantUpdate;
}

/**
 * Makes what changes can be made and says of each of the rest what is wrong with it. A change is refused alone; a failure of the database ends everything.
 *
 * @param changes - at most as many as one call of `deps.updateVariants` takes: those of prices and stock alone are made in one
 */
export async function changeVariants(
  deps: ChangeDeps,
  changes: readonly input.VariantChange[],
): Promise<Omit<SavedVariants, 'warnings'>> {
  const results: SavedVariant[] = changes.map(() => ({ variantId: null, outcome: 'REFUSED' }));
  const userErrors: input.UserError[] = [];
  const places = new Map<string, number>();

  async function write(batch: readonly AskedChange[]): Promise<void> {
    const outcomes = await deps.updateVariants(batch.map(({ update }) => update));
    for (const [place, { index, update }] of batch.entries()) {
      const outcome = outcomes[place];
      invariant(outcome !== undefined, 'each change that is made has an outcome');
      const path = ['variants', String(index)];
      if (outcome.outcome === 'UNKNOWN') {
        userErrors.push(toUserError(unknownVariant(changes[index]?.by), path));
      } else if (outcome.outcome === 'FAILED') {
        userErrors.push(refusal(outcome.reason, path));
      } else {
        results[index] = { variantId: outcome.variantId, outcome: outcome.outcome };
        // Those of the other variants that were changed with it are told of these.
        const listed = { images: update.change.images ?? [], path };
        const own = placesOf([listed]);
        const problems = outcome.imageProblems.filter(({ source }) => own.has(source));
        userErrors.push(...pictureErrors(problems, [listed]));
      }
    }
  }
  const offers = createBatches(write, changes.length);
  const others = createBatches(write);

  for (const [index, raw] of changes.entries()) {
    const { update, errors } = await readChange(deps, raw, ['variants', String(index)]);
    userErrors.push(...errors);
    if (update === undefined) continue;
    const earlier = places.get(update.variantId);
    if (earlier !== undefined) {
      const once = `a variant once, and variants.${earlier} changes it already`;
      userErrors.push(toUserError(badInput('by', once, raw.by.sku ?? raw.by.id), ['variants', String(index)]));
      continue;
    }
    places.set(update.variantId, index);
    const batches = isOfferChange(update.change) ? offers : others;
    await batches.add({ index, update }, update.change.images);
  }
  await offers.flush();
  await others.flush();
  return { results, userErrors: inInputOrder(userErrors) };
}

function unknownVariant(by: input.VariantKey | undefined) {
  return by?.sku === undefined
    ? badInput('by.id', 'the id of a variant of this shop', by?.id)
    : badInput('by.sku', 'the sku of a variant of this shop', by.sku);
}

async function readChange(
  deps: ChangeDeps,
  { by, images: sources, ...fields }: input.VariantChange,
  path: readonly string[],
): Promise<{ update: VariantUpdate | undefined; errors: input.UserError[] }> {
  const errors: input.UserError[] = [];
  let variantId: string | undefined;
  try {
    variantId = toVariantId(by, 'by');
  } catch (error) {
    errors.push(toUserError(error, path));
  }
  const { change, problems = [] } = checkVariantChange(fields);
  errors.push(...problems.map((problem) => toUserError(problem, path)), ...tooManyPictures(sources ?? [], path));
  if (variantId === undefined || change === undefined || errors.length > 0) return { update: undefined, errors };
  if (sources === undefined) return { update: { variantId, change }, errors };
  const read = await readPictures(deps, sources ?? [], path);
  return read.errors.length > 0
    ? { update: undefined, errors: read.errors }
    : { update: { variantId, change: { ...change, images: read.images } }, errors };
}
