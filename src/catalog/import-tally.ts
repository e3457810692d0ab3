import { storableText } from './check-text.ts';
import type { EmbedFailure, EmbedProgress } from './embed-deps.ts';
import type { CheckedRow, FeedEntryRow } from './feed/read-variant-rows.ts';
import type { WrittenGroup, WrittenRows } from './feed/write-rows.ts';
import type { ImportCounts, ImportItem } from './import-records.ts';
import type { ImportProblem, ImportReport } from './import-report.ts';
import type { Refreshed } from './refresh-pictures.ts';

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
   * @param written - what became of the batch's checked rows; its places count these alone
   * @returns what is to be recorded of it
   */
  addBatch(batch: readonly FeedEntryRow[], written: WrittenRows): ImportItem[];
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

type CountedOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED';

const COUNT_OF = {
  CREATED: 'products_created',
  UPDATED: 'products_updated',
  UNCHANGED: 'products_unchanged',
} as const satisfies Record<CountedOutcome, keyof ImportCounts>;

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
  let rows = 0;
  let nameless = 0;
  /** Of products whose rows may come again in a later batch: what they are counted as. */
  const counted = new Map<string, CountedOutcome>();
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
    return { outcome: 'FAILED', ...problem };
  }

  /** Keeps the first problems for the report. */
  function recorded(items: readonly ImportItem[]): ImportItem[] {
    for (const item of items) {
      if (item.outcome !== 'FAILED' || problems.length >= PROBLEMS_REPORTED) continue;
      const { outcome: _, ...problem } = item;
      problems.push(problem);
    }
    return [...items];
  }

  function addEntry(entry: FeedEntryRow): ImportItem[] {
    if ('leftOut' in entry) {
      leftOut += 1;
      return [];
    }
    rows += 1;
    if (!('row' in entry)) {
      counts.products_failed += 1;
      if (entry.sku === null) nameless += 1;
      return [fail({ line: entry.line, sku: entry.sku, imageSource: null, reason: entry.reason })];
    }
    const { line, row, problems: fields, refusedPictures } = entry;
    fieldProblems += fields.length;
    countPictures(refusedPictures.length);
    return [
      ...fields.map(({ reason }) => fail({ line, sku: row.sku, imageSource: null, reason })),
      ...refusedPictures.map(({ link, reason }) => fail({ line, sku: row.sku, imageSource: link, reason })),
    ];
  }

  /** A product counts once, by its first row. */
  function addGroup({ places, outcome }: WrittenGroup, checked: readonly CheckedRow[]): ImportItem[] {
    const ofGroup = places.flatMap((place) => checked[place] ?? []);
    const [first] = ofGroup;
    if (first === undefined) return [];
    const { line, row } = first;
    if (outcome.outcome === 'FAILED') {
      counts.products_failed += ofGroup.length;
      return ofGroup.map((each) =>
        fail({ line: each.line, sku: each.row.sku, imageSource: null, reason: outcome.reason }),
      );
    }
    const told = countProduct(outcome.productId, outcome.outcome, row.groupId !== null);
    countPictures(outcome.imageProblems.length);
    counts.products_failed += outcome.variantProblems.length;
    fieldProblems += outcome.movedVariants.length;
    const lines = new Map(ofGroup.map((each) => [each.row.sku, each.line]));
    const sku = outcome.groupId;
    return [
      ...(told === 'UNCHANGED' ? [] : [{ outcome: told, line, sku }]),
      ...[...outcome.variantProblems, ...outcome.movedVariants].map((problem) =>
        fail({
          line: lines.get(problem.sku ?? '') ?? line,
          sku: problem.sku,
          imageSource: null,
          reason: problem.reason,
        }),
      ),
      ...outcome.imageProblems.map(({ source, reason }) => fail({ line, sku: row.sku, imageSource: source, reason })),
    ];
  }

  /** @returns what is to be told now: UNCHANGED where it has been told */
  function countProduct(productId: string, outcome: CountedOutcome, mayComeAgain: boolean): CountedOutcome {
    const before = counted.get(productId);
    const whole = before === undefined || before === 'UNCHANGED' ? outcome : before;
    if (before !== undefined) counts[COUNT_OF[before]] -= 1;
    counts[COUNT_OF[whole]] += 1;
    if (mayComeAgain) counted.set(productId, whole);
    return whole === before ? 'UNCHANGED' : whole;
  }

  function countPictures(failed: number): void {
    imagesRefused += failed;
    counts.images_failed += failed;
  }

  function tell(pictures: readonly EmbedFailure[], skus: ReadonlyMap<string, string>): ImportItem[] {
    return recorded(
      pictures.map(({ productId, source, reason }) =>
        fail({ line: null, sku: skus.get(productId) ?? null, imageSource: source, reason }),
      ),
    );
  }

  return {
    counts,
    rows: () => rows,
    nameless: () => nameless,
    products,
    addBatch(batch, { groups, notes }) {
      const checked = batch.filter((entry) => 'row' in entry);
      fieldProblems += notes.length;
      const items = [
        ...groups.flatMap((group) => addGroup(group, checked)),
        ...batch.flatMap(addEntry),
        ...notes.flatMap(({ place, reason }) => {
          const { line, row } = checked[place] ?? {};
          return line === undefined ? [] : [fail({ line, sku: row?.sku ?? null, imageSource: null, reason })];
        }),
      ];
      return recorded(items.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
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
