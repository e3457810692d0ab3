import type { Kysely } from 'kysely';
import type { Database, EmbeddingModelState, EmbeddingPair } from './tables.ts';

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

/** What arbitrary pairs score; see the table embedding_statistic. */
export interface EmbeddingStatistic {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** What a search must know of the model whose vectors it compares. */
export interface ActiveModel extends EmbeddingModelRow {
  /** Missing pairs were not measured yet (an empty shop). */
  readonly statistics: Partial<Record<EmbeddingPair, EmbeddingStatistic>>;
  /** Whether the HNSW indexes stand; while they do not, every search compares all vectors. */
  readonly indexed: boolean;
}

/** Registers the model and makes its tables, if it is new here. Becomes ACTIVE if the shop has no active one, else BUILDING. Safe to run at once from several processes. */
export declare function registerEmbeddingModel(
  db: Kysely<Database>,
  model: { name: string; version: string; manifestHash: string; dimensions: number },
): Promise<EmbeddingModelRow>;

/** The model that searches use; undefined for a shop without one. */
export declare function findActiveModel(db: Kysely<Database>): Promise<ActiveModel | undefined>;

/** All of them, active first, with the number of pictures embedded. */
export declare function listEmbeddingModels(
  db: Kysely<Database>,
): Promise<(EmbeddingModelRow & { embedded: number; total: number })[]>;

/** Makes this model the active one and retires the one before. In one transaction: no search sees two or none. */
export declare function activateEmbeddingModel(db: Kysely<Database>, modelId: string): Promise<void>;

/** Drops the HNSW indexes before a bulk load: loading first and indexing after is several times faster (pgvector README, "Loading"). */
export declare function dropVectorIndexes(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void>;

/** Makes the HNSW indexes that are missing, and analyzes both tables. Does nothing where they stand. */
export declare function buildVectorIndexes(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void>;

/** Measures what arbitrary pairs of different products score, on a sample, and stores it. Does nothing with fewer than two products embedded. */
export declare function measureStatistics(db: Kysely<Database>, model: EmbeddingModelRow): Promise<void>;
