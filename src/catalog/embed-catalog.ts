import type { Kysely } from 'kysely';
import type { EmbeddingModelRow } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { FetchImage } from './fetch-image.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';

export interface EmbedDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
  readonly fetchImage: FetchImage;
  readonly embedder: Embedder;
  readonly model: EmbeddingModelRow;
}

export interface EmbedProgress {
  readonly imagesEmbedded: number;
  readonly imagesFailed: number;
  readonly textsEmbedded: number;
  /** Pictures and texts to do in this run, all together. */
  readonly total: number;
}

/**
 * Fetches and embeds everything that lacks a vector of this model: pictures (PENDING, or READY but new to the model) and texts. Can be stopped or
 * killed at any moment and run again; several processes may run it at once. Drops the HNSW indexes before a bulk load, makes missing ones at the end,
 * and measures the statistics.
 *
 * @param options.onFailure - told of each picture that could not be read
 */
export declare function embedCatalog(
  deps: EmbedDeps,
  options?: {
    signal?: AbortSignal;
    onProgress?: (progress: EmbedProgress) => void;
    onFailure?: (failure: { productId: string; source: string; reason: string }) => void;
  },
): Promise<EmbedProgress>;
