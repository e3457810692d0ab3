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

/** A part of a picture as it is to be seen: cut out, then turned. */
export interface PictureView {
  /** In fractions of the upright picture; it may reach beyond the picture, where there is ground. */
  readonly frame: Region;
  /** Colour of what lies beyond: red, green, blue. */
  readonly ground: readonly [number, number, number];
  /** Degrees clockwise. */
  readonly turn: 0 | 90 | 270;
}

/** What a picture is, seen from afar. */
export interface PictureLook {
  /** Of the upright picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** One colour and nothing else: it looks like everything and nothing. */
  readonly isBlank: boolean;
  /** As PictureFacts has it. */
  readonly note: string | undefined;
  /** Plain ground around what it shows, on the side where there is least, as a share of that side: 0 to 0.5. */
  readonly margin: number;
  /**
   * Where it shows something: without its outermost plain margins, without all plain margins, and the largest block of what looks like a page. At most three, no two alike; none where nothing
   * is plain, or everything.
   */
  readonly contents: readonly PictureContent[];
}

/** A part of a picture that stands before plain ground. */
export interface PictureContent {
  readonly region: Region;
  /** Whether it fills its rectangle to the edges, as a photo with a frame does; a thing on plain ground does not. */
  readonly isRectangle: boolean;
  /** Colour of the ground beside it: red, green, blue. */
  readonly ground: readonly [number, number, number];
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
   * @param options - at most one of region and view
   * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS; BAD_USER_INPUT for a region outside the
   *   picture; ENCODER_OVERLOADED when the queue is full
   */
  embedImage(bytes: Uint8Array, options?: EncodeOptions & { region?: Region; view?: PictureView }): Promise<Embedding>;
  /**
   * Looks at a picture without encoding it: whether it is blank, and where its content is. In turn with what is decoded to be encoded.
   *
   * @throws AppError as embedImage
   */
  lookAtImage(bytes: Uint8Array, options?: EncodeOptions): Promise<PictureLook>;
  /** Ends the worker threads; work still queued is rejected. */
  close(): Promise<void>;
}
