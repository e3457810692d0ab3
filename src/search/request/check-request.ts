import type { Collapse, ProductSort } from '../../database/closed-sets.ts';
import { COLLAPSES, PRODUCT_SORTS } from '../../database/closed-sets.ts';
import { AppError, badInput } from '../../errors.ts';
import { checkFilter, checkProductKey } from './check-filter.ts';
import { checkNumber, checkText, checkUuid } from './check-values.ts';
import type {
  Boost,
  Diversify,
  ImageSource,
  ProductFilter,
  ProductKey,
  SearchMatch,
  SearchRequest,
  SearchTerm,
  SpellingMode,
  UnavailableProducts,
  WordMatching,
} from './search-request.ts';

/** A request whose bounds hold and whose defaults are filled in. */
export interface CheckedRequest {
  readonly terms: readonly CheckedTerm[];
  readonly filter: ProductFilter;
  readonly words: WordMatching;
  readonly spelling: SpellingMode;
  readonly minRelevance: number;
  readonly sort: ProductSort;
  readonly sortAttribute: string | undefined;
  readonly collapse: Collapse;
  /** ISO 4217, in capitals; undefined where the request leaves it to the shop. */
  readonly currency: string | undefined;
  readonly unavailable: UnavailableProducts;
  readonly boosts: readonly Boost[];
  readonly pin: readonly ProductKey[];
  readonly exclude: readonly ProductKey[];
  /** Undefined where variety counts for nothing. */
  readonly diversify: (Diversify & { readonly strength: number }) | undefined;
  readonly unlike: ProductKey | undefined;
  readonly first: number;
  readonly after: string | undefined;
}

export interface CheckedTerm {
  readonly match: SearchMatch;
  readonly weight: number;
}

/** Products to a page, at most. */
export const MAX_FIRST = 100;
export const MAX_TERMS = 8;
export const MAX_TEXT_LENGTH = 1000;
/** In an order by title, far behind the first page, a cursor holds a whole title: 1,000 characters of 4 bytes. */
const MAX_CURSOR_LENGTH = 8000;
const MAX_BOOSTS = 8;
const MAX_PINNED = 20;
const MAX_EXCLUDED = 100;
/** Products to choose a varied page from, at most: choosing takes the square of it. */
export const MAX_DIVERSIFIED = 500;
const DEFAULT_STRENGTH = 0.3;

/**
 * Fills in defaults, trims texts and checks every bound that needs no database.
 *
 * @throws AppError BAD_USER_INPUT with the place, what was expected there and what was found
 */
export function checkRequest(request: SearchRequest): CheckedRequest {
  const {
    terms,
    filter = {},
    words = 'AUTO',
    spelling = 'MEND',
    minRelevance = 0,
    unavailable = 'LAST',
    first = 24,
    after,
  } = request;
  const {
    boosts = [],
    pin = [],
    exclude = [],
    sort = 'RELEVANCE',
    sortAttribute,
    collapse = 'PRODUCT',
    unlike,
  } = request;
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) throw badInput('first', `1 to ${MAX_FIRST}`, first);
  checkLength(terms, 'terms', MAX_TERMS);
  checkOneOf(words, 'words', ['AUTO', 'OFF', 'ONLY']);
  checkOneOf(spelling, 'spelling', ['MEND', 'AS_WRITTEN']);
  checkOneOf(sort, 'sort', PRODUCT_SORTS);
  checkSortAttribute(sort, sortAttribute);
  checkOneOf(collapse, 'collapse', COLLAPSES);
  const currency = checkCurrency(request.currency);
  checkOneOf(unavailable, 'unavailable', ['SHOW', 'LAST', 'HIDE']);
  checkNumber(minRelevance, 'minRelevance', 0, 1);
  if (after !== undefined && (after === '' || after.length > MAX_CURSOR_LENGTH)) {
    throw badInput('after', `a cursor of at most ${MAX_CURSOR_LENGTH} characters`, after);
  }
  checkFilter(filter, 'filter');
  checkLength(boosts, 'boosts', MAX_BOOSTS);
  boosts.forEach((boost, index) => {
    checkFilter(boost.filter, `boosts.${index}.filter`);
    checkNumber(boost.by, `boosts.${index}.by`, -1, 1);
  });
  checkKeys(pin, 'pin', MAX_PINNED);
  checkKeys(exclude, 'exclude', MAX_EXCLUDED);
  if (unlike !== undefined) checkProductKey(unlike, 'unlike');
  const shaping = { minRelevance, sort, sortAttribute, collapse, currency, unavailable, boosts, pin, exclude, unlike };
  const checked = { terms: terms.map(checkTerm), filter, words, spelling, ...shaping, first, after };
  if (words === 'ONLY' && !checked.terms.some(isWantedText)) {
    throw badInput('words', 'AUTO or OFF where no text term has a positive weight', words);
  }
  return { ...checked, diversify: checkDiversify(request) };
}

