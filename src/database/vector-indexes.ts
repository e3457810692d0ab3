import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { invariant } from '../errors.ts';
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
  await db.transaction().execute(async (transaction) => {
    await lockIndexes(transaction);
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
  await db.transaction().execute(async (transaction) => {
    await lockIndexes(transaction);
    const state = await indexState(transaction, table);
    if (state === 'VALID') return;
    if (state === 'INVALID') await dropHnswIndex(table).execute(transaction);
    const column = await embeddingColumn(transaction, table, only);
    await allowLongBuild(transaction, bytesOfHnswGraph(column.rows, dimensions, column.type), column.embedded);
    await createHnswIndex(table, column.type, only).execute(transaction);
    await sql`analyze ${sql.table(table)}`.execute(transaction);
  });
}

async function lockIndexes(transaction: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${INDEX_LOCK})`.execute(transaction);
}

async function indexState(transaction: Transaction<Database>, table: string): Promise<'VALID' | 'INVALID' | 'MISSING'> {
  const { rows } = await sql<{ valid: boolean }>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass(${hnswIndexName(table)})`.execute(
    transaction,
  );
  if (rows[0] === undefined) return 'MISSING';
  return rows[0].valid ? 'VALID' : 'INVALID';
}

async function embeddingColumn(
  transaction: Transaction<Database>,
  table: string,
  only: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<{ type: EmbeddingColumnType; rows: number; embedded: boolean }> {
  const { rows } = await sql<{ type: EmbeddingColumnType; rows: number; embedded: boolean }>`
    select t.typname as type, (select count(*) from ${sql.table(table)} where ${only}) as rows, version() like '%PGlite%' as embedded
    from pg_attribute as a
    inner join pg_type as t on t.oid = a.atttypid
    where a.attrelid = ${table}::regclass and a.attname = 'embedding'`.execute(transaction);
  const [column] = rows;
  invariant(column !== undefined, `${table} has no column embedding`);
  return column;
}

/** Settings for this transaction alone. */
async function allowLongBuild(transaction: Transaction<Database>, bytes: number, embedded: boolean): Promise<void> {
  const most = embedded ? MOST_BUILD_BYTES.embedded : MOST_BUILD_BYTES.native;
  const memory = Math.min(Math.max(bytes, LEAST_BUILD_BYTES), most);
  await sql`select
      set_config('maintenance_work_mem', ${`${Math.ceil(memory / 1024)}kB`}, true),
      set_config('statement_timeout', '0', true)`.execute(transaction);
  // One worker beside the leader: the machine has searches to answer. The embedded database has no workers at all.
  if (!embedded) await sql`set local max_parallel_maintenance_workers = 1`.execute(transaction);
}
