/** What narrows the search, and what the words could be instead, as chips. */
import type { InterpretQuery } from '../generated/operations.ts';
import { MOST_TERMS, type Search, toggled, type Unwanted, withAttribute, withTerm } from './search.ts';

export type Part = InterpretQuery['interpretQuery']['parts'][number];
type Reading = Part['readings'][number];

/** A thing that is said in a few words, and the search with it, or without it. */
export interface Chip {
  readonly label: string;
  readonly next: Search;
}

/** An offer, and the piece of the words that it is made of. */
export interface Offer extends Chip {
  readonly from: string;
}

const MOST_OFFERS = 6;

/** Each filter of a search, and the search without it. Availability is a matter of course, and stays in the list of filters. */
export function filterChips(search: Search): Chip[] {
  const { categories, brands, attributes, price, without } = search;
  return [
    ...categories.map((path) => ({ label: path, next: { ...search, categories: toggled(categories, path) } })),
    ...brands.map((brand) => ({ label: brand, next: { ...search, brands: toggled(brands, brand) } })),
    ...Object.entries(attributes).flatMap(([name, values]) =>
      values.map((value) => ({ label: `${name}: ${value}`, next: withAttribute(search, name, value) })),
    ),
    ...(price.min === '' && price.max === ''
      ? []
      : [{ label: priceLabel(price), next: { ...search, price: { min: '', max: '' } } }]),
    ...without.map((one) => ({
      label: `not ${one.name === '' ? '' : `${one.name}: `}${one.value}`,
      next: { ...search, without: without.filter((other) => other !== one) },
    })),
  ];
}

/** What pieces of the words could be instead: the search with that, and without the piece. */
export function offersOf(search: Search, words: string, parts: readonly Part[]): Offer[] {
  if (words !== search.words.trim()) return [];
  return parts
    .flatMap((part) => {
      const rest = { ...search, words: withoutPiece(words, part) };
      return chipsOf(rest, part).map((chip) => ({ ...chip, from: part.text }));
    })
    .slice(0, MOST_OFFERS);
}

function withoutPiece(words: string, { start, end }: Part): string {
  return `${words.slice(0, start)} ${words.slice(end)}`.replaceAll(/\s+/g, ' ').trim();
}

function chipsOf(rest: Search, part: Part): Chip[] {
  const [first] = part.readings;
  if (first === undefined) return [];
  if (part.filter?.price != null) {
    const price = { min: part.filter.price.min ?? '', max: part.filter.price.max ?? '' };
    return [{ label: priceLabel(price), next: { ...rest, price } }];
  }
  if (!part.isNegative)
    return part.readings.map((reading) => ({ label: labelOf(reading), next: narrowed(rest, reading) }));
  if (first.kind === 'WORDS') {
    const term = { kind: 'words', text: first.label, weight: -0.5 } as const;
    return rest.terms.length >= MOST_TERMS - 1 ? [] : [{ label: `not ${first.label}`, next: withTerm(rest, term) }];
  }
  const unwanted = part.readings.flatMap(unwantedOf);
  return [{ label: `not ${labelOf(first)}`, next: { ...rest, without: [...rest.without, ...unwanted] } }];
}

function narrowed(search: Search, { kind, label, attribute }: Reading): Search {
  if (kind === 'CATEGORY') return { ...search, categories: [...new Set([...search.categories, label])] };
  if (kind === 'BRAND') return { ...search, brands: [...new Set([...search.brands, label])] };
  const isChosen = search.attributes[attribute ?? '']?.includes(label) ?? false;
  return isChosen ? search : withAttribute(search, attribute ?? '', label);
}

function unwantedOf({ kind, label, attribute }: Reading): Unwanted[] {
  return kind === 'CATEGORY' || kind === 'BRAND' || kind === 'ATTRIBUTE'
    ? [{ kind, name: attribute ?? '', value: label }]
    : [];
}

function labelOf({ kind, label, attribute }: Reading): string {
  if (kind === 'ATTRIBUTE') return `${attribute}: ${label}`;
  return kind === 'BRAND' ? `brand: ${label}` : label;
}

function priceLabel({ min, max }: Search['price']): string {
  if (min === '') return `up to ${max}`;
  return max === '' ? `from ${min}` : `${min} to ${max}`;
}
