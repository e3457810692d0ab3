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
  contentsWaiting,
  countPicturesWithoutVector,
  countTextsWithoutVector,
  countVectors,
  markEmbeddedPictures,
} from './embedding-statements.ts';
import { createPictureFetcher, type PictureFetcher } from './picture-fetcher.ts';
import { type Recognised, recognisePlaceholders } from './recognise-placeholders.ts';

export interface EmbedOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EmbedProgress) => void) | undefined;
  /** Awaited after each batch: to keep account of it. With the pictures of the batch that could not be read. */
  readonly onWritten?:
    | ((done: EmbedProgress, failures: readonly EmbedFailure[], notes: readonly EmbedFailure[]) => Promise<void>)
    | undefined;
  /** (one of its own) What fetches pictures from the web, where others of the run use it, too. */
  readonly fetcher?: PictureFetcher | undefined;
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
  const fetcher = options.fetcher ?? createPictureFetcher(deps);
  const before = await recognisePlaceholders(db, deps.placeholderRule, await waitingContents(db));
  const { pictures, texts } = await atLeisure(db, (transaction) => countMissing(transaction, model));
  const progress = { imagesEmbedded: 0, imagesFailed: 0, imagesIgnored: 0, textsEmbedded: 0, total: pictures + texts };
  async function report(
    done: Partial<EmbedProgress>,
    failures: readonly EmbedFailure[] = [],
    notes: readonly EmbedFailure[] = [],
  ): Promise<void> {
    progress.imagesEmbedded += done.imagesEmbedded ?? 0;
    progress.imagesFailed += failures.length;
    progress.imagesIgnored += done.imagesIgnored ?? 0;
    progress.textsEmbedded += done.textsEmbedded ?? 0;
    await options.onWritten?.({ ...progress }, failures, notes);
    options.onProgress?.({ ...progress });
  }
  const tellOf = ({ pictures: imagesIgnored, notes }: Recognised) =>
    imagesIgnored > 0 ? report({ imagesIgnored }, [], notes) : undefined;
  await tellOf(before);

  if (progress.total > BULK_VECTORS) {
    const { rows } = await atLeisure(db, (transaction) => countVectors(model).execute(transaction));
    if (progress.total > (rows[0]?.count ?? 0)) await dropVectorIndexes(db, model);
  }
  options.onProgress?.({ ...progress });
  await atLeisure(db, (transaction) => markEmbeddedPictures(model).execute(transaction));
  const fetched = new Set<string>();
  await embedPictures(deps, { signal: options.signal, fetcher, report, onFetched: (content) => fetched.add(content) });
  // Only now it is known what pictures from the web are.
  if (fetched.size > 0) await tellOf(await recognisePlaceholders(db, deps.placeholderRule, someContents(fetched)));
  await embedTexts(deps, { signal: options.signal, report });
  if (options.signal?.aborted) return progress;

  await options.onIndexing?.();
  await buildVectorIndexes(db, model);
  if (progress.imagesEmbedded + progress.textsEmbedded > 0 || !(await hasStatistics(db, model))) {
    await measureStatistics(db, model);
  }
  return progress;
}

/** With more contents than this, looking at all is as quick as looking them up. */
const CONTENTS_LOOKED_UP = 5_000;

function someContents(contents: ReadonlySet<string>): readonly string[] | undefined {
  return contents.size > CONTENTS_LOOKED_UP ? undefined : [...contents];
}

/** Contents of the pictures that wait to be embedded; undefined for many. */
async function waitingContents(db: Kysely<Database>): Promise<readonly string[] | undefined> {
  const rows = await contentsWaiting(db, CONTENTS_LOOKED_UP + 1).execute();
  return someContents(new Set(rows.flatMap(({ content_hash }) => content_hash ?? [])));
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
