import type { InspectPicture, PictureFacts } from './picture-store.ts';

/** Pictures that people search with: kept for a day (by default), apart from the catalogue's, and bounded in number and size. */
export interface Uploads {
  /**
   * Checks and keeps a picture; the same picture gets the same id.
   * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
   */
  put(bytes: Uint8Array): Promise<PictureFacts & { id: string }>;
  /** @throws AppError IMAGE_NOT_FOUND for an id that was never given or has expired */
  read(id: string): Promise<Uint8Array>;
}

export declare function openUploads(options: {
  folder: string;
  inspectPicture: InspectPicture;
  /** (24 h) */
  lifetimeMs?: number;
  /** All together; the oldest go first (1 GiB). */
  maxBytes?: number;
}): Promise<Uploads>;
