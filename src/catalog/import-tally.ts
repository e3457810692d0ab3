import { storableText } from './check-text.ts';
import type { EmbedFailure, EmbedProgress } from './embed-deps.ts';
import type { ProductRow } from './feed/read-products.ts';
import type { ImportCounts, ImportItem } from './import-records.ts';
import type { ImportProblem, ImportReport } from './import-report.ts';
import type { Refreshed } from './refresh-pictures.ts';
import type { WriteOutcome } from './write-products.ts';

/** Keeps count of an import as it goes. */
export interface ImportTally {
  readonly counts: Readonly<ImportCounts>;
  /** Rows of the feed so far. */
  rows(): number;
  /** Rows without an id that can be read so far. */
  nameless(): number;
  /** Products so far that are in the shop now as the feed says. */
  products(): number;
  /**
   * Counts a batch of the feed.
   *
   * @param outcomes - of the batch's products, in their order
   * @returns what is to be recorded of it
   */
  addBatch(batch: readonly ProductRow[], outcomes: readonly WriteOutcome[]): ImportItem[];
  /**
   * Takes over what was embedded so far.
   *
   * @param told - new failures, and what else is to be told of pictures
   * @param skus - of their products, by id
   */
  addEmbedded(
    done: EmbedProgress,
    told: { failures: readonly EmbedFailure[]; notes: readonly EmbedFailure[] },
    skus: ReadonlyMap<string, string>,
  ): ImportItem[];
  /** Counts pictures that were asked for again. @param skus - of the products of its problems, by id */
  addRefreshed(refreshed: Refreshed, skus: ReadonlyMap<string, string>): ImportItem[];
  /** Takes over how many products of the shop the feed does not have. */
  setMissing(products: number): void;
  /** Counts products that were deleted or taken off sale. */
  addSettled(treatment: 'DELETE' | 'EXPIRE', products: number): void;
  /** Says why what is missing stays. */
  withhold(reason: string): void;
  /** The first row or picture that did not go in. */
  firstProblem(): ImportProblem | undefined;
  report(importId: string, state: ImportReport['state']): ImportReport;
}

/** Problems in the report; the database has them all. */
const PROBLEMS_REPORTED = 100;

/** Characters of what is told of a row or a picture: a cell that is refused for its length may be a megabyte long. */
const CHARACTERS_TOLD = 2_000;

type RowOutcome = readonly [ProductRow, WriteOutcome | undefined];

export function createImportTally(): ImportTally {
  const counts: ImportCounts = {
    products_created: 0,
    products_updated: 0,
    products_unchanged: 0,
    products_failed: 0,
    images_embedded: 0,
    images_failed: 0,
    products_missing: null,
    products_deleted: 0,
    products_expired: 0,
  };
  const problems: ImportProblem[] = [];
  /** Pictures that failed before they came to be embedded. */
  let imagesRefused = 0;
  let imagesAsked = 0;
  let imagesChanged = 0;
  let imagesIgnored = 0;
  let imageNotes = 0;
  let fieldProblems = 0;
  let leftOut = 0;
  let nameless = 0;
  let withheld: string | null = null;

  function products(): number {
    return counts.products_created + counts.products_updated + counts.products_unchanged;
  }

  function fail({ line, ...texts }: ImportProblem): ImportItem {
    const problem = {
      line,
      sku: told(texts.sku),
      imageSource: told(texts.imageSource),
      reason: told(texts.reason),
    };
    if (problems.length < PROBLEMS_REPORTED) problems.push(problem);
    return { outcome: 'FAILED', ...problem };
  }

  function addRow([row, outcome]: RowOutcome): ImportItem[] {
    if ('leftOut' in row) {
      leftOut += 1;
      return [];
    }
    if (!('product' in row)) {
      counts.products_failed += 1;
      if (row.sku === null) nameless += 1;
      return [fail({ line: row.line, sku: row.sku, imageSource: null, reason: row.reason })];
    }
    const { line, product, problems: fields, refusedPictures } = row;
    const { sku } = product;
    if (outcome === undefined || outcome.outcome === 'FAILED') {
      counts.products_failed += 1;
      return [fail({ line, sku, imageSource: null, reason: outcome?.reason ?? 'not written' })];
    }
    if (outcome.outcome === 'CREATED') counts.products_created += 1;
    else if (outcome.outcome === 'UPDATED') counts.products_updated += 1;
    else counts.products_unchanged += 1;

    const pictures = [
      ...refusedPictures.map(({ link, reason }) => ({ imageSource: link, reason })),
      ...outcome.imageProblems.map(({ source, reason }) => ({ imageSource: source, reason })),
    ];
    imagesRefused += pictures.length;
    counts.images_failed += pictures.length;
    fieldProblems += fields.length;
    const failed = [
      ...fields.map(({ reason }) => fail({ line, sku, imageSource: null, reason })),
      ...pictures.map((picture) => fail({ line, sku, ...picture })),
    ];
    return outcome.outcome === 'UNCHANGED' ? failed : [{ outcome: outcome.outcome, line, sku }, ...failed];
  }

  function tell(pictures: readonly EmbedFailure[], skus: ReadonlyMap<string, string>): ImportItem[] {
    return pictures.map(({ productId, source, reason }) =>
      fail({ line: null, sku: skus.get(productId) ?? null, imageSource: source, reason }),
    );
  }

  return {
    counts,
    rows: () => products() + counts.products_failed,
    nameless: () => nameless,
    products,
    addBatch(batch, outcomes) {
      let written = 0;
      return batch.flatMap((row) => addRow([row, 'product' in row ? outcomes[written++] : undefined]));
    },
    addEmbedded(done, { failures, notes }, skus) {
      counts.images_embedded = done.imagesEmbedded;
      counts.images_failed = imagesRefused + done.imagesFailed;
      imagesIgnored = done.imagesIgnored;
      imageNotes += notes.length;
      return tell([...failures, ...notes], skus);
    },
    addRefreshed({ asked, changed, problems: found }, skus) {
      imagesAsked += asked;
      imagesChanged += changed;
      imageNotes += found.length;
      return tell(found, skus);
    },
    setMissing(missing) {
      counts.products_missing = missing;
    },
    addSettled(treatment, settled) {
      counts[treatment === 'DELETE' ? 'products_deleted' : 'products_expired'] += settled;
    },
    withhold(reason) {
      withheld = reason;
    },
    firstProblem: () => problems[0],
    report: (importId, state) => ({
      importId,
      state,
      created: counts.products_created,
      updated: counts.products_updated,
      unchanged: counts.products_unchanged,
      failed: counts.products_failed,
      imagesEmbedded: counts.images_embedded,
      imagesFailed: counts.images_failed,
      imagesAsked,
      imagesChanged,
      imagesIgnored,
      imageNotes,
      fieldProblems,
      leftOut,
      missing: counts.products_missing,
      deleted: counts.products_deleted,
      expired: counts.products_expired,
      withheld,
      problems,
    }),
  };
}

/** A text of the feed as it can be told and stored. */
function told<Text extends string | null>(text: Text): Text | string {
  return text === null ? text : storableText(text.slice(0, CHARACTERS_TOLD));
}
