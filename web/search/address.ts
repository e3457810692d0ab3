import type { Availability, Collapse, ProductSort } from '../generated/operations.ts';
import { tidied } from './region.ts';
import { EVERYTHING, MOST_TERMS, type Region, type Search, type Term, type Unwanted } from './search.ts';

const SORTS: Readonly<Record<string, ProductSort>> = {
  cheapest: 'PRICE_ASC',
  dearest: 'PRICE_DESC',
  newest: 'NEWEST',
  title: 'TITLE',
};

const COLLAPSES: Readonly<Record<string, Collapse>> = { look: 'LOOK', variant: 'VARIANT' };

const AVAILABILITIES: Readonly<Record<string, Availability>> = {
  in_stock: 'IN_STOCK',
  out_of_stock: 'OUT_OF_STOCK',
  preorder: 'PREORDER',
  backorder: 'BACKORDER',
};

const ATTRIBUTE = 'is.';
const CURRENCY = /^[a-z]{3}$/i;
const DECIMAL = /^\d{1,15}(\.\d{1,4})?$/;

/**
 * A search as the query part of an address, without the question mark; empty for EVERYTHING. People can read and write it:
 * `q=dress&term=-0.5+words+sleeves&category=Apparel&price=10-40&is.color=Red&sort=cheapest`.
 */
export function toAddress(search: Search): string {
  const address = new URLSearchParams();
  const add = (name: string, value: string, unless: string) => value !== unless && address.append(name, value);
  add('q', search.words, '');
  if (search.words !== '') add('weight', String(search.wordsWeight), '1');
  if (search.exact) address.append('spelling', 'exact');
  for (const term of search.terms) address.append('term', termToText(term));
  for (const category of search.categories) address.append('category', category);
  for (const brand of search.brands) address.append('brand', brand);
  for (const state of search.availability) address.append('availability', state.toLowerCase());
  for (const [name, values] of Object.entries(search.attributes)) {
    for (const value of values) address.append(`${ATTRIBUTE}${name}`, value);
  }
  for (const one of search.without) address.append('not', unwantedToText(one));
  add('price', `${search.price.min}-${search.price.max}`, '-');
  add('currency', search.currency, '');
  const sort = Object.entries(SORTS).find(([, value]) => value === search.sort);
  if (sort !== undefined) address.append('sort', sort[0]);
  if (search.collapse !== 'PRODUCT') address.append('each', search.collapse.toLowerCase());
  add('variety', String(search.variety), '0');
  if (search.weak) address.append('weak', 'yes');
  return address.toString();
}

/** The search that an address holds. What cannot be read, because somebody wrote it by hand, is left out. */
export function fromAddress(query: string): Search {
  const address = new URLSearchParams(query);
  const attributes: Record<string, string[]> = {};
  for (const [name, value] of address) {
    if (!name.startsWith(ATTRIBUTE) || name === ATTRIBUTE) continue;
    const attribute = name.slice(ATTRIBUTE.length);
    attributes[attribute] = [...(attributes[attribute] ?? []), value];
  }
  const [min = '', max = ''] = (address.get('price') ?? '').split('-');
  return {
    words: (address.get('q') ?? '').slice(0, 1_000),
    wordsWeight: numberWithin(address.get('weight'), -1, 1) ?? 1,
    exact: address.get('spelling') === 'exact',
    terms: address
      .getAll('term')
      .flatMap((text) => termFromText(text) ?? [])
      .slice(0, MOST_TERMS - 1),
    categories: address.getAll('category'),
    brands: address.getAll('brand'),
    availability: address.getAll('availability').flatMap((name) => AVAILABILITIES[name] ?? []),
    attributes,
    price: { min: DECIMAL.test(min) ? min : '', max: DECIMAL.test(max) ? max : '' },
    without: address.getAll('not').flatMap((text) => unwantedFromText(text) ?? []),
    currency: CURRENCY.test(address.get('currency') ?? '') ? (address.get('currency') ?? '').toUpperCase() : '',
    sort: SORTS[address.get('sort') ?? ''] ?? EVERYTHING.sort,
    collapse: COLLAPSES[address.get('each') ?? ''] ?? EVERYTHING.collapse,
    variety: numberWithin(address.get('variety'), 0, 1) ?? EVERYTHING.variety,
    weak: address.get('weak') === 'yes',
  };
}

/** `-0.5 words sleeves`, `1 product LG-0019`, `1 upload 9f86...`, `0.7 upload@0.2,0.1,0.6,0.5 9f86...` */
function termToText(term: Term): string {
  switch (term.kind) {
    case 'words':
      return `${term.weight} words ${term.text}`;
    case 'product':
      return `${term.weight} product ${term.groupId}`;
    default: {
      const part = term.region === null ? '' : `@${regionToText(term.region)}`;
      return `${term.weight} ${term.kind}${part} ${term.id}`;
    }
  }
}

function termFromText(text: string): Term | undefined {
  const [, weightText, kind, part, value] = /^(\S+) (words|product|upload|picture)(?:@(\S+))? (.+)$/s.exec(text) ?? [];
  const weight = numberWithin(weightText ?? null, -1, 1);
  if (weight === undefined || value === undefined) return undefined;
  if (kind === 'words') return { kind, text: value.slice(0, 1_000), weight };
  if (kind === 'product') return { kind, groupId: value, weight };
  if (kind !== 'upload' && kind !== 'picture') return undefined;
  return { kind, id: value, region: regionFromText(part), weight };
}

/** `category:Apparel > Shirts`, `brand:Acme`, `is.color:Red` */
function unwantedToText({ kind, name, value }: Unwanted): string {
  return `${kind === 'ATTRIBUTE' ? ATTRIBUTE + name : kind.toLowerCase()}:${value}`;
}

function unwantedFromText(text: string): Unwanted | undefined {
  const [, what, name = '', value] = /^(category|brand|is\.([^:]+)):(.+)$/s.exec(text) ?? [];
  if (what === undefined || value === undefined) return undefined;
  return { kind: what === 'category' ? 'CATEGORY' : what === 'brand' ? 'BRAND' : 'ATTRIBUTE', name, value };
}

function regionToText(region: Region): string {
  const { x, y, width, height } = tidied(region);
  return [x, y, width, height].join(',');
}

function regionFromText(text: string | undefined): Region | null {
  const numbers = (text ?? '').split(',').map((each) => numberWithin(each, 0, 1));
  const [x, y, width, height] = numbers;
  if (x === undefined || y === undefined || !width || !height) return null;
  return tidied({ x, y, width, height });
}

function numberWithin(text: string | null, low: number, high: number): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  const number = Number(text);
  return number >= low && number <= high ? number : undefined;
}
