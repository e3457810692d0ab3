/** What is known of a picture once it has been looked at. */
export interface PictureFacts {
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff';
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a picture's header and checks that it can be decoded; given by embedding/picture.ts through deps.
 *
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS
 */
export type InspectPicture = (bytes: Uint8Array) => Promise<PictureFacts>;

/** Pictures by the SHA-256 of their bytes, as files: `<folder>/ab/cd/<hash>`. The same picture is kept once. */
export interface PictureStore {
  /** Keeps the bytes as they are; writes to a temporary file and renames, so a file that exists is whole. Returns the hash (hex). */
  put(bytes: Uint8Array): Promise<string>;
  /** undefined when there is none. */
  read(contentHash: string): Promise<Uint8Array | undefined>;
}

export declare function openPictureStore(folder: string): Promise<PictureStore>;
