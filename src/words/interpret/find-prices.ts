import type { Language } from '../language/languages.ts';
import { foldText } from '../text/fold.ts';
import { readNumber } from '../text/numbers.ts';
import { UNITS } from '../text/units.ts';
import { CURRENCIES, PRICE_PHRASES } from './price-phrases.ts';

/** A price that a query bounds, in folded text. */
export interface PriceRange {
  readonly start: number;
  readonly end: number;
  /** In major units of the currency; undefined: not bounded. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** ISO 4217; undefined: the shop's. */
  readonly currency: string | undefined;
}

const SIGNS = names((name) => !/^[\p{L}]+$/u.test(name) || name.length === 1);
const WORDS = names((name) => /^[\p{L}]+$/u.test(name) && name.length > 1);
const NUMBER = String.raw`\d+(?:[.,]\d+)*`;
const CURRENCY_BEHIND = String.raw`\s?(${SIGNS}|(?:${WORDS})(?![\p{L}\p{N}]))`;
/** A number with a currency in front, behind, or neither; three groups. */
const AMOUNT = String.raw`(?:(${SIGNS}|(?:${WORDS})(?=\s))\s?)?(${NUMBER})(?:${CURRENCY_BEHIND})?`;
const BEFORE = String.raw`(?<![\p{L}\p{M}\p{N}])`;
const BEHIND = String.raw`(?![\p{L}\p{M}\p{N}]|[.,]\d|-\p{L})`;

function names(which: (name: string) => boolean): string {
  return Object.keys(CURRENCIES)
    .filter(which)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll('$', String.raw`\$`))
    .join('|');
}

type Bound = 'MOST' | 'LEAST';

interface PricePattern {
  readonly pattern: RegExp;
  readonly bound: Bound | 'RANGE';
  readonly needsCurrency: boolean;
}

/**
 * Finds "under 50", "between 20 and 30 €", "50-100 $", "ab 20 Euro", in the shop's languages. A number with another unit behind it ("under 50 cm") is no price.
 *
 * @param folded - by `foldText`
 */
export function findPrices(languages: readonly Language[], folded: string): PriceRange[] {
  if (!/\d/.test(folded)) return [];
  const found: PriceRange[] = [];
  for (const { pattern, bound, needsCurrency } of patternsOf(languages)) {
    for (const match of folded.matchAll(pattern)) {
      const range = bound === 'RANGE' ? rangeOf(match) : boundOf(match, bound);
      const overlaps = found.some(({ start, end }) => range.start < end && range.end > start);
      if (overlaps || (needsCurrency && range.currency === undefined) || isOtherUnit(folded, range)) continue;
      if (range.least === undefined && range.most === undefined) continue;
      found.push(range);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** Ranges first, since they hold bounds; strong phrases before weak ones. */
function patternsOf(languages: readonly Language[]): PricePattern[] {
  const phrases = languages.flatMap((language) => PRICE_PHRASES[language] ?? []);
  const ranges = phrases.flatMap(({ range }) => range.split(';'));
  const one = (list: readonly string[], bound: Bound, needsCurrency: boolean): PricePattern[] =>
    list.length === 0
      ? []
      : [{ pattern: new RegExp(`${BEFORE}(?:${list.join('|')})\\s+${AMOUNT}${BEHIND}`, 'gu'), bound, needsCurrency }];
  return [
    ...ranges.map((range): PricePattern => {
      const [front = '', middle = ''] = foldText(range).split('|');
      const begin = front === '' ? '' : `${front}\\s+`;
      return {
        pattern: new RegExp(`${BEFORE}${begin}${AMOUNT}\\s+${middle}\\s+${AMOUNT}${BEHIND}`, 'gu'),
        bound: 'RANGE',
        needsCurrency: front !== 'between',
      };
    }),
    {
      pattern: new RegExp(`(?<![\\p{L}\\p{N}][-./]?)${AMOUNT}\\s?-\\s?${AMOUNT}${BEHIND}`, 'gu'),
      bound: 'RANGE',
      needsCurrency: true,
    },
    ...one(
      phrases.flatMap(({ most }) => alternatives(most)),
      'MOST',
      false,
    ),
    ...one(
      phrases.flatMap(({ least }) => alternatives(least)),
      'LEAST',
      false,
    ),
    ...one(
      phrases.flatMap(({ weakMost }) => alternatives(weakMost)),
      'MOST',
      true,
    ),
    ...one(
      phrases.flatMap(({ weakLeast }) => alternatives(weakLeast)),
      'LEAST',
      true,
    ),
    { pattern: new RegExp(`(?<!\\S)<=?\\s?${AMOUNT}${BEHIND}`, 'gu'), bound: 'MOST', needsCurrency: false },
    { pattern: new RegExp(`(?<!\\S)>=?\\s?${AMOUNT}${BEHIND}`, 'gu'), bound: 'LEAST', needsCurrency: false },
  ];
}

/** The longest first: "up to" before "to". */
function alternatives(list: string): string[] {
  return foldText(list)
    .split('|')
    .toSorted((a, b) => b.length - a.length);
}

function boundOf(match: RegExpExecArray, bound: Bound): PriceRange {
  const [whole, front, number = '', behind] = match;
  const [amount] = readNumber(number);
  const place = { start: match.index, end: match.index + whole.length, currency: CURRENCIES[front ?? behind ?? ''] };
  return bound === 'MOST' ? { ...place, least: undefined, most: amount } : { ...place, least: amount, most: undefined };
}

function rangeOf(match: RegExpExecArray): PriceRange {
  const [whole, front1, number1 = '', behind1, front2, number2 = '', behind2] = match;
  const [[least], [most]] = [readNumber(number1), readNumber(number2)];
  const currency = CURRENCIES[front1 ?? behind1 ?? front2 ?? behind2 ?? ''];
  const ordered = least !== undefined && most !== undefined && least <= most;
  const bounds = ordered ? { least, most } : { least: undefined, most: undefined };
  return { start: match.index, end: match.index + whole.length, currency, ...bounds };
}

/** Whether a unit of another kind stands behind: "under 50 cm". */
function isOtherUnit(folded: string, { end, currency }: PriceRange): boolean {
  if (currency !== undefined) return false;
  const next = /^\s?-?([\p{L}\p{M}%"'°]+)/u.exec(folded.slice(end))?.[1] ?? '';
  return UNITS.has(next) && UNITS.get(next)?.ambiguous === false;
}
