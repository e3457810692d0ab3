import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { embeddingCoverage } from './read-statements.ts';

/** How much of one kind of document a model has vectors of. */
export interface EmbeddingCoverage {
  readonly kind: 'IMAGE' | 'TEXT';
  /** Pictures, or products, that there are. */
  readonly documents: number;
  readonly embedded: number;
  /** Pictures that could not be read or are no look; they wait for nothing. */
  readonly failed: number;
}

/** Of each model, pictures first: one statement, which counts every vector (some 10 ms for 44,072). Empty for a model that is not registered. */
export async function getEmbeddingCoverage(
  db: Kysely<Database>,
  modelIds: readonly string[],
): Promise<EmbeddingCoverage[][]> {
  const { rows } = await embeddingCoverage(modelIds).execute(db);
  return modelIds.map((modelId) =>
    rows
      .filter((row) => row.model_id === modelId)
      .map(({ kind, documents, embedded, failed }) => ({ kind, documents, embedded, failed })),
  );
}
