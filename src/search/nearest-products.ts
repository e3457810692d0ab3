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

export interface NearestProducts {
  /** Nearest first; ties by id. Fewer than asked for only if no more products have a vector. */
  readonly productIds: readonly string[];
  /** Whether the index found them; otherwise all were compared. */
  readonly byIndex: boolean;
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

/** Pictures that are fetched at first for so many products. */
export function firstFetch(wanted: number): number {
  return Math.ceil(wanted * PICTURES_PER_PRODUCT);
}

/** Whether more products than `exactLimit` hold for the conditions. */
export async function areTooMany(db: Kysely<Database>, where: Conditions, exactLimit: number): Promise<boolean> {
  const { count } = await matchingProductCount(db, { where, limit: exactLimit + 1 }).executeTakeFirstOrThrow();
  return count > exactLimit;
}

/**
 * The products whose pictures are nearest to the query.
 *
 * The plan is chosen here, not by the database: few products are all compared; with many the index is scanned, and if it comes back with fewer
 * than wanted, as it does where the filter and the neighbourhood of the query disagree, all are compared after all.
 *
 * @param transaction - of `withScanOptions(SCAN_OPTIONS)`
 */
export async function nearestProducts(
  transaction: Transaction<Database>,
  p: { model: ActiveModel; query: Embedding; where: Conditions; wanted: number; exactLimit: number },
): Promise<NearestProducts> {
  const pictures = { table: p.model.imageTable, query: p.query, where: p.where };
  if (p.model.indexed && (await areTooMany(transaction, p.where, p.exactLimit))) {
    const productIds = await widen(p.wanted, (limit) => nearestPicturesByIndex(transaction, { ...pictures, limit }));
    if (productIds.length === p.wanted) return { productIds, byIndex: true };
  }
  const productIds = await widen(p.wanted, (limit) => nearestPicturesExactly(transaction, { ...pictures, limit }));
  return { productIds, byIndex: false };
}

type PictureQuery = { execute(): Promise<{ product_id: string }[]> };

/**
 * Asks for more pictures until there are enough products or no more pictures. If the pictures are the nearest ones, so are
 * their products in the order of first appearance.
 */
async function widen(wanted: number, pictures: (limit: NearestPictures['limit']) => PictureQuery): Promise<string[]> {
  for (let limit = firstFetch(wanted); ; limit *= WIDENING) {
    const rows = await pictures(limit).execute();
    const productIds = new Set(rows.map((row) => row.product_id));
    if (productIds.size >= wanted || rows.length < limit) return [...productIds].slice(0, wanted);
  }
}
