import { checkProduct } from '../catalog/check-product.ts';
import type { ImageInput, ProductInput, VariantInput } from '../catalog/product-input.ts';
import { badInput } from '../errors.ts';
import type * as input from './generated/resolver-types.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { nameOfPicture, readPictures, tooManyPictures } from './read-pictures.ts';
import { toUserError } from './user-error.ts';

/** Different pictures of one product in a request. */
const MAX_PICTURES = 200;

/** What earlier products of the input have: each group id and each sku belongs to the first. */
export interface TakenNames {
  /** Places of products, by group id. */
  readonly groups: Map<string, number>;
  /** Dotted places of variants, by sku. */
  readonly skus: Map<string, string>;
}

/** A product of a request that can be saved. */
export interface AskedProduct {
  readonly index: number;
  readonly product: ProductInput;
  /** Places of its variants in the input, by sku; of those that were refused, too. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Checks a product of a request and reads its pictures. What is wrong with a variant costs that variant, everything else the product; no picture is read of what is refused anyway.
 *
 * @param index - its place in the input
 * @param taken - of what is returned all names are added
 * @returns none where the product is refused, and all that is wrong
 */
export async function readProduct(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  raw: input.ProductInput,
  index: number,
  taken: TakenNames,
): Promise<{ asked: AskedProduct | undefined; errors: input.UserError[] }> {
  const path = ['products', String(index)];
  const sources = raw.images ?? [];
  // The sku of a product of one variant is its group id where it names none.
  const isOwnGroup = raw.groupId == null && raw.variants.length <= 1;
  const { product, problems } = checkProduct({
    ...raw,
    groupId: isOwnGroup ? raw.variants[0]?.sku : raw.groupId,
    images: undefined,
    variants: raw.variants.map((variant) => ({ ...variant, images: undefined })),
  });
  const told = isOwnGroup ? problems.filter((problem) => problem.path[0] !== 'groupId') : problems;
  const errors = told.map((problem) => toUserError(problem, path));
  const ofProduct = [...tooManyPictures(sources, path), ...tooManyTogether(raw, path)];
  errors.push(...ofProduct);
  if (product === undefined || ofProduct.length > 0) return { asked: undefined, errors };

  const earlier = taken.groups.get(product.groupId);
  if (earlier !== undefined) {
    const place = isOwnGroup ? 'variants.0.sku' : 'groupId';
    const problem = badInput(place, `a group id once, and products.${earlier} has it already`, product.groupId);
    return { asked: undefined, errors: [...errors, toUserError(problem, path)] };
  }

  const known = new Map<string, ImageInput>();
  const read = await readPictures(deps, sources, path, known);
  if (read.errors.length > 0) return { asked: undefined, errors: [...errors, ...read.errors] };

  const places = placesOfSkus(raw.variants);
  const variants: VariantInput[] = [];
  const keptSkus = [...(product.keptSkus ?? [])];
  for (const variant of product.variants) {
    const { sku } = variant;
    const place = places.get(sku) ?? 0;
    const owner = taken.skus.get(sku);
    if (owner !== undefined) {
      const problem = badInput(`variants.${place}.sku`, `a sku once, and ${owner} has it already`, sku);
      errors.push(toUserError(problem, path));
      continue;
    }
    const own = await readVariantPictures(deps, raw.variants[place]?.images ?? [], {
      path: [...path, 'variants', String(place)],
      known,
    });
    errors.push(...own.errors);
    if (own.errors.length > 0) keptSkus.push(sku);
    else variants.push({ ...variant, images: own.images });
  }
  if (variants.length === 0) return { asked: undefined, errors };
  taken.groups.set(product.groupId, index);
  for (const { sku } of variants) taken.skus.set(sku, `products.${index}.variants.${places.get(sku)}`);
  return { asked: { index, product: { ...product, images: read.images, variants, keptSkus }, places }, errors };
}

async function readVariantPictures(
  deps: Pick<GraphqlDeps, 'loadImage'>,
  sources: readonly input.ImageSource[],
  { path, known }: { readonly path: readonly string[]; readonly known: Map<string, ImageInput> },
): Promise<{ images: readonly ImageInput[]; errors: readonly input.UserError[] }> {
  const errors = tooManyPictures(sources, path);
  return errors.length > 0 ? { images: [], errors } : readPictures(deps, sources, path, known);
}

function tooManyTogether({ images, variants }: input.ProductInput, path: readonly string[]): input.UserError[] {
  const all = [...(images ?? []), ...variants.flatMap((variant) => variant.images ?? [])];
  if (all.length <= MAX_PICTURES) return [];
  const different = new Set(all.map(nameOfPicture)).size;
  if (different <= MAX_PICTURES) return [];
  const expected = `at most ${MAX_PICTURES} different ones with those of the variants`;
  return [toUserError(badInput('images', expected, different), path)];
}

/** By sku as checkProduct tidies it, its first place. */
function placesOfSkus(variants: readonly input.VariantInput[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, { sku }] of variants.entries()) if (!places.has(sku.trim())) places.set(sku.trim(), place);
  return places;
}
