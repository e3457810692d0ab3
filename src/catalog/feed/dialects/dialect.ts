import type { FeedFields, FeedHeader, FeedProblem, FeedRecord } from '../feed-record.ts';

/** A row of a feed by our names, which are Google's (`id`, `title`, `image_link` ...), whatever the feed calls them; what else it says is an attribute. */
export interface FeedRow {
  readonly line: number;
  readonly fields: FeedFields;
  /** Levels of the category where the dialect knows them; otherwise product_type is read as people write it. */
  readonly category?: readonly string[] | undefined;
  /** Levels of the other categories that it is in. */
  readonly further?: readonly (readonly string[])[] | undefined;
}

/** A row that is rightly no product: a draft, a parent whose variants are the products. */
export interface LeftOut {
  readonly line: number;
  readonly sku: string | null;
  readonly leftOut: 'not published' | 'the parent of variants' | 'not a product';
}

export type DialectEntry = FeedRow | LeftOut | FeedProblem;

/** What a dialect is told by: the header and the records that the feed begins with. */
export interface FeedSample {
  readonly header: FeedHeader;
  /** All names of the columns or of the first records' fields. */
  readonly names: ReadonlySet<string>;
  readonly records: readonly FeedRecord[];
}

/** How one kind of program writes its feeds. */
export interface Dialect {
  /** For people. */
  readonly name: string;
  /** By content, never by the file's name. */
  recognises(sample: FeedSample): boolean;
  /** Columns by which rows belong together or are no products; read also where a mapping makes something else of them. */
  readonly structure?: RegExp;
  /** Begins a feed. */
  open(sample: FeedSample): RowMaker;
}

/** Makes rows of records, in their order; may hold some back that belong to others which come later. */
export interface RowMaker {
  add(record: FeedRecord): readonly DialectEntry[];
  /** What was held back. */
  end(): readonly DialectEntry[];
}

/** For dialects in which a record is a row, or some. */
export function eachRecord(toRows: (record: FeedRecord) => readonly DialectEntry[]): RowMaker {
  return { add: toRows, end: () => [] };
}

/**
 * For dialects in which records that follow each other belong together.
 *
 * @param keyOf - the same for records of one product
 */
export function eachGroup(
  keyOf: (record: FeedRecord) => string | undefined,
  toRows: (records: readonly FeedRecord[]) => readonly DialectEntry[],
): RowMaker {
  let group: FeedRecord[] = [];
  let key: string | undefined;
  function finish(): readonly DialectEntry[] {
    const rows = group.length === 0 ? [] : toRows(group);
    group = [];
    return rows;
  }
  return {
    add(record) {
      const next = keyOf(record);
      const rows = next === undefined || next !== key ? finish() : [];
      key = next;
      group.push(record);
      return rows;
    },
    end: finish,
  };
}
