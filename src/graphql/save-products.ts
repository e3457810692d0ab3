import { checkProduct } from '../catalog/check-product.ts';
import type { ProductInput } from '../catalog/product-input.ts';
import { AppError, badInput, invariant } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { pictureErrors, readPictures, tooManyPictures } from './read-pictures.ts';
import { REFUSED, type SavedProduct } from './saved-product.ts';
import { toUserError } from './user-error.ts';
import { createBatches } from './write-batches.ts';

/** What became of an input. */
export interface SavedProducts {
  /** One for each product, in the order of the input. */
  readonly results: readonly SavedProduct[];
  /** In the order of the input. */
  readonly userErrors: readonly input.UserError[];
}

/**
 * Saves what can be saved and says of each of the rest what is wrong with it. A product is refused alone;
 * a failure of the database ends everything.
 */
export async function saveProducts(
  deps: Pick<GraphqlDeps, 'upsertProducts' | 'loadImage'>,
  products: readonly input.ProductInput[],
): Promise<SavedProducts> {
  const results: SavedProduct[] = products.map(() => REFUSED);
  const userErrors: input.UserError[] = [];
  const skus = new Map<string, number>();

  const batches = createBatches<{ index: number; product: ProductInput }>(async (batch) => {
    const outcomes = await deps.upsertProducts(batch.map(({ product }) => product));
    for (const [place, { index, product }] of batch.entries()) {
      const outcome = outcomes[place];
      invariant(outcome !== undefined, 'each product that is written has an outcome');
      const path = ['products', String(index)];
      if (outcome.outcome === 'FAILED') {
        userErrors.push({ path, message: outcome.reason, code: 'BAD_USER_INPUT' });
        continue;
      }
      results[index] = { productId: outcome.productId, outcome: outcome.outcome };
      // Its only variant.
      for (const { reason } of [...outcome.variantProblems, ...outcome.movedVariants])
        userErrors.push({ path: [...path, 'sku'], message: reason, code: 'BAD_USER_INPUT' });
      userErrors.push(...pictureErrors(outcome.imageProblems, product.images, path));
    }
  });

  for (const [index, raw] of products.entries()) {
    const { product, errors } = await readProduct(deps, raw, ['products', String(index)]);
    userErrors.push(...errors);
    if (product === undefined) continue;
    const earlier = skus.get(product.groupId);
    if (earlier !== undefined) {
      const problem = badInput('sku', `a sku once, and products.${earlier} has it already`, product.groupId);
      userErrors.push(toUserError(problem, ['products', String(index)]));
      continue;
    }
    skus.set(product.groupId, index);
    await batches.add({ index, product }, product.images);
  }
  await batches.flush();
  return { results, userErrors: inInputOrder(userErrors) };
}

async function readProduct(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  raw: input.ProductInput,
  path: readonly string[],
): Promise<{ product: ProductInput | undefined; errors: input.UserError[] }> {
  // Checked without its pictures first: none of them is read for a product that is refused anyway.
  const { product, problems } = checkOnlyVariant(raw);
  const sources = raw.images ?? [];
  const errors = [...problems.map((problem) => toUserError(problem, path)), ...tooManyPictures(sources, path)];
  if (product === undefined || errors.length > 0) return { product: undefined, errors };
  const read = await readPictures(deps, sources, path);
  return read.errors.length > 0
    ? { product: undefined, errors: read.errors }
    : { product: { ...product, images: read.images }, errors };
}

/** A product that is its only variant. */
function checkOnlyVariant({ images: _, ...raw }: input.ProductInput): ReturnType<typeof checkProduct> {
  const { sku, price, compareAtPrice, availability, attributes, gtin, ...facts } = raw;
  const variant = { sku, price, compareAtPrice, availability, attributes, gtin };
  const { product, problems } = checkProduct({ ...facts, groupId: sku, variants: [variant] });
  // The sku is its group id, too.
  const told = problems.flatMap((problem) => {
    const [top, , ...path] = problem.path;
    if (top === 'variants' && path[0] === 'sku') return [];
    const [whole, own] = top === 'groupId' ? ['groupId', 'sku'] : ['variants.0.', ''];
    if (top !== 'variants' && top !== 'groupId') return [problem];
    const place = top === 'groupId' ? ['sku'] : path;
    return [new AppError(problem.code, `${own}${problem.message.slice(whole.length)}`, { path: place })];
  });
  const [sound] = problems.length === 0 ? [product] : [];
  return { product: sound, problems: told };
}

export function inInputOrder(userErrors: readonly input.UserError[]): input.UserError[] {
  return userErrors.toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]));
}
