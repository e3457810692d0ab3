import type { DialectEntry } from '../../../../../src/catalog/feed/dialects/dialect.ts';
import { readRows } from '../../../../../src/catalog/feed/dialects/read-rows.ts';
import {
  addField,
  type FeedHeader,
  type FeedRecord,
  fieldName,
  type JsonValue,
  type XmlElement,
} from '../../../../../src/catalog/feed/feed-record.ts';

/** Rows of a table, by the columns' names as a feed writes them; the first row stands in line 2. */
export function table(...rows: readonly Record<string, string>[]): Promise<Seen[]> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(fieldName);
  return seen(
    { format: 'CSV', columns },
    rows.map((row, i) => {
      const fields = new Map<string, string[]>();
      for (const [name, value] of Object.entries(row)) addField(fields, fieldName(name), value);
      return { line: i + 2, fields };
    }),
  );
}

/** Rows of a JSON feed; records have the line of their place in the list, from 1. */
export function json(...products: readonly JsonValue[]): Promise<Seen[]> {
  return seen(
    { format: 'JSON' },
    products.map((tree, i) => ({ line: i + 1, fields: topFields(tree), tree })),
  );
}

/** Rows of an XML feed. */
export function xml(
  root: string,
  items: readonly XmlElement[],
  tables: FeedHeader['tables'] = new Map(),
): Promise<Seen[]> {
  return seen(
    { format: 'XML', root, tables },
    items.map((tree, i) => {
      const fields = new Map<string, string[]>();
      for (const { name, text } of tree.children) addField(fields, name, text);
      return { line: i + 1, fields, tree };
    }),
  );
}

export function element(
  name: string,
  content: string | readonly XmlElement[],
  attributes: Record<string, string> = {},
): XmlElement {
  const isText = typeof content === 'string';
  return { name, attributes, text: isText ? content : '', children: isText ? [] : content };
}

/** A row with its fields as an object, to compare. */
export type Seen = Record<string, unknown>;

async function seen(header: Partial<FeedHeader>, records: readonly FeedRecord[]): Promise<Seen[]> {
  async function* entries() {
    yield* records;
  }
  const whole: FeedHeader = {
    format: 'CSV',
    encoding: 'utf-8',
    columns: [],
    root: '',
    tables: new Map(),
    notes: [],
    isCut: false,
    ...header,
  };
  const rows: Seen[] = [];
  for await (const row of readRows({ header: whole, entries: entries() })) rows.push(flat(row));
  return rows;
}

function flat(row: DialectEntry): Seen {
  return 'fields' in row ? { ...row, fields: Object.fromEntries(row.fields) } : { ...row };
}

/** As the reader of JSON makes them: enough to tell a dialect by. */
function topFields(tree: JsonValue): Map<string, string[]> {
  const names = typeof tree === 'object' && tree !== null ? Object.keys(tree) : [];
  return new Map(names.map((name) => [fieldName(name), ['x']]));
}
