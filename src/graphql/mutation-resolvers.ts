import { badInput } from '../errors.ts';
import type { GraphqlContext } from './context.ts';
import type { MutationResolvers, ResolversTypes, UserError } from './generated/resolver-types.ts';
import { toProductId } from './keys.ts';
import { saveProducts } from './save-products.ts';
import { toUserError } from './user-error.ts';

/** Of both mutations. */
const MAX_PRODUCTS = 500;

export const productMutations = {
  upsertProducts: async (_, { input }, context) => {
    refuseTooMany(input.products);
    const { productIds, userErrors } = await saveProducts(context.deps, input.products);
    context.loaders.clear();
    return { products: await savedProducts(context, productIds), userErrors };
  },
  deleteProducts: async (_, { input }, { deps, loaders }) => {
    refuseTooMany(input.products);
    const ids = new Set<string>();
    const userErrors: UserError[] = [];
    for (const [index, key] of input.products.entries()) {
      try {
        ids.add(toProductId(key, `products.${index}`));
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

/** One that somebody else deleted right after is left out. */
async function savedProducts(
  { loaders }: GraphqlContext,
  ids: readonly string[],
): Promise<Awaited<ResolversTypes['Product']>[]> {
  const products = await Promise.all(ids.map((id) => loaders.product.load(id)));
  return products.filter((product) => product !== undefined);
}
