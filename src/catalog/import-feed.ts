import { resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { atLeisure } from '../database/at-leisure.ts';
import type { Database } from '../database/tables.ts';
import { AppError } from '../errors.ts';
import { readAhead } from './async-steps.ts';
import { pruneCategories } from './change-statements.ts';
import { embedCatalog } from './embed-catalog.ts';
import type { EmbedDeps, EmbedFailure, EmbedProgress } from './embed-deps.ts';
import { type FeedSource, type LocalFeed, nameOfSource, withLocalFeed } from './feed/feed-source.ts';
import type { FetchFeed, FetchProgress } from './feed/fetch-feed.ts';
import { type OpenFeed, openFeed } from './feed/open-feed.ts';
import type { FeedOptions } from './feed/read-prices.ts';
import { readVariantRows } from './feed/read-variant-rows.ts';
import { rowBatches } from './feed/row-batches.ts';
import { writeRows } from './feed/write-rows.ts';
import {
  analyzeProducts,
  beginImport,
  endImport,
  groupIdsOfProducts,
  recordBatch,
  updateImport,
} from './import-records.ts';
import type { ImportReport } from './import-report.ts';
import { createImportTally, type ImportTally } from './import-tally.ts';
import {
  countMissing,
  createFeedProducts,
  doubtAboutMissing,
  type FeedProducts,
  type MissingTreatment,
  settleMissing,
} from './missing-products.ts';
import { createPictureFetcher, type PictureFetcher } from './picture-fetcher.ts';
import { refreshPictures } from './refresh-pictures.ts';
import { analyzeWaiting, foldWords, settleWordIndexes } from './words/analyze-words.ts';
import { MAX_PRODUCTS_PER_WRITE } from './write-products.ts';

/** What importing works with. */
export interface ImportDeps extends EmbedDeps {
  readonly fetchFeed: FetchFeed;
}

export type ImportProgress =
  | { readonly phase: 'fetching'; readonly bytes: number; readonly bytesTotal: number | null }
  | { readonly phase: 'reading'; readonly bytesRead: number; readonly bytesTotal: number; readonly products: number }
  /** Products of the shop that the feed does not have are about to be deleted or taken off sale. */
  | {
      readonly phase: 'missing';
      readonly treatment: 'DELETE' | 'EXPIRE';
      readonly products: number;
      readonly of: number;
    }
  | { readonly phase: 'embedding'; readonly done: number; readonly total: number }
  | { readonly phase: 'indexing' };

export type FeedToImport = FeedSource & ImportRequest;

/** What is said of an import beside where its feed is. */
export interface ImportRequest {
  /** For prices that leave their currency or their signs open. */
  readonly options?: FeedOptions;
  /** What becomes of products of the shop that the feed does not have. (KEEP) */
  readonly missing?: MissingTreatment;
  /** Whether that may be more than 30 % of the shop, or after rows whose id could not be read. (false) */
  readonly confirmed?: boolean;
  /** Whether pictures are read and fetched again even where nothing says that they have changed. (false) */
  readonly refetch?: boolean;
  /** Stops at the next batch and leaves the import INTERRUPTED; what was done stays, and importing again goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told the id under which the import is kept, as soon as it is. */
  readonly onBegun?: (importId: string) => void;
}

/** How often the database is told how much of a feed has been fetched. */
const FETCH_TOLD_EVERY_MS = 1_000;

/** With fewer changes the planner's picture of the tables is still right, and the embedded database, which has no autovacuum, answers as before. */
const CHANGES_WORTH_ANALYZING = 500;

/**
 * Reads a feed (docs/feeds.md; its kind is told from its content) into the catalogue and embeds what is new. A bad row, a bad field or a broken
 * picture is recorded with its line and reason; the rest goes in. The same feed again changes nothing. Rows with the same `item_group_id` are variants of one product. Variants of the shop that the feed does not have are counted, and stay unless `missing` says
 * otherwise: nothing is deleted before the feed has been read to its end. A row that is refused is a row of its product, which is not missing.
 *
 * Killed at any moment and run again, it ends as if it had never been killed: products are written by id, what lacks a vector is found in the
 * database. Items of the last 100 imports are kept, of older ones the counts.
 *
 * @throws AppError FEED_FETCH_REFUSED, FEED_FETCH_FAILED: an address that cannot be read; FEED_INVALID: not a feed at all (no such file, no title column, unknown format), or one of which no product can go in; and whatever ends the run for another reason
 *   (DATABASE_UNAVAILABLE ...). The import is then FAILED, with the reason.
 */
export async function importFeed(deps: ImportDeps, feed: FeedToImport): Promise<ImportReport> {
  // A file that is no feed leaves no import behind; fetching one takes a while, which is part of it.
  const opened = 'path' in feed ? await openFeed(resolve(feed.path), nameOfSource(feed)) : undefined;
  const importId = await beginImport(deps.db, { source: nameOfSource(feed), format: opened?.format ?? null });
  feed.onBegun?.(importId);
  const tally = createImportTally();
  const run = { ...feed, importId, tally, inFeed: createFeedProducts() };
  try {
    await withLocalFeed(feed, deps.fetchFeed, (local) => importLocal(deps, local, { ...run, opened }), {
      signal: feed.signal,
      onFetched: fetchProgress(deps.db, run),
    });
  } catch (error) {
    // Interrupted while the feed was fetched.
    if (!feed.signal?.aborted || error !== feed.signal.reason) {
      const failure = error instanceof AppError ? error.message : 'an unexpected error; the log has it';
      // When this fails as well, the next import marks the row; the first failure says more.
      await endImport(deps.db, importId, { state: 'FAILED', counts: tally.counts, failure }).catch(() => {});
      throw error;
    }
  }
  const state = feed.signal?.aborted ? 'INTERRUPTED' : 'COMPLETED';
  await endImport(deps.db, importId, { state, counts: tally.counts, failure: null });
  return tally.report(importId, state);
}

/** Batches whose changes of words are added up at once: the more, the fewer words are counted twice. */
const BATCHES_A_FOLD = 20;
/** Batches after which words are brought to where they are looked up at once: a search meanwhile pays for 2,000 products at most, some 8 ms. */
const BATCHES_A_SETTLING = 4;

interface RunningImport extends ImportRequest {
  readonly importId: string;
  readonly tally: ImportTally;
  readonly inFeed: FeedProducts;
}

/** @param run.opened - the feed, where it has been looked at already */
async function importLocal(
  deps: EmbedDeps,
  local: LocalFeed,
  { opened, ...run }: RunningImport & { readonly opened: OpenFeed | undefined },
): Promise<void> {
  const feed = opened ?? (await openFeed(local.path, local.place));
  if (!opened) await updateImport(deps.db, run.importId, { format: feed.format }).execute();
  const readToEnd = await writeProducts(deps, feed, local, run);
  if (readToEnd && !run.signal?.aborted) await lookAfterMissing(deps, feed, run);
  await pruneCategories().execute(deps.db);
  const fetcher = createPictureFetcher(deps, run);
  if (!run.signal?.aborted) await askForPictures(deps, run, fetcher);
  if (!run.signal?.aborted) await embedProducts(deps, run, fetcher);
}

/** Says now and then how much has been fetched. */
function fetchProgress(db: Kysely<Database>, { importId, tally, onProgress }: RunningImport): FetchProgress {
  let toldAt = 0;
  return (done, total) => {
    if (Date.now() - toldAt < FETCH_TOLD_EVERY_MS) return;
    toldAt = Date.now();
    onProgress?.({ phase: 'fetching', bytes: done, bytesTotal: total });
    const progress = { phase: 'FETCHING', done, total } as const;
    // A sign of life; what matters fails for itself.
    recordBatch(db, importId, { counts: tally.counts, progress }, []).catch(() => {});
  };
}

/** Returns whether the feed was read to its end, and has one. */
async function writeProducts(
  deps: EmbedDeps,
  feed: OpenFeed,
  { findPicture, place }: LocalFeed,
  run: RunningImport,
): Promise<boolean> {
  const { importId, tally, inFeed, signal, onProgress } = run;
  let written = 0;
  const batches = readAhead(rowBatches(readVariantRows(feed, findPicture, run.options), MAX_PRODUCTS_PER_WRITE));
  for await (const batch of batches) {
    if (signal?.aborted) return false;
    for (const entry of batch) {
      // What is left out (a draft) is no product of the feed.
      if ('leftOut' in entry) continue;
      const sku = 'row' in entry ? entry.row.sku : entry.sku;
      if (sku !== null) inFeed.add(sku);
    }
    const rows = batch.flatMap((entry) => ('row' in entry ? entry.row : []));
    const outcome = await writeRows(deps, rows, run);
    for (const { outcome: one } of outcome.groups) if (one.outcome !== 'FAILED') inFeed.addProduct(one.productId);
    const items = tally.addBatch(batch, outcome);
    const { bytesTotal } = feed;
    const bytesRead = feed.bytesRead();
    const progress = { phase: 'READING', done: bytesRead, total: bytesTotal } as const;
    await recordBatch(deps.db, importId, { counts: tally.counts, progress }, items);
    written += 1;
    if (written % BATCHES_A_FOLD === 0) await foldWords(deps.db);
    if (written % BATCHES_A_SETTLING === 0) await settleWordIndexes(deps.db);
    onProgress?.({ phase: 'reading', bytesRead, bytesTotal, products: tally.rows() });
  }
  if (tally.products() === 0) throw nothingIn(place, tally);
  // What an older program left, too.
  await analyzeWaiting(deps, { signal });
  await foldWords(deps.db);
  await settleWordIndexes(deps.db);
  const { products_created: created, products_updated: updated } = tally.counts;
  if (created + updated >= CHANGES_WORTH_ANALYZING) await analyze(deps.db);
  return !feed.header.isCut;
}

/** Nobody exports a feed of nothing: a job that gets an empty one each night must hear of it. */
function nothingIn(place: string, tally: ImportTally): AppError {
  const first = tally.firstProblem();
  const rows = tally.rows().toLocaleString('en');
  const found = first ? `none in ${rows} rows; the first, in line ${first.line}: ${first.reason}` : 'none';
  return new AppError('FEED_INVALID', `${place}: expected a product that can go in, found ${found}`);
}

async function lookAfterMissing(deps: EmbedDeps, feed: OpenFeed, run: RunningImport): Promise<void> {
  const { db } = deps;
  const { importId, tally, inFeed, missing: treatment = 'KEEP', confirmed = false, signal, onProgress } = run;
  const progress = { phase: 'READING', done: feed.bytesTotal, total: feed.bytesTotal } as const;
  const record = () => recordBatch(db, importId, { counts: tally.counts, progress }, []);
  const count = await countMissing(db, importId, inFeed.has);
  tally.setMissing(count.missing);
  const products = treatment === 'DELETE' ? count.missing : count.onSale;
  if (treatment !== 'KEEP' && products > 0) {
    const doubt = confirmed ? undefined : doubtAboutMissing(count, products, tally.nameless());
    if (doubt !== undefined) tally.withhold(doubt);
    else {
      onProgress?.({ phase: 'missing', treatment, products, of: count.inShop });
      for await (const settled of settleMissing(deps, { importId, has: inFeed.has, treatment })) {
        tally.addSettled(treatment, settled);
        await record();
        if (signal?.aborted) return;
      }
      if (products >= CHANGES_WORTH_ANALYZING) await analyze(db);
    }
  }
  await record();
}

async function analyze(db: Kysely<Database>): Promise<void> {
  await atLeisure(db, (transaction) => analyzeProducts().execute(transaction));
}

/** Whether pictures from the web have changed at their addresses. */
async function askForPictures(deps: EmbedDeps, run: RunningImport, fetcher: PictureFetcher): Promise<void> {
  const { importId, tally, inFeed, signal } = run;
  for await (const refreshed of refreshPictures({ ...deps, fetcher }, { isInFeed: inFeed.hasProduct, signal })) {
    const items = tally.addRefreshed(refreshed, await skusOf(deps.db, refreshed.problems));
    const progress = { phase: 'EMBEDDING', done: 0, total: null } as const;
    await recordBatch(deps.db, importId, { counts: tally.counts, progress }, items);
  }
}

/** By product id. */
async function skusOf(db: Kysely<Database>, told: readonly EmbedFailure[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(told.map(({ productId }) => productId))];
  const products = ids.length === 0 ? [] : await groupIdsOfProducts(db, ids).execute();
  return new Map(products.map(({ id, group_id }) => [id, group_id]));
}

async function embedProducts(deps: EmbedDeps, run: RunningImport, fetcher: PictureFetcher): Promise<void> {
  const { importId, tally, signal, onProgress } = run;
  async function keepAccount(
    done: EmbedProgress,
    failures: readonly EmbedFailure[],
    notes: readonly EmbedFailure[],
  ): Promise<void> {
    const items = tally.addEmbedded(done, { failures, notes }, await skusOf(deps.db, [...failures, ...notes]));
    const progress = { phase: 'EMBEDDING', done: documentsDone(done), total: done.total } as const;
    await recordBatch(deps.db, importId, { counts: tally.counts, progress }, items);
  }
  await embedCatalog(deps, {
    signal,
    fetcher,
    onWritten: keepAccount,
    onIndexing: async () => {
      const progress = { phase: 'INDEXING', done: 0, total: null } as const;
      await recordBatch(deps.db, importId, { counts: tally.counts, progress }, []);
      onProgress?.({ phase: 'indexing' });
    },
    onProgress: (done) => onProgress?.({ phase: 'embedding', done: documentsDone(done), total: done.total }),
  });
}

function documentsDone({ imagesEmbedded, imagesFailed, imagesIgnored, textsEmbedded }: EmbedProgress): number {
  return imagesEmbedded + imagesFailed + imagesIgnored + textsEmbedded;
}
