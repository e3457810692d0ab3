import { type Expression, type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { toSql } from 'pgvector';
import type { Embedding } from '../embedding-vector.ts';
import type { StoredVector } from './column-types.ts';
import { type ScanOptions, scanSettings } from './session-settings.ts';
import type { Database, ImageEmbeddingTable, TextEmbeddingTable } from './tables.ts';

/**
 * Binds an embedding as one parameter. It has no cast: beside a column it takes that column's type, which is halfvec on a native PostgreSQL
 * and vector on the embedded one (sql/functions/60_embedding_tables.sql says why). A cast to the other would hide the column from its index.
 */
export function vectorParameter(embedding: Embedding): RawBuilder<StoredVector> {
  return sql<StoredVector>`${textOf(embedding)}`;
}

/** The same numbers for a column of type real[]. */
export function realArray(embedding: Embedding): string {
  return `{${textOf(embedding).slice(1, -1)}}`;
}

function textOf(embedding: Embedding): string {
  let text = texts.get(embedding);
  if (text === undefined) {
    // pgvector's toSql refuses a Float32Array (Array.isArray is false for it).
    text = toSql(Array.from(embedding)) as string;
    texts.set(embedding, text);
  }
  return text;
}

/** Embeddings as text: the statements of a search compare with the same one up to ten times, and writing 512 numbers takes some 0.1 ms. */
const texts = new WeakMap<Embedding, string>();

/**
 * An embedding as pgvector reads it, for many at once within one JSON parameter (`vectorFromText`). Six decimals: the halves that it becomes
 * are thirty times coarser in the components that matter, and the text is half as long and made twice as fast as with all digits.
 */
export function formatVector(embedding: Embedding): string {
  let text = '[';
  for (let i = 0; i < embedding.length; i++) {
    text += `${i === 0 ? '' : ','}${Math.round((embedding[i] as number) * 1e6)}e-6`;
  }
  return `${text}]`;
}

/** `text::halfvec`, which may be stored in either type of column. @param text - as `formatVector` or `vectorText` gives it */
export function vectorFromText(text: Expression<string>): RawBuilder<StoredVector> {
  return sql<StoredVector>`${text}::halfvec`;
}

/** `column <=> query`: cosine distance, 0 (same direction) to 2. Served by the HNSW index when ordered by it bare and ascending. */
export function cosineDistance(column: Expression<StoredVector>, query: Expression<StoredVector>): RawBuilder<number> {
  return sql<number>`${column} <=> ${query}`;
}

/** Whether a statement compares vectors by their distance, and so may scan an HNSW index. */
export function comparesVectors(statement: string): boolean {
  return statement.includes(' <=> ');
}

/**
 * A vector as text, of length 1 to single precision, to be read with `parseVector`: a stored vector, or a mean of several. Only for the few vectors that a query
 * is made of. Made in SQL, to the last bit, because functions for analysts compare with the same expression and must find the same order.
 */
export function unitVectorText(vector: Expression<unknown>): RawBuilder<string> {
  return sql<string>`l2_normalize(${vector}::vector)::text`;
}

/** A stored vector as text, to be stored again as it is: `vectorFromText` reads it. */
export function vectorText(column: Expression<StoredVector>): RawBuilder<string> {
  return sql<string>`${column}::text`;
}

/** @param text - as `unitVectorText` gives it: `[0.6,0.8]` */
export function parseVector(text: string): Embedding {
  return Float32Array.from(JSON.parse(text) as number[]) as Embedding;
}

/** The inner product of a stored vector and one as text, in single precision: a cosine if both have length 1. */
export function innerProduct(column: Expression<unknown>, text: Expression<unknown>): RawBuilder<number> {
  return sql<number>`-(${column}::vector <#> ${text}::vector)`;
}

/**
 * The bits of a query, as in a table of sketches (sql/functions/50_sketches.sql): of each of its numbers whether it is above a low and above a high threshold.
 *
 * @param thresholds - embedding_model.picture_centre and picture_spread, or those of texts
 */
export function sketchOf(
  query: Embedding,
  thresholds: { readonly centre: Expression<unknown>; readonly spread: Expression<unknown> },
): RawBuilder<unknown> {
  const { centre, spread } = thresholds;
  return sql`sketch_bits(${vectorParameter(query)}::vector, ${centre}, ${spread})::bit(${sql.lit(2 * query.length)})`;
}

/** `bits <~> query`: Hamming distance, the number of bits that differ. */
export function hammingDistance(column: Expression<unknown>, query: Expression<unknown>): RawBuilder<number> {
  return sql<number>`${column} <~> ${query}`;
}

/** A `vector` as bytes: its length in two bytes, two that are zero, then its numbers of four bytes each, most significant first. To be read with `parseVectorBytes`. */
export function vectorBytes(vector: Expression<StoredVector>): RawBuilder<Buffer> {
  return sql<Buffer>`vector_send(${vector})`;
}

/** @param bytes - as `vectorBytes` gives it: a hundred times faster to read than text */
export function parseVectorBytes(bytes: Buffer): Embedding {
  const vector = new Float32Array(bytes.readUInt16BE(0));
  for (let i = 0; i < vector.length; i++) vector[i] = bytes.readFloatBE(4 + 4 * i);
  return vector as Embedding;
}

/** A table of picture vectors, `as e`, by its name in embedding_model.image_table. */
export function imageEmbeddings<Alias extends string>(table: string, alias: Alias) {
  return sql<ImageEmbeddingTable>`${sql.table(table)}`.as<Alias>(sql.ref(alias));
}

/** A table of text vectors, by its name in embedding_model.text_table. */
export function textEmbeddings<Alias extends string>(table: string, alias: Alias) {
  return sql<TextEmbeddingTable>`${sql.table(table)}`.as<Alias>(sql.ref(alias));
}

/** Has the rest of a transaction scan like this. */
export function setScanOptions(options: ScanOptions): RawBuilder<unknown> {
  const settings = scanSettings(options).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  return sql`select ${sql.join(settings)}`;
}

/** Runs `work` in a read-only transaction that scans otherwise than sessions do by themselves: for measuring. */
export async function withScanOptions<T>(
  db: Kysely<Database>,
  options: ScanOptions,
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await setScanOptions(options).execute(transaction);
      return work(transaction);
    });
}

