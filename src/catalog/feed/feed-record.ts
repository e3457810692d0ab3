/** The kinds of feed that are read; as in import.format. */
export type FeedFormat = 'TSV' | 'CSV' | 'JSONL' | 'XML';

/** One product as the feed writes it, in whatever format: values by column, in the feed's order. */
export interface FeedRecord {
  /** Where it begins in the feed, from 1. */
  readonly line: number;
  /** By name as `fieldName` makes it. Values are trimmed and never empty; a column without any is absent. */
  readonly fields: FeedFields;
}

/** A part of the feed that is no product; what follows it is read nevertheless. */
export interface FeedProblem {
  readonly line: number;
  readonly problem: string;
}

export type FeedEntry = FeedRecord | FeedProblem;
export type FeedFields = ReadonlyMap<string, readonly string[]>;

/**
 * A product's row or element may have this many characters: a hundred times what Google allows for all the texts of one product
 * (title 150, description 5,000), and little enough that a feed without line ends is refused before memory is.
 */
export const MAX_RECORD_CHARACTERS = 1_000_000;

/** Why a row is refused whose bytes are not the text that they should be. */
export const NOT_UNICODE = 'expected text in UTF-8, found bytes that are not (or a replacement character, U+FFFD)';

/** What the decoder puts where bytes are no text. */
export const REPLACEMENT_CHARACTER = '\ufffd';

/**
 * The name of a column, the same however a feed writes it: `Image Link`, `image_link`, `g:image_link` and `imageLink` are `image_link`.
 */
export function fieldName(written: string): string {
  return written
    .trim()
    .replace(/^g:/i, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

/** Adds a value to those of a field; blank ones are none. */
export function addField(fields: Map<string, string[]>, name: string, value: string): void {
  const trimmed = value.trim();
  if (trimmed === '' || name === '') return;
  const values = fields.get(name);
  if (values) values.push(trimmed);
  else fields.set(name, [trimmed]);
}
