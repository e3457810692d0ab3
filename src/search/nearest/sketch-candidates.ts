import type { Kysely } from 'kysely';
import type { Sketches } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import { matchingShares, matchingVectors } from './matching-shares.ts';
import { firstFetch, type NearestOfKind, type NearestRequest } from './nearest-request.ts';
import { type NearestSketches, nearestBySketch, type SketchedRow } from './queries-sketches.ts';
import { comparedFor, planScan, planTexts, type ScanPlan, type ScanRequest } from './scan-plan.ts';
import { selectivePart } from './selective-part.ts';

const WIDENING = 4;

type SketchRequest = Pick<NearestRequest, 'model' | 'query' | 'where' | 'filter' | 'wanted'> &
  Pick<ScanRequest, 'explained' | 'exactLimit'>;

/** How the nearest pictures are looked for; undefined where there is nothing to choose. */
export function scanPlanOf({ model, query, where, filter, wanted, ...options }: SketchRequest): ScanPlan | undefined {
  const { sketches, indexed } = model;
  if (sketches === null || filter === undefined || where.length === 0) return undefined;
  const { vector } = query.pictures;
  return planScan({ sketches, filter, query: vector, wanted, fetched: firstFetch(wanted), indexed, ...options });
}

/** How sketches are asked first for the nearest pictures. */
export interface PictureSearch {
  readonly plan: ScanPlan;
  readonly statement: NearestSketches;
}

/** Undefined where there are no sketches, nothing that they could be asked by, or the index is quicker. */
export function pictureSearch(request: SketchRequest): PictureSearch | undefined {
  const { model, query, filter, wanted } = request;
  const { sketches } = model;
  const plan = scanPlanOf(request);
  if (sketches === null || plan === undefined || plan.chosen.way === 'HNSW') return undefined;
  const statement: NearestSketches = {
    ...common(request, sketches),
    kind: 'PICTURE',
    vectors: model.imageTable,
    clusters: plan.chosen.way === 'CLUSTERS' ? plan.clusters : undefined,
    first: plan.chosen.way === 'ALL' && filter !== undefined ? selectivePart(sketches, filter) : [],
    query: query.pictures.vector,
    compared: comparedFor(wanted, plan.chosen),
  };
  return { plan, statement };
}

/** How sketches are asked first for the nearest texts of products without a picture; undefined where there are no sketches, or nothing that they could be asked by. */
export function textSearch(request: SketchRequest): NearestSketches | undefined {
  const { model, query, filter, wanted } = request;
  const { sketches } = model;
  if (sketches === null || filter === undefined) return undefined;
  const { pictures } = sketches.clusters;
  const matching = matchingVectors(pictures, matchingShares(pictures, filter));
  const { vector } = query.texts;
  const plan = planTexts({ sketches, filter, query: vector, wanted }, matching);
  return { ...common(request, sketches), ...plan, kind: 'TEXT', vectors: model.textTable, first: [], query: vector };
}

function common({ model, where, wanted }: SketchRequest, { table }: Sketches) {
  return { modelId: model.id, table, where, limit: wanted };
}

/**
 * The nearest pictures by sketches; undefined where `pictureSearch` is. As long as products hold for the filter, there are as many as wanted: where
 * the chosen clusters have too few, all are looked at.
 */
export async function nearestPicturesBySketch(
  db: Kysely<Database>,
  request: SketchRequest,
): Promise<NearestOfKind | undefined> {
  const search = pictureSearch(request);
  if (search === undefined) return undefined;
  const looked = await lookUntil(db, await look(db, search.statement), request.wanted);
  return { products: looked.rows, strategy: 'SKETCH' };
}

/** What a look at sketches gave. */
export interface Looked {
  readonly rows: readonly SketchedRow[];
  /** What to ask for more products; undefined where there are none. */
  readonly further: NearestSketches | undefined;
}

export async function look(db: Kysely<Database>, statement: NearestSketches): Promise<Looked> {
  const { rows } = await nearestBySketch(statement).execute(db);
  return { rows, further: furtherThan(statement, rows) };
}

/** Goes on until there are so many products, or no more. */
export async function lookUntil(db: Kysely<Database>, first: Looked, enough: number): Promise<Looked> {
  let looked = first;
  while (looked.rows.length < enough && looked.further !== undefined) looked = await look(db, looked.further);
  return looked;
}

/** More vectors where the compared ones are of too few products, with many pictures of each; everything where clusters have too few that hold; nothing where there is no more. */
function furtherThan(statement: NearestSketches, rows: readonly SketchedRow[]): NearestSketches | undefined {
  const { compared, clusters } = statement;
  if ((rows[0]?.compared ?? 0) >= compared) return { ...statement, compared: compared * WIDENING };
  return clusters === undefined ? undefined : { ...statement, clusters: undefined };
}
