import { checkProductChange } from '../catalog/product-change.ts';
import type { ProductUpdate } from '../catalog/update-products.ts';
import { badInput, invariant } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { toProductId } from './keys.ts';
import type { Loaders } from './loaders.ts';
import { pictureErrors, readPictures, tooManyPictures } from './read-pictures.ts';
import { inInputOrder, type SavedProducts } from './save-products.ts';
import { REFUSED, type SavedProduct } from './saved-product.ts';
import { refusal, toUserError } from './user-error.ts';
import { createBatches } from './write-batches.ts';

type ChangeDeps = Pick<GraphqlDeps, 'updateProducts' | 'loadImage'>;

/**
 * Makes what changes can be made and says of each of the rest what is wrong with it. A change is refused alone;
 * a failure of the database ends everything.
 */
export async function changeProducts(
  deps: ChangeDeps,
  loaders: Pick<Loaders, 'productOfSku'>,
  changes: readonly input.ProductChange[],
): Promise<Omit<SavedProducts, 'warnings'>> {
  const results: SavedProduct[] = changes.map(() => REFUSED);
  const userErrors: input.UserError[] = [];
  const places = new Map<string, number>();

  const batches = createBatches<{ index: number; update: ProductUpdate }>(async (batch) => {
    const outcomes = await deps.updateProducts(batch.map(({ update }) => update));
    for (const [place, { index, update }] of batch.entries()) {
      const outcome = outcomes[place];
      invariant(outcome !== undefined, 'each change that is made has an outcome');
      const path = ['products', String(index)];
      if (outcome.outcome === 'UNKNOWN') {
        userErrors.push(toUserError(unknownProduct(changes[index]?.by), path));
      } else if (outcome.outcome === 'FAILED') {
        userErrors.push(refusal(outcome.reason, path));
      } else {
        results[index] = { productId: outcome.productId, outcome: outcome.outcome };
        userErrors.push(...pictureErrors(outcome.imageProblems, [{ images: update.change.images ?? [], path }]));
      }
    }
  });

  // In one statement: each is looked up from here on.
  await loaders.productOfSku.loadMany(changes.flatMap(({ by }) => by.sku ?? []));
  for (const [index, raw] of changes.entries()) {
    const { update, errors } = await readChange(deps, loaders, raw, ['products', String(index)]);
    userErrors.push(...errors);
    if (update === undefined) continue;
    const earlier = places.get(update.productId);
    if (earlier !== undefined) {
      const problem = badInput(
        'by',
        `a product once, and products.${earlier} changes it already`,
        raw.by.sku ?? raw.by.groupId ?? raw.by.id,
      );
      userErrors.push(toUserError(problem, ['products', String(index)]));
      continue;
    }
    places.set(update.productId, index);
    await batches.add({ index, update }, update.change.images ?? []);
  }
  await batches.flush();
  return { results, userErrors: inInputOrder(userErrors) };
}

function unknownProduct(by: input.ProductKey | undefined) {
  if (by?.groupId !== undefined) return badInput('by.groupId', 'the group id of a product of this shop', by.groupId);
  return by?.sku === undefined
    ? badInput('by.id', 'the id of a product of this shop', by?.id)
    : badInput('by.sku', 'the sku of a product of this shop', by.sku);
}

async function readChange(
  deps: ChangeDeps,
  loaders: Pick<Loaders, 'productOfSku'>,
  { by, images: sources, ...fields }: input.ProductChange,
  path: readonly string[],
): Promise<{ update: ProductUpdate | undefined; errors: input.UserError[] }> {
  const errors: input.UserError[] = [];
  let productId: string | undefined;
  try {
    productId = await toProductId(by, 'by', loaders);
    if (productId === undefined) throw unknownProduct(by);
  } catch (error) {
    errors.push(toUserError(error, path));
  }
  const { change, problems = [] } = checkProductChange(fields);
  errors.push(...problems.map((problem) => toUserError(problem, path)), ...tooManyPictures(sources ?? [], path));
  if (productId === undefined || change === undefined || errors.length > 0) return { update: undefined, errors };
  if (sources === undefined) return { update: { productId, change }, errors };
  const read = await readPictures(deps, sources ?? [], path);
  return read.errors.length > 0
    ? { update: undefined, errors: read.errors }
    : { update: { productId, change: { ...change, images: read.images } }, errors };
}
