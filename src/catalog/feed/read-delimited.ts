import { AppError, show } from '../../errors.ts';
import { addField, type FeedEntry, fieldName, MAX_RECORD_CHARACTERS } from './feed-record.ts';
import { type Line, readLines } from './read-lines.ts';
import { splitPlain, splitQuoted } from './split-row.ts';

/** A quoted cell may run over this many lines; a quote that is still open then was meant as text (`"Classic shirt`). */
const MAX_LINES_IN_A_ROW = 500;

/**
 * Reads a feed in columns, TSV or CSV. The first line names the columns; every row has as many.
 *
 * Not left to a CSV library because quotes in feeds are not reliable: one that is opened and never closed would take everything after it
 * along. Here the number of columns decides how a row's quotes are meant, and a row that cannot be understood costs that row alone.
 *
 * @param pieces - the text of the feed, in pieces of any size
 * @throws AppError FEED_INVALID without a column for id and one for title; names the columns found
 */
export async function* readDelimited(
  pieces: AsyncIterable<string>,
  delimiter: '\t' | ',' | ';',
): AsyncGenerator<FeedEntry> {
  const lines = readAhead(readLines(pieces));
  try {
    const columns = await readHeader(lines, delimiter);
    for (let line = await lines.take(); line; line = await lines.take()) {
      if ('problem' in line) {
        yield line;
        continue;
      }
      if (line.text.trim() === '') continue;
      const cells = await readRow(line.text, lines, delimiter, columns.length);
      yield cells.length === columns.length
        ? { line: line.line, fields: toFields(columns, cells) }
        : { line: line.line, problem: `expected ${columns.length} columns, found ${cells.length}` };
    }
  } finally {
    await lines.close();
  }
}

async function readHeader(lines: ReadAhead, delimiter: string): Promise<string[]> {
  let line = await lines.take();
  while (line && 'text' in line && line.text.trim() === '') line = await lines.take();
  if (!line) throw new AppError('FEED_INVALID', 'expected a line that names the columns, found an empty file');
  if ('problem' in line) throw new AppError('FEED_INVALID', `line ${line.line}: ${line.problem}`);
  const written = splitQuoted(line.text, delimiter) ?? splitPlain(line.text, delimiter);
  const columns = written.map(fieldName);
  const missing = ['id', 'title'].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new AppError(
      'FEED_INVALID',
      `line ${line.line}: expected the columns id and title, found no ${missing.join(' and no ')} among ${written.slice(0, 50).map(show).join(', ')}`,
    );
  }
  return columns;
}

/** The cells of the row that begins with `text`; takes the lines that belong to it. Their number is wrong only when no reading of the quotes gives the right one. */
async function readRow(text: string, lines: ReadAhead, delimiter: string, columns: number): Promise<string[]> {
  if (!text.includes('"')) return text.split(delimiter);
  const quoted = splitQuoted(text, delimiter);
  if (quoted?.length === columns) return quoted;
  if (!quoted) {
    const joined = await joinLines(text, lines, delimiter, columns);
    if (joined) return joined;
  }
  const plain = splitPlain(text, delimiter);
  return plain.length === columns ? plain : (quoted ?? plain);
}

/** Follows a quoted cell over the next lines, to where the row ends with the right number of columns; takes nothing if it does not. */
async function joinLines(
  first: string,
  lines: ReadAhead,
  delimiter: string,
  columns: number,
): Promise<string[] | undefined> {
  let text = first;
  for (let i = 0; i < MAX_LINES_IN_A_ROW; i++) {
    const next = await lines.peek(i);
    if (!next || 'problem' in next || text.length + next.text.length > MAX_RECORD_CHARACTERS) return undefined;
    // A row of its own: in TSV, where nothing needs quotes, an open quote is more likely text than the start of many lines.
    if (delimiter === '\t' && next.text.split(delimiter).length >= columns) return undefined;
    text += `\n${next.text}`;
    // Refused: `1,"open,Red` and `2,"B",Red` would otherwise make one row of three cells, and a product be lost.
    const cells = next.text.includes('"') ? splitQuoted(text, delimiter, 'refused') : undefined;
    if (cells) {
      if (cells.length !== columns) return undefined;
      lines.skip(i + 1);
      return cells;
    }
  }
  return undefined;
}

function toFields(columns: readonly string[], cells: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [i, column] of columns.entries()) addField(fields, column, cells[i] ?? '');
  return fields;
}

interface ReadAhead {
  take(): Promise<Line | undefined>;
  /** @param index - 0 is what `take` would give */
  peek(index: number): Promise<Line | undefined>;
  skip(count: number): void;
  close(): Promise<void>;
}

function readAhead(lines: AsyncGenerator<Line>): ReadAhead {
  const waiting: Line[] = [];
  async function peek(index: number): Promise<Line | undefined> {
    while (waiting.length <= index) {
      const next = await lines.next();
      if (next.done) return undefined;
      waiting.push(next.value);
    }
    return waiting[index];
  }
  return {
    peek,
    take: async () => {
      await peek(0);
      return waiting.shift();
    },
    skip: (count) => {
      waiting.splice(0, count);
    },
    close: async () => {
      await lines.return(undefined);
    },
  };
}
