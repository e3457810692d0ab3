import type { ProductFilter, SearchMatch, SearchRequest, ValueFilter } from '../search/search-request.ts';
import type * as input from './generated/resolver-types.ts';
import { toCategoryKey, toImageSource, toProductKey } from './keys.ts';

/** Makes keys with values of those that were given: in GraphQL null and absent mean the same, in a SearchRequest there is only absent. */
type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/**
 * GraphQL's arguments as one search. Only what GraphQL alone knows is checked here, global ids and base64;
 * bounds are checked in src/search/check-request.ts, for all who search.
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_TOO_LARGE
 */
export function toSearchRequest(args: input.QuerySearchProductsArgs): SearchRequest {
  const { terms, filter, words } = args.input;
  return {
    terms: (terms ?? []).map((term, index) => ({
      match: toSearchMatch(term.match, `terms.${index}.match`),
      ...given({ weight: term.weight }),
    })),
    ...given({ filter: filter && toProductFilter(filter, 'filter'), words, first: args.first, after: args.after }),
  };
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
