import { AppError } from '../errors.ts';
import { mapStream } from './async-steps.ts';
import type { EmbedFailure } from './embed-deps.ts';
import { FIRST_KEY, type PictureKey } from './embedding-statements.ts';
import type { FetchedPicture, PictureFetcher, PictureFetcherDeps } from './picture-fetcher.ts';
import { fetchedPictures, lockProductsOfSource, picturesOfSource } from './picture-source-statements.ts';
import { retryClashes } from './write-failures.ts';
import { deleteImages, insertImages } from './write-statements.ts';

/** What became of pictures that were asked for again. */
export interface Refreshed {
  /** Addresses that were asked. */
  readonly asked: number;
  /** Of these, that give another picture than before. */
  readonly changed: number;
  /** Addresses that give none any more, or whose host did not answer: what was found before stays. */
  readonly problems: readonly EmbedFailure[];
}

/** Addresses asked at once, over all hosts; src/catalog/host-gate.ts bounds each. */
const ASKED_AT_ONCE = 16;
const PICTURES_A_PAGE = 500;

/**
 * Asks each web address that pictures of a feed's products came from whether it gives another one now. Where it does, the picture's rows are made anew, so that
 * their vectors go, and it waits to be embedded again. Yields after each page of pictures.
 *
 * @param options.isInFeed - whether a product, by id, is to be looked after
 */
export async function* refreshPictures(
  deps: PictureFetcherDeps & { readonly fetcher: PictureFetcher },
  options: { isInFeed: (productId: string) => boolean; signal: AbortSignal | undefined },
): AsyncGenerator<Refreshed> {
  const { db, fetcher } = deps;
  const { isInFeed, signal } = options;
  for (let after: PictureKey = FIRST_KEY; ; ) {
    const page = await fetchedPictures(db, { after, limit: PICTURES_A_PAGE }).execute();
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    const pictures = page.filter(({ productId }) => isInFeed(productId));
    const bySource = new Map<string, typeof pictures>();
    for (const picture of pictures) bySource.set(picture.source, [...(bySource.get(picture.source) ?? []), picture]);
    const problems: EmbedFailure[] = [];
    let asked = 0;
    let changed = 0;
    const outcomes = mapStream(eachOf(bySource.keys(), signal), ASKED_AT_ONCE, async (source) => {
      asked++;
      try {
        const found = await fetcher.fetch(source, signal);
        const isOther = bySource.get(source)?.some(({ contentHash }) => contentHash !== found.contentHash);
        if (isOther) await replacePictures(deps, source, found);
        if (isOther) changed++;
      } catch (error) {
        if (signal?.aborted) return;
        if (!(error instanceof AppError)) throw error;
        const reason = `${error.message}; the picture that was found before stays`;
        for (const { productId } of bySource.get(source) ?? []) problems.push({ productId, source, reason });
      }
    });
    for await (const _ of outcomes);
    yield { asked, changed, problems };
  }
}

async function* eachOf(sources: Iterable<string>, signal: AbortSignal | undefined): AsyncGenerator<string> {
  for (const source of sources) {
    if (signal?.aborted) return;
    yield source;
  }
}

/** Makes the rows of an address's pictures anew, those of all products: PENDING, with what was found. */
async function replacePictures(
  { db }: Pick<PictureFetcherDeps, 'db'>,
  source: string,
  { contentHash, version, width, height }: FetchedPicture,
): Promise<void> {
  await retryClashes(() =>
    db.transaction().execute(async (transaction) => {
      const products = await lockProductsOfSource(transaction, { source, contentHash }).execute();
      const productIds = products.map(({ id }) => id);
      if (productIds.length === 0) return;
      const pictures = (await picturesOfSource(transaction, { source, productIds }).execute()).filter(
        ({ content_hash }) => content_hash !== contentHash,
      );
      await deleteImages(transaction, pictures).execute();
      const found = { source_version: version, content_hash: contentHash, width, height };
      const rows = pictures.map((row) => ({ ...row, ...found, state: 'PENDING' as const, failure: null }));
      await insertImages(transaction, rows).execute();
    }),
  );
}
