import type { EmbedDeps } from './embed-catalog.ts';

export interface ImportReport {
  readonly importId: string;
  readonly state: 'COMPLETED' | 'INTERRUPTED';
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly imagesEmbedded: number;
  readonly imagesFailed: number;
  /** The first 100; all of them are in import_item. */
  readonly problems: readonly ImportProblem[];
}

export interface ImportProblem {
  readonly line: number | null;
  readonly sku: string | null;
  readonly imageSource: string | null;
  readonly reason: string;
}

export type ImportProgress =
  | { readonly phase: 'reading'; readonly bytesRead: number; readonly bytesTotal: number; readonly products: number }
  | { readonly phase: 'embedding'; readonly done: number; readonly total: number }
  | { readonly phase: 'indexing' };

/**
 * Reads a Google Merchant feed (TSV, CSV, JSON Lines, XML; told by extension and content) into the catalogue and embeds what is new. A bad row or a broken
 * picture is recorded with its line and reason; the rest goes in. The same feed again changes nothing.
 *
 * @throws AppError FEED_INVALID: not a feed at all (no such file, no title column, unknown format)
 */
export declare function importFeed(
  deps: EmbedDeps,
  feed: { path: string; signal?: AbortSignal; onProgress?: (progress: ImportProgress) => void },
): Promise<ImportReport>;
