import { AppError, show } from '../../errors.ts';
import { csvDelimiter, detectFormat } from './detect-format.ts';
import { type FeedBytes, openFeedBytes } from './feed-bytes.ts';
import type { FeedEntry, FeedFormat } from './feed-record.ts';
import { decodeText, detectEncoding } from './feed-text.ts';
import { readDelimited } from './read-delimited.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readXml } from './read-xml.ts';

/** A feed whose format is known. */
export interface OpenFeed {
  readonly format: FeedFormat;
  /** Of the file as it lies there: compressed, if it is. */
  readonly bytesTotal: number;
  /** Taken from the file so far. */
  bytesRead(): number;
  /** Products and problems in the feed's order. The file is open from when the first is asked for until the last, or a `return`. */
  readonly entries: AsyncGenerator<FeedEntry>;
}

/** Bytes that tell the format: enough for a header of hundreds of columns. */
const HEAD_BYTES = 65_536;

/**
 * Looks at how a feed begins and gets ready to read it as a stream: a feed of any length takes the same memory.
 *
 * @throws AppError FEED_INVALID: no such file, a folder, empty, no format that is read. `entries` throws it for a feed without the
 *   columns id and title, without a single product, or whose compressed data is damaged
 */
export async function openFeed(path: string): Promise<OpenFeed> {
  const { bytesTotal, stream } = await openFeedBytes(path);
  const head = await readHead(stream());
  const encoding = detectEncoding(head);
  const text = new TextDecoder(encoding).decode(head);
  if (text.trim() === '') throw new AppError('FEED_INVALID', `${path}: expected a feed, found an empty file`);
  const format = detectFormat(path, text);

  let bytes: FeedBytes | undefined;
  async function* entries(): AsyncGenerator<FeedEntry> {
    bytes = stream();
    const pieces = decodeText(bytes.chunks, encoding);
    if (format === 'TSV') yield* readDelimited(pieces, '\t');
    else if (format === 'CSV') yield* readDelimited(pieces, csvDelimiter(text));
    else yield* requireProducts(format === 'XML' ? readXml(pieces) : readJsonLines(pieces), path);
  }
  return { format, bytesTotal, bytesRead: () => bytes?.bytesRead() ?? 0, entries: entries() };
}

async function readHead({ chunks }: FeedBytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

/** What the header does in TSV and CSV: a feed without a single id and title is no feed of products, and says so. */
async function* requireProducts(entries: AsyncGenerator<FeedEntry>, path: string): AsyncGenerator<FeedEntry> {
  let first: FeedEntry | undefined;
  let isFeed = false;
  for await (const entry of entries) {
    first ??= entry;
    isFeed ||= 'fields' in entry && entry.fields.has('id') && entry.fields.has('title');
    yield entry;
  }
  if (isFeed) return;
  const found = !first
    ? 'none'
    : 'fields' in first
      ? `in line ${first.line} ${[...first.fields.keys()].slice(0, 50).map(show).join(', ') || 'nothing'}`
      : `in line ${first.line}: ${first.problem}`;
  throw new AppError('FEED_INVALID', `${path}: expected products with id and title, found ${found}`);
}
