import type { Availability, Collapse, ProductSort } from '../generated/operations.ts';

/** A rectangle in fractions of the upright picture, as the contract's Region: 0 to 1. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One thing to look for beside the words in the search box. Weights are -1 to 1; one of 0 is kept on the page and not asked for. */
export type Term =
  | { readonly kind: 'words'; readonly text: string; readonly weight: number }
  | { readonly kind: 'product'; readonly groupId: string; readonly weight: number }
  /** A picture that was uploaded, by the id that POST /uploads gave; or one of the catalogue, by its global id. */
  | {
      readonly kind: 'upload' | 'picture';
      readonly id: string;
      /** The part that is meant; null for all of it. */
      readonly region: Region | null;
      readonly weight: number;
    };

/** A category (its path joined by " > "), a brand, or a value of the attribute `name`. */
export interface Unwanted {
  readonly kind: 'CATEGORY' | 'BRAND' | 'ATTRIBUTE';
  readonly name: string;
  readonly value: string;
}

/** Everything that a person has asked for: what the address bar holds, and what one searchProducts is made of. */
export interface Search {
  /** In the search box. */
  readonly words: string;
  readonly wordsWeight: number;
  /** Whether exactly what was written is searched for, slips and all. */
  readonly exact: boolean;
  readonly terms: readonly Term[];
  /** Paths, joined by " > " as the contract's facet CATEGORY has them. */
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly availability: readonly Availability[];
  /** Chosen values by the name of the attribute; no empty lists. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Decimal numbers, or empty. */
  readonly price: { readonly min: string; readonly max: string };
  /** What no result may be. */
  readonly without: readonly Unwanted[];
  /** ISO 4217: what prices are compared in; empty for the shop's own. */
  readonly currency: string;
  readonly sort: ProductSort;
  /** What one result is. */
  readonly collapse: Collapse;
  /** `diversify.strength`: 0 (closeness alone) to 1. */
  readonly variety: number;
  /** Also what does not really match. */
  readonly weak: boolean;
}

/** The whole catalogue, the newest first. */
export const EVERYTHING: Search = {
  words: '',
  wordsWeight: 1,
  exact: false,
  terms: [],
  categories: [],
  brands: [],
  availability: [],
  attributes: {},
  price: { min: '', max: '' },
  without: [],
  currency: '',
  sort: 'RELEVANCE',
  collapse: 'PRODUCT',
  variety: 0,
  weak: false,
};

/** The contract takes eight terms; the search box is one of them. */
export const MOST_TERMS = 8;

/** The same search with other words in the box, whose spelling may be mended again. */
export function withWords(search: Search, words: string): Search {
  return words === search.words ? search : { ...search, words, exact: false };
}

/** The same search with a term more; unchanged once it is full. A product or picture that is there already gets the new weight. */
export function withTerm(search: Search, term: Term): Search {
  const same = search.terms.findIndex((each) => sameThing(each, term));
  if (same >= 0) return { ...search, terms: search.terms.map((each, i) => (i === same ? term : each)) };
  if (search.terms.length >= MOST_TERMS - 1) return search;
  return { ...search, terms: [...search.terms, term] };
}

function sameThing(a: Term, b: Term): boolean {
  if (a.kind === 'product') return b.kind === 'product' && a.groupId === b.groupId;
  return a.kind === 'picture' && b.kind === 'picture' && a.id === b.id && a.region === null && b.region === null;
}

/** The same search with the term at this place changed, or without it. */
export function withTermAt(search: Search, place: number, term: Term | null): Search {
  return {
    ...search,
    terms: search.terms.flatMap((each, i) => (i !== place ? [each] : term === null ? [] : [term])),
  };
}

/** Adds a value to a list, or takes it away. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}

/** The same search with one value of an attribute chosen, or no longer. */
export function withAttribute(search: Search, name: string, value: string): Search {
  const { [name]: chosen = [], ...others } = search.attributes;
  const values = toggled(chosen, value);
  return { ...search, attributes: values.length === 0 ? others : { ...others, [name]: values } };
}

/** The same search, narrowed by nothing. */
export function withoutFilters(search: Search): Search {
  const { categories, brands, availability, attributes, price, without } = EVERYTHING;
  return { ...search, categories, brands, availability, attributes, price, without };
}

/** How many filters narrow the search. */
export function filterCount({ categories, brands, availability, attributes, price, without }: Search): number {
  const chosen = Object.values(attributes).reduce((sum, values) => sum + values.length, 0);
  const bounded = price.min !== '' || price.max !== '' ? 1 : 0;
  return categories.length + brands.length + availability.length + chosen + bounded + without.length;
}

/** Whether anything is looked for, and not merely filtered. */
export function looksForSomething({ words, wordsWeight, terms }: Search): boolean {
  return (words.trim() !== '' && wordsWeight !== 0) || terms.some(({ weight }) => weight !== 0);
}
