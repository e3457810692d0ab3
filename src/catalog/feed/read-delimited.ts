import { AppError } from '../../errors.ts';
import { type Delimiter, isComment, MOST_LINES_BEFORE_HEADER, statedDelimiter } from './detect-format.ts';
import { addField, type FeedEntry, fieldName, MAX_RECORD_CHARACTERS } from './feed-record.ts';
import { type Line, readLines } from './read-lines.ts';
import { splitPlain, splitQuoted } from './split-row.ts';

/** A quoted cell may run over this many lines; a quote that is still open then was meant as text (`"Classic shirt`). */
const MAX_LINES_IN_A_ROW = 500;

/**
 * Reads a feed in columns, TSV or CSV. The first line names the columns, but for blank ones, Excel's `sep=;`, comments, and single cells above
 * it. Cells that a row lacks at its end are empty, since spreadsheets leave them out; a row with more, unless empty, is refused.
 *
 * Not left to a CSV library because quotes in feeds are not reliable: one that is opened and never closed would take everything after it
 * along. Here the number of columns decides how a row's quotes are meant, and a row that cannot be understood costs that row alone.
 *
 * @param pieces - the text of the feed, in pieces of any size
 * @param onColumns - told the names of the columns before the first row
 * @throws AppError FEED_INVALID without a line that names columns
 */
export async function* readDelimited(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
  onColumns: (columns: readonly string[]) => void = () => {},
): AsyncGenerator<FeedEntry> {
  const lines = readAhead(readLines(pieces));
  try {
    const columns = await readHeader(lines, delimiter);
    onColumns(columns);
    for (let line = await lines.take(); line; line = await lines.take()) {
      if ('problem' in line) {
        yield line;
        continue;
      }
      if (line.text.trim() === '') continue;
      const cells = await readRow(line.text, lines, delimiter, columns.length);
      yield fits(cells, columns.length)
        ? { line: line.line, fields: toFields(columns, cells) }
        : { line: line.line, problem: `expected ${columns.length} columns, found ${cells.length}` };
    }
  } finally {
    await lines.close();
  }
}

async function readHeader(lines: ReadAhead, delimiter: Delimiter): Promise<string[]> {
  let single: string[] | undefined;
  for (let line = await lines.take(); line; line = await lines.take()) {
    if ('problem' in line) throw new AppError('FEED_INVALID', `line ${line.line}: ${line.problem}`);
    if (line.text.trim() === '' || statedDelimiter(line.text)) continue;
    const cells = (await readQuotedRow(line.text, lines, delimiter)) ?? splitPlain(line.text, delimiter);
    if (isComment(cells)) continue;
    // A column of its own, or the name of the export above the columns.
    if (cells.length === 1 && (await hasWiderLine(lines, delimiter))) {
      single ??= cells;
      continue;
    }
    return cells.map((cell) => fieldName(cell.replace(/^\s*#(?=\w)/, '')));
  }
  if (single) return single.map(fieldName);
  throw new AppError('FEED_INVALID', 'expected a line that names the columns, found an empty file');
}

async function hasWiderLine(lines: ReadAhead, delimiter: Delimiter): Promise<boolean> {
  for (let i = 0; i < MOST_LINES_BEFORE_HEADER; i++) {
    const line = await lines.peek(i);
    if (!line) return false;
    if ('text' in line && line.text.includes(delimiter)) return true;
  }
  return false;
}

/** The header's cells, over several lines where a quote is open; undefined if it is not closed. */
async function readQuotedRow(first: string, lines: ReadAhead, delimiter: string): Promise<string[] | undefined> {
  let text = first;
  for (let i = 0; i <= MAX_LINES_IN_A_ROW; i++) {
    const cells = splitQuoted(text, delimiter);
    if (cells) {
      lines.skip(i);
      return cells;
    }
    const next = await lines.peek(i);
    if (!next || 'problem' in next || text.length + next.text.length > MAX_RECORD_CHARACTERS) return undefined;
    text += `\n${next.text}`;
  }
  return undefined;
}

/** The cells of the row that begins with `text`; takes the lines that belong to it. They do not fit only when no reading of the quotes does. */
async function readRow(text: string, lines: ReadAhead, delimiter: string, columns: number): Promise<string[]> {
  if (!text.includes('"')) return text.split(delimiter);
  const quoted = splitQuoted(text, delimiter);
  if (quoted?.length === columns) return quoted;
  if (!quoted) {
    const joined = await joinLines(text, lines, delimiter, columns);
    if (joined) return joined;
  }
  // Quotes of CSV that are all where they belong are right whatever is missing at the end; in TSV they are as likely text.
  if (delimiter !== '\t' && quoted && fits(quoted, columns) && splitQuoted(text, delimiter, 'refused')) return quoted;
  const plain = splitPlain(text, delimiter);
  if (plain.length === columns) return plain;
  return quoted && (fits(quoted, columns) || !fits(plain, columns)) ? quoted : plain;
}

/** Follows a quoted cell over the next lines, to where the row ends with a number of columns that fits; takes nothing if it does not. */
async function joinLines(
  first: string,
  lines: ReadAhead,
  delimiter: string,
  columns: number,
): Promise<string[] | undefined> {
  let text = first;
  let hasWholeRow = false;
  for (let i = 0; i < MAX_LINES_IN_A_ROW; i++) {
    const next = await lines.peek(i);
    if (!next || 'problem' in next || text.length + next.text.length > MAX_RECORD_CHARACTERS) return undefined;
    // A row of its own: in TSV, where nothing needs quotes, an open quote is more likely text than the start of many lines.
    const isWholeRow = next.text.split(delimiter).length >= columns;
    if (delimiter === '\t' && isWholeRow) return undefined;
    hasWholeRow ||= isWholeRow;
    text += `\n${next.text}`;
    // Refused: `1,"open,Red` and `2,"B",Red` would otherwise make one row of three cells, and a product be lost.
    const cells = next.text.includes('"') ? splitQuoted(text, delimiter, 'refused') : undefined;
    if (cells) {
      // Fewer cells than columns are less sure: not if that would take a whole row along.
      if (!fits(cells, columns) || (cells.length < columns && hasWholeRow)) return undefined;
      lines.skip(i + 1);
      return cells;
    }
  }
  return undefined;
}

/** Whether there are as many cells as columns, or fewer, or the others are empty. */
function fits(cells: readonly string[], columns: number): boolean {
  return cells.length <= columns || cells.slice(columns).every((cell) => cell.trim() === '');
}

function toFields(columns: readonly string[], cells: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [i, column] of columns.entries()) addField(fields, column, asText(cells[i] ?? ''));
  return fields;
}

/** Excel's way to keep a number's digits: `="00123"`. */
function asText(cell: string): string {
  return /^="[^"]*"$/.test(cell) ? cell.slice(2, -1) : cell;
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
