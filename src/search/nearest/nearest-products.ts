import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import { matchingProductCount } from '../filter/matching-statements.ts';
import { isFilterAlone, type ProductScope } from '../filter/product-scope.ts';
import type { CalibratedVector } from '../query/search-query.ts';
import { NEAREST_LIMITS } from '../request/limits.ts';
import { type FewRow, nearestOfFew } from './comparison-statements.ts';
import {
  ALL_COMPARED,
  firstFetch,
  isIndexUsed,
  type NearestOfKind,
  type NearestPlan,
  type NearestSearch,
  type NearProduct,
  type ScoredProduct,
} from './nearest-request.ts';
import {
  type NearestPictures,
  nearestPicturesByIndex,
  nearestPicturesExactly,
  nearestTextsByIndex,
  nearestTextsExactly,
  picturelessCount,
} from './neighbour-statements.ts';
import { look, lookUntil, nearestPicturesBySketch, scanPlanOf, textSearch, waysOf } from './sketch-candidates.ts';

export interface NearestProducts {
  readonly productIds: readonly string[];
  /** Of each of them. */
  readonly scores: readonly number[];
  /** Products without a picture that were found beside them, farther than all of them. */
  readonly otherTexts: readonly ScoredProduct[];
  readonly plan: NearestPlan;
}

/** Whether more products are in scope than are all compared. */
export async function areTooMany(
  db: Kysely<Database>,
  { filter, textQuery, predicates, exactLimit }: ProductScope & Pick<NearestSearch, 'exactLimit'>,
): Promise<boolean> {
  const limit = exactLimit + 1;
  const { count } = await matchingProductCount(db, { filter, textQuery, predicates, limit }).executeTakeFirstOrThrow();
  return count > exactLimit;
}

/**
 * The products nearest to the query: by their nearest picture or, where they have none, by their text. Which of both kinds comes first their calibrated
 * scores say, as in src/search/ranking/ranking-statements.ts.
 */
export async function nearestProducts(db: Kysely<Database>, search: NearestSearch): Promise<NearestProducts> {
  const { model, vectors, wanted, many } = search;
  if (!many && (model.sketches === null || !isFilterAlone(search))) {
    const few = await nearestIfFew(db, search);
    if (few.matching <= search.exactLimit) return { ...nearestOf(few), otherTexts: [], plan: ALL_COMPARED };
  }
  const found = await nearestOfBoth(db, search);
  const pictured = scored(vectors.pictures, found.pictured.products);
  const pictureless = scored(vectors.texts, found.pictureless.products);
  const best = search.picturesFirst
    ? [...pictured, ...pictureless].slice(0, wanted)
    : [...pictured, ...pictureless].sort((a, b) => b.score - a.score).slice(0, wanted);
  const isBest = new Set(best.map(({ id }) => id));
  return {
    productIds: [...isBest],
    scores: best.map(({ score }) => score),
    otherTexts: pictureless.filter(({ id }) => !isBest.has(id)),
    plan: planOf(found),
  };
}

interface NearestOfBoth {
  readonly pictured: NearestOfKind;
  readonly pictureless: NearestOfKind;
}

/** How pictures were found, which most products have; of the others it matters only whether they were all compared. */
function planOf({ pictured: { plan: pictures }, pictureless: { plan: texts } }: NearestOfBoth): NearestPlan {
  const exactOrTheirs = texts.strategy === 'EXACT' || pictures.strategy !== 'EXACT';
  const examined = pictures.examined === null || texts.examined === null ? null : pictures.examined + texts.examined;
  return { strategy: exactOrTheirs ? pictures.strategy : 'HNSW', examined, ways: pictures.ways };
}

/** Both at once, on connections of their own. */
async function nearestOfBoth(db: Kysely<Database>, search: NearestSearch): Promise<NearestOfBoth> {
  const { model, wanted, knowsTexts = false } = search;
  const texts = model.hasPictureless && !knowsTexts ? textSearch(search) : undefined;
  const [looked, pictured] = await Promise.all([
    texts && look(db, texts),
    // How to look for pictures is chosen while the database looks at texts: it takes one and a half milliseconds at a million pictures.
    setImmediate().then(() => nearestPictured(db, search)),
  ]);
  const missing = wanted - pictured.products.length;
  if (looked !== undefined) {
    // Texts need not fill a page: there are few of them in most shops.
    const { rows, compared } = await lookUntil(db, looked, missing);
    return { pictured, pictureless: { products: rows, plan: { strategy: 'SKETCH', examined: compared, ways: [] } } };
  }
  const isFull = missing <= 0 && pictured.plan.strategy !== 'EXACT';
  if (isFull && knowsTexts) return { pictured, pictureless: NO_TEXTS };
  return { pictured, pictureless: await nearestPictureless(db, search) };
}

