import type { ProductInput } from '../product-input.ts';
import { type ColumnUse, columnUses } from './column-uses.ts';
import { openRows, sampleOf } from './dialects/read-rows.ts';
import { tellDialect } from './dialects/tell-dialect.ts';
import type { FeedEntry, FeedFormat, FeedRecord } from './feed-record.ts';
import type { LocalFeed } from './feed-source.ts';
import { openFeed } from './open-feed.ts';
import type { FeedOptions } from './read-prices.ts';
import { type ProductRow, readProducts } from './read-products.ts';

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
  readonly products: readonly { readonly line: number; readonly product: ProductInput }[];
  /** How far the feed was read. */
  readonly read: PreviewCounts;
  /** Of what was read, the first ones. */
  readonly problems: readonly PreviewProblem[];
}

export interface PreviewCounts {
  readonly products: number;
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

  const rows: ProductRow[] = [];
  let isAll = true;
  for await (const row of readProducts({ header: feed.header, entries: remembered() }, findPicture, options)) {
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
  const checked = rows.flatMap((row) => ('product' in row ? [row] : []));
  const problems = rows.flatMap(problemsOf);
  const refused = rows.filter((row) => !('product' in row || 'leftOut' in row)).length;
  return {
    ...{ format: feed.format, encoding: feed.header.encoding, dialect: dialect.name, notes: feed.header.notes },
    columns,
    products: checked.slice(0, PRODUCTS_SHOWN).map(({ line, product }) => ({ line, product })),
    read: {
      products: checked.length,
      refused,
      leftOut: rows.length - checked.length - refused,
      fieldProblems: problems.length - refused,
      isAll,
    },
    problems: problems.slice(0, PROBLEMS_TOLD),
  };
}

function problemsOf(row: ProductRow): PreviewProblem[] {
  if ('leftOut' in row) return [];
  if (!('product' in row)) return [{ line: row.line, sku: row.sku, reason: row.reason }];
  const { line, product, problems, refusedPictures } = row;
  return [...problems, ...refusedPictures].map(({ reason }) => ({ line, sku: product.sku, reason }));
}
