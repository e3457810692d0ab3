import { AppError } from '../../errors.ts';
import type { FeedFormat } from './feed-record.ts';
import { productLikeness } from './product-names.ts';
import { splitPlain, splitQuoted } from './split-row.ts';

/** How a feed is written, and by what its columns are separated if it has any. */
export type FeedLayout =
  | { readonly format: Exclude<FeedFormat, 'TSV' | 'CSV'> }
  | { readonly format: 'TSV' | 'CSV'; readonly delimiter: Delimiter };

export type Delimiter = '\t' | ';' | ',' | '|';

/** In the order in which they are taken where a header has as many of several. */
const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|'];

/** Lines that may stand before the header: what a program says of its export, a template's explanations. */
export const MOST_LINES_BEFORE_HEADER = 20;

/** More control characters than one in so many make a file no text. A tenth of compressed data are some. */
const ONE_CONTROL_IN = 20;

/**
 * Tells a feed's format by how it begins, never by its file's name.
 *
 * @param head - the first thousands of characters, without a byte order mark
 * @param name - for the message
 * @throws AppError FEED_INVALID when it begins like none
 */
export function detectLayout(head: string, name: string): FeedLayout {
  const start = head.trimStart();
  const firstLine = start.split(/\r?\n|\r/, 1)[0] ?? '';
  if (countControls(start) * ONE_CONTROL_IN <= start.length) {
    if (start.startsWith('<')) return { format: 'XML' };
    if (start.startsWith('{')) return { format: isLines(start) ? 'JSONL' : 'JSON' };
    if (start.startsWith('[')) return { format: 'JSON' };
    const delimiter = statedDelimiter(firstLine) ?? delimiterOf(head);
    if (delimiter) return { format: delimiter === '\t' ? 'TSV' : 'CSV', delimiter };
  }
  throw new AppError(
    'FEED_INVALID',
    `${name}: expected a feed of products as TSV, CSV, JSON, JSON Lines or XML, found a file that begins with ${JSON.stringify(firstLine.slice(0, 40))}`,
  );
}

/** How much the start of a file looks like one of a feed of products; 0 is not at all. */
export function layoutLikeness(head: string): number {
  try {
    const layout = detectLayout(head, '');
    if (!('delimiter' in layout)) return 6;
    return Math.max(...headerRows(head, layout.delimiter).map(productLikeness));
  } catch (error) {
    if (error instanceof AppError) return 0;
    throw error;
  }
}

/** What Excel's first line `sep=;` says. */
export function statedDelimiter(line: string): Delimiter | undefined {
  const stated = /^"?sep=(.)"?\s*$/i.exec(line.replace(/\r$/, ''))?.[1];
  return DELIMITERS.find((delimiter) => delimiter === stated);
}

/** A row that explains the columns and is none itself, as in Meta's templates: every cell with something in it is a comment. */
export function isComment(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && (filled.every((cell) => /^\s*#/.test(cell)) || /^\s*#\s/.test(filled[0] ?? ''));
}

/** Control characters, but for tabs, line ends and page ends. */
function countControls(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && (code < 0x09 || code > 0x0d)) count += 1;
  }
  return count;
}

/** That which makes columns of a product of a line that may be the header, or else that which makes the most columns. */
function delimiterOf(head: string): Delimiter | undefined {
  const scored = DELIMITERS.map((delimiter) => {
    const rows = headerRows(head, delimiter);
    const [likeness, columns] = rows.reduce<[number, number]>(
      ([most, wide], row) => [Math.max(most, row.length > 1 ? productLikeness(row) : 0), Math.max(wide, row.length)],
      [0, 1],
    );
    return { delimiter, likeness, columns };
  }).filter(({ columns }) => columns > 1);
  scored.sort((a, b) => b.likeness - a.likeness || b.columns - a.columns);
  return scored[0]?.delimiter;
}

/** The first line that is no comment and the few after it, until one has several cells. */
function headerRows(head: string, delimiter: Delimiter): string[][] {
  const lines = head.split(/\r*\n|\r/).slice(0, MOST_LINES_BEFORE_HEADER + 1);
  const rows: string[][] = [];
  for (const line of lines) {
    if (line.trim() === '' || statedDelimiter(line)) continue;
    const cells = splitQuoted(line, delimiter) ?? splitPlain(line, delimiter);
    if (isComment(cells)) continue;
    rows.push(cells);
    if (cells.length > 1) break;
  }
  return rows;
}

/** Whether a second object begins on the line after the first one: JSON Lines, and not one document. */
function isLines(start: string): boolean {
  return /^\{.*\}\s*\r*[\n\r]\s*\{/.test(start);
}
