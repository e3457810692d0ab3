import type { FacetField, ProductFilter, ProductSearchInput, SearchTerm } from '../generated/operations.ts';
import { looksForSomething, type Search, type Term, type Unwanted } from './search.ts';

/** "The best match has a relevance of at least 0.5": the contract's WEAK. What has less does not really match. */
const LEAST_MATCH = 0.5;

/** The contract takes twenty facets; four are built in. */
export const MOST_ATTRIBUTES = 16;

/** What is asked for a search: the variables of the contract's searchProducts, without what is at its default. */
export function toInput(search: Search): ProductSearchInput {
  const terms = toTerms(search);
  const filter = toFilter(search);
  return {
    ...(terms.length > 0 && { terms }),
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(search.currency !== '' && { currency: search.currency }),
    ...(looksForSomething(search) && !search.weak && { minRelevance: LEAST_MATCH }),
    ...(search.exact && { spelling: 'AS_WRITTEN' as const }),
    ...(search.sort !== 'RELEVANCE' && { sort: search.sort }),
    ...(search.collapse !== 'PRODUCT' && { collapse: search.collapse }),
    ...(diversifies(search) && { diversify: { strength: search.variety } }),
  };
}

/** Variety is for results that are ordered by how well they match. */
export function diversifies(search: Search): boolean {
  return search.variety > 0 && search.sort === 'RELEVANCE' && looksForSomething(search);
}

/** The terms in the order in which they are sent, which is that of `termSimilarities`. */
export function toTerms(search: Search): SearchTerm[] {
  return sentTerms(search).map((term) => ({
    match: toMatch(term),
    ...(term.weight !== 1 && { weight: term.weight }),
  }));
}

/** The words of the search box and the other terms, without those of weight 0. */
export function sentTerms({ words, wordsWeight, terms }: Search): Term[] {
  const typed: Term[] = words.trim() === '' ? [] : [{ kind: 'words', text: words.trim(), weight: wordsWeight }];
  return [...typed, ...terms].filter(({ weight }) => weight !== 0);
}

function toMatch(term: Term): SearchTerm['match'] {
  switch (term.kind) {
    case 'words':
      return { text: term.text };
    case 'product':
      return { product: { groupId: term.groupId } };
    default: {
      const source = term.kind === 'upload' ? { upload: term.id } : { productImage: term.id };
      return { image: term.region === null ? { source } : { source, region: term.region } };
    }
  }
}

function toFilter(search: Search): ProductFilter {
  const { categories, brands, availability, attributes, price, without } = search;
  const chosen = Object.entries(attributes).map(([name, values]) => ({ name, in: values }));
  return {
    ...(categories.length > 0 && { category: { in: categories.map((path) => ({ path: path.split(' > ') })) } }),
    ...(brands.length > 0 && { brand: { in: brands } }),
    ...((price.min !== '' || price.max !== '') && {
      price: { ...(price.min !== '' && { min: price.min }), ...(price.max !== '' && { max: price.max }) },
    }),
    ...(availability.length > 0 && { availability }),
    ...(chosen.length > 0 && { attributes: chosen }),
    ...(without.length > 0 && { not: { or: without.map(toCondition) } }),
  };
}

function toCondition({ kind, name, value }: Unwanted): ProductFilter {
  if (kind === 'CATEGORY') return { category: { in: [{ path: value.split(' > ') }] } };
  return kind === 'BRAND' ? { brand: { in: [value] } } : { attributes: [{ name, in: [value] }] };
}

/** What the page counts by. */
export function toFacets(attributeNames: readonly string[]): FacetField[] {
  return [
    { builtIn: 'CATEGORY' },
    { builtIn: 'BRAND' },
    { builtIn: 'PRICE' },
    { builtIn: 'AVAILABILITY' },
    ...attributeNames.slice(0, MOST_ATTRIBUTES).map((attribute) => ({ attribute })),
  ];
}
