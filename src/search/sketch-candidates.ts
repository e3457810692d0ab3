import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { firstFetch, type NearestOfKind, type NearestRequest } from './nearest-request.ts';
import { type NearestSketches, nearestBySketch, type SketchedKind, type SketchedRow } from './queries-sketches.ts';
import { comparedFor, planScan, planTexts, type ScanPlan, type ScanRequest, type TextPlan } from './scan-plan.ts';
import { selectivePart } from './selective-part.ts';

const WIDENING = 4;

type SketchRequest = Pick<NearestRequest, 'model' | 'query' | 'where' | 'filter' | 'wanted'> &
  Pick<ScanRequest, 'explained' | 'exactLimit'>;

/** How sketches are asked first for what is wanted. */
export interface SketchSearch {
  readonly plan: ScanPlan;
  readonly statement: NearestSketches;
}

/** How the nearest pictures are looked for; undefined where there is nothing to choose. */
export function scanPlanOf({ model, query, where, filter, wanted, ...options }: SketchRequest): ScanPlan | undefined {
  const { sketches, indexed } = model;
  if (sketches === null || filter === undefined || where.length === 0) return undefined;
  const vectors = { pictures: query.pictures.vector, texts: query.texts.vector };
  const fetched = firstFetch(wanted);
  const { exactLimit, explained } = options;
  return planScan({ sketches, filter, query: vectors, wanted, fetched, indexed, exactLimit, explained });
}

/** Undefined where there are no sketches, nothing that they could be asked by, or the index is quicker. */
export function sketchSearch(request: SketchRequest): SketchSearch | undefined {
  const { model, query, where, filter, wanted } = request;
  const { sketches } = model;
  const plan = scanPlanOf(request);
  if (sketches === null || plan === undefined || plan.chosen.way === 'HNSW') return undefined;
  const pictures: SketchedKind = {
    kind: 'PICTURE',
    vectors: model.imageTable,
    clusters: plan.chosen.way === 'CLUSTERS' ? plan.clusters : undefined,
    first: plan.chosen.way === 'ALL' && filter !== undefined ? selectivePart(sketches, filter) : [],
    query: query.pictures.vector,
    compared: comparedFor(wanted, plan.chosen),
  };
  const kinds = model.hasPictureless ? [pictures, textsOf(request, plan.texts)] : [pictures];
  return { plan, statement: { modelId: model.id, table: sketches.table, where, kinds, limit: wanted } };
}

function textsOf({ model, query }: SketchRequest, { clusters, compared }: TextPlan): SketchedKind {
  return { kind: 'TEXT', vectors: model.textTable, clusters, first: [], query: query.texts.vector, compared };
}

/** Products with a picture and those without. */
export interface NearestOfBoth {
  readonly pictured: NearestOfKind;
  readonly pictureless: NearestOfKind;
}

/**
 * The products nearest to the query by sketches; undefined where `sketchSearch` is. As long as products hold for the filter, there are as many as wanted: where
 * the chosen clusters have too few, all are looked at.
 */
export async function nearestBySketches(
  db: Kysely<Database>,
  request: SketchRequest,
): Promise<NearestOfBoth | undefined> {
  const search = sketchSearch(request);
  if (search === undefined) return undefined;
  let { kinds } = search.statement;
  const found = new Map<SketchedKind['kind'], SketchedRow[]>();
  const productsOf = (kind: SketchedKind['kind']) => found.get(kind) ?? [];
  const { limit } = search.statement;
  while (kinds.length > 0) {
    const { rows } = await nearestBySketch({ ...search.statement, kinds }).execute(db);
    for (const { kind } of kinds) {
      found.set(
        kind,
        rows.filter((row) => row.kind === kind),
      );
    }
    // Texts need not fill a page: there are few of them in most shops.
    const inAll = productsOf('PICTURE').length + productsOf('TEXT').length;
    kinds = kinds
      .filter(({ kind }) => (kind === 'PICTURE' ? productsOf(kind).length : inAll) < limit)
      .flatMap((kind) => looksFurther(kind, productsOf(kind.kind)));
  }
  return {
    pictured: { products: productsOf('PICTURE'), strategy: 'SKETCH' },
    pictureless: { products: productsOf('TEXT'), strategy: 'SKETCH' },
  };
}

/**
 * The products without a picture whose texts are nearest, by sketches, where pictures came from the index and are enough for a page; undefined where there are no sketches, or nothing that they
 * could be asked by. They may be fewer than wanted: as many as may come among the first.
 */
export async function nearestTextsBySketches(
  db: Kysely<Database>,
  request: SketchRequest,
): Promise<NearestOfKind | undefined> {
  const { model, query, where, filter, wanted } = request;
  const { sketches } = model;
  if (sketches === null || filter === undefined) return undefined;
  const vectors = { pictures: query.pictures.vector, texts: query.texts.vector };
  const plan = planTexts({ sketches, filter, query: vectors, wanted }, sketches.clusters.pictures.total);
  const kinds = [textsOf(request, plan)];
  const statement = { modelId: model.id, table: sketches.table, where, kinds, limit: wanted };
  return { products: (await nearestBySketch(statement).execute(db)).rows, strategy: 'SKETCH' };
}

/** More vectors where the compared ones are of too few products, with many pictures of each; everything where clusters have too few that hold; nothing where there is no more. */
function looksFurther(kind: SketchedKind, rows: readonly SketchedRow[]): SketchedKind[] {
  if ((rows[0]?.compared ?? 0) >= kind.compared) return [{ ...kind, compared: kind.compared * WIDENING }];
  return kind.clusters === undefined ? [] : [{ ...kind, clusters: undefined }];
}
