import { deleteVariants, updateVariants } from '../catalog/change-variants.ts';
import { updateProducts } from '../catalog/update-products.ts';
import { deleteProducts, upsertProducts, type WriteDeps } from '../catalog/write-products.ts';
import type { GraphqlDeps } from '../graphql/graphql-deps.ts';

/** What changes products and their variants. */
export type ShopWriting = Pick<
  GraphqlDeps,
  'upsertProducts' | 'updateProducts' | 'updateVariants' | 'deleteProducts' | 'deleteVariants'
>;

/**
 * Binds what changes products to a shop.
 *
 * @param changing - runs the work and looks after what there is to do afterwards
 */
export function createShopWriting(deps: WriteDeps, changing: <T>(work: () => Promise<T>) => Promise<T>): ShopWriting {
  return {
    upsertProducts: (products) => changing(() => upsertProducts(deps, products)),
    updateProducts: (updates) => changing(() => updateProducts(deps, updates)),
    updateVariants: (updates) => changing(() => updateVariants(deps, updates)),
    deleteProducts: (ids) => changing(() => deleteProducts(deps.db, ids)),
    deleteVariants: (ids) => changing(() => deleteVariants(deps, ids)),
  };
}
