// What the database says of an import: its row, and what became of each product and failed picture.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { v4 as randomUuid } from 'uuid';
import { atLeisure } from '../database/at-leisure.ts';
import type { Database, ImportPhase } from '../database/tables.ts';
import { storableText } from './check-text.ts';
import type { FeedFormat } from './feed/feed-record.ts';
import type { ImportProblem } from './import-report.ts';

/** What is counted, by the columns of `import`. */
export interface ImportCounts {
  products_created: number;
  products_updated: number;
  products_unchanged: number;
  products_failed: number;
  images_embedded: number;
  images_failed: number;
  /** Null until the feed was read to its end. */
  products_missing: number | null;
  products_deleted: number;
  products_expired: number;
}

/** How far an import is. */
export interface PhaseProgress {
  readonly phase: ImportPhase;
  /** Bytes of the feed (FETCHING, READING), or pictures and texts (EMBEDDING); 0 for INDEXING. */
  readonly done: number;
  /** In the same unit; null where it is not known. */
  readonly total: number | null;
}

/** A line of import_item. */
export type ImportItem =
  | { readonly outcome: 'CREATED' | 'UPDATED'; readonly line: number; readonly sku: string }
  | ({ readonly outcome: 'FAILED' } & ImportProblem);

/** Imports whose items are kept; of older ones the counts remain. */
const IMPORTS_WITH_ITEMS = 100;

/**
 * Begins an import: a row that is RUNNING. Imports that are RUNNING from before are marked INTERRUPTED: their process is dead, or, should it
 * live, says RUNNING again with its next batch. Items of all but the last 100 imports are deleted.
 *
 * @param feed.source - for people: the file
 * @param feed.format - null: it is to be fetched first
 */
export async function beginImport(
  db: Kysely<Database>,
  feed: { source: string; format: FeedFormat | null },
): Promise<string> {
  const id = randomUuid();
  await atLeisure(db, async (transaction) => {
    await interruptRunningImports(transaction).execute();
    await insertImport(transaction, { id, ...feed }).execute();
    await deleteOldImportItems(transaction, IMPORTS_WITH_ITEMS).execute();
  });
  return id;
}

/** Adds items and brings the counts and the progress up to date, together. */
export async function recordBatch(
  db: Kysely<Database>,
  importId: string,
  { counts, progress }: { counts: Readonly<ImportCounts>; progress: PhaseProgress },
  items: readonly ImportItem[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const rows = items.map((item) => ({ id: randomUuid(), item }));
    if (rows.length > 0) await insertImportItems(transaction, importId, rows).execute();
    await updateRunningImport(transaction, importId, { counts, progress }).execute();
  });
}

/** @param failure - why the run as a whole failed; null for one that did not */
export async function endImport(
  db: Kysely<Database>,
  importId: string,
  end: { state: 'COMPLETED' | 'INTERRUPTED' | 'FAILED'; counts: Readonly<ImportCounts>; failure: string | null },
): Promise<void> {
  const { state, counts } = end;
  const failure = end.failure === null ? null : storableText(end.failure);
  await updateImport(db, importId, { ...counts, state, failure, finished_at: new Date() }).execute();
}

/** An import that begins. */
export function insertImport(
  db: Kysely<Database>,
  feed: { readonly id: string; readonly source: string; readonly format: FeedFormat | null },
) {
  return db.insertInto('import').values({
    ...{ ...feed, state: 'RUNNING', phase: feed.format === null ? 'FETCHING' : 'READING', phase_done: 0 },
    ...{ phase_started_at: sql<Date>`now()`, updated_at: sql<Date>`now()` },
  });
}

/** Marks imports that never ended. */
export function interruptRunningImports(db: Kysely<Database>) {
  return db
    .updateTable('import')
    .set({ state: 'INTERRUPTED', finished_at: sql<Date>`now()` })
    .where('state', '=', 'RUNNING');
}

/** Deletes what became of each row of old imports. @param kept - number of imports, the newest, that keep theirs */
export function deleteOldImportItems(db: Kysely<Database>, kept: number) {
  return db
    .deleteFrom('import_item')
    .where('import_id', 'in', (eb) =>
      eb.selectFrom('import').select('id').orderBy('started_at', 'desc').orderBy('id').offset(kept),
    );
}

/** Of one JSON parameter, so that the statement is the same for any number. */
export function insertImportItems(
  db: Kysely<Database>,
  importId: string,
  items: readonly { readonly id: string; readonly item: ImportItem }[],
) {
  const rows = items.map(({ id, item }) => ({
    id,
    line: item.line,
    sku: item.sku,
    image_source: item.outcome === 'FAILED' ? item.imageSource : null,
    outcome: item.outcome,
    reason: item.outcome === 'FAILED' ? item.reason : null,
  }));
  const record = sql<(typeof rows)[number]>`json_to_recordset(${JSON.stringify(rows)}::json)`;
  const type = sql.raw('r (id uuid, line integer, sku text, image_source text, outcome text, reason text)');
  return db
    .insertInto('import_item')
    .columns(['import_id', 'id', 'line', 'sku', 'image_source', 'outcome', 'reason'])
    .expression((eb) =>
      eb
        .selectFrom(record.as<'r'>(type))
        .select([
          sql<string>`${importId}::uuid`.as('import_id'),
          'r.id',
          'r.line',
          'r.sku',
          'r.image_source',
          'r.outcome',
          'r.reason',
        ]),
    );
}

/** Also of one that another process has taken for dead: it says that it lives. Of two batches that are written at once the earlier one may come last: what is done within a phase never goes back. */
export function updateRunningImport(
  db: Kysely<Database>,
  importId: string,
  { counts, progress }: { counts: Readonly<ImportCounts>; progress: PhaseProgress },
) {
  const { phase, done, total } = progress;
  return updateImport(db, importId, { ...counts, state: 'RUNNING', finished_at: null }).set({
    phase,
    phase_started_at: sql<Date>`case when phase = ${phase} then phase_started_at else now() end`,
    phase_done: sql<number>`case when phase = ${phase} then greatest(phase_done, ${done}::bigint) else ${done}::bigint end`,
    phase_total: total,
    updated_at: sql<Date>`now()`,
  });
}

/** Brings counts and state up to date. */
export function updateImport(
  db: Kysely<Database>,
  importId: string,
  values: Partial<ImportCounts> & {
    state?: 'RUNNING' | 'COMPLETED' | 'INTERRUPTED' | 'FAILED';
    format?: FeedFormat;
    failure?: string | null;
    finished_at?: Date | null;
  },
) {
  return db.updateTable('import').set(values).where('id', '=', importId);
}

/** The shop's identifiers of products, by id. */
export function groupIdsOfProducts(db: Kysely<Database>, productIds: readonly string[]) {
  return db.selectFrom('product').select(['id', 'group_id']).where('id', '=', sql<string>`any(${productIds}::uuid[])`);
}

/** Lets the planner see what a large import has changed; the embedded database has no autovacuum that would. */
export function analyzeProducts(): RawBuilder<unknown> {
  return sql`analyze category, product, product_variant, product_image, search_word, suggestion`;
}
