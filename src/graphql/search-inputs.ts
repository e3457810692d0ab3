import type {
  FacetField,
  ProductFilter,
  ProductKey,
  SearchMatch,
  SearchRequest,
  ValueFilter,
} from '../search/request/search-request.ts';
import type * as input from './generated/resolver-types.ts';
import { toCategoryKey, toImageSource, toProductKey } from './keys.ts';

/** Makes keys with values of those that were given: in GraphQL null and absent mean the same, in a SearchRequest there is only absent. */
type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/**
 * GraphQL's arguments as one search. Only what GraphQL alone knows is checked here, global ids and base64;
 * bounds are checked in src/search/request/check-request.ts, for all who search.
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_TOO_LARGE
 */
export function toSearchRequest({ input: asked, first, after }: input.QuerySearchProductsArgs): SearchRequest {
  const { words, sort, boosts, pin, exclude } = asked;
  return {
    terms: (asked.terms ?? []).map((term, index) => ({
      match: toSearchMatch(term.match, `terms.${index}.match`),
      ...given({ weight: term.weight }),
    })),
    ...toNarrowing(asked),
    ...given({ words, sort, first, after }),
    ...given({
      boosts: boosts?.map((boost, index) => ({
        filter: toProductFilter(boost.filter, `boosts.${index}.filter`),
        by: boost.by,
      })),
      pin: pin?.map((key, index) => toProductKey(key, `pin.${index}`)),
      exclude: exclude?.map((key, index) => toProductKey(key, `exclude.${index}`)),
    }),
  };
}

/** The search for what is like a product, but not it. @throws AppError BAD_USER_INPUT */
export function toSimilarRequest(id: string, { input: asked, first, after }: input.ProductSimilarArgs): SearchRequest {
  const product: ProductKey = { kind: 'id', id };
  return {
    terms: [{ match: { kind: 'product', product } }],
    unlike: product,
    ...toNarrowing(asked ?? {}),
    ...given({ first, after }),
  };
}

/** What searches and "similar" have in common. */
function toNarrowing(asked: input.SimilarProductsInput) {
  const { filter, minRelevance, unavailable, diversify } = asked;
  return given({
    filter: filter && toProductFilter(filter, 'filter'),
    minRelevance,
    unavailable,
    diversify: diversify && given({ strength: diversify.strength, candidates: diversify.candidates }),
  });
}

/** What to count by. */
export function toFacetFields(fields: readonly input.FacetField[]): FacetField[] {
  return fields.map((field) =>
    field.builtIn === undefined ? { attribute: field.attribute } : { builtIn: field.builtIn },
  );
}

function toSearchMatch(match: input.SearchMatch, path: string): SearchMatch {
  if (match.text !== undefined) return { kind: 'text', text: match.text };
  if (match.product !== undefined) return { kind: 'product', product: toProductKey(match.product, `${path}.product`) };
  const source = toImageSource(match.image.source, `${path}.image.source`);
  return { kind: 'image', source, ...given({ region: match.image.region }) };
}

function toProductFilter(filter: input.ProductFilter, path: string): ProductFilter {
  const nested = (name: 'and' | 'or') =>
    filter[name]?.map((each, index) => toProductFilter(each, `${path}.${name}.${index}`));
  const productKeys = (name: 'in' | 'notIn') =>
    filter.product?.[name]?.map((key, index) => toProductKey(key, `${path}.product.${name}.${index}`));
  return given({
    and: nested('and'),
    or: nested('or'),
    not: filter.not && toProductFilter(filter.not, `${path}.not`),
    category: filter.category && {
      in: filter.category.in.map((key, index) => toCategoryKey(key, `${path}.category.in.${index}`)),
      ...given({ includeDescendants: filter.category.includeDescendants }),
    },
    brand: filter.brand && toValueFilter(filter.brand),
    price: filter.price && given({ min: filter.price.min, max: filter.price.max }),
    availability: filter.availability,
    attributes: filter.attributes?.map((attribute) => ({ name: attribute.name, ...toValueFilter(attribute) })),
    product: filter.product && given({ in: productKeys('in'), notIn: productKeys('notIn') }),
    updatedAt: filter.updatedAt && given({ from: filter.updatedAt.from, to: filter.updatedAt.to }),
  });
}

function toValueFilter(filter: input.StringFilter): ValueFilter {
  return given({ in: filter.in, notIn: filter.notIn });
}

function given<T extends object>(values: T): Given<T> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as Given<T>;
}
