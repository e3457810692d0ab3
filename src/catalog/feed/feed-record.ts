/** The kinds of feed that are read; as in import.format. JSON is one document, JSONL one object a line. */
export type FeedFormat = 'TSV' | 'CSV' | 'JSON' | 'JSONL' | 'XML';

/** One product as the feed writes it, in whatever format: values by column, in the feed's order. */
export interface FeedRecord {
  /** Where it begins in the feed, from 1. */
  readonly line: number;
  /** By name as `fieldName` makes it. Values are trimmed and never empty; a column without any is absent. */
  readonly fields: FeedFields;
  /** The same as it is nested: JSON and XML only, absent for columns. */
  readonly tree?: FeedTree;
}

/** A part of the feed that is no product; what follows it is read nevertheless. */
export interface FeedProblem {
  readonly line: number;
  readonly problem: string;
  /** The feed ends before its document does: what else it should have is not known. */
  readonly isCut?: true;
}

export type FeedEntry = FeedRecord | FeedProblem;
export type FeedFields = ReadonlyMap<string, readonly string[]>;

/** What a record is made of: the value itself in JSON and JSON Lines, the element in XML. Which of both is said by the header's format. */
export type FeedTree = JsonValue | XmlElement;

/** As JSON.parse gives it, but a number whose digits a double would change (`12345678901234567890`, `14.90`) is a text of those digits. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** An element with what is in it. */
export interface XmlElement {
  /** As `fieldName` makes it, without a namespace's prefix: `g:image_link` is `image_link`, `PARAM_NAME` is `param_name`. */
  readonly name: string;
  /** By names of the same kind (`categoryId` is `category_id`); values as written, entities decoded. */
  readonly attributes: Readonly<Record<string, string>>;
  /** All text directly in it, CDATA included, trimmed; HTML that is text stays. */
  readonly text: string;
  /** Of a name that is there as Google's (`g:title`) and bare, a record has only Google's. */
  readonly children: readonly XmlElement[];
}

/** What a feed says besides its products. Filled while it is read: format at once, the rest by the time of the first record. */
export interface FeedHeader {
  readonly format: FeedFormat;
  /** How the bytes are read, as TextDecoder names it: `utf-8`, `windows-1252`, `utf-16le` ... */
  readonly encoding: string;
  /** Names of the columns as `fieldName` makes them, in their order; empty for JSON and XML. */
  readonly columns: readonly string[];
  /** XML: the outermost element's name and the product element's, like `yml_catalog/offer`. JSON: the path of the list of products, like `products` or `channel.item`, empty where the document is the list. */
  readonly root: string;
  /** XML: elements with an `id` that stand before the products (YML's categories and currencies), by their name. */
  readonly tables: ReadonlyMap<string, readonly FeedTableRow[]>;
  /** What was guessed of the whole feed, one sentence each: an encoding that it does not name. For the report, no problems. */
  readonly notes: readonly string[];
  /** Once it is read: whether its document, of XML or JSON, ends early. Then nothing follows from what is not in it. */
  readonly isCut: boolean;
}

/** A row of a table that comes before the products. */
export interface FeedTableRow {
  /** By name as `fieldName` makes it: `id`, `parent_id`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * A product's row or element may have this many characters: a hundred times what Google allows for all the texts of one product
 * (title 150, description 5,000), and little enough that a feed without line ends is refused before memory is.
 */
export const MAX_RECORD_CHARACTERS = 1_000_000;

/** Why a product is refused that is longer. */
export const TOO_LONG = `expected a product of at most ${MAX_RECORD_CHARACTERS} characters, found a longer one`;

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
