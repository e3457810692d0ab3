import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import { embeddingModelId } from '../identifiers.ts';
import {
  activateModel,
  activeModelId,
  anyPictureless,
  countEmbeddablePictures,
  countEmbeddedPictures,
  createEmbeddingTables,
  type EmbeddingStatistic,
  insertModel,
  lockModels,
  type ModelColumns,
  registeredModels,
  retireOtherModels,
  searchableModel,
} from './embedding-model-statements.ts';
import { type ClusterScatter, COSTS_ELSEWHERE, SCATTER_ELSEWHERE, type ScanCosts } from './measurements.ts';
import type { Database, EmbeddingModelState, EmbeddingModelTable, EmbeddingPair } from './tables.ts';
import { type ClustersOfKinds, readVectorClusters } from './vector-clusters.ts';

/** A model that the shop has tables of vectors for. */
export interface EmbeddingModelRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly manifestHash: string;
  readonly dimensions: number;
  readonly state: EmbeddingModelState;
  readonly imageTable: string;
  readonly textTable: string;
}

/** What a search must know of the model whose vectors it compares. */
export interface ActiveModel extends EmbeddingModelRow {
  /** Missing pairs were not measured yet (an empty shop). */
  readonly statistics: Partial<Record<EmbeddingPair, EmbeddingStatistic>>;
  /** Whether the HNSW index of the pictures stands; while it does not, every search compares all vectors. */
  readonly indexed: boolean;
  /** Pictures with a vector, as PostgreSQL's statistics estimate them: 0 where it has none yet. */
  readonly estimatedPictures: number;
  /** Whether any product is compared by its text, because it has no vector of a picture. */
  readonly hasPictureless: boolean;
  /** Null in a shop of so few pictures that all are compared. */
  readonly sketches: Sketches | null;
}

/** The table of a model's sketches (sql/functions/50_sketches.sql), and what tells where to look in it. */
export interface Sketches {
  readonly table: string;
  /** Or counted again. Made anew, clusters have other numbers. */
  readonly madeAt: Date;
  readonly clusters: ClustersOfKinds;
  readonly costs: ScanCosts;
  readonly scatter: ClusterScatter;
}

/** Of a table's name, so that the longest name derived from it (`image_embedding_..._product_image_fkey`) fits PostgreSQL's 63 bytes. */
const MAX_SLUG_LENGTH = 28;

/**
 * Registers the model and makes its tables, if it is new here. Becomes ACTIVE if the shop has no active one, else BUILDING. Safe to run at
 * once from several processes.
 */
export async function registerEmbeddingModel(
  db: Kysely<Database>,
  model: { name: string; version: string; manifestHash: string; dimensions: number },
): Promise<EmbeddingModelRow> {
  return db.transaction().execute(async (transaction) => {
    await lockModels().execute(transaction);
    const registered = await registeredModels(transaction).execute();
    const known = registered.find((row) => row.manifest_hash === model.manifestHash);
    if (known !== undefined) return toModel(known);

    const slug = freeSlug(model.name, new Set(registered.map((row) => row.image_table)));
    const row: ModelColumns = {
      id: embeddingModelId(model.manifestHash),
      name: model.name,
      version: model.version,
      manifest_hash: model.manifestHash,
      dimensions: model.dimensions,
      state: registered.some(({ state }) => state === 'ACTIVE') ? 'BUILDING' : 'ACTIVE',
      image_table: imageTableName(slug),
      text_table: `text_embedding_${slug}`,
    };
    await insertModel(transaction, row).execute();
    await createEmbeddingTables(row).execute(transaction);
    return toModel(row);
  });
}

/** Whether the shop has a model that searches use. Reads one row: it is asked at each look at whether the shop is ready. */
export async function hasActiveModel(db: Kysely<Database>): Promise<boolean> {
  return (await activeModelId(db).executeTakeFirst()) !== undefined;
}

/**
 * The model that searches use; undefined for a shop without one.
 *
 * @param before - what was found at the last look: its clusters are kept, unless they were made anew
 */
