import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { atLeisure } from './at-leisure.ts';
import { measureClusterScatter } from './cluster-scatter.ts';
import type { EmbeddingModelRow } from './embedding-models.ts';
import { measureScanCosts } from './scan-costs.ts';
import type { Database } from './tables.ts';

/** Below so many pictures a search compares all that match: 5,000 of 10,000 products took 15 to 18 ms (docs/decisions/0016-at-once.md, "50 %"). */
export const LEAST_SKETCHED_PICTURES = 5_000;

/** Of a vector of fewer numbers their signs tell too little. Models that search by pictures have at least 256. */
const LEAST_DIMENSIONS = 64;

/**
 * Vectors to a cluster, on average, and clusters at most. Fewer vectors make more clusters to choose from, and each choice costs; more are read in vain
 * (docs/decisions/0012-fewer-sketches.md).
 */
const CLUSTERS = { size: 500, most: 4_096 };

/** Beyond twice as many pictures as there were, or half of them, clusters no longer fit them. */
const OUTGROWN = 2;
/** From this share of change on values are counted again. */
const WORTH_COUNTING = 0.05;

/** What is done of it only on the database's own account: memory for sorts, no limit of time, the native server's second core. */
const WORK_MEMORY = { native: '256MB', embedded: '64MB' };

export interface SketchOptions {
  /** Pictures from which on there are sketches. (5,000) */
  readonly least?: number;
  /** Numbers of a vector from which on its bits say enough. (64) */
  readonly leastDimensions?: number;
  /** Makes everything anew, whether or not it seems needed. (false) */
  readonly anew?: boolean;
  /** Counts values and measures costs again, whether or not it seems needed. (false) */
  readonly recount?: boolean;
}

/**
 * Makes the sketches of a model where they are missing or outgrown, counts values again where many pictures came or went, and measures what ways to compare cost
 * on this database and how vectors scatter in their clusters. Build the HNSW index first: it is measured, too. Searches go on; writers wait some seconds at the end.
 */
export async function buildSketches(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  {
    least = LEAST_SKETCHED_PICTURES,
    leastDimensions = LEAST_DIMENSIONS,
    anew = false,
    recount = false,
  }: SketchOptions = {},
): Promise<void> {
  const { rows } = await sketchState(model).execute(db);
  const state = rows[0] ?? NO_SKETCHES;
  if (state.pictures < least || model.dimensions < leastDimensions) {
    // Given up first and taken away at the next look: searches that were planned a moment ago may still read it.
    if (state.sketched > 0) await dropSketches(db, model);
    else await dropSketchTable(model).execute(db);
    return;
  }
  const outgrown = state.pictures > state.sketched * OUTGROWN || state.pictures * OUTGROWN < state.sketched;
  if (anew || outgrown) {
    await inItsTurn(db, state.embedded, async (transaction) => {
      await makeSketches(model).execute(transaction);
    });
  } else if (recount || Math.abs(state.pictures - state.counted) > state.counted * WORTH_COUNTING) {
    await inItsTurn(db, state.embedded, async (transaction) => {
      await countClusterValues(model).execute(transaction);
    });
  }
  if (anew || recount || outgrown || !state.measured) await measureScanCosts(db, model, sketchTableOf(model));
  if (anew || outgrown || !state.scattered) await measureClusterScatter(db, model, sketchTableOf(model));
}

/** Before a bulk load, which is many times faster without them. */
export async function dropSketches(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void> {
  await giveUpSketches(model).execute(db);
}

/** Makes a model's sketches and clusters anew. */
export function makeSketches(model: EmbeddingModelRow): RawBuilder<unknown> {
  return sql`select build_sketches(${model.id}::uuid, ${CLUSTERS.size}::integer, ${CLUSTERS.most}::integer)`;
}

/** Counts again which values occur in which clusters. */
export function countClusterValues(model: EmbeddingModelRow): RawBuilder<unknown> {
  return sql`select count_cluster_values(${model.id}::uuid)`;
}

/** Takes a model's sketches out of use. */
export function giveUpSketches(model: EmbeddingModelRow): RawBuilder<unknown> {
  return sql`select drop_sketches(${model.id}::uuid)`;
}

/** Drops the table of sketches that were given up before. */
export function dropSketchTable(model: EmbeddingModelRow): RawBuilder<unknown> {
  return sql`drop table if exists ${sql.table(sketchTableOf(model))}`;
}

/** Name of a model's table of sketches, whether or not there is one: as build_sketches() makes it. */
export function sketchTableOf(model: EmbeddingModelRow): string {
  return `picture_sketch${model.imageTable.slice('image_embedding'.length)}`;
}

const NO_SKETCHES: SketchState = {
  ...{ pictures: 0, sketched: 0, counted: 0 },
  ...{ measured: false, scattered: false, embedded: false },
};

interface SketchState {
  readonly pictures: number;
  /** Pictures that there were when the sketches were made; 0 while there are none. */
  readonly sketched: number;
  /** Pictures when values were last counted. */
  readonly counted: number;
  readonly measured: boolean;
  readonly scattered: boolean;
  readonly embedded: boolean;
}

/** How many pictures there are, and of how many there are sketches. */
export function sketchState(model: EmbeddingModelRow): RawBuilder<SketchState> {
  return sql<SketchState>`
    select (select count(*) from ${sql.table(model.imageTable)}) as pictures, coalesce(m.sketched_pictures, 0) as sketched,
      coalesce((select sum(c.vectors) from embedding_cluster as c where c.model_id = m.id and c.number > 0), 0) as counted,
      m.scan_costs is not null as measured, m.cluster_scatter is not null as scattered, version() like '%PGlite%' as embedded
    from embedding_model as m where m.id = ${model.id}::uuid`;
}

/** One at a time for all processes, however long it takes. */
async function inItsTurn(
  db: Kysely<Database>,
  embedded: boolean,
  work: (transaction: Transaction<Database>) => Promise<void>,
): Promise<void> {
  await atLeisure(db, async (transaction) => {
    await lockSketches(WORK_MEMORY[embedded ? 'embedded' : 'native']).execute(transaction);
    await work(transaction);
  });
}

/** Has makers of sketches wait for each other, and gives this transaction memory for sorts. */
export function lockSketches(memory: string): RawBuilder<unknown> {
  return sql`select pg_advisory_xact_lock(${SKETCH_LOCK}),
    set_config('work_mem', ${memory}, true), set_config('maintenance_work_mem', ${memory}, true)`;
}

/** Key of the advisory lock under which sketches are made. */
const SKETCH_LOCK = 0x4c47_0003;
