import { badInput } from '../errors.ts';
import { changeProducts } from './change-products.ts';
import { changeVariants } from './change-variants.ts';
import { changeWarnings } from './change-warnings.ts';
import type {
  MutationResolvers,
  ProductKey,
  ProductResultResolvers,
  UpdateVariantsPayloadResolvers,
  UserError,
  VariantResultResolvers,
} from './generated/resolver-types.ts';
import { toProductId, toVariantId } from './keys.ts';
import type { Loaders } from './loaders.ts';
import { saveProducts } from './save-products.ts';
import { toUserError } from './user-error.ts';
import { loadVariant } from './variant-of-product.ts';

/** Of each mutation. */
const MAX_ITEMS = 500;

export const productMutations = {
  upsertProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany('products', input.products);
    const saved = await saveProducts(deps, input.products);
    loaders.clear();
    return saved;
  },
  updateProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany('products', input.products);
    const saved = await changeProducts(deps, loaders, input.products);
    loaders.clear();
    return saved;
  },
  updateVariants: async (_, { input }, { deps, loaders }) => {
    refuseTooMany('variants', input.variants);
    const saved = await changeVariants(deps, input.variants);
    loaders.clear();
    return { ...saved, warnings: () => changeWarnings(loaders, input.variants, saved.results) };
  },
  deleteProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany('products', input.products);
    const { ids, userErrors } = await readKeys(input.products, (key, index) =>
      toDeletedProduct(key, `products.${index}`, loaders),
    );
    const deletedCount = ids.length === 0 ? 0 : await deps.deleteProducts(ids);
    loaders.clear();
    return { deletedCount, userErrors };
  },
  deleteVariants: async (_, { input }, { deps, loaders }) => {
    refuseTooMany('variants', input.variants);
    const { ids, userErrors } = await readKeys(input.variants, async (key, index) =>
      toVariantId(key, `variants.${index}`),
    );
    const deleted = ids.length === 0 ? [] : await deps.deleteVariants(ids);
    loaders.clear();
    return { deletedCount: deleted.length, userErrors };
  },
} satisfies MutationResolvers;

function refuseTooMany(field: 'products' | 'variants', items: readonly unknown[]): void {
  if (items.length > MAX_ITEMS) throw badInput(`input.${field}`, `at most ${MAX_ITEMS}`, items.length);
}

/** The ids that keys name, each once; what names none is left out, what cannot name one is told. */
async function readKeys<Key>(
  keys: readonly Key[],
  read: (key: Key, index: number) => Promise<string | undefined>,
): Promise<{ ids: string[]; userErrors: UserError[] }> {
  const ids = new Set<string>();
  const userErrors: UserError[] = [];
  const found = await Promise.allSettled(keys.map(read));
  for (const each of found) {
    if (each.status === 'rejected') userErrors.push(toUserError(each.reason, []));
    else if (each.value !== undefined) ids.add(each.value);
  }
  return { ids: [...ids], userErrors };
}

/** @throws AppError BAD_USER_INPUT for the sku of one variant of several: it would take fifteen with it */
async function toDeletedProduct(
  key: ProductKey,
  path: string,
  loaders: Pick<Loaders, 'product' | 'productOfSku'>,
): Promise<string | undefined> {
  const id = await toProductId(key, path, loaders);
  if (id === undefined || key.sku === undefined) return id;
  const product = await loaders.product.load(id);
  if (product !== undefined && product.variants.length > 1) {
    const expected = `the sku of a product of one variant (deleteVariants deletes one of several; groupId ${JSON.stringify(product.groupId)} names the product)`;
    throw badInput(`${path}.sku`, expected, key.sku);
  }
  return id;
}

export const ProductResult: ProductResultResolvers = {
  product: async ({ productId }, _, { loaders }) =>
    productId === null ? null : ((await loaders.product.load(productId)) ?? null),
};

export const VariantResult: VariantResultResolvers = {
  variant: async ({ variantId }, _, { loaders }) =>
    variantId === null ? null : ((await loadVariant(loaders, variantId)) ?? null),
};

export const UpdateVariantsPayload: UpdateVariantsPayloadResolvers = {
  warnings: ({ warnings }) => warnings(),
};
