/** Nothing but letters and digits: QF-7781/02, "qf 7781 02" and qf778102 are one code. */
export function bareCode(folded: string): string {
  return folded.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A code has a digit and is neither a letter and a digit nor a whole sentence. */
const SHORTEST_CODE = 4;
const LONGEST_CODE = 60;

/**
 * The lexemes, `#` in front, that a product with this code is found by: the code without separators; digits without leading zeros (a GTIN of 8, 12, 13 or 14
 * digits is one number); an ISBN-10 as its ISBN-13; and what is left behind each separator, so that "PV-RAD220-GRN" is found by "rad220".
 *
 * @param folded - by `foldText`
 * @returns the whole code first; none where nothing is left of it
 */
export function codeLexemes(folded: string): string[] {
  const whole = bareCode(folded);
  if (whole === '' || whole.length > LONGEST_CODE) return [];
  const endings = [...folded.matchAll(/[^\p{L}\p{N}]+/gu)]
    .map(({ 0: separator, index }) => bareCode(folded.slice(index + separator.length)))
    .filter((ending) => ending.length >= SHORTEST_CODE && /\d/.test(ending));
  return [...new Set([...wholeCodes(whole), ...endings])].map((code) => `#${code}`);
}

/** @returns the same code as it may be written elsewhere, itself first */
export function wholeCodes(bare: string): string[] {
  const codes = [bare];
  if (/^0+\d+$/.test(bare)) codes.push(bare.replace(/^0+(?=\d)/, ''));
  const isbn = isbn13(bare);
  if (isbn !== undefined) codes.push(isbn);
  return codes;
}

/** Whether a word of running text may be a code: letters and digits mixed, or digits as long as a GTIN, or digits with separators. */
export function looksLikeCode(chunk: string): boolean {
  const bare = bareCode(chunk);
  if (bare.length < SHORTEST_CODE || bare.length > LONGEST_CODE || !/\d/.test(bare)) return false;
  return /\p{L}/u.test(bare) || bare.length >= 8 || (bare.length >= 6 && bare !== chunk);
}

/**
 * A GTIN (EAN, UPC, ISBN-13) in its longest form.
 *
 * @param digits - 8, 12, 13 or 14
 * @returns 14 digits; undefined where the length or the check digit is wrong
 * @see GS1 General Specifications 7.9
 */
export function gtin14(digits: string): string | undefined {
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return undefined;
  const padded = digits.padStart(14, '0');
  const sum = Array.from(padded.slice(0, 13)).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(padded[13]) ? padded : undefined;
}

/**
 * The ISBN-13 of an ISBN-10.
 *
 * @param bare - without separators, folded: the last character may be x
 * @returns 13 digits; undefined where it is no ISBN-10 or its check digit is wrong
 * @see ISBN Users' Manual, 7th edition
 */
export function isbn13(bare: string): string | undefined {
  if (!/^\d{9}[\dx]$/.test(bare)) return undefined;
  const values = Array.from(bare, (digit) => (digit === 'x' ? 10 : Number(digit)));
  const sum = values.reduce((total, value, index) => total + value * (10 - index), 0);
  if (sum % 11 !== 0) return undefined;
  const body = `978${bare.slice(0, 9)}`;
  const weighted = Array.from(body).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${body}${(10 - (weighted % 10)) % 10}`;
}