export async function findActiveModel(
  db: Kysely<Database>,
  before?: ActiveModel | undefined,
): Promise<ActiveModel | undefined> {
  return findSearchableModel(db, 'ACTIVE', before);
}

/** A model with all that searches by it need, whether or not it is the active one: to compare it with that. Undefined if there is none of this id. */
export async function findModelToCompare(db: Kysely<Database>, modelId: string): Promise<ActiveModel | undefined> {
  return findSearchableModel(db, { id: modelId });
}

async function findSearchableModel(
  db: Kysely<Database>,
  which: Parameters<typeof searchableModel>[1],
  before?: ActiveModel | undefined,
): Promise<ActiveModel | undefined> {
  const row = await searchableModel(db, which).executeTakeFirst();
  if (row === undefined) return undefined;
  const { statistics, indexed, estimated_pictures: estimatedPictures } = row;
  const { rows } = await anyPictureless(row.text_table).execute(db);
  const hasPictureless = rows[0]?.found ?? false;
  const sketches = await findSketches(db, row, before);
  return { ...toModel(row), statistics: statistics ?? {}, indexed, estimatedPictures, hasPictureless, sketches };
}

async function findSketches(
  db: Kysely<Database>,
  row: Pick<EmbeddingModelTable, 'id' | 'sketch_table' | 'sketched_at' | 'scan_costs' | 'cluster_scatter'>,
  before: ActiveModel | undefined,
): Promise<Sketches | null> {
  const { id, sketch_table: table, sketched_at: madeAt, scan_costs: measured, cluster_scatter: scatter } = row;
  if (table === null || madeAt === null || measured === null) return null;
  const known = before?.id === id && before.sketches?.madeAt.getTime() === madeAt.getTime() ? before.sketches : null;
  const clusters = known?.clusters ?? (await readVectorClusters(db, id));
  return { table, madeAt, clusters, costs: { ...COSTS_ELSEWHERE, ...measured }, scatter: scatter ?? SCATTER_ELSEWHERE };
}

/**
 * All of them, active first, with the number of pictures embedded.
 *
 * `total` counts the pictures that can be embedded: all but those that FAILED.
 */
export async function listEmbeddingModels(
  db: Kysely<Database>,
): Promise<(EmbeddingModelRow & { embedded: number; total: number })[]> {
  const models = await registeredModels(db).execute();
  const total = (await countEmbeddablePictures().execute(db)).rows[0]?.count ?? 0;
  const listed = [];
  for (const row of models) {
    const { rows } = await countEmbeddedPictures(row.image_table).execute(db);
    listed.push({ ...toModel(row), embedded: rows[0]?.count ?? 0, total });
  }
  return listed;
}

/**
 * Makes this model the active one and retires the one before. In one transaction: no search sees two or none.
 *
 * @throws AppError NOT_FOUND if no such model is registered
 */
export async function activateEmbeddingModel(db: Kysely<Database>, modelId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockModels().execute(transaction);
    await retireOtherModels(transaction, modelId).execute();
    const activated = await activateModel(transaction, modelId).executeTakeFirst();
    if (activated.numUpdatedRows === 0n) {
      throw new AppError('NOT_FOUND', `expected the id of a registered embedding model, found ${modelId}`);
    }
  });
}

/** `lookgraph-mini` becomes `lookgraph_mini`; where that is taken by another manifest, `lookgraph_mini_2` and so on. */
function freeSlug(name: string, takenImageTables: ReadonlySet<string>): string {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_|_$/g, '') || 'model';
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `_${number}`;
    const slug = plain.slice(0, MAX_SLUG_LENGTH - suffix.length) + suffix;
    if (!takenImageTables.has(imageTableName(slug))) return slug;
  }
}

function imageTableName(slug: string): string {
  return `image_embedding_${slug}`;
}

function toModel(row: ModelColumns): EmbeddingModelRow {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    manifestHash: row.manifest_hash,
    dimensions: row.dimensions,
    state: row.state,
    imageTable: row.image_table,
    textTable: row.text_table,
  };
}
