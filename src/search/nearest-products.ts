import type { Kysely, Transaction } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { ScanOptions } from '../database/vector-sql.ts';
import {
  type Conditions,
  matchingProductCount,
  type NearestPictures,
  nearestPicturesByIndex,
  nearestPicturesExactly,
  nearestTextsByIndex,
  nearestTextsExactly,
  picturelessCount,
} from './queries-neighbours.ts';
import type { QueryVectors } from './search-query.ts';

export interface NearestProducts {
  readonly productIds: readonly string[];
  /** Whether an index found them; otherwise all were compared. */
  readonly byIndex: boolean;
}

export interface NearestRequest {
  readonly model: ActiveModel;
  readonly query: QueryVectors;
  readonly where: Conditions;
  readonly wanted: number;
  readonly exactLimit: number;
  /** Whether more than `exactLimit` products are known to hold for the conditions, or nearly so: then they are not counted. */
  readonly many: boolean;
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

/** Products that hold for the conditions: none, few enough to compare all, or too many for that. */
export async function howMany(
  db: Kysely<Database>,
  where: Conditions,
  exactLimit: number,
): Promise<'NONE' | 'FEW' | 'MANY'> {
  const { count } = await matchingProductCount(db, { where, limit: exactLimit + 1 }).executeTakeFirstOrThrow();
  if (count === 0) return 'NONE';
  return count > exactLimit ? 'MANY' : 'FEW';
}

/**
 * The products whose pictures are nearest to the query, and among those without a picture the ones whose texts are: so many of each. Which of both
 * kinds comes first is for their calibrated scores to say.
 *
 * @param transaction - from `withScanOptions(db, SCAN_OPTIONS, ...)`
 */
export async function nearestProducts(
  transaction: Transaction<Database>,
  request: NearestRequest,
): Promise<NearestProducts> {
  const pictured = await nearestPictured(transaction, request);
  const pictureless = await nearestPictureless(transaction, request);
  return {
    productIds: [...pictured.productIds, ...pictureless.productIds],
    byIndex: pictured.byIndex || pictureless.byIndex,
  };
}

/**
 * The plan is chosen here, not by the database: few products are all compared; with many the index is scanned, and if it comes back with fewer
 * than wanted, as it does where the filter and the neighbourhood of the query disagree, all are compared after all.
 */
async function nearestPictured(
  transaction: Transaction<Database>,
  { model, query, where, wanted, exactLimit, many }: NearestRequest,
): Promise<NearestProducts> {
  const pictures = { table: model.imageTable, query: query.pictures.vector, where };
  const matching = many ? 'MANY' : await howMany(transaction, where, exactLimit);
  if (matching === 'NONE') return { productIds: [], byIndex: false };
  if (model.indexed && matching === 'MANY') {
    const productIds = await widen(wanted, (limit) => nearestPicturesByIndex(transaction, { ...pictures, limit }));
    if (productIds.length === wanted) return { productIds, byIndex: true };
  }
  const productIds = await widen(wanted, (limit) => nearestPicturesExactly(transaction, { ...pictures, limit }));
  return { productIds, byIndex: false };
}

/** The same with texts, of which a product has one. Most shops have few such products, or none. */
async function nearestPictureless(
  transaction: Transaction<Database>,
  { model, query, where, wanted, exactLimit }: NearestRequest,
): Promise<NearestProducts> {
  if (!model.hasPictureless) return { productIds: [], byIndex: false };
  const texts = { table: model.textTable, query: query.texts.vector, where, limit: wanted };
  const { count } = await picturelessCount(transaction, { ...texts, limit: exactLimit + 1 }).executeTakeFirstOrThrow();
  if (count === 0) return { productIds: [], byIndex: false };
  if (count > exactLimit) {
    const rows = await nearestTextsByIndex(transaction, texts).execute();
    if (rows.length === wanted) return { productIds: rows.map((row) => row.product_id), byIndex: true };
  }
  const rows = await nearestTextsExactly(transaction, texts).execute();
  return { productIds: rows.map((row) => row.product_id), byIndex: false };
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
