import type { Embedding } from '../embedding-vector.ts';

/** The identity of a loaded model, from its manifest. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  /** Length of every vector that it makes. */
  readonly dimensions: number;
  /** SHA-256 (hex) of manifest.json: two models with the same name and another hash do not share vectors. */
  readonly manifestHash: string;
}

/** A rectangle in fractions of the upright picture: 0 is the left or top edge, 1 the right or bottom. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Queries go ahead of imports in the encoder's queue: a person waits for the former. */
export type EncodePriority = 'query' | 'import';

export interface EncodeOptions {
  /** (query) */
  readonly priority?: EncodePriority;
  /** Drops the work from the queue if it has not started. */
  readonly signal?: AbortSignal;
}

/**
 * Turns pictures and texts into embeddings of one model. Calls made at about the same time are encoded in one batch,
 * in worker threads, so the event loop stays free.
 */
export interface Embedder {
  readonly model: ModelIdentity;
  /**
   * @param text - not blank, at most 1,000 characters are looked at by callers; longer than the model's context is cut
   * @throws AppError BAD_USER_INPUT for blank text; ENCODER_OVERLOADED when the queue is full
   */
  embedText(text: string, options?: EncodeOptions): Promise<Embedding>;
  /** Into how many pieces the model's tokenizer cuts a text, without those that mark its beginning and end. */
  countTokens(text: string): number;
  /**
   * @param bytes - an encoded picture (JPEG, PNG, WebP, GIF, AVIF, TIFF)
   * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS; BAD_USER_INPUT for a region outside the
   *   picture; ENCODER_OVERLOADED when the queue is full
   */
  embedImage(bytes: Uint8Array, options?: EncodeOptions & { region?: Region }): Promise<Embedding>;
  /** Ends the worker threads; work still queued is rejected. */
  close(): Promise<void>;
}
