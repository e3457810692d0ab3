import { editDistance } from '../../edit-distance.ts';
import { AppError, show } from '../../errors.ts';
import type { FeedRow } from './dialects/dialect.ts';
import {
  type FeedHeader,
  type FeedRecord,
  type FeedTree,
  fieldName,
  type JsonValue,
  type XmlElement,
} from './feed-record.ts';

/** What `lookgraph import --map` says: which of a feed's columns are which of our fields. */
export interface FeedMapping {
  /** By the name of the column as `fieldName` makes it: ours, or null for one that is left out. */
  readonly columns: ReadonlyMap<string, string | null>;
}

/** What a column can become; anything else is an attribute. */
export const MAPPED_FIELDS = [
  'id',
  'title',
  'description',
  'brand',
  'gtin',
  'mpn',
  'product_type',
  'price',
  'sale_price',
  'sale_price_effective_date',
  'price_before',
  'price_currency',
  'availability',
  'stock',
  'link',
  'image_link',
  'additional_image_link',
  'item_group_id',
] as const;

const ATTRIBUTE = 'attributes.';
const LONGEST_NAME = 100;
const MOST_COLUMNS = 1_000;

/** Before the name of a field that a mapping gave, while a dialect carries it along as what it does not know. No column is called so. */
const MAPPED = '=';

/** What one variant says says nothing of another. */
const OWN_FIELDS = /^(?:id|gtin|mpn|price|sale_price|price_before|availability|stock)$/;

const HOLDS_ATTRIBUTES = /^(?:product)?attributes$/i;

/**
 * Reads a mapping: an object with a column of the feed for each name, as the feed writes it, and for each value one of `MAPPED_FIELDS`,
 * `attributes.` and a name, or null for a column that is to be left out.
 *
 * @param place - its file or field, for messages
 * @throws AppError BAD_USER_INPUT with all that is wrong with it
 */
export function parseMapping(text: string, place: string): FeedMapping {
  const written = parseObject(text, place);
  const columns = new Map<string, string | null>();
  const problems: string[] = [];
  const wrong: string[] = [];
  for (const [column, field] of Object.entries(written)) {
    const name = fieldName(column);
    const ours = field === null ? null : typeof field === 'string' ? toField(field) : undefined;
    if (name === '') problems.push(`expected the name of a column, found ${show(column)}`);
    else if (columns.has(name)) problems.push(`${column}: expected each column once, found it again`);
    else if (ours === undefined) wrong.push(`for ${show(column)} ${describeField(field)}`);
    else columns.set(name, ours);
  }
  if (columns.size > MOST_COLUMNS) problems.push(`expected at most ${MOST_COLUMNS} columns, found ${columns.size}`);
  if (wrong.length > 0) {
    const expected = `expected for each column one of ${MAPPED_FIELDS.join(', ')}, ${ATTRIBUTE}<name>, or null`;
    problems.push(`${expected}; found ${wrong.slice(0, 20).join(', ')}`);
  }
  if (columns.size === 0 && problems.length === 0) problems.push('expected at least one column, found none');
  if (problems.length > 0) throw new AppError('BAD_USER_INPUT', `${place}: ${problems.slice(0, 20).join('; ')}`);
  return { columns };
}

/**
 * Refuses a mapping that names what a table has neither for a column nor, in its first rows, for an attribute. What JSON and XML have is known
 * only at their end.
 *
 * @param attributes - of the first rows
 * @throws AppError BAD_USER_INPUT naming them and the columns that are there
 */
export function checkColumns(
  { columns }: FeedMapping,
  header: Pick<FeedHeader, 'columns'>,
  attributes: ReadonlySet<string>,
): void {
  if (header.columns.length === 0) return;
  const missing = [...columns.keys()].filter((name) => !header.columns.includes(name) && !attributes.has(name));
  if (missing.length === 0) return;
  const told = (names: readonly string[]) => names.slice(0, 50).map(show).join(', ');
  throw new AppError(
    'BAD_USER_INPUT',
    `map: expected columns of the feed, found ${told(missing)}; it has ${told(header.columns)}`,
  );
}

/**
 * A record in which mapped columns have names that dialects carry along, and are not seen as what they were. A column by which rows
 * belong together is read by the dialect, too.
 *
 * @param structure - the names of such columns
 */
export function withMapping(record: FeedRecord, { columns }: FeedMapping, structure: RegExp | undefined): FeedRecord {
  const fields = new Map<string, string[]>();
  for (const [name, values] of record.fields) {
    const ours = columns.get(name);
    if (ours === undefined || structure?.test(name)) fields.set(name, [...values]);
    if (typeof ours === 'string') fields.set(MAPPED + ours, [...(fields.get(MAPPED + ours) ?? []), ...values]);
  }
  if (record.tree === undefined) return { ...record, fields };
  const tree = isElement(record.tree)
    ? withMappedChildren(record.tree, columns, structure)
    : withMappedMembers(record.tree as JsonValue, columns, structure);
  return { ...record, fields, tree };
}

