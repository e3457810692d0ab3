import { AppError, badInput } from '../errors.ts';
import { checkFilter } from './check-filter.ts';
import { checkNumber, checkText, checkUuid } from './check-values.ts';
import type {
  ImageSource,
  ProductFilter,
  SearchMatch,
  SearchRequest,
  SearchTerm,
  WordMatching,
} from './search-request.ts';

/** A request whose bounds hold and whose defaults are filled in. */
export interface CheckedRequest {
  readonly terms: readonly CheckedTerm[];
  readonly filter: ProductFilter;
  readonly words: WordMatching;
  readonly first: number;
  readonly after: string | undefined;
}

export interface CheckedTerm {
  readonly match: SearchMatch;
  readonly weight: number;
}

/** Products to a page, at most. */
export const MAX_FIRST = 100;
const MAX_TERMS = 8;
const MAX_TEXT_LENGTH = 1000;
const MAX_CURSOR_LENGTH = 1000;

/**
 * Fills in defaults, trims texts and checks every bound that needs no database.
 *
 * @throws AppError BAD_USER_INPUT with the place, what was expected there and what was found
 */
export function checkRequest(request: SearchRequest): CheckedRequest {
  const { terms, filter = {}, words = 'AUTO', first = 24, after } = request;
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) throw badInput('first', `1 to ${MAX_FIRST}`, first);
  if (terms.length > MAX_TERMS) throw badInput('terms', `at most ${MAX_TERMS} terms`, terms.length);
  if (!['AUTO', 'OFF', 'ONLY'].includes(words)) throw badInput('words', 'AUTO, OFF or ONLY', words);
  if (after !== undefined && (after === '' || after.length > MAX_CURSOR_LENGTH)) {
    throw badInput('after', `a cursor of at most ${MAX_CURSOR_LENGTH} characters`, after);
  }
  checkFilter(filter);
  const checked = { terms: terms.map(checkTerm), filter, words, first, after };
  if (words === 'ONLY' && !checked.terms.some(isWantedText)) {
    throw badInput('words', 'AUTO or OFF where no text term has a positive weight', words);
  }
  return checked;
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
