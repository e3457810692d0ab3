import { AppError, show } from '../../../errors.ts';
import type { FeedEntry, FeedHeader, FeedRecord } from '../feed-record.ts';
import { checkColumns, type FeedMapping, settleMapping, withMapping } from '../mapping.ts';
import type { Dialect, DialectEntry, FeedSample, RowMaker } from './dialect.ts';
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
 * @param mapping - goes before what the dialect knows of a column
 * @throws AppError FEED_INVALID for a feed without a product, or one in which no row has an id and a title; names the columns that are there.
 *   BAD_USER_INPUT for a mapping of columns that are not there
 */
export async function* readRows(
  { header, entries }: RecordsOfFeed,
  mapping?: FeedMapping,
): AsyncGenerator<DialectEntry> {
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
    const sample = sampleOf(header, records);
    for (const name of sample.names) names.add(name);
    if (first.length === 0) throw new AppError('FEED_INVALID', 'expected at least one product, found none');
    const dialect = tellDialect(sample);
    if (dialect === PLAIN) requireColumns(header.columns, mapping);
    if (mapping) checkColumns(mapping, header, attributesOf(dialect, sample));

    const rows = openRows(dialect, sample, mapping);
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

/** What a dialect is told by. */
export function sampleOf(header: FeedHeader, records: readonly FeedRecord[]): FeedSample {
  const names = new Set([...header.columns, ...records.flatMap(({ fields }) => [...fields.keys()])]);
  return { header, names, records };
}

/** Begins a feed in a dialect, with a mapping that goes before it. */
export function openRows(dialect: Dialect, sample: FeedSample, mapping: FeedMapping | undefined): RowMaker {
  const rows = dialect.open(sample);
  if (!mapping) return rows;
  const settled = (entries: readonly DialectEntry[]) =>
    entries.map((entry) => ('fields' in entry ? settleMapping(entry, mapping) : entry));
  return {
    add: (record) => settled(rows.add(withMapping(record, mapping, dialect.structure))),
    end: () => settled(rows.end()),
  };
}

/** Names of fields that the first rows have. */
function attributesOf(dialect: Dialect, sample: FeedSample): Set<string> {
  const rows = dialect.open(sample);
  const entries = [...sample.records.flatMap((record) => rows.add(record)), ...rows.end()];
  return new Set(entries.flatMap((entry) => ('fields' in entry ? [...entry.fields.keys()] : [])));
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
function requireColumns(columns: readonly string[], mapping: FeedMapping | undefined): void {
  if (columns.length === 0) return;
  const mapped = new Set(mapping?.columns.values());
  const rest = new Set(columns.filter((name) => !mapping?.columns.has(name)));
  const has = (ours: string) => mapped.has(ours) || PLAIN_COLUMNS.fields[ours]?.some((name) => rest.has(name));
  if (!has('id') || !has('title')) throw noFeed(columns);
}

function noFeed(names: readonly string[]): AppError {
  const found = names.slice(0, 50).map(show).join(', ') || 'nothing';
  return new AppError(
    'FEED_INVALID',
    `expected products with an id (a column like id or sku) and a title (title or name), found the columns ${found}`,
  );
}
