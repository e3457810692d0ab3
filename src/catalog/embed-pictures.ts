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
  markIgnoredPictures,
  type PictureToEmbed,
  picturesWithoutVector,
  vectorsOfContents,
  writePictureVectors,
} from './embedding-statements.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';
import type { PictureFetcher } from './picture-fetcher.ts';

export interface EmbedPicturesOptions {
  readonly signal: AbortSignal | undefined;
  readonly fetcher: PictureFetcher;
  /** Told of the content of each picture that was fetched. */
  readonly onFetched: (contentHash: string) => void;
  readonly report: (
    done: { imagesEmbedded: number; imagesIgnored: number },
    failures: readonly EmbedFailure[],
    notes: readonly EmbedFailure[],
  ) => Promise<void>;
}

/** Why a picture of one colour takes no part in searches. */
const BLANK =
  'blank: it shows one colour and nothing else, so that it looks like everything; it is shown, and no search finds its product by it';

/** Read from the store or fetched from the web at once. */
const LOADS_AT_ONCE = 8;

/** Looks kept by content: more than are between the look-up of a page and their being written, so that no picture is encoded twice. */
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
type Encoding = PictureToEmbed & { readonly contentHash: string; readonly look: Promise<Look> };
type Encoded = PictureToEmbed & { readonly contentHash: string } & Look;
/** What a content looks like. */
interface Look {
  /** Null where it is blank. */
  readonly vector: string | null;
  readonly note: string | null;
  /** As in product_image. */
  readonly margin: number | null;
}

/**
 * Embeds the pictures that lack a vector of this model. Finding, loading, encoding and writing go on at the same time, each bounded.
 * Returns early when the signal is aborted; what was encoded by then is written.
 */
export async function embedPictures(deps: EmbedDeps, options: EmbedPicturesOptions): Promise<void> {
  const { db, model, embedder } = deps;
  const { signal } = options;
  /** By content, as text; also of those that are being encoded. */
  const looks = new LRUCache<string, Promise<Look>>({ max: CONTENTS_REMEMBERED });

  async function* find(): AsyncGenerator<PictureToEmbed> {
    for (let after = FIRST_KEY; ; ) {
      const page = await picturesWithoutVector(db, model, { after, limit: WORK_A_PAGE }).execute();
      const last = page.at(-1);
      if (last === undefined) return;
      after = last;
      const contents = page.flatMap(({ contentHash }) => contentHash ?? []);
      for (const { contentHash, ...look } of await vectorsOfContents(db, model, contents).execute()) {
        if (contentHash !== null) looks.set(contentHash, Promise.resolve(look));
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
      const look = picture.contentHash === null ? undefined : looks.get(picture.contentHash);
      if (picture.contentHash !== null && look) return { ...picture, contentHash: picture.contentHash, look };
      const loaded = await loadPicture({ ...deps, fetcher: options.fetcher }, picture, signal);
      if (loaded.contentHash !== picture.contentHash) options.onFetched(loaded.contentHash);
      return { ...picture, ...loaded };
    });

  const encode = async (picture: Loaded | Encoding | Failed | undefined) => {
    if (!picture || 'reason' in picture) return picture;
    return attempt<Encoded>(picture, async () => ({
      productId: picture.productId,
      imageId: picture.imageId,
      source: picture.source,
      contentHash: picture.contentHash,
      ...(await ('look' in picture ? picture.look : lookAtContent(picture))),
    }));
  };

  function lookAtContent({ contentHash, bytes }: LoadedPicture): Promise<Look> {
    const look = looks.get(contentHash) ?? whenNotOverloaded(() => encodeUnlessBlank(bytes), signal);
    looks.set(contentHash, look);
    return look;
  }

  async function encodeUnlessBlank(bytes: Uint8Array): Promise<Look> {
    const when = { priority: 'import', ...(signal && { signal }) } as const;
    const { isBlank, margin, note = null } = await embedder.lookAtImage(bytes, when);
    return { vector: isBlank ? null : formatVector(await embedder.embedImage(bytes, when)), note, margin };
  }

  async function write(batch: readonly (Encoded | Failed | undefined)[]): Promise<void> {
    const seen = batch.filter((picture) => picture !== undefined && 'vector' in picture);
    const encoded = seen.flatMap(({ vector, ...picture }) => (vector === null ? [] : { ...picture, vector }));
    const blank = seen.filter(({ vector }) => vector === null).map((picture) => ({ ...picture, reason: BLANK }));
    const failed = batch.filter((picture) => picture !== undefined && 'reason' in picture);
    // While another process builds the index, rows wait for it.
    const imagesEmbedded = await atLeisure(db, async (transaction) => {
      const { rows } = await writePictureVectors(model, encoded).execute(transaction);
      if (blank.length > 0) await markIgnoredPictures(blank).execute(transaction);
      if (failed.length > 0) await markFailedPictures(model, failed).execute(transaction);
      return rows[0]?.count ?? 0;
    });
    const noted = seen.flatMap((picture) => (picture.note === null ? [] : { ...picture, reason: picture.note }));
    await options.report({ imagesEmbedded, imagesIgnored: blank.length }, failed, [...blank, ...noted]);
  }

  const loaded = mapStream(find(), LOADS_AT_ONCE, load);
  const encoded = mapStream(loaded, ENCODES_AT_ONCE, encode);
  for await (const _ of mapStream(inBatches(encoded, VECTORS_A_WRITE), WRITES_AT_ONCE, write));
}
