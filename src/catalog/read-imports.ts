import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Database, ImportPhase, ImportTable } from '../database/tables.ts';
import {
  type FailurePlace,
  failuresOfImports,
  type ImportPlace,
  importsByIds,
  latestImports,
} from './import-statements.ts';

/** A run of an import as it stands. */
export interface ImportRun {
  readonly id: string;
  /** The name of the feed's file. */
  readonly source: string;
  readonly format: ImportTable['format'];
  readonly state: ImportTable['state'];
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Null once it has ended, and for one of a version that kept none. */
  readonly progress: ImportRunProgress | null;
  readonly failure: string | null;
  readonly productsCreated: number;
  readonly productsUpdated: number;
  readonly productsUnchanged: number;
  readonly productsFailed: number;
  readonly imagesEmbedded: number;
  readonly imagesFailed: number;
  /** Null until the feed was read to its end, and for one of a version that did not count them. */
  readonly productsMissing: number | null;
  readonly productsDeleted: number;
  readonly productsExpired: number;
  /** Where it stands among the imports. */
  readonly place: ImportPlace;
}

/** How far a running import is. */
export interface ImportRunProgress {
  readonly phase: ImportPhase;
  /** Of the phase, 0 to 1; null where that is not known. */
  readonly share: number | null;
  /** Rows (READING), or pictures and texts (EMBEDDING); null before the first ones and while the feed is fetched. */
  readonly perSecond: number | null;
  /** Until the phase is done, if it goes on like this. */
  readonly secondsLeft: number | null;
  /** Its last sign of life. */
  readonly updatedAt: Date;
}

/** A row of a feed that was refused, or a picture that failed. */
export interface ImportFailure {
  readonly line: number | null;
  readonly sku: string | null;
  readonly imageSource: string | null;
  readonly reason: string;
  /** Where it stands among the failures of its import. */
  readonly place: FailurePlace;
}

/** A page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
}

/** Imports, the latest first. */
export async function listImports(
  db: Kysely<Database>,
  { first, after }: { first: number; after?: ImportPlace | undefined },
): Promise<ListPage<ImportRun>> {
  const rows = await latestImports(db, { after, limit: first + 1 }).execute();
  return { items: rows.slice(0, first).map(importOf), hasNextPage: rows.length > first };
}

/** Imports by id, in the order asked; undefined where there is none. */
export async function getImportsByIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(ImportRun | undefined)[]> {
  const rows = await importsByIds(db, ids).execute();
  const found = new Map(rows.map((row) => [row.id, importOf(row)]));
  return ids.map((id) => found.get(id));
}

/** The failures of each import, in the order of the imports asked for: one statement for all. */
export async function listImportFailures(
  db: Kysely<Database>,
  importIds: readonly string[],
  { first, after }: { first: number; after?: FailurePlace | undefined },
): Promise<ListPage<ImportFailure>[]> {
  const rows = await failuresOfImports(db, { importIds, after, limit: first + 1 }).execute();
  return importIds.map((importId) => {
    const own = rows.filter((row) => row.import_id === importId);
    return { items: own.slice(0, first).map(failureOf), hasNextPage: own.length > first };
  });
}

type ImportRow = Awaited<ReturnType<ReturnType<typeof importsByIds>['execute']>>[number];
type FailureRow = Awaited<ReturnType<ReturnType<typeof failuresOfImports>['execute']>>[number];

function importOf(row: ImportRow): ImportRun {
  return {
    id: row.id,
    // Folders are nobody's business who asks from outside.
    source: path.basename(row.source),
    format: row.format,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    progress: row.state === 'RUNNING' ? progressOf(row) : null,
    failure: row.failure,
    productsCreated: row.products_created,
    productsUpdated: row.products_updated,
    productsUnchanged: row.products_unchanged,
    productsFailed: row.products_failed,
    imagesEmbedded: row.images_embedded,
    imagesFailed: row.images_failed,
    productsMissing: row.products_missing,
    productsDeleted: row.products_deleted,
    productsExpired: row.products_expired,
    place: { startedAt: row.place, id: row.id },
  };
}

function progressOf(row: ImportRow): ImportRunProgress | null {
  const { phase, phase_done: done, phase_total: total, phase_seconds: seconds, updated_at: updatedAt } = row;
  if (phase === null || done === null || updatedAt === null) return null;
  const known = total !== null && total > 0;
  const passed = seconds !== null && seconds > 0 ? seconds : null;
  const things = phase === 'READING' ? rowsOf(row) : phase === 'FETCHING' ? 0 : done;
  return {
    phase,
    share: known ? Math.min(1, done / total) : null,
    perSecond: passed !== null && things > 0 ? things / passed : null,
    secondsLeft: known && passed !== null && done > 0 ? (Math.max(0, total - done) / done) * passed : null,
    updatedAt,
  };
}

function rowsOf(row: ImportRow): number {
  return row.products_created + row.products_updated + row.products_unchanged + row.products_failed;
}

function failureOf(row: FailureRow): ImportFailure {
  const { line, sku, image_source: imageSource, reason, id } = row;
  return { line, sku, imageSource, reason, place: { line, id } };
}
