import type { Kysely, Transaction } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import { withScanOptions } from '../database/vector-sql.ts';
import type { ComposedQuery } from './compose-query.ts';
import type { RestPlace } from './cursor.ts';
import { type Neighbours, nearestProducts, SCAN_OPTIONS } from './nearest-products.ts';
import { type Conditions, productsByDistance, productsWithoutVector } from './queries-neighbours.ts';
import { isNamed, matchesWords, wordCoverage, wordMatchesWithoutVector } from './queries-words.ts';
import { atLeast, type QueryWords } from './query-words.ts';
import { type Candidate, fuseRanks, rankByWords } from './rank-fusion.ts';
import { type RankedWindow, type RestProduct, restProduct, WINDOW_SIZE } from './ranking.ts';

export interface VectorSearch {
  readonly model: ActiveModel;
  readonly query: ComposedQuery;
  /** Undefined where words do not count. */
  readonly words: QueryWords | undefined;
  /** How much of the query's weight is text, 0 to 1. */
  readonly textShare: number;
  readonly where: Conditions;
}

/** What one of the lists that are fused found of a product. */
type Found = Pick<Candidate, 'productId' | 'imageId' | 'distance'>;

/** The best products by vectors, fused with the best by words where words count. All statements run in one transaction. */
export async function rankByVectors(db: Kysely<Database>, search: VectorSearch): Promise<RankedWindow> {
  return withScanOptions(db, SCAN_OPTIONS, async (transaction) => {
    const nearest = await nearestTo(transaction, search, search.where);
    const byWords = search.words === undefined ? [] : await foundByWords(transaction, search, search.words);
    const found = new Map<string, Found>([...byWords, ...nearest.neighbours].map((one) => [one.productId, one]));
    const candidates = await withCoverage(transaction, [...found.values()], search.words);

    const fused = fuseRanks(candidates, search.query.scores, search.textShare).slice(0, WINDOW_SIZE);
    const vectorRanks = ranks(nearest.neighbours);
    const wordRanks = ranks(rankByWords(candidates));
    return {
      entries: fused.map(({ productId, imageId, distance }) => ({
        productId,
        imageId,
        similarity: distance === null ? null : 1 - distance,
        vectorRank: vectorRanks.get(productId) ?? null,
        wordRank: wordRanks.get(productId) ?? null,
      })),
      strategy: nearest.strategy,
      count: nearest.count,
      complete: nearest.count.exact && fused.length === nearest.count.value,
    };
  });
}

/** Past the window: by distance, then by id those that have no vector. */
export async function restByDistance(
  db: Kysely<Database>,
  search: Pick<VectorSearch, 'model' | 'where'> & { readonly query: ComposedQuery['vector'] },
  p: { after: RestPlace | undefined; excluded: readonly string[]; limit: number },
): Promise<RestProduct[]> {
  const { where, model, query } = search;
  const common = { table: model.imageTable, where, excluded: p.excluded };
  const rest: RestProduct[] = [];
  if (p.after?.order !== 'id') {
    const after = p.after?.order === 'distance' ? p.after : undefined;
    const rows = await withScanOptions(db, SCAN_OPTIONS, (transaction) =>
      productsByDistance(transaction, { ...common, query, after, limit: p.limit }).execute(),
    );
    for (const { product_id: productId, image_id: imageId, distance } of rows) {
      rest.push(restProduct(productId, { order: 'distance', distance, productId }, { imageId, distance }));
    }
  }
  if (rest.length < p.limit) {
    const after = p.after?.order === 'id' ? p.after.productId : undefined;
    const rows = await productsWithoutVector(db, { ...common, after, limit: p.limit - rest.length }).execute();
    for (const { product_id: productId } of rows)
      rest.push(restProduct(productId, { order: 'id', productId }, undefined));
  }
  return rest;
}

function nearestTo(transaction: Transaction<Database>, search: VectorSearch, where: Conditions): Promise<Neighbours> {
  return nearestProducts(transaction, { model: search.model, query: search.query.vector, where, wanted: WINDOW_SIZE });
}

/**
 * The products that the query names, and those that have most of its words: all of them first, then all but one, until there are enough.
 * Half of the words or fewer tell little and match a large part of a catalogue ("red saree": everything red), so those count only if nothing else matches.
 * Each step takes the nearest products with so many words, so that equals are in the order of the vectors.
 */
async function foundByWords(
  transaction: Transaction<Database>,
  search: VectorSearch,
  { queries, names }: QueryWords,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  const add = (some: readonly Found[]) => {
    for (const one of some) if (!found.has(one.productId)) found.set(one.productId, one);
  };
  add((await nearestTo(transaction, search, [...search.where, isNamed(names)])).neighbours);

  for (let least = queries.length; least > 0 && found.size < WINDOW_SIZE; least--) {
    if (least * 2 <= queries.length && found.size > 0) break;
    const query = atLeast(least, queries);
    const { neighbours, count } = await nearestTo(transaction, search, [...search.where, matchesWords(query)]);
    add(neighbours);
    if (count.exact && count.value > neighbours.length && neighbours.length < WINDOW_SIZE) {
      add(await withoutVector(transaction, search, query));
    }
  }
  return [...found.values()];
}

/** Word matches that no vector can find. */
async function withoutVector(
  transaction: Transaction<Database>,
  search: VectorSearch,
  query: string,
): Promise<Found[]> {
  const rows = await wordMatchesWithoutVector(transaction, {
    table: search.model.imageTable,
    where: search.where,
    query,
    limit: WINDOW_SIZE,
  }).execute();
  return rows.map((row) => ({ productId: row.product_id, imageId: null, distance: null }));
}

async function withCoverage(
  transaction: Transaction<Database>,
  found: readonly Found[],
  words: QueryWords | undefined,
): Promise<Candidate[]> {
  if (words === undefined) return found.map((one) => ({ ...one, coverage: 0, named: false }));
  const productIds = found.map((one) => one.productId);
  const rows = await wordCoverage(transaction, { productIds, words: words.queries, names: words.names }).execute();
  const byProduct = new Map(rows.map((row) => [row.product_id, row]));
  // A product that was deleted since it was found has no row, and no place in the result.
  return found.flatMap((one) => {
    const row = byProduct.get(one.productId);
    return row === undefined
      ? []
      : [{ ...one, coverage: row.matched / Math.max(1, words.queries.length), named: row.named }];
  });
}

/** Places from 1, by product. */
function ranks(products: readonly { readonly productId: string }[]): Map<string, number> {
  return new Map(products.map((product, index) => [product.productId, index + 1]));
}