/** Whether it is a name of `withMapping`. */
export function isMapped(name: string): boolean {
  return name.startsWith(MAPPED);
}

/** Fields of a row or record that a mapping gave, to be carried along where a dialect makes a row of its own. */
export function mappedFields(fields: ReadonlyMap<string, readonly string[]>): [string, string[]][] {
  return [...fields].filter(([name]) => isMapped(name)).map(([name, values]) => [name, [...values]]);
}

/** What a variant takes over from its product of what a mapping gave: all that is not its own. */
export function inheritedFields(fields: ReadonlyMap<string, readonly string[]>): [string, string[]][] {
  return mappedFields(fields).filter(([name]) => !OWN_FIELDS.test(name.slice(MAPPED.length)));
}

/**
 * A dialect's row with what the mapping says in the place of what the dialect does. Attributes that the dialect took from elsewhere than a
 * column (options, parameters) are mapped by their names.
 */
export function settleMapping(row: FeedRow, { columns }: FeedMapping): FeedRow {
  const fields = new Map<string, readonly string[]>();
  const mapped = new Map<string, string[]>();
  for (const [name, values] of row.fields) {
    const isAttribute = !MAPPED_FIELDS.some((field) => field === name);
    const ours = isMapped(name) ? name.slice(MAPPED.length) : isAttribute ? columns.get(name) : undefined;
    if (ours === undefined) fields.set(name, values);
    else if (ours !== null) mapped.set(ours, [...(mapped.get(ours) ?? []), ...values]);
  }
  for (const [name, values] of mapped) fields.set(name, values);
  return { ...row, fields, category: mapped.has('product_type') ? undefined : row.category };
}

function parseObject(text: string, place: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', `${place}: expected JSON, found ${show(text.trim())}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${place}: expected an object like {"Artikelname": "title"}, found ${show(value)}`,
    );
  }
  return value as Readonly<Record<string, unknown>>;
}

function toField(written: string): string | undefined {
  if (MAPPED_FIELDS.some((name) => name === written)) return written;
  if (!written.startsWith(ATTRIBUTE)) return undefined;
  const name = fieldName(written.slice(ATTRIBUTE.length));
  // An attribute of a field's name would be taken for the field.
  const isOwn = name !== '' && name.length <= LONGEST_NAME && !MAPPED_FIELDS.some((field) => field === name);
  return isOwn ? name : undefined;
}

function describeField(found: unknown): string {
  const text = typeof found === 'string' ? found.replace(/^attributes\./, '') : '';
  const nearest = MAPPED_FIELDS.find((name) => text !== '' && editDistance(name, fieldName(text)) <= 2);
  const meant = nearest ?? (text === '' ? undefined : `${ATTRIBUTE}${text}`);
  return meant === undefined ? show(found) : `${show(found)} (did you mean ${meant}?)`;
}

function isElement(tree: FeedTree): tree is XmlElement {
  return typeof tree === 'object' && tree !== null && 'children' in tree && 'attributes' in tree && 'text' in tree;
}

/** Children and attributes of a product's element by their new names; attributes become children, which dialects carry along. */
function withMappedChildren(
  tree: XmlElement,
  columns: FeedMapping['columns'],
  structure: RegExp | undefined,
): XmlElement {
  const keeps = (name: string) => !columns.has(name) || structure?.test(name) === true;
  return {
    ...tree,
    attributes: Object.fromEntries(Object.entries(tree.attributes).filter(([name]) => keeps(name))),
    children: tree.children.filter(({ name }) => keeps(name)),
  };
}

function withMappedMembers(tree: JsonValue, columns: FeedMapping['columns'], structure: RegExp | undefined): JsonValue {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return tree;
  const members: [string, JsonValue][] = [];
  const mapped = new Map<string, JsonValue[]>();
  for (const [written, value] of Object.entries(tree)) {
    const ours = columns.get(fieldName(written));
    // Google's API has the attributes in an object of their own.
    if (ours === undefined && HOLDS_ATTRIBUTES.test(written))
      members.push([written, withMappedMembers(value, columns, structure)]);
    else if (ours === undefined || structure?.test(fieldName(written))) members.push([written, value]);
    if (typeof ours === 'string') mapped.set(ours, [...(mapped.get(ours) ?? []), value]);
  }
  for (const [ours, values] of mapped)
    members.push([MAPPED + ours, values.length === 1 ? (values[0] ?? null) : values]);
  return Object.fromEntries(members);
}