/** Neighbours of each vector and candidates looked at when it is inserted: twice pgvector's default care, for recall. */
const HNSW_BUILD = { m: 16, efConstruction: 128 };

/** Name of a table's HNSW index. */
export function hnswIndexName(table: string): string {
  return `${table}_hnsw`;
}

/** Type of a table's embeddings: halfvec on a native PostgreSQL, vector on the embedded one. */
export type EmbeddingColumnType = 'halfvec' | 'vector';

const BYTES_PER_DIMENSION: Readonly<Record<EmbeddingColumnType, number>> = { halfvec: 2, vector: 4 };

/**
 * Makes the HNSW index of a table of embeddings. Load first: building over rows is several times faster than inserting into the index.
 *
 * @param only - rows that are in it; undefined for all
 */
export function createHnswIndex(
  table: string,
  type: EmbeddingColumnType,
  only: RawBuilder<boolean> | undefined,
): RawBuilder<unknown> {
  return sql`create index ${sql.id(hnswIndexName(table))} on ${sql.table(table)}
    using hnsw (embedding ${sql.raw(`${type}_cosine_ops`)})
    with (m = ${sql.lit(HNSW_BUILD.m)}, ef_construction = ${sql.lit(HNSW_BUILD.efConstruction)})${only === undefined ? sql`` : sql` where ${only}`}`;
}

/** Drops it if it is there. */
export function dropHnswIndex(table: string): RawBuilder<unknown> {
  return sql`drop index if exists ${sql.id(hnswIndexName(table))}`;
}

/**
 * Memory that building the index takes: for each row the vector, its lists of neighbours (16 bytes for each of 2m on the lowest level, and
 * a 15th more above) and some 150 bytes around it; a tenth more for what the allocator loses.
 */
export function bytesOfHnswGraph(rows: number, dimensions: number, type: EmbeddingColumnType): number {
  const neighbours = 2 * HNSW_BUILD.m * 16 * (16 / 15);
  return Math.ceil(rows * (BYTES_PER_DIMENSION[type] * dimensions + neighbours + 150) * 1.1);
}

/** Whether the HNSW index of a table of embeddings stands and may be used; for a select list. */
export function hnswIndexStands(table: Expression<string>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from pg_index where indexrelid = to_regclass(${table} || '_hnsw') and indisvalid)`;
}
