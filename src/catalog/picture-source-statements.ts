// The statements that keep what was found at web addresses, and what pictures come from them, one function each; none is run here.
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { PictureKey } from './embedding-statements.ts';

/** What a server answered, to be kept. */
export interface SourceAnswer {
  readonly id: string;
  readonly source: string;
  readonly version: string | null;
  readonly content_hash: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly asked_at: Date;
}

/** What is known of an address. */
export function knownSource(db: Kysely<Database>, id: string) {
  return db.selectFrom('picture_source').selectAll().where('id', '=', id);
}

/** Keeps what was found, in place of what was found before. */
export function keepSource(db: Kysely<Database>, answer: SourceAnswer) {
  const found = { failure: null, failures: 0, ask_again_at: null };
  return db
    .insertInto('picture_source')
    .values({ ...answer, ...found })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...answer, ...found }));
}

/** How long an address that gives no picture is left alone: this, doubled with each time, up to the longest. */
const FIRST_WAIT_MINUTES = 10;
const LONGEST_WAIT_DAYS = 7;

/** Keeps that an address gave no picture. What it gave before stays. */
export function keepSourceFailure(
  db: Kysely<Database>,
  failed: { readonly id: string; readonly source: string; readonly asked_at: Date; readonly failure: string },
) {
  const wait = sql`least(${LONGEST_WAIT_DAYS} * interval '1 day', ${FIRST_WAIT_MINUTES} * interval '1 minute' * 2 ^ least(picture_source.failures, 20))`;
  return db
    .insertInto('picture_source')
    .values({
      ...failed,
      failures: 1,
      ask_again_at: sql<Date>`${failed.asked_at}::timestamptz + ${FIRST_WAIT_MINUTES} * interval '1 minute'`,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        asked_at: failed.asked_at,
        failure: failed.failure,
        failures: sql<number>`picture_source.failures + 1`,
        ask_again_at: sql<Date>`${failed.asked_at}::timestamptz + ${wait}`,
      }),
    );
}

/** Pictures from the web that were fetched before, in the order of their keys. */
export function fetchedPictures(db: Kysely<Database>, page: { after: PictureKey; limit: number }) {
  return db
    .selectFrom('product_image as i')
    .select(['i.product_id as productId', 'i.id as imageId', 'i.source', 'i.content_hash as contentHash'])
    .where('i.source', 'like', 'http%')
    .where('i.content_hash', 'is not', null)
    .where('i.state', '<>', 'FAILED')
    .where((eb) =>
      eb(
        eb.refTuple('i.product_id', 'i.id'),
        '>',
        eb.tuple(sql<string>`${page.after.productId}::uuid`, sql<string>`${page.after.imageId}::uuid`),
      ),
    )
    .orderBy('i.product_id')
    .orderBy('i.id')
    .limit(page.limit);
}

/** Products with a picture from an address that shows something else than it gives now; in the order of their ids, held until the end of the transaction. */
export function lockProductsOfSource(db: Kysely<Database>, p: { source: string; contentHash: string }) {
  return db
    .selectFrom('product as p')
    .select('p.id')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('product_image as i')
          .select('i.id')
          .whereRef('i.product_id', '=', 'p.id')
          .where('i.source', '=', p.source)
          .where('i.source', 'like', 'http%')
          .where(sql<SqlBool>`i.content_hash is distinct from ${p.contentHash}`),
      ),
    )
    .orderBy('p.id')
    .forNoKeyUpdate();
}

/** The pictures of these products from an address. */
export function picturesOfSource(db: Kysely<Database>, p: { source: string; productIds: readonly string[] }) {
  return db
    .selectFrom('product_image as i')
    .select(['i.product_id', 'i.id', 'i.position', 'i.looks', 'i.source', 'i.content_hash'])
    .where('i.source', '=', p.source)
    .where('i.product_id', '=', sql<string>`any(${p.productIds}::uuid[])`);
}

/** Forgets addresses that no picture comes from any more. */
export function deleteUnusedSources(db: Kysely<Database>) {
  return db
    .deleteFrom('picture_source as s')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('product_image as i')
            .select('i.id')
            .whereRef('i.source', '=', 's.source')
            .where('i.source', 'like', 'http%'),
        ),
      ),
    );
}

/** Which of these contents are a picture of a product. */
export function contentsInUse(contentHashes: readonly string[]): RawBuilder<{ content_hash: string }> {
  return sql<{ content_hash: string }>`
    select c.content_hash from unnest(${contentHashes}::text[]) as c (content_hash)
    where exists (select from product_image as i where i.content_hash = c.content_hash)`;
}
