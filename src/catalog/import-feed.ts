import { dirname, resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { atLeisure } from '../database/at-leisure.ts';
import type { Database } from '../database/tables.ts';
import { AppError } from '../errors.ts';
import { inBatches, readAhead } from './async-steps.ts';
import { embedCatalog } from './embed-catalog.ts';
import type { EmbedDeps, EmbedFailure, EmbedProgress } from './embed-deps.ts';
import { createPictureFinder } from './feed/find-pictures.ts';
import { type OpenFeed, openFeed } from './feed/open-feed.ts';
import type { FeedOptions } from './feed/read-prices.ts';
import { readProducts } from './feed/read-products.ts';
import { analyzeProducts, beginImport, endImport, recordBatch, skusOfProducts } from './import-records.ts';
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
import { analyzeWaiting, foldWords } from './words/analyze-words.ts';
import { MAX_PRODUCTS_PER_WRITE, upsertProducts } from './write-products.ts';

export type ImportProgress =
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

export interface FeedToImport {
  readonly path: string;
  /** For prices that leave their currency or their signs open. */
  readonly options?: FeedOptions;
  /** What becomes of products of the shop that the feed does not have. (KEEP) */
  readonly missing?: MissingTreatment;
  /** Whether that may be more than 30 % of the shop, or after rows whose id could not be read. (false) */
  readonly confirmed?: boolean;
  /** Stops at the next batch and leaves the import INTERRUPTED; what was done stays, and importing again goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** With fewer changes the planner's picture of the tables is still right, and the embedded database, which has no autovacuum, answers as before. */
const CHANGES_WORTH_ANALYZING = 500;

/**
 * Reads a feed (docs/feeds.md; its kind is told from its content) into the catalogue and embeds what is new. A bad row, a bad field or a broken
 * picture is recorded with its line and reason; the rest goes in. The same feed again changes nothing. Products of the shop that the feed does not have are counted, and stay unless `missing` says
 * otherwise: nothing is deleted before the feed has been read to its end. A row that is refused is a row of its product, which is not missing.
 *
 * Killed at any moment and run again, it ends as if it had never been killed: products are written by id, what lacks a vector is found in the
 * database. Items of the last 100 imports are kept, of older ones the counts.
 *
 * @throws AppError FEED_INVALID: not a feed at all (no such file, no title column, unknown format), or one of which no product can go in; and whatever ends the run for another reason
 *   (DATABASE_UNAVAILABLE ...). The import is then FAILED, with the reason.
 */
export async function importFeed(deps: EmbedDeps, feed: FeedToImport): Promise<ImportReport> {
  const path = resolve(feed.path);
  const opened = await openFeed(path);
  const importId = await beginImport(deps.db, { source: path, format: opened.format });
  const tally = createImportTally();
  try {
    const run = { ...feed, path, importId, tally, inFeed: createFeedProducts() };
    const readToEnd = await writeProducts(deps, opened, run);
    if (readToEnd && !feed.signal?.aborted) await lookAfterMissing(deps.db, opened, run);
    if (!feed.signal?.aborted) await embedProducts(deps, run);
  } catch (error) {
    const failure = error instanceof AppError ? error.message : 'an unexpected error; the log has it';
    // When this fails as well, the next import marks the row; the first failure says more.
    await endImport(deps.db, importId, { state: 'FAILED', counts: tally.counts, failure }).catch(() => {});
    throw error;
  }
  const state = feed.signal?.aborted ? 'INTERRUPTED' : 'COMPLETED';
  await endImport(deps.db, importId, { state, counts: tally.counts, failure: null });
  return tally.report(importId, state);
}

/** Batches whose changes of words are added up at once: the more, the fewer words are counted twice. */
const BATCHES_A_FOLD = 20;

interface RunningImport extends FeedToImport {
  readonly importId: string;
  readonly tally: ImportTally;
  readonly inFeed: FeedProducts;
}

/** Returns whether the feed was read to its end, and has one. */
async function writeProducts(deps: EmbedDeps, feed: OpenFeed, run: RunningImport): Promise<boolean> {
  const { importId, tally, inFeed, signal, onProgress } = run;
  const findPicture = await createPictureFinder(dirname(run.path));
  let written = 0;
  const batches = readAhead(inBatches(readProducts(feed, findPicture, run.options), MAX_PRODUCTS_PER_WRITE));
  for await (const batch of batches) {
    if (signal?.aborted) return false;
    for (const row of batch) {
      // What is left out (a draft) is no product of the feed.
      if ('leftOut' in row) continue;
      const sku = 'product' in row ? row.product.sku : row.sku;
      if (sku !== null) inFeed.add(sku);
    }
    const products = batch.flatMap((row) => ('product' in row ? row.product : []));
    const items = tally.addBatch(batch, await upsertProducts(deps, products));
    const { bytesTotal } = feed;
    const bytesRead = feed.bytesRead();
    const progress = { phase: 'READING', done: bytesRead, total: bytesTotal } as const;
    await recordBatch(deps.db, importId, { counts: tally.counts, progress }, items);
    written += 1;
    if (written % BATCHES_A_FOLD === 0) await foldWords(deps.db);
    onProgress?.({ phase: 'reading', bytesRead, bytesTotal, products: tally.rows() });
  }
  if (tally.products() === 0) throw nothingIn(run.path, tally);
  // What an older program left, too.
  await analyzeWaiting(deps, { signal });
  await foldWords(deps.db);
  const { products_created: created, products_updated: updated } = tally.counts;
  if (created + updated >= CHANGES_WORTH_ANALYZING) await analyze(deps.db);
  return !feed.header.isCut;
}

/** Nobody exports a feed of nothing: a job that gets an empty one each night must hear of it. */
function nothingIn(path: string, tally: ImportTally): AppError {
  const first = tally.firstProblem();
  const rows = tally.rows().toLocaleString('en');
  const found = first ? `none in ${rows} rows; the first, in line ${first.line}: ${first.reason}` : 'none';
  return new AppError('FEED_INVALID', `${path}: expected a product that can go in, found ${found}`);
}

async function lookAfterMissing(db: Kysely<Database>, feed: OpenFeed, run: RunningImport): Promise<void> {
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
      for await (const settled of settleMissing(db, { importId, has: inFeed.has, treatment })) {
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

async function embedProducts(deps: EmbedDeps, run: RunningImport): Promise<void> {
  const { importId, tally, signal, onProgress } = run;
  async function keepAccount(done: EmbedProgress, failures: readonly EmbedFailure[]): Promise<void> {
    const ids = failures.map(({ productId }) => productId);
    const products = ids.length === 0 ? [] : await skusOfProducts(deps.db, ids).execute();
    const skus = new Map(products.map(({ id, sku }) => [id, sku]));
    const items = tally.addEmbedded(done, failures, skus);
    const progress = { phase: 'EMBEDDING', done: documentsDone(done), total: done.total } as const;
    await recordBatch(deps.db, importId, { counts: tally.counts, progress }, items);
  }
  await embedCatalog(deps, {
    signal,
    onWritten: keepAccount,
    onIndexing: async () => {
      const progress = { phase: 'INDEXING', done: 0, total: null } as const;
      await recordBatch(deps.db, importId, { counts: tally.counts, progress }, []);
      onProgress?.({ phase: 'indexing' });
    },
    onProgress: (done) => onProgress?.({ phase: 'embedding', done: documentsDone(done), total: done.total }),
  });
}

function documentsDone({ imagesEmbedded, imagesFailed, textsEmbedded }: EmbedProgress): number {
  return imagesEmbedded + imagesFailed + textsEmbedded;
}
