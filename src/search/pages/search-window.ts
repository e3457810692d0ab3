import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { SearchStrategy } from '../../database/closed-sets.ts';
import type { Database } from '../../database/tables.ts';
import type { Embedding } from '../../embedding-vector.ts';
import type { CalibratedVector, QueryVectors, SearchQuery } from '../query/search-query.ts';
import type { RankedProduct, RankedWindow } from '../ranking/ranking.ts';
import { fromEntry, toEntry } from '../ranking/window-entry.ts';
import { staleCursor } from './cursor.ts';
import { appendPart, insertWindow, partsFrom, resultIdsOfWindow, windowById } from './window-statements.ts';

/** A frozen result, read back: what is the same for all its pages. */
export interface StoredWindow {
  readonly id: string;
  /** Null where the filter was browsed. */
  readonly query: SearchQuery | null;
  readonly strategy: SearchStrategy;
  readonly bestRelevance: number | null;
}

/** Products of a frozen result from a position on. */
export interface WindowSlice {
  readonly products: readonly RankedProduct[];
  /** Whether these are the last ones of the whole result. */
  readonly complete: boolean;
}

/** Keeps a ranking, so that all pages of a search are cut from the same one. */
export async function storeWindow(
  db: Kysely<Database>,
  requestHash: string,
  query: SearchQuery | null,
  { products, entries = JSON.stringify(products.map(toEntry)), plan, bestRelevance, complete }: RankedWindow,
): Promise<StoredWindow> {
  const id = randomUUID();
  const { strategy } = plan;
  const window = { id, request_hash: requestHash, query: query && JSON.stringify(toStored(query)), strategy };
  // One in sixteen sweeps, so that no timer has to.
  await insertWindow({ ...window, best_relevance: bestRelevance, entries, complete }, id.startsWith('0')).execute(db);
  return { id, query, strategy, bestRelevance };
}

/** @throws AppError CURSOR_STALE if it is an hour old, or was swept */
export async function readWindow(db: Kysely<Database>, id: string): Promise<StoredWindow> {
  const row = await windowById(db, id).executeTakeFirst();
  if (row === undefined) throw staleCursor('its result is no longer kept');
  const query = row.query === null ? null : fromStored(row.query as StoredQuery);
  return { id, query, strategy: row.strategy, bestRelevance: row.best_relevance };
}

/** The frozen products behind a position. */
export async function readSlice(db: Kysely<Database>, windowId: string, position: number): Promise<WindowSlice> {
  const parts = await partsFrom(db, { windowId, position }).execute();
  const start = parts[0]?.start ?? position;
  const products = parts.flatMap((part) => part.entries.map(fromEntry)).slice(Math.max(0, position - start));
  return { products, complete: parts.at(-1)?.complete ?? false };
}

/** All results that are frozen so far, in order: `RankedProduct.resultId`. */
export async function frozenIds(db: Kysely<Database>, windowId: string): Promise<string[]> {
  const { rows } = await resultIdsOfWindow(windowId).execute(db);
  return rows.map((row) => row.result_id);
}

/**
 * Freezes more products behind the ones that are. Where another request has done so meanwhile, its products stay and these are dropped: read the slice again.
 *
 * @param start - products that are frozen so far
 */
export async function growWindow(
  db: Kysely<Database>,
  windowId: string,
  start: number,
  { products, complete }: WindowSlice,
): Promise<void> {
  await appendPart(db, { windowId, start, entries: JSON.stringify(products.map(toEntry)), complete }).execute();
}

/** A query in which each vector is text: as numbers in JSON it would be four times as long, and slow to write and to read. */
type StoredQuery = Omit<SearchQuery, 'vectors'> & {
  readonly vectors:
    | (Omit<QueryVectors, 'pictures' | 'texts' | 'shares'> & {
        readonly pictures: StoredVector;
        readonly texts: StoredVector;
        readonly shares: readonly string[] | undefined;
      })
    | null;
};
type StoredVector = Omit<CalibratedVector, 'vector'> & { readonly vector: string };

function toStored(query: SearchQuery): StoredQuery {
  const { vectors } = query;
  if (vectors === null) return { ...query, vectors };
  const stored = (calibrated: CalibratedVector) => ({ ...calibrated, vector: toBase64(calibrated.vector) });
  const shares = vectors.shares?.map(toBase64);
  return {
    ...query,
    vectors: { ...vectors, pictures: stored(vectors.pictures), texts: stored(vectors.texts), shares },
  };
}

function fromStored(query: StoredQuery): SearchQuery {
  const { vectors } = query;
  if (vectors === null) return { ...query, vectors };
  const read = (stored: StoredVector) => ({ ...stored, vector: fromBase64(stored.vector) as Embedding });
  const shares = vectors.shares?.map(fromBase64);
  return { ...query, vectors: { ...vectors, pictures: read(vectors.pictures), texts: read(vectors.texts), shares } };
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  // Copied, since the bytes may begin anywhere and numbers must not.
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}
