/** What an import has done. */
export interface ImportReport {
  readonly importId: string;
  readonly state: 'COMPLETED' | 'INTERRUPTED';
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly imagesEmbedded: number;
  readonly imagesFailed: number;
  /** Web addresses of pictures that were asked whether they have another one now. */
  readonly imagesAsked: number;
  /** Of these, that had. */
  readonly imagesChanged: number;
  /** Pictures that are shown and take no part in searches: blank ones, and placeholders that many products share. */
  readonly imagesIgnored: number;
  /** Of `problems` those about pictures that are there all the same: blank, placeholders, a little damaged, not to be had again. */
  readonly imageNotes: number;
  /** Fields that products went in without, or that are doubtful. */
  readonly fieldProblems: number;
  /** Rows that are rightly no product of the shop: drafts, parents of variants. */
  readonly leftOut: number;
  /** Products that were in the shop when it began and that the feed does not have; null where the feed was not read to its end. */
  readonly missing: number | null;
  /** Those of them that were deleted. */
  readonly deleted: number;
  /** Those of them that are OUT_OF_STOCK now and were not before. */
  readonly expired: number;
  /** Why they stay although they were to be deleted or taken off sale; null where they were not. */
  readonly withheld: string | null;
  /** The first 100; all of them are in import_item. */
  readonly problems: readonly ImportProblem[];
}

/** A row, a field or a picture of a feed that did not go in, or a field that is doubtful. */
export interface ImportProblem {
  readonly line: number | null;
  readonly sku: string | null;
  readonly imageSource: string | null;
  readonly reason: string;
}
