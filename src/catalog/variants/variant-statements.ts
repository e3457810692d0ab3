// The statements that write variants, one function each; none is run here. Rows go in as one JSON parameter, as in write-statements.ts.
import { type Kysely, type OnConflictBuilder, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { Attributes } from '../product-input.ts';
import { records } from '../records.ts';
import type { OfferRecord } from './offer.ts';

/** Names a row of product_variant. */
export interface VariantKey {
  readonly product_id: string;
  readonly id: string;
}

/** A row to be written to product_variant. */
export interface VariantRecord extends VariantKey, OfferRecord {
  readonly sku: string;
  readonly position: number;
  readonly title: string | null;
  readonly attributes: Attributes;
  readonly gtin: string | null;
  readonly mpn: string | null;
  readonly link: string | null;
  readonly look: number;
  readonly image_ids: readonly string[];
  readonly content_hash: string;
}

/** New prices and stock of a variant of which nothing else has changed. */
export interface VariantOffer extends VariantKey, OfferRecord {
  /** What was said of all else, as it was read. */
  readonly content_hash: string;
}

/** Writes prices and stock of variants of which all else is still as it was read; returns which these are. No index is touched (HOT). Their products are held. */
export function updateVariantOffers(db: Kysely<Database>, offers: readonly VariantOffer[]) {
  return db
    .updateTable('product_variant as v')
    .from(records(offers, { ...VARIANT_KEY_TYPES, ...OFFER_TYPES, content_hash: 'text' }))
    .set((eb) => ({
      ...Object.fromEntries(OFFER_COLUMNS.map((column) => [column, eb.ref(`r.${column}`)])),
      updated_at: sql<Date>`now()`,
    }))
    .whereRef('v.product_id', '=', 'r.product_id')
    .whereRef('v.id', '=', 'r.id')
    .whereRef('v.content_hash', '=', 'r.content_hash')
    .returning('v.id');
}

/** Until the transaction ends, triggers of product_variant leave alone what products say of their variants: who calls this writes all of these products itself, more cheaply than SQL finds out. */
export function leaveProductsToWriter(): RawBuilder<unknown> {
  return sql`select set_config('lookgraph.products_written', 'on', true)`;
}

/** The products, other than those that they are to be of now, that variants are of. */
export function ownersOfVariants(db: Kysely<Database>, variants: readonly VariantKey[]) {
  return db
    .selectFrom('product_variant as v')
    .innerJoin(records(variants, VARIANT_KEY_TYPES), (join) => join.onRef('v.id', '=', 'r.id'))
    .whereRef('v.product_id', '<>', 'r.product_id')
    .select(['v.id', 'v.product_id']);
}

/** Deletes variants, by their keys. */
export function deleteVariantsByKey(db: Pick<Kysely<Database>, 'deleteFrom'>, variants: readonly VariantKey[]) {
  return db
    .deleteFrom('product_variant as v')
    .using(records(variants, VARIANT_KEY_TYPES))
    .whereRef('v.product_id', '=', 'r.product_id')
    .whereRef('v.id', '=', 'r.id');
}

/**
 * Deletes variants, and writes others, in one statement, so that triggers see what comes of it all. Of those of which nothing but price and stock changed only these are written: that touches no index (HOT).
 * What is so already is not written. Their products are held.
 */
export function writeVariants(
  db: Kysely<Database>,
  p: { readonly gone: readonly VariantKey[]; readonly variants: readonly VariantRecord[] },
) {
  return db
    .with('gone', (cte) => deleteVariantsByKey(cte, p.gone))
    .with('given', (cte) => cte.selectFrom(records(p.variants, VARIANT_TYPES)).selectAll('r'))
    .with('offered', (cte) =>
      cte
        .updateTable('product_variant as v')
        .from('given as r')
        .set((eb) => ({
          ...Object.fromEntries(OFFER_COLUMNS.map((column) => [column, eb.ref(`r.${column}`)])),
          updated_at: sql<Date>`now()`,
        }))
        .whereRef('v.product_id', '=', 'r.product_id')
        .whereRef('v.id', '=', 'r.id')
        .where(sql<boolean>`${said('v', DESCRIBED_COLUMNS)} is not distinct from ${said('r', DESCRIBED_COLUMNS)}`)
        .where(sql<boolean>`${said('v', OFFER_COLUMNS)} is distinct from ${said('r', OFFER_COLUMNS)}`),
    )
    .insertInto('product_variant')
    .columns(VARIANT_COLUMNS)
    .expression((eb) =>
      eb
        .selectFrom('given as r')
        .select(VARIANT_COLUMNS.map((column) => `r.${column}` as const))
        .where(
          sql<boolean>`not exists (
          select from product_variant as v
          where v.product_id = r.product_id and v.id = r.id and ${said('v', DESCRIBED_COLUMNS)} is not distinct from ${said('r', DESCRIBED_COLUMNS)})`,
        )
        .orderBy('r.product_id')
        .orderBy('r.id'),
    )
    .onConflict(variantReplaced);
}

/** Writes variants of new products: nothing of them is looked for. Of a product that somebody else has made since, they are replaced. */
export function insertVariants(db: Kysely<Database>, variants: readonly VariantRecord[]) {
  return db
    .insertInto('product_variant')
    .columns(VARIANT_COLUMNS)
    .expression((eb) =>
      eb
        .selectFrom(records(variants, VARIANT_TYPES))
        .select(VARIANT_COLUMNS.map((column) => `r.${column}` as const))
        .orderBy('r.product_id')
        .orderBy('r.id'),
    )
    .onConflict(variantReplaced);
}

function variantReplaced(conflict: OnConflictBuilder<Database, 'product_variant'>) {
  return conflict.columns(['product_id', 'id']).doUpdateSet((eb) => ({
    ...Object.fromEntries(
      [...DESCRIBED_COLUMNS, ...OFFER_COLUMNS].map((column) => [column, eb.ref(`excluded.${column}`)]),
    ),
    updated_at: whenSaid('product_variant', 'excluded'),
  }));
}

/** Now, where the shop says something else of a variant: its place and look may change with other variants of its product. */
function whenSaid(before: string, after: string) {
  const columns = ['content_hash', ...OFFER_COLUMNS];
  return sql<Date>`case when ${said(before, columns)} is distinct from ${said(after, columns)} then now() else ${sql.ref(`${before}.updated_at`)} end`;
}

function said(table: string, columns: readonly string[]) {
  return sql`(${sql.join(columns.map((column) => sql.ref(`${table}.${column}`)))})`;
}

const VARIANT_KEY_TYPES = { product_id: 'uuid', id: 'uuid' } as const;
const OFFER_TYPES = {
  price_amount: 'numeric',
  price_currency: 'text',
  compare_at_amount: 'numeric',
  availability: 'text',
  quantity: 'integer',
} as const;
const VARIANT_TYPES = {
  ...VARIANT_KEY_TYPES,
  sku: 'text',
  position: 'smallint',
  title: 'text',
  attributes: 'jsonb',
  ...OFFER_TYPES,
  gtin: 'text',
  mpn: 'text',
  link: 'text',
  look: 'smallint',
  image_ids: 'uuid[]',
  content_hash: 'text',
} as const;
const VARIANT_COLUMNS = Object.keys(VARIANT_TYPES) as (keyof typeof VARIANT_TYPES)[];
/** What changes a thousand times more often than all else. */
const OFFER_COLUMNS = Object.keys(OFFER_TYPES) as (keyof OfferRecord)[];
const DESCRIBED_COLUMNS = VARIANT_COLUMNS.filter(
  (column) => !['product_id', 'id', 'sku', ...OFFER_COLUMNS].some((other) => other === column),
);
