import type { ListPage } from '../catalog/read-imports.ts';
import { type AppError, badInput } from '../errors.ts';

/** Items to a page at most; searches have the same bound. */
const MAX_FIRST = 100;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A place in the order of a list: a number that it is ordered by, and an id for those that have the same. */
export interface ListPlace {
  readonly number: number | null;
  readonly id: string;
}

/** A page of a list as Relay wants it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** @param placeOf - where an item stands in the order of its list */
export function toConnection<Node>(
  { items, hasNextPage }: ListPage<Node>,
  placeOf: (node: Node) => ListPlace,
  after: unknown,
): Connection<Node> {
  const edges = items.map((node) => ({ cursor: writeListCursor(placeOf(node)), node }));
  return {
    edges,
    nodes: items,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** @throws AppError BAD_USER_INPUT */
export function checkFirst(first: number): number {
  if (first < 1 || first > MAX_FIRST) throw badInput('first', `1 to ${MAX_FIRST}`, first);
  return first;
}

/** The cursor of an item. Nothing is secret in it, and one that was made up only begins elsewhere: it is not signed. */
export function writeListCursor({ number, id }: ListPlace): string {
  return Buffer.from(JSON.stringify([number, id])).toString('base64url');
}

/** @returns undefined for no cursor: the first page. @throws AppError BAD_USER_INPUT */
export function readListCursor(after: string | null | undefined): ListPlace | undefined {
  if (after === null || after === undefined) return undefined;
  const place = parse(Buffer.from(after, 'base64url').toString());
  if (place === undefined) throw foreignCursor(after);
  return place;
}

/** Of a list in which every item has a number. @returns undefined for no cursor. @throws AppError BAD_USER_INPUT */
export function readNumberedCursor(after: string | null | undefined): (ListPlace & { number: number }) | undefined {
  const place = readListCursor(after);
  if (place === undefined) return undefined;
  if (place.number === null) throw foreignCursor(after);
  return { ...place, number: place.number };
}

function foreignCursor(after: unknown): AppError {
  return badInput('after', 'a cursor that another page of this list gave', after);
}

function parse(text: string): ListPlace | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [number, id] = value as unknown[];
  const isNumber = number === null || (Number.isSafeInteger(number) && (number as number) >= 0);
  if (!isNumber || typeof id !== 'string' || !UUID.test(id)) return undefined;
  return { number: number as number | null, id };
}
