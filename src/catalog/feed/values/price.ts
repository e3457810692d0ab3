import { badInput } from '../../../errors.ts';
import type { Money } from '../../product-input.ts';
import { currenciesOf } from './currency.ts';

/** What the person who imports says of prices that leave it open. */
export interface PriceHabits {
  /** ISO 4217, of prices that name none; of signs that are of several countries (`kr`, `$`) the one that is meant. */
  readonly currency?: string | undefined;
  /** BCP 47, like `de` or `en-US`: whether `1.299` is a thousand or one and a bit. */
  readonly locale?: string | undefined;
}

const EXPECTED = 'an amount and a currency like 12.90 USD or 1.234,56 €';

/** One number, with a currency before it, after it, or on both sides; `12,-` and `49.–` are whole amounts. */
const PRICE =
  /^(?<before>[^\d,+–—-]*)(?<number>\d(?:[\d.,'’ ]*\d)?)(?<whole>[.,]\s?[–—-]{1,2}|[.,])?\s*(?<after>[^\d]*)$/u;

/** Words that say that taxes are within, behind a price. Without them (`zzgl. MwSt.`, `HT`) it is not what a shopper pays. */
const TAX = '(?:mwst|ust|vat|tax(?:es)?|gst|moms|btw|dph|tva|iva)';
const TAX_INCLUDED = new RegExp(
  `[\\s,(]+(?:(?:inkl|incl?|including|included|con|avec)\\.?\\s*(?:\\d{1,2}\\s?%\\s*)?${TAX}|${TAX}\\.?\\s*(?:inkl|incl|included|inclus[ae]?|inclu[ií]d[ao]|incluso|comprise)|ttc)\\.?\\)?$`,
  'i',
);

/** Digits in threes, or as in India in twos before the last three. */
const GROUPED = /^\d{1,3}(?:([.,'’ ])\d{3}(?:\1\d{3})*|(?:,\d{2})+,\d{3})$/;

/** Currencies of a thousand parts: three digits after a sign are decimals. */
const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

const MAX_DECIMALS = 4;

/** A longer text is no price. */
const MAX_CHARACTERS = 100;

/**
 * A price as people write it: `12.90 USD`, `1.234,56 €`, `$15`, `1'234.50 CHF`, `12,- €`. Decimals beyond the fourth are a computer's noise and rounded off.
 * Of a single sign before three digits: a comma separates thousands, a dot does so where the currency is a sign that people
 * write (`1.299 €`) and not a code (Google's `1.299 EUR` has a decimal point); the locale and currencies of three decimals go before that.
 *
 * @param habits - for what the text leaves open; a currency that the text names goes before
 * @throws AppError BAD_USER_INPUT
 */
export function parsePrice(text: string, habits: PriceHabits = {}): Money {
  const written = text.length > MAX_CHARACTERS ? '' : text.replace(/\s/g, ' ').trim().replace(TAX_INCLUDED, '');
  const { before, number, after } = PRICE.exec(written)?.groups ?? {};
  if (number === undefined) throw badInput('price', EXPECTED, text);
  const named = [before, after].map((word) => (word ?? '').trim()).filter((word) => word !== '');
  const currency = findCurrency(named, habits.currency);
  if (currency === undefined)
    throw badInput('price', named.length === 0 ? `${EXPECTED}; the feed names no currency` : EXPECTED, text);
  const isCode = named.every((word) => /^[a-z]{3}$/i.test(word));
  const decimal = decimalSign(number, isCode, currency, habits.locale);
  const amount = decimal === undefined ? undefined : toAmount(number, decimal);
  if (amount === undefined) throw badInput('price', EXPECTED, text);
  return { amount, currency };
}

/** Of what the text says on both sides and the person besides; undefined where that is nothing or does not go together. */
function findCurrency(named: readonly string[], habit: string | undefined): string | undefined {
  const usual = habit?.toUpperCase();
  if (named.length === 0) return usual;
  const each = named.map(currenciesOf);
  const [first, ...others] = each;
  if (!first || others.includes(undefined)) return undefined;
  const possible = first.filter((code) => others.every((codes) => codes?.includes(code)));
  if (usual !== undefined && possible.includes(usual)) return usual;
  return possible[0] ?? undefined;
}

/** The sign before the decimals; empty where there are none. undefined where the signs make no number. */
function decimalSign(
  number: string,
  isCode: boolean,
  currency: string,
  locale: string | undefined,
): string | undefined {
  const signs = [...number.replace(/\d/g, '')];
  const last = signs.at(-1);
  if (last === undefined) return '';
  const isAlone = signs.length === 1;
  const mayBeDecimal = (last === '.' || last === ',') && signs.filter((sign) => sign === last).length === 1;
  if (!mayBeDecimal) return GROUPED.test(number) ? '' : undefined;
  const digits = number.length - number.lastIndexOf(last) - 1;
  if (digits !== 3 || !isAlone || !GROUPED.test(number) || number.startsWith('0')) return last;
  if (locale !== undefined) return decimalOf(locale) === last ? last : '';
  if (THREE_DECIMALS.has(currency)) return last;
  return last === '.' && isCode ? last : '';
}

function decimalOf(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
}

function toAmount(number: string, decimal: string): string | undefined {
  const at = decimal === '' ? number.length : number.lastIndexOf(decimal);
  const whole = number.slice(0, at);
  if (!/^\d+$/.test(whole) && !GROUPED.test(whole)) return undefined;
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  const decimals = number.slice(at + 1);
  if (decimals === '') return digits;
  return decimals.length <= MAX_DECIMALS ? `${digits}.${decimals}` : roundDecimals(digits, decimals);
}

function roundDecimals(whole: string, decimals: string): string {
  const scaled = BigInt(whole + decimals.slice(0, MAX_DECIMALS)) + (decimals.charAt(MAX_DECIMALS) >= '5' ? 1n : 0n);
  const digits = scaled.toString().padStart(MAX_DECIMALS + 1, '0');
  const rounded = `${digits.slice(0, -MAX_DECIMALS)}.${digits.slice(-MAX_DECIMALS)}`;
  return rounded.replace(/\.?0+$/, '');
}
