import { AppError, show } from '../../../errors.ts';
import type { FeedEntry, FeedHeader, FeedRecord } from '../feed-record.ts';
import type { DialectEntry, FeedSample } from './dialect.ts';
import { PLAIN, PLAIN_COLUMNS } from './plain.ts';
import { tellDialect } from './tell-dialect.ts';

/** A feed that is open: what it says of itself, filled by the time of the first record, and its records. */
export interface RecordsOfFeed {
  readonly header: FeedHeader;
  readonly entries: AsyncIterable<FeedEntry>;
}

/** Records that a dialect is told by. */
const SAMPLE_RECORDS = 20;

/**
 * A feed's rows by our names, whatever dialect it is in.
 *
 * @throws AppError FEED_INVALID for a feed without a product, or one in which no row has an id and a title; names the columns that are there
 */
export async function* readRows({ header, entries }: RecordsOfFeed): AsyncGenerator<DialectEntry> {
  const names = new Set<string>();
  let isFeed = false;
  function* checked(rows: Iterable<DialectEntry>): Generator<DialectEntry> {
    for (const row of rows) {
      isFeed ||= 'leftOut' in row || ('fields' in row && row.fields.has('id') && row.fields.has('title'));
      yield row;
    }
  }

  const feed = entries[Symbol.asyncIterator]();
  try {
    const first = await takeSample(feed);
    const records = first.filter((entry): entry is FeedRecord => 'fields' in entry);
    for (const name of [...header.columns, ...records.flatMap(({ fields }) => [...fields.keys()])]) names.add(name);
    if (first.length === 0) throw new AppError('FEED_INVALID', 'expected at least one product, found none');
    const sample: FeedSample = { header, names, records };
    const dialect = tellDialect(sample);
    if (dialect === PLAIN) requireColumns(header.columns);

    const rows = dialect.open(sample);
    for (const entry of first) yield* checked('fields' in entry ? rows.add(entry) : [entry]);
    for (let next = await feed.next(); !next.done; next = await feed.next()) {
      yield* checked('fields' in next.value ? rows.add(next.value) : [next.value]);
    }
    yield* checked(rows.end());
  } finally {
    await feed.return?.();
  }
  // A table's columns were judged before; where they are right, its rows say themselves what they lack.
  if (!isFeed && header.columns.length === 0) throw noFeed([...names]);
}

async function takeSample(feed: AsyncIterator<FeedEntry>): Promise<FeedEntry[]> {
  const first: FeedEntry[] = [];
  for (let records = 0; records < SAMPLE_RECORDS; ) {
    const next = await feed.next();
    if (next.done) break;
    first.push(next.value);
    if ('fields' in next.value) records++;
  }
  return first;
}

/** A table without these columns is refused before it is read. */
function requireColumns(columns: readonly string[]): void {
  if (columns.length === 0) return;
  const has = (ours: string) => PLAIN_COLUMNS.fields[ours]?.some((name) => columns.includes(name));
  if (!has('id') || !has('title')) throw noFeed(columns);
}

function noFeed(names: readonly string[]): AppError {
  const found = names.slice(0, 50).map(show).join(', ') || 'nothing';
  return new AppError(
    'FEED_INVALID',
    `expected products with an id (a column like id or sku) and a title (title or name), found the columns ${found}`,
  );
}
