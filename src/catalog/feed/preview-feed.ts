import type { ProductInput, VariantRow } from '../product-input.ts';
import { composeProduct } from '../variants/compose-product.ts';
import { optionsOf } from '../variants/product-options.ts';
import { type ColumnUse, columnUses } from './column-uses.ts';
import { openRows, sampleOf } from './dialects/read-rows.ts';
import { tellDialect } from './dialects/tell-dialect.ts';
import type { FeedEntry, FeedFormat, FeedRecord } from './feed-record.ts';
import type { LocalFeed } from './feed-source.ts';
import { groupRows } from './group-rows.ts';
import { openFeed } from './open-feed.ts';
import type { FeedOptions } from './read-prices.ts';
import { type CheckedRow, type FeedEntryRow, readVariantRows } from './read-variant-rows.ts';

/** What an import would make of a feed. */
export interface FeedPreview {
  readonly format: FeedFormat;
  /** As TextDecoder names it. */
  readonly encoding: string;
  /** Whose program wrote it, for people. */
  readonly dialect: string;
  /** What was guessed of the whole feed. */
  readonly notes: readonly string[];
  /** Told from the first records. */
  readonly columns: readonly ColumnUse[];
  /** The first ones. */
  readonly products: readonly PreviewProduct[];
  /** How far the feed was read. */
  readonly read: PreviewCounts;
  /** Of what was read, the first ones. */
  readonly problems: readonly PreviewProblem[];
}

/** A product as an import into an empty shop would make it of the rows that were read. */
export interface PreviewProduct extends Omit<ProductInput, 'images' | 'variants' | 'keptSkus'> {
  /** Of its first row. */
  readonly line: number;
  readonly options: readonly string[];
  /** In the feed's order. */
  readonly variants: readonly VariantRow[];
}

export interface PreviewCounts {
  readonly products: number;
  readonly variants: number;
  /** Rows that would not go in. */
  readonly refused: number;
  /** Drafts, parents of variants. */
  readonly leftOut: number;
  /** Fields and picture links that would be left out or are doubtful. */
  readonly fieldProblems: number;
  /** Whether that is the whole feed. */
  readonly isAll: boolean;
}

export interface PreviewProblem {
  readonly line: number;
  readonly sku: string | null;
  readonly reason: string;
}

/** Rows that are read: enough to see what is wrong with all of them. */
const MOST_ROWS = 1_000;
/** Records by which it is told what becomes of a column. */
const RECORDS_TRACED = 200;
/** Columns that are told of. */
const MOST_COLUMNS = 500;
const PRODUCTS_SHOWN = 5;
const PROBLEMS_TOLD = 100;

/**
 * Reads the beginning of a feed as an import would, and writes nothing.
 *
 * @throws AppError FEED_INVALID, as an import does
 */
export async function previewFeed(
  { path, place, findPicture }: LocalFeed,
  options: FeedOptions = {},
): Promise<FeedPreview> {
  const feed = await openFeed(path, place);
  const records: FeedRecord[] = [];
  async function* remembered(): AsyncGenerator<FeedEntry> {
    for await (const entry of feed.entries) {
      if ('fields' in entry && records.length < RECORDS_TRACED) records.push(entry);
      yield entry;
    }
  }

  const rows: FeedEntryRow[] = [];
  let isAll = true;
  for await (const row of readVariantRows({ header: feed.header, entries: remembered() }, findPicture, options)) {
    if (rows.length === MOST_ROWS) {
      isAll = false;
      break;
    }
    rows.push(row);
  }

  const sample = sampleOf(feed.header, records);
  const dialect = tellDialect(sample);
  const columns = columnUses(records, [...sample.names].slice(0, MOST_COLUMNS), (changed) => {
    const maker = openRows(dialect, sample, options.mapping);
    return [...changed.flatMap((record) => maker.add(record)), ...maker.end()];
  });
  const checked = rows.flatMap((row) => ('row' in row ? [row] : []));
  const { groups, notes } = groupRows(
    checked.map(({ row }) => row),
    [],
  );
  const products = groups.map(({ groupId, places }) =>
    previewProduct(
      groupId,
      places.flatMap((place) => checked[place] ?? []),
    ),
  );
  const told = notes.flatMap(({ place, reason }): PreviewProblem[] => {
    const { line = 0, row } = checked[place] ?? {};
    return [{ line, sku: row?.sku ?? null, reason }];
  });
  const problems = [...rows.flatMap(problemsOf), ...told].toSorted((a, b) => a.line - b.line);
  const refused = rows.filter((row) => !('row' in row || 'leftOut' in row)).length;
  return {
    ...{ format: feed.format, encoding: feed.header.encoding, dialect: dialect.name, notes: feed.header.notes },
    columns,
    products: products.slice(0, PRODUCTS_SHOWN),
    read: {
      products: products.length,
      variants: checked.length,
      refused,
      leftOut: rows.length - checked.length - refused,
      fieldProblems: problems.length - refused,
      isAll,
    },
    problems: problems.slice(0, PROBLEMS_TOLD),
  };
}

function previewProduct(groupId: string, rows: readonly CheckedRow[]): PreviewProduct {
  const read = rows.map(({ row }) => ({ row, images: [], contentHash: '' }));
  const { images: _, variants: __, ...facts } = composeProduct(groupId, read);
  return {
    ...facts,
    line: rows[0]?.line ?? 0,
    options: optionsOf(rows.map(({ row }) => row.attributes)),
    variants: rows.map(({ row }) => row),
  };
}

function problemsOf(entry: FeedEntryRow): PreviewProblem[] {
  if ('leftOut' in entry) return [];
  if (!('row' in entry)) return [{ line: entry.line, sku: entry.sku, reason: entry.reason }];
  const { line, row, problems, refusedPictures } = entry;
  return [...problems, ...refusedPictures].map(({ reason }) => ({ line, sku: row.sku, reason }));
}
