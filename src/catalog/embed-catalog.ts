import type { Kysely } from 'kysely';
import { atLeisure } from '../database/at-leisure.ts';
import type { EmbeddingModelRow } from '../database/embedding-models.ts';
import { measuredStatistic, measureStatistics } from '../database/embedding-statistics.ts';
import type { Database } from '../database/tables.ts';
import { buildVectorIndexes, dropVectorIndexes } from '../database/vector-indexes.ts';
import type { EmbedDeps, EmbedFailure, EmbedProgress } from './embed-deps.ts';
import { embedPictures } from './embed-pictures.ts';
import { embedTexts } from './embed-texts.ts';
import {
  countPicturesWithoutVector,
  countTextsWithoutVector,
  countVectors,
  markEmbeddedPictures,
} from './embedding-statements.ts';

export interface EmbedOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EmbedProgress) => void) | undefined;
  /** Awaited after each batch: to keep account of it. With the pictures of the batch that could not be read. */
  readonly onWritten?: ((done: EmbedProgress, failures: readonly EmbedFailure[]) => Promise<void>) | undefined;
  /** Awaited once all vectors are written; then the indexes are looked after. */
  readonly onIndexing?: (() => Promise<void>) | undefined;
}

/** With fewer to add, adding them to the index is quicker than making it anew. */
const BULK_VECTORS = 5_000;

/**
 * Fetches and embeds everything that lacks a vector of this model: pictures (PENDING, or READY but new to the model) and texts. Can be stopped or
 * killed at any moment and run again; several processes may run it at once. Drops the HNSW indexes before a bulk load (more to add than is there, and
 * more than 5,000), makes missing ones at the end, and measures the statistics. Once stopped by the signal, it returns what was done, without indexes.
 *
 * A picture that cannot be fetched or read becomes FAILED and is not tried again until the shop sends its product again.
 *
 * @throws AppError DATABASE_UNAVAILABLE and whatever else is no picture's fault; what was written stays
 */
export async function embedCatalog(deps: EmbedDeps, options: EmbedOptions = {}): Promise<EmbedProgress> {
  const { db, model } = deps;
  const { pictures, texts } = await atLeisure(db, (transaction) => countMissing(transaction, model));
  const progress = { imagesEmbedded: 0, imagesFailed: 0, textsEmbedded: 0, total: pictures + texts };
  async function report(done: Partial<EmbedProgress>, failures: readonly EmbedFailure[] = []): Promise<void> {
    progress.imagesEmbedded += done.imagesEmbedded ?? 0;
    progress.imagesFailed += failures.length;
    progress.textsEmbedded += done.textsEmbedded ?? 0;
    await options.onWritten?.({ ...progress }, failures);
    options.onProgress?.({ ...progress });
  }

  if (progress.total > BULK_VECTORS) {
    const { rows } = await atLeisure(db, (transaction) => countVectors(model).execute(transaction));
    if (progress.total > (rows[0]?.count ?? 0)) await dropVectorIndexes(db, model);
  }
  options.onProgress?.({ ...progress });
  await atLeisure(db, (transaction) => markEmbeddedPictures(model).execute(transaction));
  await embedPictures(deps, { signal: options.signal, report });
  await embedTexts(deps, { signal: options.signal, report });
  if (options.signal?.aborted) return progress;

  await options.onIndexing?.();
  await buildVectorIndexes(db, model);
  if (progress.imagesEmbedded + progress.textsEmbedded > 0 || !(await hasStatistics(db, model))) {
    await measureStatistics(db, model);
  }
  return progress;
}

async function countMissing(db: Kysely<Database>, model: EmbeddingModelRow) {
  const pictures = await countPicturesWithoutVector(db, model).executeTakeFirstOrThrow();
  const texts = await countTextsWithoutVector(db, model).executeTakeFirstOrThrow();
  return { pictures: pictures.count, texts: texts.count };
}

/** False after a run that was killed between its last vector and its end, and for a shop from before a statistic was invented. */
async function hasStatistics(db: Kysely<Database>, model: EmbeddingModelRow): Promise<boolean> {
  const row = await measuredStatistic(db, model).executeTakeFirst();
  return row !== undefined;
}
