// From what a shop hands in as a picture to what its row in product_image is to say.
import { readFile, stat } from 'node:fs/promises';
import type { ImageState } from '../database/tables.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { storableText } from './check-text.ts';
import { type InspectPicture, type PictureStore, pictureHash } from './picture-store.ts';
import type { ImageInput } from './product-input.ts';
import type { TakenImage } from './taken-image.ts';

/** A picture of a product with the name and the version that it has in product_image. */
export interface IdentifiedImage {
  readonly input: ImageInput;
  /** As in product_image.source. */
  readonly source: string;
  /** As in product_image.source_version, known without reading the picture; null for one that is only known when fetched. */
  readonly version: string | null;
}

/** What is already stored of a picture. */
export interface KnownImage {
  readonly source_version: string | null;
  readonly content_hash: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: ImageState;
}

interface IntakeDeps {
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
}

/** Larger files are not read. The same bound as for pictures from web addresses. */
const MAX_FILE_BYTES = 10 * 1024 ** 2;

/** What makes a picture unreadable; any other failure is not the picture's. */
const PICTURE_FAULTS: readonly ErrorCode[] = ['IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', 'IMAGE_TOO_MANY_PIXELS'];

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'one that may not be read',
  EPERM: 'one that may not be read',
};

/** Looks at a file's size and time, not into it; one that is not there has no version. */
export async function identifyImage(input: ImageInput): Promise<IdentifiedImage> {
  if (input.kind === 'url') return { input, source: input.url, version: null };
  if (input.kind === 'bytes') return { input, source: `content:${pictureHash(input.bytes)}`, version: null };
  if (input.kind === 'stored') return { input, source: input.source, version: input.version };
  const source = `file:${input.name}`;
  try {
    const { size, mtimeMs } = await stat(input.path);
    return { input, source, version: `${size}-${mtimeMs}` };
  } catch {
    // The reason is told by takeInImage, which tries to read it.
    return { input, source, version: null };
  }
}

/**
 * Reads, checks and keeps a picture, unless it is already kept in this version. Web addresses are left for embed-catalog.ts.
 *
 * @param known - what is stored of it; undefined when nothing is
 */
export async function takeInImage(
  deps: IntakeDeps,
  image: IdentifiedImage,
  known: KnownImage | undefined,
): Promise<TakenImage> {
  if (image.input.kind === 'url') return { kind: 'later' };
  if (image.input.kind === 'stored') return image.input.taken;
  if (known !== undefined && known.state !== 'FAILED' && known.source_version === image.version) {
    const { content_hash: contentHash, width, height } = known;
    if (contentHash !== null && width !== null && height !== null) return { kind: 'kept', contentHash, width, height };
  }
  try {
    const bytes = image.input.kind === 'bytes' ? image.input.bytes : await readPictureFile(image.input.path);
    const { width, height } = await deps.inspectPicture(bytes);
    return { kind: 'kept', contentHash: await deps.pictures.put(bytes), width, height };
  } catch (error) {
    if (error instanceof AppError && PICTURE_FAULTS.includes(error.code)) {
      return { kind: 'failed', reason: storableText(error.message) };
    }
    throw error;
  }
}

async function readPictureFile(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    // Reading a pipe or a device might not end.
    if (!facts.isFile()) throw new AppError('IMAGE_UNREADABLE', 'expected a file, found something else');
    if (facts.size > MAX_FILE_BYTES) {
      const expected = `at most ${MAX_FILE_BYTES.toLocaleString('en')} bytes`;
      throw new AppError('IMAGE_TOO_LARGE', `expected ${expected}, found ${facts.size.toLocaleString('en')}`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) throw error;
    const code = String(error.code);
    // Not this file's fault, and the next one would fail as well.
    if (code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM') throw error;
    const reason = FILE_FAULTS[code] ?? `one that cannot be read (${code})`;
    throw new AppError('IMAGE_UNREADABLE', `expected a picture file, found ${reason}`, { cause: error });
  }
}
