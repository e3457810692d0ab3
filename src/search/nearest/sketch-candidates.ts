import type { Kysely } from 'kysely';
import type { Sketches } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import { isFilterAlone, isWholeShop } from '../filter/product-scope.ts';
import { NEAREST_LIMITS } from '../request/limits.ts';
import type { ScanWay } from '../request/search-request.ts';
import { matchingShares, matchingVectors } from './matching-shares.ts';
import { firstFetch, isIndexUsed, type NearestOfKind, type NearestSearch } from './nearest-request.ts';
import { comparedFor, planScan, planTexts, type ScanPlan } from './scan-plan.ts';
import { selectivePart } from './selective-part.ts';
import { type NearestSketches, nearestBySketch, type SketchedRow } from './sketch-statements.ts';

type SketchSearch = Omit<NearestSearch, 'many' | 'knowsTexts'>;

/** How the nearest pictures are looked for; undefined where there are no sketches, or nothing that they could be asked by: where nothing narrows, the index is best, if it can be used. */
export function scanPlanOf(search: SketchSearch): ScanPlan | undefined {
  const { model, vectors, filter, wanted, exactLimit } = search;
  const { sketches } = model;
  const indexed = isIndexUsed(search);
  if (sketches === null || !isFilterAlone(search) || (isWholeShop(search) && indexed === model.indexed))
    return undefined;
  const { vector } = vectors.pictures;
  return planScan({ sketches, filter, query: vector, wanted, fetched: firstFetch(wanted), indexed, exactLimit });
}

/** How sketches are asked first for the nearest pictures, by a plan that does not take the index. */
function pictureSearch(search: SketchSearch, sketches: Sketches, { chosen, clusters }: ScanPlan): NearestSketches {
  const { model, vectors, filter, wanted } = search;
  return {
    ...common(search, sketches),
    kind: 'PICTURE',
    vectors: model.imageTable,
    clusters: chosen.way === 'CLUSTERS' ? clusters : undefined,
    selective: chosen.way === 'ALL' ? selectivePart(sketches, filter) : undefined,
    query: vectors.pictures.vector,
    compared: comparedFor(wanted, chosen),
  };
}

/** How sketches are asked first for the nearest texts of products without a picture; undefined where there are no sketches, or nothing that they could be asked by. */
export function textSearch(search: SketchSearch): NearestSketches | undefined {
  const { model, vectors, filter, wanted } = search;
  const { sketches } = model;
  if (sketches === null || !isFilterAlone(search)) return undefined;
  const { pictures } = sketches.clusters;
  const matching = matchingVectors(pictures, matchingShares(pictures, filter));
  const { vector } = vectors.texts;
  const plan = planTexts({ sketches, filter, query: vector, wanted }, matching);
  const kind = { kind: 'TEXT', vectors: model.textTable, selective: undefined } as const;
  return { ...common(search, sketches), ...plan, ...kind, query: vector };
}

function common({ model, filter, wanted }: SketchSearch, { table }: Sketches) {
  return { modelId: model.id, table, filter, limit: wanted };
}

/**
 * The nearest pictures by sketches. As long as products satisfy the filter, there are as many as wanted: where the chosen clusters have too few, all are
 * looked at.
 */
export async function nearestPicturesBySketch(
  db: Kysely<Database>,
  search: SketchSearch,
  plan: ScanPlan,
): Promise<NearestOfKind> {
  const { sketches } = search.model;
  invariant(sketches !== null, 'a plan of sketches is of a model that has some');
  const looked = await lookUntil(db, await look(db, pictureSearch(search, sketches, plan)), search.wanted);
  return { products: looked.rows, plan: { strategy: 'SKETCH', examined: looked.compared, ways: waysOf(plan) } };
}

/** The one that was taken first. */
export function waysOf({ chosen, others }: ScanPlan): readonly ScanWay[] {
  return [chosen, ...others];
}

/** What a look at sketches gave. */
export interface Looked {
  readonly rows: readonly SketchedRow[];
  /** Vectors that were compared for it, in this look and those before it. */
  readonly compared: number;
  /** What to ask for more products; undefined where there are none. */
  readonly further: NearestSketches | undefined;
}

export async function look(db: Kysely<Database>, statement: NearestSketches, before = 0): Promise<Looked> {
  const { rows } = await nearestBySketch(statement).execute(db);
  return { rows, compared: before + (rows[0]?.compared ?? 0), further: furtherThan(statement, rows) };
}

/** Goes on until there are so many products, or no more. */
export async function lookUntil(db: Kysely<Database>, first: Looked, enough: number): Promise<Looked> {
  let looked = first;
  while (looked.rows.length < enough && looked.further !== undefined)
    looked = await look(db, looked.further, looked.compared);
  return looked;
}

/** More vectors where the compared ones are of too few products, with many pictures of each; everything where clusters have too few that hold; nothing where there is no more. */
function furtherThan(statement: NearestSketches, rows: readonly SketchedRow[]): NearestSketches | undefined {
  const { compared, clusters } = statement;
  if ((rows[0]?.compared ?? 0) >= compared) return { ...statement, compared: compared * NEAREST_LIMITS.widening };
  return clusters === undefined ? undefined : { ...statement, clusters: undefined };
}
