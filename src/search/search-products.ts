import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { ImageSource, SearchPage, SearchRequest } from './search-request.ts';

export interface SearchDeps {
  readonly db: Kysely<Database>;
  /** The active model and the embedder that speaks it, together, so that no search mixes two vector spaces. @throws AppError MODEL_NOT_READY */
  readonly activeModel: () => Promise<{ readonly model: ActiveModel; readonly embedder: Embedder }>;
  /** The bytes of a query picture. @throws AppError IMAGE_*, BAD_USER_INPUT */
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
  /** Signs cursors (HMAC-SHA256); the same for all processes of a shop. At least 32 bytes. */
  readonly cursorKey: Uint8Array;
}

/**
 * The one search: one request in, one page out.
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_*, CURSOR_STALE, ENCODER_OVERLOADED, MODEL_NOT_READY, TIMEOUT
 */
export declare function searchProducts(
  deps: SearchDeps,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchPage>;
