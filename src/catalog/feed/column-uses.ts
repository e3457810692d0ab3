import type { DialectEntry, FeedRow } from './dialects/dialect.ts';
import type { FeedRecord, JsonValue, XmlElement } from './feed-record.ts';
import { fieldName } from './feed-record.ts';

/** What became of a column of a feed, or of a field of its JSON or XML. */
export interface ColumnUse {
  /** As `fieldName` makes it. */
  readonly column: string;
  /** One of its values; undefined where it has none. */
  readonly example: string | undefined;
  /** Names of the fields of rows that depend on it, ours or attributes. None: it is not read. */
  readonly fields: readonly string[];
  /** Whether it says which records are products, or belong to one product. */
  readonly decidesRows: boolean;
}

type Change = (text: string) => string | undefined;

/** What is done to a column's values to see what depends on them: a value that no word or number is, the opposite, none. */
const MARK = '~';
const CHANGES: readonly Change[] = [(text) => `${text}${MARK}`, opposite, () => undefined];

/** Values that are compared with those of fields; shorter ones are everywhere. */
const SHORTEST_VALUE = 3;

/**
 * Finds out what a dialect makes of each column: by changing its values and looking what becomes of the rows. A dialect is a program; what
 * it lists of its columns would not say what it does with them. Of names for the same thing only the one counts that is read.
 *
 * @param records - the first of the feed
 * @param toRows - makes rows of records, from the beginning each time
 */
export function columnUses(
  records: readonly FeedRecord[],
  columns: readonly string[],
  toRows: (records: readonly FeedRecord[]) => readonly DialectEntry[],
): ColumnUse[] {
  const before = toRows(records);
  return columns.map((column) => {
    const example = records.map(({ fields }) => fields.get(column)?.[0]).find((value) => value !== undefined);
    if (example === undefined) return { column, example, fields: [], decidesRows: false };
    for (const change of CHANGES) {
      const difference = compare(before, toRows(records.map((record) => changed(record, column, change))));
      if (difference.fields.length === 0 && !difference.decidesRows) continue;
      return { column, example, ...difference, fields: rightFields(records, column, before, difference.fields) };
    }
    return { column, example, fields: [], decidesRows: false };
  });
}

/**
 * A changed value may be taken for something else than it was (an option `Default Title` is none, another one is): where the values are found in
 * some of the fields as they were, these are the right ones.
 */
function rightFields(
  records: readonly FeedRecord[],
  column: string,
  rows: readonly DialectEntry[],
  changedFields: readonly string[],
): readonly string[] {
  const fields = changedFields.filter((name) => !name.endsWith(MARK));
  if (fields.length < 2) return fields;
  const values = records.flatMap((record) => record.fields.get(column) ?? []);
  const told = new Set(values.filter((value) => value.length >= SHORTEST_VALUE));
  const found = fields.filter((name) =>
    rows.some(
      (row) => 'fields' in row && valuesOf(row, name).some((value) => [...told].some((part) => value.includes(part))),
    ),
  );
  return found.length > 0 ? found : fields;
}

function valuesOf({ fields, category }: FeedRow, name: string): readonly string[] {
  return [...(fields.get(name) ?? []), ...(name === 'product_type' ? (category ?? []) : [])];
}

function compare(
  before: readonly DialectEntry[],
  after: readonly DialectEntry[],
): Pick<ColumnUse, 'fields' | 'decidesRows'> {
  if (before.length !== after.length) return { fields: [], decidesRows: true };
  const names = new Set<string>();
  let decidesRows = false;
  for (const [i, row] of before.entries()) {
    const other = after[i];
    if (!('fields' in row) || !other || !('fields' in other)) {
      decidesRows ||= other !== undefined && 'fields' in row !== 'fields' in other;
      continue;
    }
    if (JSON.stringify(row.category ?? []) !== JSON.stringify(other.category ?? [])) names.add('product_type');
    for (const name of new Set([...row.fields.keys(), ...other.fields.keys()])) {
      if (JSON.stringify(row.fields.get(name)) !== JSON.stringify(other.fields.get(name))) names.add(name);
    }
  }
  return { fields: [...names], decidesRows };
}

function changed(record: FeedRecord, column: string, change: Change): FeedRecord {
  const fields = new Map(record.fields);
  const values = (fields.get(column) ?? []).flatMap((value) => change(value) ?? []);
  if (values.length === 0) fields.delete(column);
  else fields.set(column, values);
  if (record.tree === undefined) return { ...record, fields };
  const isXml = typeof record.tree === 'object' && record.tree !== null && 'children' in record.tree;
  const tree = isXml
    ? changedElement(record.tree as XmlElement, column, change)
    : changedMember(record.tree as JsonValue, column, change);
  return { ...record, fields, tree };
}

/** The member of this name, whatever is in it. */
function changedMember(tree: JsonValue, column: string, change: Change): JsonValue {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return tree;
  const members = Object.entries(tree).map(([name, value]): [string, JsonValue] => [
    name,
    fieldName(name) === column ? changedValue(value, change) : value,
  ]);
  return Object.fromEntries(members);
}

function changedValue(value: JsonValue, change: Change): JsonValue {
  if (value === null) return null;
  if (typeof value === 'boolean') return change('true') === undefined ? null : !value;
  if (Array.isArray(value)) return value.map((each) => changedValue(each, change)).filter((each) => each !== null);
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([name, each]) => [name, changedValue(each, change)] as const);
    return Object.fromEntries(members.filter(([, each]) => each !== null));
  }
  return change(String(value)) ?? null;
}

function changedElement(tree: XmlElement, column: string, change: Change): XmlElement {
  const attributes = Object.entries(tree.attributes).flatMap(([name, value]): [string, string][] => {
    const other = name === column ? change(value) : value;
    return other === undefined ? [] : [[name, other]];
  });
  const children = tree.children.flatMap((child): XmlElement[] => {
    if (child.name !== column) return [child];
    return change('') === undefined ? [] : [changedTexts(child, change)];
  });
  return { ...tree, attributes: Object.fromEntries(attributes), children };
}

function changedTexts(element: XmlElement, change: Change): XmlElement {
  return {
    ...element,
    text: element.text === '' ? '' : (change(element.text) ?? ''),
    children: element.children.map((child) => changedTexts(child, change)),
  };
}

/** Yes for no, something for nothing. */
function opposite(text: string): string {
  if (/^(?:true|yes|y)$/i.test(text)) return 'no';
  if (/^(?:false|no|n)$/i.test(text)) return 'yes';
  return Number(text.replace(',', '.')) > 0 ? '0' : '1';
}
