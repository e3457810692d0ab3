import type { ProductWords } from './product-words.ts';

/** In front of two neighbours: `+red shoe`. No word, stem, code or amount begins so. */
export const PAIR_SIGN = '+';
/** In front of the key of an attribute's value, with the attribute's name behind `=`: `@navyblue=color`. */
export const NAME_SIGN = '@';

/** Longer keys are cut: indexes keep some 2,700 bytes, and nobody is called so. */
const LONGEST_KEY = 200;
/** Longer values are sentences, which name nothing. */
const LONGEST_NAME = 100;

export function pairLexeme([first, second]: readonly [string, string]): string {
  return `${PAIR_SIGN}${first} ${second}`;
}

/** What all lexemes of attributes' values with this key begin with. */
export function nameBeginning(key: string): string {
  return `${NAME_SIGN}${key}=`;
}

/** @returns undefined for values that are no names */
export function nameLexeme(key: string, attribute: string): string | undefined {
  return key === '' || key.length > LONGEST_NAME || attribute.length > LONGEST_NAME
    ? undefined
    : nameBeginning(key) + attribute;
}

/** A key as it is stored: its first 200 letters. */
export function storedKey(key: string): string {
  return wellFormed(key.slice(0, LONGEST_KEY));
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
const MAY_HAVE_SURROGATES = /[\ud800-\udfff]/;

/** Without halves of letters, which cutting leaves and PostgreSQL refuses. */
function wellFormed(text: string): string {
  return MAY_HAVE_SURROGATES.test(text) ? text.replaceAll(LONE_SURROGATE, '') : text;
}

/** PostgreSQL takes a tsvector of up to 1 MiB of lexemes and places; a letter is at most three bytes of UTF-8 for each of its UTF-16 units. */
const MOST_BYTES = 1_000_000;
const BYTES_A_UNIT = 3;
/** PostgreSQL keeps no more places of a lexeme. */
const MOST_PLACES = 255;

/**
 * The words of a product as PostgreSQL reads a tsvector: lexemes with places and weights, then `plain` ones without places. What is beyond PostgreSQL's limits, the end of
 * a description of tens of thousands of different words, is left out.
 */
export function tsvectorText(lexemes: ProductWords['lexemes'], plain: Iterable<string>): string {
  const parts: string[] = [];
  let bytes = 0;
  const add = (lexeme: string, places: string, placeCount: number): boolean => {
    bytes += BYTES_A_UNIT * lexeme.length + 4 + 2 * placeCount;
    if (bytes > MOST_BYTES) return false;
    parts.push(quoteLexeme(lexeme) + places);
    return true;
  };
  for (const lexeme of plain) if (!add(lexeme, '', 0)) break;
  for (const [lexeme, places] of lexemes) {
    const kept = places.length > MOST_PLACES ? places.slice(0, MOST_PLACES) : places;
    if (!add(lexeme, `:${kept.map(({ place, weight }) => place + weight).join(',')}`, kept.length)) break;
  }
  return parts.join(' ');
}

/** As tsvector and tsquery read it. */
export function quoteLexeme(lexeme: string): string {
  const safe = wellFormed(lexeme);
  return `'${/['\\]/.test(safe) ? safe.replaceAll('\\', '\\\\').replaceAll("'", "''") : safe}'`;
}
