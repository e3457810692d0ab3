import type { Product } from '../catalog/read-products.ts';
import type { SearchPage, SearchResult } from '../search/search-request.ts';
import type { GraphqlContext } from './context.ts';
import type {
  ProductSearchConnectionResolvers,
  ProductSearchEdgeResolvers,
  QueryResolvers,
} from './generated/resolver-types.ts';
import { toSearchRequest } from './search-inputs.ts';

/** A result of a search with its product. */
export interface FoundProduct extends SearchResult {
  readonly product: Product;
}

export const searchQueries = {
  searchProducts: (_, args, { deps, signal }) => deps.searchProducts(toSearchRequest(args), signal),
} satisfies QueryResolvers;

export const ProductSearchConnection: ProductSearchConnectionResolvers = {
  edges: foundProducts,
  nodes: async (page, _, context) => (await foundProducts(page, _, context)).map(({ product }) => product),
  pageInfo: (page) => ({
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: page.results.at(0)?.cursor ?? null,
    endCursor: page.results.at(-1)?.cursor ?? null,
  }),
  model: async ({ plan }, _, { loaders }) =>
    plan.modelId === null ? null : ((await loaders.models()).find(({ id }) => id === plan.modelId) ?? null),
};

export const ProductSearchEdge: ProductSearchEdgeResolvers = {
  node: (found) => found.product,
  matchedImage: async (found, _, { loaders }) =>
    found.imageId === null ? null : ((await loaders.image.load(found.imageId)) ?? null),
};

/** A product that was deleted after it was found is left out: a null in its place would take the whole page with it. */
async function foundProducts(
  page: SearchPage,
  _: unknown,
  { loaders, countObjects }: GraphqlContext,
): Promise<FoundProduct[]> {
  countObjects(page.results.length);
  const found = page.results.map(async (result) => {
    const product = await loaders.product.load(result.productId);
    return product === undefined ? [] : [{ ...result, product }];
  });
  return (await Promise.all(found)).flat();
}
