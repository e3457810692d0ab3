/** Thousands as people write them: 10,000 and 1.500, but not 0.500 or 12.5. */
const THOUSANDS = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$/;
const DECIMAL = /^\d+[.,]\d+$/;
/** 1,234.5 and 1.234,5 */
const THOUSANDS_AND_DECIMAL = /^\d{1,3}(?:,\d{3})+\.\d+$|^\d{1,3}(?:\.\d{3})+,\d+$/;

/**
 * What a number in folded text may mean: "3,5" is 3.5; "10,000" is ten thousand or, less likely, 10. Fractions, "1/2" and "1 1/2", have one reading.
 *
 * @returns the likeliest first; none where it is no number ("1.2.3")
 */
export function readNumber(text: string): number[] {
  if (/^\d+$/.test(text)) return [Number(text)];
  const fraction = /^(?:(\d+) )?(\d+)\/(\d+)$/.exec(text);
  if (fraction !== null) {
    const below = Number(fraction[3]);
    return below === 0 ? [] : [Number(fraction[1] ?? 0) + Number(fraction[2]) / below];
  }
  if (THOUSANDS.test(text)) {
    const whole = Number(text.replaceAll(/[.,]/g, ''));
    return DECIMAL.test(text) ? [whole, Number(text.replace(',', '.'))] : [whole];
  }
  if (DECIMAL.test(text)) return [Number(text.replace(',', '.'))];
  if (THOUSANDS_AND_DECIMAL.test(text)) {
    const mark = text[text.search(/[.,]\d+$/)] ?? '.';
    return [Number(text.replaceAll(mark === '.' ? ',' : '.', '').replace(',', '.'))];
  }
  return [];
}

/** A number as one word: at most six digits that count, never with an exponent below 1e21. */
export function numberWord(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(12)));
}