/** The nearest of the products in scope where these are few enough to compare all; otherwise only that they are too many. */
export async function nearestIfFew(
  db: Kysely<Database>,
  { model, wanted: limit, ...search }: Omit<NearestSearch, 'many' | 'knowsTexts'>,
): Promise<FewRow> {
  const { imageTable, hasPictureless } = model;
  const textTable = hasPictureless ? model.textTable : undefined;
  const { rows } = await nearestOfFew({ ...search, imageTable, textTable, limit }).execute(db);
  const [row] = rows;
  invariant(row !== undefined, 'a count is one row, also of nothing');
  return row;
}

/** Ids and scores. */
export function nearestOf({ nearest }: FewRow): Pick<NearestProducts, 'productIds' | 'scores'> {
  return { productIds: nearest.map(([id]) => id), scores: nearest.map(([, score]) => score) };
}

function scored(
  { mean, standardDeviation }: CalibratedVector,
  products: readonly NearProduct[],
): readonly ScoredProduct[] {
  return products.map(({ product_id, distance }) => ({
    id: product_id,
    score: (1 - distance - mean) / standardDeviation,
  }));
}

/**
 * Of many products. The plan is chosen here, not by the database: sketches are asked, or the index is scanned, and if it comes back with fewer than wanted, as it does where the
 * filter and the neighbourhood of the query disagree, all are compared after all.
 */
async function nearestPictured(db: Kysely<Database>, search: NearestSearch): Promise<NearestOfKind> {
  const plan = scanPlanOf(search);
  if (plan !== undefined && plan.chosen.way !== 'HNSW') return nearestPicturesBySketch(db, search, plan);
  const ways = plan === undefined ? [] : waysOf(plan);
  const { model, vectors, filter, textQuery, predicates, wanted } = search;
  const pictures = { table: model.imageTable, query: vectors.pictures.vector, filter, textQuery, predicates };
  if (isIndexUsed(search)) {
    const products = await widen(wanted, (limit) => nearestPicturesByIndex(db, { ...pictures, limit }));
    if (products.length === wanted) return { products, plan: { strategy: 'HNSW', examined: null, ways } };
  }
  const products = await widen(wanted, (limit) => nearestPicturesExactly(db, { ...pictures, limit }));
  return { products, plan: { ...ALL_COMPARED, ways } };
}

/** No product in scope is without a picture, or those that are need not be looked for. */
const NO_TEXTS: NearestOfKind = { products: [], plan: { ...ALL_COMPARED, examined: 0 } };

/** The same with texts, of which a product has one. Most shops have few such products, or none. */
async function nearestPictureless(
  db: Kysely<Database>,
  { model, vectors, wanted, exactLimit, filter, textQuery, predicates }: NearestSearch,
): Promise<NearestOfKind> {
  if (!model.hasPictureless) return NO_TEXTS;
  const scope = { filter, textQuery, predicates };
  const texts = { ...scope, table: model.textTable, query: vectors.texts.vector, limit: wanted };
  const fewTexts = Math.min(exactLimit, NEAREST_LIMITS.textsCompared);
  const { count } = await picturelessCount(db, { ...texts, limit: fewTexts + 1 }).executeTakeFirstOrThrow();
  if (count === 0) return NO_TEXTS;
  if (count > fewTexts) {
    const products = await nearestTextsByIndex(db, texts).execute();
    if (products.length === wanted) return { products, plan: { strategy: 'HNSW', examined: null, ways: [] } };
  }
  return {
    products: await nearestTextsExactly(db, texts).execute(),
    plan: { ...ALL_COMPARED, examined: count > fewTexts ? null : count },
  };
}

type PictureQuery = { execute(): Promise<NearProduct[]> };

/**
 * Asks for more pictures until there are enough products or no more pictures. If the pictures are the nearest ones, so are
 * their products in the order of first appearance.
 */
async function widen(
  wanted: number,
  pictures: (limit: NearestPictures['limit']) => PictureQuery,
): Promise<NearProduct[]> {
  for (let limit = firstFetch(wanted); ; limit *= NEAREST_LIMITS.widening) {
    const rows = await pictures(limit).execute();
    const products = new Map<string, NearProduct>();
    for (const row of rows) if (!products.has(row.product_id)) products.set(row.product_id, row);
    if (products.size >= wanted || rows.length < limit) return [...products.values()].slice(0, wanted);
  }
}
