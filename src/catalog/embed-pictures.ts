import { LRUCache } from 'lru-cache';
import { atLeisure } from '../database/at-leisure.ts';
import { formatVector } from '../database/vector-sql.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { inBatches, mapStream } from './async-steps.ts';
import type { EmbedDeps, EmbedFailure } from './embed-deps.ts';
import { ENCODES_AT_ONCE, VECTORS_A_WRITE, WORK_A_PAGE, WRITES_AT_ONCE, whenNotOverloaded } from './embedding-pace.ts';
import {
  FIRST_KEY,
  markFailedPictures,
  type PictureToEmbed,
  picturesWithoutVector,
  vectorsOfContents,
  writePictureVectors,
} from './embedding-statements.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';

export interface EmbedPicturesOptions {
  readonly signal: AbortSignal | undefined;
  readonly report: (done: { imagesEmbedded: number }, failures: readonly EmbedFailure[]) => Promise<void>;
}

/** Read from the store or fetched from the web at once. */
const LOADS_AT_ONCE = 8;

/** Vectors kept by content: more than are between the look-up of a page and their being written, so that no picture is encoded twice. */
const CONTENTS_REMEMBERED = 4_096;

/** What is wrong with one picture; any other failure ends the run. */
const PICTURE_FAULTS: readonly ErrorCode[] = [
  'BAD_USER_INPUT', // its address is none
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_MANY_PIXELS',
  'IMAGE_NOT_FOUND',
  'IMAGE_FETCH_REFUSED',
  'IMAGE_FETCH_FAILED',
];

/** What becomes of a picture on its way; undefined is one that a stopped run leaves. */
type Failed = PictureToEmbed & { readonly reason: string };
type Loaded = PictureToEmbed & LoadedPicture;
type Encoding = PictureToEmbed & { readonly contentHash: string; readonly vector: Promise<string> };
type Encoded = PictureToEmbed & { readonly contentHash: string; readonly vector: string };

/**
 * Embeds the pictures that lack a vector of this model. Finding, loading, encoding and writing go on at the same time, each bounded.
 * Returns early when the signal is aborted; what was encoded by then is written.
 */
export async function embedPictures(deps: EmbedDeps, options: EmbedPicturesOptions): Promise<void> {
  const { db, model, embedder } = deps;
  const { signal } = options;
  /** By content, as text; also of those that are being encoded. */
  const vectors = new LRUCache<string, Promise<string>>({ max: CONTENTS_REMEMBERED });

  async function* find(): AsyncGenerator<PictureToEmbed> {
    for (let after = FIRST_KEY; ; ) {
      const page = await picturesWithoutVector(db, model, { after, limit: WORK_A_PAGE }).execute();
      const last = page.at(-1);
      if (last === undefined) return;
      after = last;
      const contents = page.flatMap(({ contentHash }) => contentHash ?? []);
      for (const { contentHash, vector } of await vectorsOfContents(db, model, contents).execute()) {
        if (contentHash !== null) vectors.set(contentHash, Promise.resolve(vector));
      }
      for (const picture of page) {
        if (signal?.aborted) return;
        yield picture;
      }
    }
  }

  /** Does one step for one picture; what is the picture's fault is its outcome. */
  async function attempt<T>(picture: PictureToEmbed, step: () => Promise<T>): Promise<T | Failed | undefined> {
    try {
      return await step();
    } catch (error) {
      if (signal?.aborted) return undefined;
      if (!(error instanceof AppError) || !PICTURE_FAULTS.includes(error.code)) throw error;
      return { ...picture, reason: error.message };
    }
  }

  const load = (picture: PictureToEmbed) =>
    attempt<Loaded | Encoding>(picture, async () => {
      const vector = picture.contentHash === null ? undefined : vectors.get(picture.contentHash);
      if (picture.contentHash !== null && vector) return { ...picture, contentHash: picture.contentHash, vector };
      return { ...picture, ...(await loadPicture(deps, picture, signal)) };
    });

  const encode = async (picture: Loaded | Encoding | Failed | undefined) => {
    if (!picture || 'reason' in picture) return picture;
    return attempt<Encoded>(picture, async () => ({
      productId: picture.productId,
      imageId: picture.imageId,
      source: picture.source,
      contentHash: picture.contentHash,
      vector: await ('vector' in picture ? picture.vector : encodeContent(picture)),
    }));
  };

  function encodeContent({ contentHash, bytes }: LoadedPicture): Promise<string> {
    const encoding =
      vectors.get(contentHash) ??
      whenNotOverloaded(
        () => embedder.embedImage(bytes, { priority: 'import', ...(signal && { signal }) }),
        signal,
      ).then(formatVector);
    vectors.set(contentHash, encoding);
    return encoding;
  }

  async function write(batch: readonly (Encoded | Failed | undefined)[]): Promise<void> {
    const encoded = batch.filter((picture) => picture !== undefined && 'vector' in picture);
    const failed = batch.filter((picture) => picture !== undefined && 'reason' in picture);
    // While another process builds the index, rows wait for it.
    const imagesEmbedded = await atLeisure(db, async (transaction) => {
      const { rows } = await writePictureVectors(model, encoded).execute(transaction);
      if (failed.length > 0) await markFailedPictures(model, failed).execute(transaction);
      return rows[0]?.count ?? 0;
    });
    await options.report({ imagesEmbedded }, failed);
  }

  const loaded = mapStream(find(), LOADS_AT_ONCE, load);
  const encoded = mapStream(loaded, ENCODES_AT_ONCE, encode);
  for await (const _ of mapStream(inBatches(encoded, VECTORS_A_WRITE), WRITES_AT_ONCE, write));
}
