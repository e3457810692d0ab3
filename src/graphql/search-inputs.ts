import type {
  FacetField,
  FacetRequest,
  ProductFilter,
  ProductKey,
  SearchMatch,
  SearchRequest,
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
  const { words, spelling, sort, sortAttribute, boosts, pin, exclude } = asked;
  return {
    terms: (asked.terms ?? []).map((term, index) => ({
      match: toSearchMatch(term.match, `terms.${index}.match`),
      ...given({ weight: term.weight }),
    })),
    ...toNarrowing(asked),
    ...given({ words, spelling, sort, sortAttribute, first, after }),
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
  const { filter, collapse, currency, minRelevance, unavailable, diversify } = asked;
  return given({
    filter: filter && toProductFilter(filter, 'filter'),
    collapse,
    currency,
    minRelevance,
    unavailable,
    diversify: diversify && given({ strength: diversify.strength, candidates: diversify.candidates }),
  });
}

/** What to count by, and which values to tell. */
export function toFacetRequest({ field, search, first, sort }: input.ProductSearchConnectionFacetArgs): FacetRequest {
  return { ...toFacetField(field), ...given({ search, first, sort }) };
}

/** What to count by. */
export function toFacetField(field: input.FacetField): FacetField {
  return field.builtIn === undefined ? { attribute: field.attribute } : { builtIn: field.builtIn };
}

function toSearchMatch(match: input.SearchMatch, path: string): SearchMatch {
  if (match.text !== undefined) return { kind: 'text', text: match.text };
  if (match.product !== undefined) return { kind: 'product', product: toProductKey(match.product, `${path}.product`) };
  const source = toImageSource(match.image.source, `${path}.image.source`);
  return { kind: 'image', source, ...given({ region: match.image.region, adjust: match.image.adjust }) };
}

function toProductFilter(filter: input.ProductFilter, path: string): ProductFilter {
  const { and, or, not, hasVariant, category, product, ...plain } = filter;
  const each = (filters: readonly input.ProductFilter[], name: string) =>
    filters.map((one, index) => toProductFilter(one, `${path}.${name}.${index}`));
  const productKeys = (name: 'in' | 'notIn') =>
    product?.[name]?.map((key, index) => toProductKey(key, `${path}.product.${name}.${index}`));
  return {
    ...given({
      and: and && each(and, 'and'),
      or: or && each(or, 'or'),
      not: not && toProductFilter(not, `${path}.not`),
      hasVariant: hasVariant && toProductFilter(hasVariant, `${path}.hasVariant`),
      category: category && {
        in: category.in.map((key, index) => toCategoryKey(key, `${path}.category.in.${index}`)),
        ...given({ includeDescendants: category.includeDescendants }),
      },
      product: product && given({ in: productKeys('in'), notIn: productKeys('notIn') }),
    }),
    // What needs no translation is called the same in a SearchRequest.
    ...withoutNulls(plain),
  };
}

type WithoutNulls<T> = T extends Date | string
  ? T
  : T extends readonly (infer Item)[]
    ? WithoutNulls<Item>[]
    : { [Key in keyof T]: WithoutNulls<NonNullable<T[Key]>> };

/** The same without what is null or undefined, however deep. */
function withoutNulls<T>(value: T): WithoutNulls<T> {
  if (Array.isArray(value)) return value.map(withoutNulls) as WithoutNulls<T>;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value as WithoutNulls<T>;
  const members = Object.entries(given(value)).map(([key, member]) => [key, withoutNulls(member)]);
  return Object.fromEntries(members) as WithoutNulls<T>;
}

function given<T extends object>(values: T): Given<T> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as Given<T>;
}
