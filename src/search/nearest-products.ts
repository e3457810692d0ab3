import type { Kysely, Transaction } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { ScanOptions } from '../database/vector-sql.ts';
import type { Embedding } from '../embedding-vector.ts';
import {
  type Conditions,
  matchingProductCount,
  type NearestPictures,
  nearestPicturesByIndex,
  nearestPicturesExactly,
} from './queries-neighbours.ts';

/** A product by its nearest picture. */
export interface Neighbour {
  readonly productId: string;
  readonly imageId: string;
  /** Cosine distance, 0 to 2. */
  readonly distance: number;
}

export interface Neighbours {
  /** Nearest first; ties by id. Fewer than asked for only if no more products have a vector. */
  readonly neighbours: readonly Neighbour[];
  readonly strategy: 'EXACT' | 'HNSW';
  /** Products that hold for the conditions; at least so many where not exact. */
  readonly count: MatchCount;
}

export interface MatchCount {
  readonly value: number;
  readonly exact: boolean;
}

/**
 * Up to so many matching products all are compared: right by construction, and quicker than the index where filter and query disagree. Above, the index
 * is asked first. Measured in docs/decisions/0004-search-ranking.md.
 */
export const EXACT_LIMIT = 20_000;

/**
 * A candidate list as long as the first fetch for a window of 200 products, so that one walk of the graph answers it. It is also what text queries need
 * for the recall that picture queries have with half of it (study/measured-1m.md).
 */
export const SCAN_OPTIONS: ScanOptions = { efSearch: 250, maxScanTuples: 20_000 };

/** Pictures fetched at first for each product wanted; more only where products have many pictures. */
const PICTURES_PER_PRODUCT = 1.25;
const WIDENING = 4;

/** Counts the products that hold for the conditions, exactly up to the limit. */
export async function countProducts(db: Kysely<Database>, where: Conditions, exactLimit: number): Promise<MatchCount> {
  const { count } = await matchingProductCount(db, { where, limit: exactLimit + 1 }).executeTakeFirstOrThrow();
  return { value: count, exact: count <= exactLimit };
}

/**
 * The products whose pictures are nearest to the query, one row each.
 *
 * The plan is chosen here, not by the database: few products are all compared; with many the index is scanned, and if it comes back with fewer
 * than wanted, as it does where the filter and the neighbourhood of the query disagree, all are compared after all.
 *
 * @param transaction - of `withScanOptions(SCAN_OPTIONS)`
 */
export async function nearestProducts(
  transaction: Transaction<Database>,
  p: { model: ActiveModel; query: Embedding; where: Conditions; wanted: number; exactLimit: number },
): Promise<Neighbours> {
  const count = await countProducts(transaction, p.where, p.exactLimit);
  if (count.value === 0) return { neighbours: [], strategy: 'EXACT', count };
  const pictures = { table: p.model.imageTable, query: p.query, where: p.where };
  if (!count.exact && p.model.indexed) {
    const neighbours = await widen(p.wanted, (limit) => nearestPicturesByIndex(transaction, { ...pictures, limit }));
    if (neighbours.length === p.wanted) return { neighbours, strategy: 'HNSW', count };
  }
  const neighbours = await widen(p.wanted, (limit) => nearestPicturesExactly(transaction, { ...pictures, limit }));
  return { neighbours, strategy: 'EXACT', count };
}

type PictureQuery = { execute(): Promise<{ product_id: string; image_id: string; distance: number }[]> };

/**
 * Asks for more pictures until there are enough products or no more pictures. If the pictures are the nearest ones, so are
 * their products in the order of first appearance.
 */
async function widen(
  wanted: number,
  pictures: (limit: NearestPictures['limit']) => PictureQuery,
): Promise<Neighbour[]> {
  for (let limit = Math.ceil(wanted * PICTURES_PER_PRODUCT); ; limit *= WIDENING) {
    const rows = await pictures(limit).execute();
    const best = new Map<string, Neighbour>();
    for (const { product_id, image_id, distance } of rows) {
      if (!best.has(product_id)) best.set(product_id, { productId: product_id, imageId: image_id, distance });
    }
    if (best.size >= wanted || rows.length < limit) return [...best.values()].slice(0, wanted);
  }
}
