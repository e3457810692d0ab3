import type { EmbedFailure, EmbedProgress } from './embed-deps.ts';
import type { ProductRow } from './feed/read-products.ts';
import type { ImportCounts, ImportItem } from './import-records.ts';
import type { ImportProblem, ImportReport } from './import-report.ts';
import type { WriteOutcome } from './write-products.ts';

/** Keeps count of an import as it goes. */
export interface ImportTally {
  readonly counts: Readonly<ImportCounts>;
  /** Rows of the feed so far. */
  rows(): number;
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
   * @param failures - new ones
   * @param skus - of their products, by id
   */
  addEmbedded(done: EmbedProgress, failures: readonly EmbedFailure[], skus: ReadonlyMap<string, string>): ImportItem[];
  report(importId: string, state: ImportReport['state']): ImportReport;
}

/** Problems in the report; the database has them all. */
const PROBLEMS_REPORTED = 100;

type RowOutcome = readonly [ProductRow, WriteOutcome | undefined];

export function createImportTally(): ImportTally {
  const counts: ImportCounts = {
    products_created: 0,
    products_updated: 0,
    products_unchanged: 0,
    products_failed: 0,
    images_embedded: 0,
    images_failed: 0,
  };
  const problems: ImportProblem[] = [];
  /** Pictures that failed before they came to be embedded. */
  let imagesRefused = 0;
  let fieldProblems = 0;
  let leftOut = 0;

  function fail(problem: ImportProblem): ImportItem {
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

  return {
    counts,
    rows: () => counts.products_created + counts.products_updated + counts.products_unchanged + counts.products_failed,
    addBatch(batch, outcomes) {
      let written = 0;
      return batch.flatMap((row) => addRow([row, 'product' in row ? outcomes[written++] : undefined]));
    },
    addEmbedded(done, failures, skus) {
      counts.images_embedded = done.imagesEmbedded;
      counts.images_failed = imagesRefused + done.imagesFailed;
      return failures.map(({ productId, source, reason }) =>
        fail({ line: null, sku: skus.get(productId) ?? null, imageSource: source, reason }),
      );
    },
    report: (importId, state) => ({
      importId,
      state,
      created: counts.products_created,
      updated: counts.products_updated,
      unchanged: counts.products_unchanged,
      failed: counts.products_failed,
      imagesEmbedded: counts.images_embedded,
      imagesFailed: counts.images_failed,
      fieldProblems,
      leftOut,
      problems,
    }),
  };
}