function checkSortAttribute(sort: ProductSort, attribute: string | undefined): void {
  const isByNumber = sort === 'NUMBER_ASC' || sort === 'NUMBER_DESC';
  if (attribute !== undefined) checkText(attribute, 'sortAttribute', MAX_TEXT_LENGTH);
  if (isByNumber && attribute === undefined)
    throw badInput('sortAttribute', `an attribute for sort ${sort}`, attribute);
  if (!isByNumber && attribute !== undefined)
    throw badInput('sortAttribute', 'nothing but for sort NUMBER_ASC and NUMBER_DESC', attribute);
}

function checkCurrency(currency: string | undefined): string | undefined {
  if (currency !== undefined && !/^[A-Za-z]{3}$/.test(currency))
    throw badInput('currency', 'the three letters of an ISO 4217 currency like USD', currency);
  return currency?.toUpperCase();
}

function checkDiversify({
  diversify,
  sort = 'RELEVANCE',
  terms,
  first = 24,
}: SearchRequest): CheckedRequest['diversify'] {
  if (diversify === undefined) return undefined;
  const { strength = DEFAULT_STRENGTH, candidates } = diversify;
  checkNumber(strength, 'diversify.strength', 0, 1);
  if (
    candidates !== undefined &&
    (!Number.isInteger(candidates) || candidates < first || candidates > MAX_DIVERSIFIED)
  ) {
    throw badInput('diversify.candidates', `${first} (the size of the page) to ${MAX_DIVERSIFIED}`, candidates);
  }
  if (sort !== 'RELEVANCE') throw badInput('sort', 'RELEVANCE where diversify is given', sort);
  if (terms.length === 0) throw badInput('diversify', 'nothing where there are no terms', diversify);
  return strength === 0 ? undefined : { ...diversify, strength };
}

function checkLength(list: readonly unknown[], path: string, most: number): void {
  if (list.length > most) throw badInput(path, `at most ${most}`, list.length);
}

function checkKeys(keys: readonly ProductKey[], path: string, most: number): void {
  checkLength(keys, path, most);
  keys.forEach((key, index) => {
    checkProductKey(key, `${path}.${index}`);
  });
}

function checkOneOf(value: string, path: string, values: readonly string[]): void {
  if (!values.includes(value)) throw badInput(path, values.join(', '), value);
}

/** Whether words of this term are looked for: it is a text, and one to steer towards. */
export function isWantedText(
  term: CheckedTerm,
): term is CheckedTerm & { readonly match: { readonly kind: 'text'; readonly text: string } } {
  return term.match.kind === 'text' && term.weight > 0;
}

function checkTerm({ match, weight = 1 }: SearchTerm, index: number): CheckedTerm {
  const path = `terms.${index}`;
  if (!Number.isFinite(weight) || weight < -1 || weight > 1 || weight === 0) {
    throw badInput(`${path}.weight`, '-1 to 1 and not 0', weight);
  }
  return { match: checkMatch(match, `${path}.match`), weight };
}

function checkMatch(match: SearchMatch, path: string): SearchMatch {
  switch (match.kind) {
    case 'text':
      return { kind: 'text', text: checkText(match.text.trim(), `${path}.text`, MAX_TEXT_LENGTH) };
    case 'image':
      if (match.region !== undefined) checkRegion(match.region, `${path}.image.region`);
      checkSource(match.source, `${path}.image.source`);
      return match;
    case 'product':
      if (match.product.kind === 'id') checkUuid(match.product.id, `${path}.product.id`);
      else checkText(match.product.sku, `${path}.product.sku`, MAX_TEXT_LENGTH);
      return match;
  }
}

/** Only what would otherwise reach SQL; deps.loadImage checks the rest. */
function checkSource(source: ImageSource, path: string): void {
  if (source.kind === 'productImage') checkUuid(source.id, `${path}.productImage`);
}

/** Far below a pixel of any picture: room for what 0.1 + 0.9 adds up to. */
const ROUNDING = 1e-9;

function checkRegion(region: { x: number; y: number; width: number; height: number }, path: string): void {
  for (const side of ['x', 'y', 'width', 'height'] as const) checkNumber(region[side], `${path}.${side}`, 0, 1);
  for (const side of ['width', 'height'] as const) {
    if (region[side] === 0) throw badInput(`${path}.${side}`, 'more than 0', region[side]);
  }
  if (region.x + region.width > 1 + ROUNDING || region.y + region.height > 1 + ROUNDING) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${path}: expected a region inside the picture, x + width and y + height at most 1, found ${JSON.stringify(region)}`,
      { path: path.split('.') },
    );
  }
}
