import { AppError } from '../../errors.ts';
import type { FeedFormat } from './feed-record.ts';

const BY_EXTENSION: ReadonlyMap<string, FeedFormat> = new Map([
  ['tsv', 'TSV'],
  ['csv', 'CSV'],
  ['jsonl', 'JSONL'],
  ['ndjson', 'JSONL'],
  ['xml', 'XML'],
  ['rss', 'XML'],
  ['atom', 'XML'],
]);

/**
 * Tells a feed's format by the extension of its name (before `.gz`, if it has that), otherwise (`.txt`, none, another) by how it begins.
 *
 * @param head - the first thousands of characters
 * @throws AppError FEED_INVALID when neither says
 */
export function detectFormat(name: string, head: string): FeedFormat {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const byExtension = BY_EXTENSION.get(extension);
  if (byExtension) return byExtension;

  const start = head.trimStart();
  const firstLine = start.split(/\r?\n/, 1)[0] ?? '';
  if (start.startsWith('<')) return 'XML';
  if (start.startsWith('{')) return 'JSONL';
  if (firstLine.includes('\t')) return 'TSV';
  if (!start.startsWith('[') && /[,;]/.test(firstLine)) return 'CSV';
  throw new AppError(
    'FEED_INVALID',
    `${name}: expected a Google Merchant feed as TSV, CSV, JSON Lines or XML, found a file that begins with ${JSON.stringify(firstLine.slice(0, 40))}`,
  );
}

/** What separates the columns of a CSV feed: a semicolon where the header has more of them than commas, as spreadsheets write in much of Europe. */
export function csvDelimiter(head: string): ',' | ';' {
  const header = head.trimStart().split('\n', 1)[0] ?? '';
  return header.split(';').length > header.split(',').length ? ';' : ',';
}
