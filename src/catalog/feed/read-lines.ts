import { MAX_RECORD_CHARACTERS } from './feed-record.ts';

/** A line without its end, or why it cannot be used. Numbered from 1. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: string };

/**
 * Makes the line ends of old Macintosh programs (`\r` alone) those of others. Told by the first one: a lone `\r` later, within a cell of a
 * feed whose lines end otherwise, stays text.
 *
 * @param pieces - text in pieces of any size
 */
export async function* withLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  let areReturns: boolean | undefined;
  for await (const piece of pieces) {
    let text = held + piece;
    held = '';
    if (areReturns === undefined) {
      const first = /\r*\n|\r+(?=[^\r\n])/.exec(text);
      if (!first && text.length <= MAX_RECORD_CHARACTERS) {
        held = text;
        continue;
      }
      areReturns = first !== null && !first[0].endsWith('\n');
    }
    if (areReturns && text.endsWith('\r')) {
      held = '\r';
      text = text.slice(0, -1);
    }
    yield areReturns ? text.replace(/\r\n?/g, '\n') : text;
  }
  if (held !== '') yield held.replace(/\r\n?/g, '\n');
}

/**
 * Splits text that comes in pieces into lines (`\n`, with any `\r` before). A line that is longer than a record may be is dropped as it
 * comes, not gathered, so memory stays bounded whatever the file is.
 */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let line = 1;
  let rest = '';
  let dropped = false;

  function take(text: string): Line {
    const taken = { line, text: text.endsWith('\r') ? text.replace(/\r+$/, '') : text };
    line += 1;
    if (dropped || text.length > MAX_RECORD_CHARACTERS) {
      dropped = false;
      return {
        line: taken.line,
        problem: `expected a row of at most ${MAX_RECORD_CHARACTERS} characters, found a longer one`,
      };
    }
    return taken;
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
