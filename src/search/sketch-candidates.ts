import type { Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { firstFetch, type NearestOfKind, type NearestRequest, type NearProduct } from './nearest-request.ts';
import { type NearestSketches, nearestBySketch } from './queries-sketches.ts';
import { comparedFor, planScan, type ScanPlan } from './scan-plan.ts';

const WIDENING = 4;

type SketchRequest = Pick<NearestRequest, 'model' | 'query' | 'where' | 'filter' | 'wanted'>;

/** How sketches are asked first for what is wanted. */
export interface SketchSearch {
  readonly plan: ScanPlan;
  readonly pictures: NearestSketches;
  /** Null in a shop where every product has a picture. */
  readonly texts: NearestSketches | null;
}

/** How the nearest pictures are looked for; undefined where there is nothing to choose. */
export function scanPlanOf({ model, query, where, filter, wanted }: SketchRequest): ScanPlan | undefined {
  const { sketches, indexed } = model;
  if (sketches === null || filter === undefined || where.length === 0) return undefined;
  return planScan({ sketches, filter, query: query.pictures.vector, wanted, fetched: firstFetch(wanted), indexed });
}

/** Undefined where there are no sketches, nothing that they could be asked by, or the index is quicker. */
export function sketchSearch(request: SketchRequest): SketchSearch | undefined {
  const { model, query, where, wanted } = request;
  const { sketches } = model;
  const plan = scanPlanOf(request);
  if (sketches === null || plan === undefined || plan.chosen.way === 'HNSW') return undefined;
  const compared = comparedFor(wanted, plan.chosen);
  const common = { modelId: model.id, table: sketches.table, where, limit: wanted, compared };
  return {
    plan,
    pictures: {
      ...common,
      vectors: model.imageTable,
      query: query.pictures.vector,
      among: plan.chosen.way === 'CLUSTERS' ? { clusters: plan.clusters } : 'PICTURES',
    },
    texts: model.hasPictureless
      ? { ...common, compared: wanted, vectors: model.textTable, query: query.texts.vector, among: 'TEXTS' }
      : null,
  };
}

/** Products with a picture and those without. */
export interface NearestOfBoth {
  readonly pictured: NearestOfKind;
  readonly pictureless: NearestOfKind;
}

/**
 * The products nearest to the query by sketches; undefined where `sketchSearch` is. As long as products hold for the filter, there are as many as wanted: where
 * the nearest clusters have too few, all are looked at.
 */
export async function nearestBySketches(
  transaction: Transaction<Database>,
  request: SketchRequest,
): Promise<NearestOfBoth | undefined> {
  const search = sketchSearch(request);
  if (search === undefined) return undefined;
  const { pictures, texts } = search;
  let pictured = await nearest(transaction, pictures);
  if (pictured.length < pictures.limit && pictures.among !== 'PICTURES')
    pictured = await nearest(transaction, { ...pictures, among: 'PICTURES' });
  const pictureless = texts === null ? [] : await nearest(transaction, texts);
  return {
    pictured: { products: pictured, strategy: 'SKETCH' },
    pictureless: { products: pictureless, strategy: 'SKETCH' },
  };
}

/** Compares more vectors where the first ones are of too few products: with many pictures of each. */
async function nearest(transaction: Transaction<Database>, request: NearestSketches): Promise<NearProduct[]> {
  for (let compared = request.compared; ; compared *= WIDENING) {
    const { rows } = await nearestBySketch({ ...request, compared }).execute(transaction);
    const all = (rows[0]?.compared ?? 0) < compared;
    if (all || rows.length >= request.limit) return rows;
  }
}
