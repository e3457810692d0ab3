import type { Kysely } from 'kysely';
import type { EmbeddingModelRow } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { ShopWords } from '../words/shop-words.ts';
import type { FetchImage } from './fetch-image.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import type { PlaceholderRule } from './placeholder-statements.ts';

/** What embedding the catalogue, and importing one, works with. */
export interface EmbedDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
  readonly fetchImage: FetchImage;
  readonly words: ShopWords;
  readonly embedder: Embedder;
  /** From when on a picture that products share is one of none of them. */
  readonly placeholderRule: PlaceholderRule;
  readonly model: EmbeddingModelRow;
}

/** How far a run of embedding is. */
export interface EmbedProgress {
  readonly imagesEmbedded: number;
  readonly imagesFailed: number;
  /** Shown, but no look of their products: blank ones, and placeholders. */
  readonly imagesIgnored: number;
  readonly textsEmbedded: number;
  /** Pictures and texts to do in this run, all together; what has gone meanwhile or was stopped is never done. */
  readonly total: number;
}

/** A picture that could not be fetched or read, or of which something is to be told. */
export interface EmbedFailure {
  readonly productId: string;
  /** As in product_image.source. */
  readonly source: string;
  readonly reason: string;
}
