/** What PostgreSQL refuses: NUL in text, and half a surrogate pair in json and jsonb. */
const UNSTORABLE = /\0|\p{Surrogate}/u;
const EACH_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** A text about what was refused, as the database can hold it: what it cannot is U+FFFD. */
export function storableText(text: string): string {
  return text.replace(EACH_UNSTORABLE, '\ufffd');
}

/**
 * Trims a text and checks that PostgreSQL can hold it.
 *
 * @param report - told of what is wrong: path, what was expected, what was found
 * @param most - characters (code points) at most, after trimming
 * @returns the trimmed text; null where it is missing or blank, or something was wrong with it
 */
export function checkText(
  report: (path: string, expected: string, found: unknown) => void,
  path: string,
  value: string | null | undefined,
  most: number,
): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  if (UNSTORABLE.test(text)) {
    report(path, 'text without NUL characters and halves of surrogate pairs', value);
    return null;
  }
  // A code point is one or two units, so most texts are judged without counting.
  const characters = text.length <= most ? text.length : Array.from(text).length;
  if (characters > most) {
    report(path, `at most ${most.toLocaleString('en')} characters`, characters);
    return null;
  }
  return text;
}
