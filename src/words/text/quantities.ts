import { numberWord, readNumber } from './numbers.ts';
import { UNITS } from './units.ts';

/** An amount with its unit, found in folded text. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /**
   * Lexemes in the base unit, `=500g`, `=686mm`: one list for each amount ("10 x 20 cm" has two, "6 x 330 ml" one can and the whole) with its readings
   * ("1.500 g"), the likeliest first.
   */
  readonly amounts: readonly (readonly string[])[];
  /** The lexeme that every amount of this dimension has: `=g`. */
  readonly dimension: string;
  /** The numbers as written, in one form: `3.5`. */
  readonly numbers: readonly string[];
  /** The unit as written. */
  readonly unit: string;
  /** Where the unit begins, for a quantity that may be two words ("9 in black"); undefined: it is surely one. */
  readonly unitStart: number | undefined;
}

const NUMBER = String.raw`(?:\d+ )?\d+\/\d+|\d+(?:[.,]\d+)*`;
/** What may be a unit; whether it is one, the table says: 250 names in the pattern would make it ten times slower. */
const NAME = String.raw`fl\.?\s?oz\b|sq\.?\s?(?:ft|m|cm)\b|°?[\p{L}\p{M}]+[23]?|"|''|'|%`;
/** Lengths that belong together ("10 x 20 cm"), counts ("6 x 330 ml") and ranges ("5-10 kg") share the unit behind the last number. */
const QUANTITY = new RegExp(
  String.raw`(?<![\p{L}\p{N}][-./_,']?)((?:${NUMBER})(?:\s?[x*-]\s?(?:${NUMBER}))*)(\s?|-)(${NAME})(?![\p{L}\p{M}\p{N}]|-[\p{L}\p{N}])`,
  'gu',
);
const PART = new RegExp(`^(${NUMBER})(${NAME})$`, 'u');

/** Finds all amounts with units, those apart ("16 gb") as those together ("16gb", `27"`). */
export function findQuantities(folded: string): Quantity[] {
  if (!/\d/.test(folded)) return [];
  return [...folded.matchAll(QUANTITY)].flatMap((match) => {
    const [whole, numbers = '', gap = '', name = ''] = match;
    const unitName = name.replaceAll(/[.\s]/g, '');
    const unit = UNITS.get(unitName);
    const isInFront =
      unitName === 'in' && /^\s*\d/.test(folded.slice(match.index + whole.length, match.index + whole.length + 8));
    if (unit === undefined || isInFront) return [];
    const unitStart =
      unit.ambiguous && gap !== '' && /^\p{L}/u.test(name) ? match.index + numbers.length + gap.length : undefined;
    return quantityOf(match.index, match.index + whole.length, numbers, unitName, unitStart);
  });
}

/** @returns the quantity that a part of a longer word is ("usb-16gb"), if it is one beyond doubt; its place is 0 */
export function partQuantity(part: string): Quantity | undefined {
  const match = PART.exec(part);
  const [whole, number = '', name = ''] = match ?? [];
  return whole === undefined ? undefined : quantityOf(0, whole.length, number, name, undefined)[0];
}

function quantityOf(
  start: number,
  end: number,
  written: string,
  unitName: string,
  unitStart: number | undefined,
): Quantity[] {
  const unit = UNITS.get(unitName);
  if (unit === undefined) return [];
  const multiplied = /[x*]/.test(written);
  const numbers = written.split(/\s?[x*-]\s?/).map(readNumber);
  const last = numbers.at(-1);
  if (last === undefined || numbers.some((readings) => readings.length === 0)) return [];
  const isLength = unit.base === 'mm';
  const whole = numbers.reduce((product, [factor = 1]) => product * factor, 1);
  const values = multiplied && !isLength ? [last, [whole]] : numbers;
  const amounts = values.map((readings) =>
    readings.map((value) => `=${amountWord(value * unit.factor, unit.rounded)}${unit.base}`),
  );
  return [
    {
      start,
      end,
      amounts,
      dimension: `=${unit.base}`,
      numbers: [...new Set(numbers.flat().map(numberWord))],
      unit: unitName,
      unitStart,
    },
  ];
}

function amountWord(amount: number, rounded: boolean): string {
  // A tape of 1 in is 25.4 mm and a monitor of 27 in is 686: three digits are what people mean.
  const exact = Number(amount.toPrecision(9));
  return numberWord(rounded ? Number(exact.toPrecision(3)) : exact);
}
