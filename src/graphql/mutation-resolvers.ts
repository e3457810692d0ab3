import { badInput } from '../errors.ts';
import { changeProducts } from './change-products.ts';
import type { MutationResolvers, ProductResultResolvers, UserError } from './generated/resolver-types.ts';
import { toProductId } from './keys.ts';
import { saveProducts } from './save-products.ts';
import { toUserError } from './user-error.ts';

/** Of each mutation. */
const MAX_PRODUCTS = 500;

export const productMutations = {
  upsertProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany(input.products);
    const saved = await saveProducts(deps, input.products);
    loaders.clear();
    return saved;
  },
  updateProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany(input.products);
    const saved = await changeProducts(deps, loaders, input.products);
    loaders.clear();
    return saved;
  },
  deleteProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany(input.products);
    const ids = new Set<string>();
    const userErrors: UserError[] = [];
    for (const [index, key] of input.products.entries()) {
      try {
        const id = await toProductId(key, `products.${index}`, loaders);
        if (id !== undefined) ids.add(id);
      } catch (error) {
        userErrors.push(toUserError(error, []));
      }
    }
    const deletedCount = ids.size === 0 ? 0 : await deps.deleteProducts([...ids]);
    loaders.clear();
    return { deletedCount, userErrors };
  },
} satisfies MutationResolvers;

function refuseTooMany(products: readonly unknown[]): void {
  if (products.length > MAX_PRODUCTS) throw badInput('input.products', `at most ${MAX_PRODUCTS}`, products.length);
}

export const ProductResult: ProductResultResolvers = {
  product: async ({ productId }, _, { loaders }) =>
    productId === null ? null : ((await loaders.product.load(productId)) ?? null),
};
