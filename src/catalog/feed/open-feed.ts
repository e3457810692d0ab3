import { AppError } from '../../errors.ts';
import { detectLayout, type FeedLayout, layoutLikeness } from './detect-format.ts';
import { type FeedBytes, type FeedFile, openFeedBytes, readHead } from './feed-bytes.ts';
import type { FeedEntry, FeedFormat, FeedHeader, FeedTableRow } from './feed-record.ts';
import { decodeHead, decodeText, detectEncoding, encodingOfHead } from './feed-text.ts';
import { readDelimited } from './read-delimited.ts';
import { findJsonProducts, readJson, readJsonLines } from './read-json.ts';
import { withLineFeeds } from './read-lines.ts';
import { findXmlProducts, readXml } from './read-xml.ts';

/** A feed whose format is known. */
export interface OpenFeed {
  readonly format: FeedFormat;
  /** What it says besides its products; complete by the time of the first entry. */
  readonly header: FeedHeader;
  /** Of the file as it lies there: compressed, if it is; of an archive the part that is the feed. */
  readonly bytesTotal: number;
  /** Taken from the file so far. */
  bytesRead(): number;
  /** Products and problems in the feed's order. The file is open from when the first is asked for until the last, or a `return`. */
  readonly entries: AsyncGenerator<FeedEntry>;
}

/** Where in a feed its products are. */
interface Reading {
  readonly format: FeedFormat;
  readonly root: string;
  entries(pieces: AsyncIterable<string>, header: GrowingHeader): AsyncGenerator<FeedEntry>;
}

interface GrowingHeader extends FeedHeader {
  isCut: boolean;
  columns: readonly string[];
  readonly tables: Map<string, FeedTableRow[]>;
}

/**
 * Looks at a feed and gets ready to read it as a stream: a feed of any length takes the same memory. Compression, encoding, format and where
 * the products are is told by the content alone. For the encoding the whole file is read, for the place of the products as much as it takes.
 *
 * @param place - what it is called in messages (the path)
 * @throws AppError FEED_INVALID: no such file, a folder, empty, damaged, no format that is read
 */
export async function openFeed(path: string, place: string = path): Promise<OpenFeed> {
  const file = await openFeedBytes(path, likenessOf, place);
  const head = await readHead(file.stream());
  const { encoding, notes } = await detectEncoding(head, () => file.stream().chunks);
  const start = decodeHead(head, encoding);
  if (start.trim() === '') throw new AppError('FEED_INVALID', `${place}: expected a feed, found an empty file`);
  const {
    format,
    root,
    entries: read,
  } = await prepare(detectLayout(start, place), () => textOf(file, encoding).pieces);
  const header: GrowingHeader = { format, encoding, columns: [], root, tables: new Map(), notes, isCut: false };

  let bytes: FeedBytes | undefined;
  async function* entries(): AsyncGenerator<FeedEntry> {
    const text = textOf(file, encoding);
    bytes = text.bytes;
    for await (const entry of read(text.pieces, header)) {
      header.isCut ||= 'problem' in entry && entry.isCut === true;
      yield entry;
    }
  }
  return { format, header, bytesTotal: file.bytesTotal, bytesRead: () => bytes?.bytesRead() ?? 0, entries: entries() };
}

function textOf(file: FeedFile, encoding: string): { bytes: FeedBytes; pieces: AsyncGenerator<string> } {
  const bytes = file.stream();
  return { bytes, pieces: withLineFeeds(decodeText(bytes.chunks, encoding)) };
}

/** @param pieces - gives the text from its start */
async function prepare(layout: FeedLayout, pieces: () => AsyncGenerator<string>): Promise<Reading> {
  if (layout.format === 'TSV' || layout.format === 'CSV') {
    const { delimiter } = layout;
    return {
      ...{ format: layout.format, root: '' },
      entries: (text, header) =>
        readDelimited(text, delimiter, (columns) => {
          header.columns = columns;
        }),
    };
  }
  if (layout.format === 'XML') {
    const products = await findXmlProducts(pieces());
    const root = [products.root, products.element ?? ''].filter((name) => name !== '').join('/');
    return { format: 'XML', root, entries: (text, header) => readXml(text, products, header.tables) };
  }
  const products = layout.format === 'JSON' ? await findJsonProducts(pieces()) : undefined;
  if (products?.format !== 'JSON') return { format: 'JSONL', root: '', entries: (text) => readJsonLines(text) };
  const { path } = products;
  return { format: 'JSON', root: (path ?? '').replaceAll('[]', ''), entries: (text) => readJson(text, path) };
}

/** How much the start of a file in an archive looks like a feed. */
function likenessOf(head: Uint8Array): number {
  return layoutLikeness(decodeHead(head, encodingOfHead(head)));
}
