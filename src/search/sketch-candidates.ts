import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Sketches } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import { firstFetch, type NearestOfKind, type NearestRequest } from './nearest-request.ts';
import { type NearestSketches, nearestBySketch, type SketchedRow } from './queries-sketches.ts';
import { comparedFor, planScan, planTexts, type ScanPlan, type ScanRequest } from './scan-plan.ts';
import { selectivePart } from './selective-part.ts';

const WIDENING = 4;

type SketchRequest = Pick<NearestRequest, 'model' | 'query' | 'where' | 'filter' | 'wanted'> &
  Pick<ScanRequest, 'explained' | 'exactLimit'>;

/** How sketches are asked first for what is wanted. */
export interface SketchSearch {
  readonly plan: ScanPlan;
  readonly pictures: NearestSketches;
  /** Of products without a picture; undefined where there are none. Choosing their clusters takes a millisecond at a million pictures. */
  readonly texts: (() => NearestSketches) | undefined;
}

/** How the nearest pictures are looked for; undefined where there is nothing to choose. */
export function scanPlanOf({ model, query, where, filter, wanted, ...options }: SketchRequest): ScanPlan | undefined {
  const { sketches, indexed } = model;
  if (sketches === null || filter === undefined || where.length === 0) return undefined;
  const { vector } = query.pictures;
  return planScan({ sketches, filter, query: vector, wanted, fetched: firstFetch(wanted), indexed, ...options });
}

/** Undefined where there are no sketches, nothing that they could be asked by, or the index is quicker. */
export function sketchSearch(request: SketchRequest): SketchSearch | undefined {
  const { model, query, filter, wanted } = request;
  const { sketches } = model;
  const plan = scanPlanOf(request);
  if (sketches === null || plan === undefined || plan.chosen.way === 'HNSW') return undefined;
  const pictures: NearestSketches = {
    ...asked(request, sketches),
    kind: 'PICTURE',
    vectors: model.imageTable,
    clusters: plan.chosen.way === 'CLUSTERS' ? plan.clusters : undefined,
    first: plan.chosen.way === 'ALL' && filter !== undefined ? selectivePart(sketches, filter) : [],
    query: query.pictures.vector,
    compared: comparedFor(wanted, plan.chosen),
  };
  return { plan, pictures, texts: model.hasPictureless ? () => textsOf(request, sketches, plan.matching) : undefined };
}

/** @param pictures - that hold, estimated */
function textsOf(request: SketchRequest, sketches: Sketches, pictures: number): NearestSketches {
  const { model, query, filter = {}, wanted } = request;
  const plan = planTexts({ sketches, filter, query: query.texts.vector, wanted }, pictures);
  return {
    ...asked(request, sketches),
    ...plan,
    kind: 'TEXT',
    vectors: model.textTable,
    first: [],
    query: query.texts.vector,
  };
}

function asked({ model, where, wanted }: SketchRequest, { table }: Sketches) {
  return { modelId: model.id, table, where, limit: wanted };
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
  const { pictures, texts } = search;
  const [pictured, firstTexts] = await Promise.all([
    look(db, pictures).then((looked) => lookUntil(db, looked, pictures.limit)),
    // Chosen while the database looks at pictures.
    texts && setImmediate().then(() => look(db, texts())),
  ]);
  // Texts need not fill a page: there are few of them in most shops.
  const pictureless = firstTexts && (await lookUntil(db, firstTexts, pictures.limit - pictured.rows.length));
  return {
    pictured: { products: pictured.rows, strategy: 'SKETCH' },
    pictureless: { products: pictureless?.rows ?? [], strategy: 'SKETCH' },
  };
}

/**
 * The products without a picture whose texts are nearest, by sketches, where pictures come from the index; undefined where there are no sketches, or nothing that they
 * could be asked by. They may be fewer than wanted: as many as may come among the first.
 */
export async function nearestTextsBySketches(
  db: Kysely<Database>,
  request: SketchRequest,
): Promise<NearestOfKind | undefined> {
  const { sketches } = request.model;
  if (sketches === null || request.filter === undefined) return undefined;
  const { rows } = await look(db, textsOf(request, sketches, sketches.clusters.pictures.total));
  return { products: rows, strategy: 'SKETCH' };
}

interface Looked {
  readonly rows: readonly SketchedRow[];
  /** What to ask for more products; undefined where there are none. */
  readonly further: NearestSketches | undefined;
}

async function look(db: Kysely<Database>, statement: NearestSketches): Promise<Looked> {
  const { rows } = await nearestBySketch(statement).execute(db);
  return { rows, further: furtherThan(statement, rows) };
}

/** Goes on until there are so many products, or no more. */
async function lookUntil(db: Kysely<Database>, first: Looked, enough: number): Promise<Looked> {
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
