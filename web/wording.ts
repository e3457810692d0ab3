/** How numbers and prices are written. */

const COUNT = new Intl.NumberFormat('en');
const TWO_DIGITS = new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay: 'exceptZero' });

/** 44,072 */
export function count(number: number): string {
  return COUNT.format(number);
}

/** "1 product", "2 products" */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : several}`;
}

/** +0.41; -0.07; 0 */
export function signed(number: number): string {
  return TWO_DIGITS.format(number).replace('-', '−');
}

const EXACTLY_TWO_DIGITS = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});

/** +0.41; +0.80: where figures stand below each other. */
export function signedInColumn(number: number): string {
  return EXACTLY_TWO_DIGITS.format(number).replace('-', '−');
}

/** 0.971 as "97 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "12.5 ms"; "340 ms"; "1.2 s" */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds < 20 ? 1 : 0)} ms`;
}

/** "47 s"; "6 min 17 s"; "2 h 5 min" */
export function timeSpan(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** "$12.90"; currencies that the browser does not know are written by their code. */
export function price({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  return new Intl.NumberFormat('en', style).format(Number(amount));
}

/** "$12.90", or "$9.90 to $12.90". */
export function priceRange({
  min,
  max,
}: {
  readonly min: Parameters<typeof price>[0];
  readonly max: Parameters<typeof price>[0];
}): string {
  return min.amount === max.amount ? price(min) : `${price(min)} to ${price(max)}`;
}

/** "21 Nov 2026, 10:04", in the reader's time zone. */
export function dateTime(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** 1st, 2nd, 3rd, 4th ... */
export function ordinal(number: number): string {
  const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return `${count(number)}${suffixes[rule] ?? 'th'}`;
}
