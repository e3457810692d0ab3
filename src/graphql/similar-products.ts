import { AppError } from '../errors.ts';
import type { FacetField, SearchPage } from '../search/request/search-request.ts';
import type { GraphqlContext } from './context.ts';
import type { ProductSimilarArgs } from './generated/resolver-types.ts';
import { toSimilarRequest } from './search-inputs.ts';

/**
 * A page of products that look like one. One that cannot be compared yet has none: in a list of products, an error of one would take all others with it.
 *
 * @throws AppError as searchProducts does
 */
export async function similarProducts(
  { id }: { readonly id: string },
  args: ProductSimilarArgs,
  { deps, searches, signal }: GraphqlContext,
): Promise<SearchPage> {
  const request = toSimilarRequest(id, args);
  try {
    return await searches.search(() => deps.searchProducts(request, signal));
  } catch (error) {
    if (isAboutProduct(error)) return NOTHING_SIMILAR;
    throw error;
  }
}

/** The client has said neither; they are refused only if the product is not embedded yet, or was deleted after it was read. */
function isAboutProduct(error: unknown): boolean {
  const [place] = error instanceof AppError && error.code === 'BAD_USER_INPUT' ? error.path : [];
  return place === 'terms' || place === 'unlike';
}

const NOTHING_SIMILAR: SearchPage = {
  results: [],
  hasNextPage: false,
  hasPreviousPage: false,
  modelId: null,
  strategy: 'NONE',
  milliseconds: 0,
  matchQuality: 'NONE',
  corrections: [],
  queryImages: [],
  count: async () => ({ value: 0, exact: true }),
  facets: async (wanted) =>
    wanted.map((field) => ({
      field: nameOf(field),
      values: [],
      hasMore: false,
      range: null,
      missing: 0,
      exact: true,
    })),
  variants: async () => [],
  plan: () => ({
    strategy: 'NONE',
    candidates: 0,
    examined: 0,
    milliseconds: 0,
    sql: '-- Nothing was searched: neither a picture nor the text of this product has a vector yet.',
    ways: [],
    stages: [],
    statements: [],
    searchId: null,
  }),
  termSimilarities: async () => [],
};

function nameOf(field: FacetField): string {
  return 'builtIn' in field ? field.builtIn : field.attribute;
}
