import { foldText } from '../../words/text/fold.ts';
import { UNITS } from '../../words/text/units.ts';

/** A value with what it is ordered by. */
interface OrderedValue {
  /** Whether it begins with a number. */
  readonly isNumber: boolean;
  /** The base unit of what follows the number: mm for cm; empty for none. */
  readonly base: string;
  /** The number, in the base unit. */
  readonly amount: number;
}

/** A number in digits with thousands or decimals, and what follows it. */
const NUMBER = /^([-−]?)(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.,](\d+))?\s*(.*)$/s;

/**
 * Orders the values of a field A to Z by the collation of a language, as people look for them: values that begin with a number come first, by it ("9", "9.5", "10"), those of
 * one dimension together, whatever their units ("500 g" before "1.5 kg"); then texts, in which numbers are numbers, too ("Size 9" before "Size 10").
 *
 * @param language - BCP 47
 * @returns compares two values, as Array.sort wants it; values that are written differently are never equal
 */
export function createValueOrder(language: string): (a: string, b: string) => number {
  const collator = new Intl.Collator(language, { numeric: true });
  const known = new Map<string, OrderedValue>();
  const ordered = (text: string) => {
    const value = known.get(text) ?? orderedValue(text);
    known.set(text, value);
    return value;
  };
  return (left, right) => {
    const [a, b] = [ordered(left), ordered(right)];
    if (a.isNumber !== b.isNumber) return a.isNumber ? -1 : 1;
    return (
      byCodePoint(a.base, b.base) || a.amount - b.amount || collator.compare(left, right) || byCodePoint(left, right)
    );
  };
}

function orderedValue(text: string): OrderedValue {
  const [, sign, whole = '', decimals = '', rest = ''] = NUMBER.exec(text.trim()) ?? [];
  if (whole === '') return { isNumber: false, base: '', amount: 0 };
  const unit = UNITS.get(foldText(rest));
  const amount = Number(`${whole.replaceAll(',', '')}.${decimals || '0'}`) * (unit?.factor ?? 1);
  return { isNumber: true, base: unit?.base ?? '', amount: sign ? -amount : amount };
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
