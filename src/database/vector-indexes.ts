import { type Kysely, type RawBuilder, sql } from 'kysely';
import { invariant } from '../errors.ts';
import { atLeisure } from './at-leisure.ts';
import type { EmbeddingModelRow } from './embedding-models.ts';
import { buildSketches, dropSketches, type SketchOptions } from './sketches.ts';
import type { Database } from './tables.ts';
import {
  bytesOfHnswGraph,
  createHnswIndex,
  dropHnswIndex,
  type EmbeddingColumnType,
  hnswIndexName,
} from './vector-sql.ts';

/** Key of the advisory lock under which indexes are made and dropped: two at once on one table would collide on the name. */
const INDEX_LOCK = 0x4c47_0002;

const MEBIBYTE = 1024 * 1024;
/** A graph that outgrows maintenance_work_mem is finished on disk, many times slower; more than this is not taken from a server that has other work. */
const MOST_BUILD_BYTES = { native: 2048 * MEBIBYTE, embedded: 512 * MEBIBYTE };
/** PostgreSQL's default. */
const LEAST_BUILD_BYTES = 64 * MEBIBYTE;

/** Drops the HNSW indexes and sketches before a bulk load: loading first and indexing after is several times faster (pgvector README, "Loading"). */
export async function dropVectorIndexes(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void> {
  await atLeisure(db, async (transaction) => {
    await lockIndexes().execute(transaction);
    for (const table of [model.imageTable, model.textTable]) await dropHnswIndex(table).execute(transaction);
    await dropSketches(transaction, model);
  });
}

/**
 * Makes the HNSW indexes that are missing, and analyzes both tables; then the sketches, where there are so many pictures that searches need them. Does nothing
 * where all stand. Searches go on meanwhile; writes to the two tables wait.
 */
export async function buildVectorIndexes(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  sketches: SketchOptions = {},
): Promise<void> {
  await buildVectorIndex(db, { table: model.imageTable, dimensions: model.dimensions });
  // Texts are searched only where there is no picture to compare (sql/functions/40_pictureless.sql).
  await buildVectorIndex(db, { table: model.textTable, dimensions: model.dimensions, only: sql<boolean>`pictureless` });
  await buildSketches(db, model, sketches);
}

async function buildVectorIndex(
  db: Kysely<Database>,
  { table, dimensions, only }: { table: string; dimensions: number; only?: RawBuilder<boolean> },
): Promise<void> {
  // Waiting for another process' build takes as long as building.
  await atLeisure(db, async (transaction) => {
    await lockIndexes().execute(transaction);
    const { rows: found } = await indexState(table).execute(transaction);
    if (found[0]?.valid === true) return;
    if (found[0]?.valid === false) await dropHnswIndex(table).execute(transaction);
    const { rows } = await embeddingColumn(table, only).execute(transaction);
    const [column] = rows;
    invariant(column !== undefined, `${table} has no column embedding`);
    const memory = buildMemory(bytesOfHnswGraph(column.rows, dimensions, column.type), column.embedded);
    await indexBuildSettings({ memory, embedded: column.embedded }).execute(transaction);
    await createHnswIndex(table, column.type, only).execute(transaction);
    await analyzeTable(table).execute(transaction);
  });
}

/** Has building and dropping of indexes wait for each other, until the transaction ends. */
export function lockIndexes(): RawBuilder<unknown> {
  return sql`select pg_advisory_xact_lock(${INDEX_LOCK})`;
}

/** Whether the HNSW index of a table may be used; no row if there is none. A build that was killed leaves one that may not. */
export function indexState(table: string): RawBuilder<{ valid: boolean }> {
  return sql<{ valid: boolean }>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass(${hnswIndexName(table)})`;
}

/** What an index of a table would be made of. @param only - rows that are in it (all) */
export function embeddingColumn(
  table: string,
  only: RawBuilder<boolean> = sql<boolean>`true`,
): RawBuilder<{ type: EmbeddingColumnType; rows: number; embedded: boolean }> {
  return sql<{ type: EmbeddingColumnType; rows: number; embedded: boolean }>`
    select t.typname as type, (select count(*) from ${sql.table(table)} where ${only}) as rows, version() like '%PGlite%' as embedded
    from pg_attribute as a
    inner join pg_type as t on t.oid = a.atttypid
    where a.attrelid = ${table}::regclass and a.attname = 'embedding'`;
}

function buildMemory(bytes: number, embedded: boolean): number {
  const most = embedded ? MOST_BUILD_BYTES.embedded : MOST_BUILD_BYTES.native;
  return Math.min(Math.max(bytes, LEAST_BUILD_BYTES), most);
}

/** Settings for building an index, in this transaction alone. @param p.memory - in bytes */
export function indexBuildSettings({ memory, embedded }: { memory: number; embedded: boolean }): RawBuilder<unknown> {
  // One worker beside the leader: the machine has searches to answer. The embedded database has no workers at all.
  const workers = embedded ? sql`` : sql`, set_config('max_parallel_maintenance_workers', '1', true)`;
  return sql`select set_config('maintenance_work_mem', ${`${Math.ceil(memory / 1024)}kB`}, true)${workers}`;
}

/** Lets the planner see what was loaded. */
export function analyzeTable(table: string): RawBuilder<unknown> {
  return sql`analyze ${sql.table(table)}`;
}
