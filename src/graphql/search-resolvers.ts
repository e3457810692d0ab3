import type { Product, ProductImage } from '../catalog/read-products.ts';
import { invariant } from '../errors.ts';
import type { SearchPage } from '../search/request/search-request.ts';
import type { GraphqlContext } from './context.ts';
import type { FoundProduct } from './found-product.ts';
import type {
  FacetValueResolvers,
  MatchReasonResolvers,
  ProductSearchConnectionResolvers,
  ProductSearchEdgeResolvers,
  QueryResolvers,
  SuggestionResolvers,
} from './generated/resolver-types.ts';
import { toFacetField, toFacetRequest, toSearchRequest } from './search-inputs.ts';
import { pictureOf, type VariantOfProduct } from './variant-of-product.ts';

export const searchQueries = {
  searchProducts: (_, args, { deps, searches, signal }) => {
    const request = toSearchRequest(args);
    return searches.search(() => deps.searchProducts(request, signal));
  },
  suggest: (_, { prefix, first }, { deps }) => deps.suggest({ prefix, first }),
  interpretQuery: (_, { text, locale }, { deps }) => deps.interpretQuery({ text, locale: locale ?? undefined }),
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
  totalCount: (page, _, { searches }) => searches.inTurn(() => page.count()),
  facets: async (page, { fields }, { searches, countObjects }) => {
    const wanted = fields.map(toFacetField);
    const facets = await searches.inTurn(() => page.facets(wanted));
    for (const { values } of facets) countObjects(values.length);
    return facets;
  },
  facet: async (page, args, { searches, countObjects }) => {
    const [facet] = await searches.inTurn(() => page.facets([toFacetRequest(args)]));
    invariant(facet !== undefined, 'each field asked for has a facet');
    countObjects(facet.values.length);
    return facet;
  },
  model: async ({ modelId }, _, { loaders }) =>
    modelId === null ? null : ((await loaders.models()).find(({ id }) => id === modelId) ?? null),
  plan: (page, _, { deps }) => (deps.explain ? page.plan() : null),
};

export const ProductSearchEdge: ProductSearchEdgeResolvers = {
  node: ({ product }) => product,
  variant: variantOf,
  matchingVariantCount: async ({ shown }) => (await shown())?.matchingCount ?? 0,
  priceRange: async ({ shown }) => {
    const range = (await shown())?.priceRange;
    if (!range) return null;
    const { min, max, currency } = range;
    return { min: { amount: min, currency }, max: { amount: max, currency } };
  },
  matchedImage: ({ product, imageId }) => imageOf(product, imageId),
  image: async (found) => imageOf(found.product, found.imageId) ?? pictureOf(await variantOf(found)),
};

export const MatchReason: MatchReasonResolvers = {
  termSimilarities: (reason) => reason.termSimilarities(),
};

export const FacetValue: FacetValueResolvers = {
  category: async ({ categoryId }, _, { loaders }) =>
    categoryId === null ? null : ((await loaders.category.load(categoryId)) ?? null),
};

export const Suggestion: SuggestionResolvers = {
  product: async ({ productId }, _, { loaders }) =>
    productId === null ? null : ((await loaders.product.load(productId)) ?? null),
  category: async ({ categoryId }, _, { loaders }) =>
    categoryId === null ? null : ((await loaders.category.load(categoryId)) ?? null),
};

/** One that was deleted after it was chosen: the first of those that its product had when it was read. */
async function variantOf({ product, shown }: FoundProduct): Promise<VariantOfProduct> {
  const id = (await shown())?.variantId;
  const variant = product.variants.find((one) => one.id === id) ?? product.variants[0];
  invariant(variant !== undefined, 'a product has a variant');
  return { product, variant };
}

/** A picture that was taken away after it matched is null. */
function imageOf({ images }: Product, imageId: string | null): ProductImage | null {
  return images.find(({ id }) => id === imageId) ?? null;
}

/** A product that was deleted after it was found is left out: a null in its place would take the whole page with it. */
async function foundProducts(
  page: SearchPage,
  _: unknown,
  { loaders, searches, countObjects }: GraphqlContext,
): Promise<FoundProduct[]> {
  countObjects(page.results.length);
  let similarities: ReturnType<SearchPage['termSimilarities']> | undefined;
  const similaritiesAt = async (place: number) => {
    similarities ??= searches.inTurn(() => page.termSimilarities());
    return (await similarities)[place] ?? [];
  };
  let variants: ReturnType<SearchPage['variants']> | undefined;
  const variantAt = async (place: number) => {
    variants ??= searches.inTurn(() => page.variants());
    return (await variants)[place];
  };
  const found = page.results.map(async (result, place) => {
    const product = await loaders.product.load(result.productId);
    const why = { ...result.why, termSimilarities: () => similaritiesAt(place) };
    return product === undefined ? [] : [{ ...result, product, why, shown: () => variantAt(place) }];
  });
  return (await Promise.all(found)).flat();
}
