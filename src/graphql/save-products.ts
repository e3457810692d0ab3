import { createHash } from 'node:crypto';
import { checkProduct } from '../catalog/check-product.ts';
import type { ImageInput, ProductInput } from '../catalog/product-input.ts';
import type { WriteOutcome } from '../catalog/write-products.ts';
import { badInput } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { toImageSource } from './keys.ts';
import { toUserError } from './user-error.ts';

/** Products wait for each other until there are so many, or their pictures so large; then they are written together. */
const BATCH_PRODUCTS = 50;
const BATCH_PICTURE_BYTES = 32 * 1024 * 1024;

/** Of one product in a request, as the schema says; feeds may hold more. */
const MAX_IMAGES = 32;

interface Checked {
  /** Place in the mutation's input. */
  readonly index: number;
  readonly product: ProductInput;
}

export interface SavedProducts {
  /** In the order of the input. */
  readonly productIds: readonly string[];
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
  const productIds: string[] = [];
  const userErrors: input.UserError[] = [];
  const skus = new Map<string, number>();
  let batch: Checked[] = [];
  let batchBytes = 0;

  const write = async () => {
    const outcomes = await deps.upsertProducts(batch.map(({ product }) => product));
    for (const [place, { index, product }] of batch.entries()) {
      const outcome = outcomes[place];
      if (outcome === undefined) throw new Error(`expected ${batch.length} outcomes, found ${outcomes.length}`);
      if (outcome.outcome !== 'FAILED') productIds.push(outcome.productId);
      userErrors.push(...outcomeErrors(outcome, product, index));
    }
    batch = [];
    batchBytes = 0;
  };

  for (const [index, raw] of products.entries()) {
    const { product, errors } = await readProduct(deps, raw, ['products', String(index)]);
    userErrors.push(...errors);
    if (product === undefined) continue;
    const earlier = skus.get(product.sku);
    if (earlier !== undefined) {
      const problem = badInput('sku', `a sku once, and products.${earlier} has it already`, product.sku);
      userErrors.push(toUserError(problem, ['products', String(index)]));
      continue;
    }
    skus.set(product.sku, index);
    batch.push({ index, product });
    batchBytes += product.images.reduce((sum, image) => sum + (image.kind === 'bytes' ? image.bytes.length : 0), 0);
    if (batch.length >= BATCH_PRODUCTS || batchBytes >= BATCH_PICTURE_BYTES) await write();
  }
  if (batch.length > 0) await write();
  return { productIds, userErrors: inInputOrder(userErrors) };
}

async function readProduct(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  raw: input.ProductInput,
  path: readonly string[],
): Promise<{ product: ProductInput | undefined; errors: input.UserError[] }> {
  // Checked without its pictures first: none of them is read for a product that is refused anyway.
  const { product, problems = [] } = checkProduct({ ...raw, images: [] });
  const errors = problems.map((problem) => toUserError(problem, path));
  const sources = raw.images ?? [];
  if (sources.length > MAX_IMAGES) {
    errors.push(toUserError(badInput('images', `at most ${MAX_IMAGES}`, sources.length), path));
  }
  if (product === undefined || errors.length > 0) return { product: undefined, errors };

  const images: ImageInput[] = [];
  for (const [place, source] of sources.entries()) {
    try {
      images.push(await readImage(deps, source, `images.${place}`));
    } catch (error) {
      const userError = toUserError(error, []);
      const [first] = userError.path;
      errors.push({
        ...userError,
        path: [...path, ...(first === 'images' ? userError.path : ['images', String(place), ...userError.path])],
      });
    }
  }
  return errors.length > 0 ? { product: undefined, errors } : { product: { ...product, images }, errors };
}

/** A web address is fetched later, with all others; everything else is read now. */
async function readImage(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  source: input.ImageSource,
  path: string,
): Promise<ImageInput> {
  const image = toImageSource(source, path);
  return image.kind === 'url' ? image : { kind: 'bytes', bytes: await deps.loadImage(image) };
}

/** Pictures that could not be read are named by their place in the input; the product itself was saved. */
function outcomeErrors(outcome: WriteOutcome, product: ProductInput, index: number): input.UserError[] {
  const path = ['products', String(index)];
  if (outcome.outcome === 'FAILED') return [{ path, message: outcome.reason, code: 'BAD_USER_INPUT' }];
  return outcome.imageProblems.map(({ source, reason }) => {
    const place = product.images.findIndex((image) => sourceOf(image) === source);
    return {
      path: [...path, 'images', ...(place === -1 ? [] : [String(place)])],
      message: `The product was saved, but this picture cannot be searched: ${reason}`,
      code: 'IMAGE_UNREADABLE',
    };
  });
}

/** As product_image.source names it. */
function sourceOf(image: ImageInput): string {
  if (image.kind === 'url') return image.url;
  return image.kind === 'file'
    ? `file:${image.name}`
    : `content:${createHash('sha256').update(image.bytes).digest('hex')}`;
}

function inInputOrder(userErrors: readonly input.UserError[]): input.UserError[] {
  return userErrors.toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]));
}
