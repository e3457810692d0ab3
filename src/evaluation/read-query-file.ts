import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, show } from '../errors.ts';

/** A row of a file of queries, as it stands there. At least one of text and picture, and of sku, group and category, is not null. */
export interface QueryRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly text: string | null;
  /** Of the picture, absolute. */
  readonly picturePath: string | null;
  /** Of any of the product's variants. */
  readonly expectedSku: string | null;
  /** The product's own id: a feed's item_group_id. */
  readonly expectedGroup: string | null;
  /** Names from the top down. */
  readonly expectedCategory: readonly string[] | null;
  /** The cells of all further columns that are not empty, by the column's name. */
  readonly slices: Readonly<Record<string, string>>;
}

/** What the columns may be called; the second name is that of a product feed, so that part of one will do. */
const COLUMNS = {
  image: ['image', 'image_link'],
  text: ['text'],
  expectedSku: ['expected_sku', 'id'],
  expectedGroup: ['expected_group'],
  expectedCategory: ['expected_category', 'product_type'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof COLUMNS;

/** Names of groupings that every evaluation makes itself. */
const TAKEN_NAMES = ['all', 'category', 'query', 'picture', 'distortion'];
const PROBLEMS_TOLD = 10;

/**
 * Reads a file of queries: tab-separated, the first line names the columns, `image` (a path, relative to the file) or `text` or both, and and `expected_sku`,
 * `expected_group` or `expected_category` (`Fruit > Apple`), or several of them: a sku counts before a group. Every further column is a grouping to report by.
 *
 * @throws AppError NOT_FOUND without the file; BAD_USER_INPUT with every problem (ten are told), each with its line
 */
export async function readQueryFile(file: string): Promise<QueryRow[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  const [header = '', ...rest] = lines;
  const columns = readHeader(header.split('\t').map((name) => name.trim()));
  const problems: string[] = [];
  const rows: QueryRow[] = [];
  for (const [index, text] of rest.entries()) {
    if (text.trim() === '') continue;
    const row = readRow(text.split('\t'), columns, index + 2, path.dirname(path.resolve(file)));
    if (typeof row === 'string') problems.push(`line ${index + 2}: ${row}`);
    else rows.push(row);
  }
  refuse(file, problems);
  if (rows.length === 0) throw new AppError('BAD_USER_INPUT', `${file}: expected at least one query, found none`);
  return rows;
}

/** @throws AppError BAD_USER_INPUT that names the file and the first problems, if there are any */
export function refuse(file: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length - PROBLEMS_TOLD;
  const told = [...problems.slice(0, PROBLEMS_TOLD), ...(more > 0 ? [`and ${more} more`] : [])];
  throw new AppError('BAD_USER_INPUT', `${file}: nothing was evaluated:\n  ${told.join('\n  ')}`);
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new AppError('NOT_FOUND', `--queries: expected a file, found none ${show(file)} that can be read`, { cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', `${file}: expected text in UTF-8, found other bytes`, { cause });
  }
}

interface Header {
  readonly names: readonly string[];
  /** The place of each known column; -1 where it is missing. */
  readonly places: Readonly<Record<Column, number>>;
}

function readHeader(names: readonly string[]): Header {
  const place = (column: Column) => {
    const known: readonly string[] = COLUMNS[column];
    return names.findIndex((name) => known.includes(name));
  };
  const places = {
    image: place('image'),
    text: place('text'),
    expectedSku: place('expectedSku'),
    expectedGroup: place('expectedGroup'),
    expectedCategory: place('expectedCategory'),
  };
  const found = names.slice(0, 50).map(show).join(', ');
  const bad = (expected: string) => new AppError('BAD_USER_INPUT', `line 1: expected ${expected}, found ${found}`);
  if (places.image < 0 && places.text < 0) throw bad('a column image or text, separated by tabs');
  if (places.expectedSku < 0 && places.expectedGroup < 0 && places.expectedCategory < 0) {
    throw bad('a column expected_sku, expected_group or expected_category, separated by tabs');
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw bad(`columns of different names, not ${show(repeated)} twice`);
  const taken = names.find((name) => TAKEN_NAMES.includes(name));
  if (taken !== undefined) throw bad(`no column ${show(taken)}, which every evaluation has`);
  if (names.includes('')) throw bad('a name for each column');
  return { names, places };
}

/** @returns the row, or what is wrong with it */
function readRow(cells: readonly string[], { names, places }: Header, line: number, folder: string): QueryRow | string {
  if (cells.length !== names.length) return `expected ${names.length} columns, found ${cells.length}`;
  // PostgreSQL's texts cannot hold it.
  if (cells.some((cell) => cell.includes('\0'))) return 'expected text, found a zero byte';
  const cell = (column: Column) => cells[places[column]]?.trim() || null;
  const [image, text] = [cell('image'), cell('text')];
  const [expectedSku, expectedGroup, category] = [cell('expectedSku'), cell('expectedGroup'), cell('expectedCategory')];
  if (image === null && text === null) return 'expected a picture or a text, found neither';
  if (expectedSku === null && expectedGroup === null && category === null)
    return 'expected a sku, a group or a category to find, found none';
  const expectedCategory = category === null ? null : category.split('>').map((name) => name.trim());
  if (expectedCategory?.includes(''))
    return `expected names separated by >, as "Fruit > Apple", found ${show(category)}`;
  const known: readonly number[] = Object.values(places);
  const slices = names.flatMap((name, index) => {
    const value = cells[index]?.trim();
    return known.includes(index) || !value ? [] : [[name, value] as const];
  });
  return {
    line,
    text,
    picturePath: image === null ? null : path.resolve(folder, image),
    expectedSku,
    expectedGroup,
    expectedCategory,
    slices: Object.fromEntries(slices),
  };
}
