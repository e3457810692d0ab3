import { readFile } from 'node:fs/promises';
import type { Collapse, ProductSort } from '../database/closed-sets.ts';
import type { Region } from '../embedding/embedder.ts';
import { AppError, badInput, show } from '../errors.ts';
import type {
  ProductFilter,
  SearchRequest,
  SearchTerm,
  UnavailableProducts,
  WordMatching,
} from '../search/request/search-request.ts';

/** The options of `lookgraph search`, as they were typed. */
export interface SearchOptions {
  readonly image?: string;
  readonly region?: string;
  readonly asIs?: boolean;
  readonly product?: string;
  readonly category?: readonly string[];
  readonly brand?: readonly string[];
  readonly minPrice?: string;
  readonly maxPrice?: string;
  readonly currency?: string;
  readonly attribute?: readonly string[];
  readonly first: number;
  readonly after?: string;
  readonly words: string;
  readonly asWritten?: boolean;
  readonly minRelevance?: string;
  readonly sort?: string;
  readonly unavailable?: string;
  readonly collapse?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
}

const WORD_MATCHING: Choices<WordMatching> = { auto: 'AUTO', off: 'OFF', only: 'ONLY' };
const SORTS: Choices<ProductSort> = {
  relevance: 'RELEVANCE',
  'price-asc': 'PRICE_ASC',
  'price-desc': 'PRICE_DESC',
  newest: 'NEWEST',
  title: 'TITLE',
};
const UNAVAILABLE: Choices<UnavailableProducts> = { show: 'SHOW', last: 'LAST', hide: 'HIDE' };

const COLLAPSES: Choices<Collapse> = { product: 'PRODUCT', look: 'LOOK', variant: 'VARIANT' };

/** What may be typed, and what it means. */
type Choices<T> = Readonly<Record<string, T>>;

/**
 * Makes a search request of what was typed. Bounds are checked by the search itself.
 *
 * @throws AppError BAD_USER_INPUT for what has no meaning, NOT_FOUND for a picture that is not there
 */
export async function searchRequest(words: readonly string[], options: SearchOptions): Promise<SearchRequest> {
  const { minRelevance, sort, unavailable, collapse, currency } = options;
  const filter = productFilter(options);
  return {
    words: chosen('--words', WORD_MATCHING, options.words),
    ...(options.asWritten && { spelling: 'AS_WRITTEN' as const }),
    ...(minRelevance !== undefined && { minRelevance: parseNumber('--min-relevance', minRelevance) }),
    ...(sort !== undefined && { sort: chosen('--sort', SORTS, sort) }),
    ...(unavailable !== undefined && { unavailable: chosen('--unavailable', UNAVAILABLE, unavailable) }),
    ...(collapse !== undefined && { collapse: chosen('--collapse', COLLAPSES, collapse) }),
    ...(currency !== undefined && { currency }),
    ...(filter && { filter }),
    terms: await searchTerms(words, options),
    first: options.first,
    ...(options.after !== undefined && { after: options.after }),
  };
}

function chosen<T>(option: string, choices: Choices<T>, text: string): T {
  const typed = text.toLowerCase();
  const choice = Object.hasOwn(choices, typed) ? choices[typed] : undefined;
  if (choice === undefined) throw badInput(option, `one of ${Object.keys(choices).join(', ')}`, text);
  return choice;
}

function parseNumber(option: string, text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw badInput(option, 'a number', text);
  return number;
}

async function searchTerms(words: readonly string[], options: SearchOptions): Promise<SearchTerm[]> {
  const terms: SearchTerm[] = [];
  if (words.length > 0) terms.push({ match: { kind: 'text', text: words.join(' ') } });
  if (options.image !== undefined) {
    const source = { kind: 'bytes', bytes: await readImage(options.image) } as const;
    const region = options.region === undefined ? undefined : parseRegion(options.region);
    terms.push({ match: { kind: 'image', source, ...(region && { region }), adjust: options.asIs !== true } });
  } else if (options.region !== undefined) {
    throw badInput('--region', 'to come with --image', options.region);
  }
  if (options.product !== undefined) {
    terms.push({ match: { kind: 'product', product: { kind: 'sku', sku: options.product } } });
  }
  return terms;
}

async function readImage(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new AppError('NOT_FOUND', `--image: expected a picture, found no file ${show(file)} that can be read`, {
      cause,
    });
  }
}

function parseRegion(text: string): Region {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x, y, width, height] = numbers;
  if (numbers.length !== 4 || x === undefined || y === undefined || width === undefined || height === undefined) {
    throw badInput('--region', 'four numbers: x,y,width,height', text);
  }
  if (!numbers.every(Number.isFinite)) throw badInput('--region', 'four numbers: x,y,width,height', text);
  return { x, y, width, height };
}

function productFilter(options: SearchOptions): ProductFilter | undefined {
  const { minPrice, maxPrice } = options;
  const filter: ProductFilter = {
    ...(options.category && {
      category: { in: options.category.map((category) => ({ kind: 'path', path: parseCategory(category) })) },
    }),
    ...(options.brand && { brand: { in: options.brand } }),
    ...((minPrice !== undefined || maxPrice !== undefined) && {
      price: { ...(minPrice !== undefined && { min: minPrice }), ...(maxPrice !== undefined && { max: maxPrice }) },
    }),
    ...(options.attribute && { attributes: parseAttributes(options.attribute) }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}

function parseCategory(text: string): string[] {
  const path = text.split('>').map((name) => name.trim());
  if (path.some((name) => name === '')) throw badInput('--category', 'names separated by >: "Apparel > Shirts"', text);
  return path;
}

/** One name given several times: any of its values. */
function parseAttributes(texts: readonly string[]): { name: string; in: string[] }[] {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    const separator = text.indexOf('=');
    if (separator < 1) throw badInput('--attribute', 'name=value', text);
    const name = text.slice(0, separator);
    values.set(name, [...(values.get(name) ?? []), text.slice(separator + 1)]);
  }
  return Array.from(values, ([name, of]) => ({ name, in: of }));
}
