import { MAX_RECORD_CHARACTERS, NOT_UNICODE, REPLACEMENT_CHARACTER } from './feed-record.ts';

/** A line without its end, or why it cannot be used. Numbered from 1. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: string };

/**
 * Splits text that comes in pieces into lines (`\n` or `\r\n`). A line that is longer than a record may be is dropped as it comes, not
 * gathered, so memory stays bounded whatever the file is.
 */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let line = 1;
  let rest = '';
  let dropped = false;

  function take(text: string): Line {
    const taken = { line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
    line += 1;
    if (dropped || text.length > MAX_RECORD_CHARACTERS) {
      dropped = false;
      return {
        line: taken.line,
        problem: `expected a row of at most ${MAX_RECORD_CHARACTERS} characters, found a longer one`,
      };
    }
    return text.includes(REPLACEMENT_CHARACTER) ? { line: taken.line, problem: NOT_UNICODE } : taken;
  }

  for await (const piece of pieces) {
    const text = rest + piece;
    let start = 0;
    // The rest was searched already: only the piece can hold a line end.
    for (let end = text.indexOf('\n', rest.length); end !== -1; end = text.indexOf('\n', start)) {
      yield take(text.slice(start, end));
      start = end + 1;
    }
    rest = text.slice(start);
    if (rest.length > MAX_RECORD_CHARACTERS) {
      dropped = true;
      rest = '';
    }
  }
  if (rest !== '' || dropped) yield take(rest);
}
