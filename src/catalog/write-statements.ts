// The statements that write products, one function each; none is run here. Rows go in as one JSON parameter, so a statement reads
// the same for one row as for 16,000, and stays under the 65,535 parameters of PostgreSQL's protocol.
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Availability } from '../database/closed-sets.ts';
import type { Database } from '../database/tables.ts';
import type { Attributes } from './product-input.ts';
import { eachText, type ProductTexts } from './product-texts.ts';
import { records } from './records.ts';
import type { CategoryWordColumns, ProductWordColumns } from './words/word-columns.ts';

/** A row to be written to category. */
export interface CategoryRecord extends CategoryWordColumns {
  readonly id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly path: readonly string[];
  readonly ancestor_ids: readonly string[];
}

/** A row to be written to product, and what it is found by. */
export type AnalyzedProduct = ProductRecord & ProductWordColumns;

/** What a shop says of a product, and what its variants have together: as triggers of product_variant say it. */
export interface ProductRecord extends ProductTexts {
  readonly id: string;
  readonly group_id: string;
  readonly title: string;
  readonly category_id: string | null;
  /** Null for none. */
  readonly further_category_ids: readonly string[] | null;
  readonly link: string | null;
  readonly options: readonly string[];
  readonly attributes: Attributes;
  readonly common_attributes: Attributes;
  readonly codes: readonly string[];
  readonly variant_count: number;
  readonly look_count: number;
  readonly price_lowest: string | null;
  readonly price_highest: string | null;
  readonly price_currency: string | null;
  readonly availability: Availability;
  readonly on_sale: boolean;
  readonly content_hash: string;
}

/** Names a row of product_image. */
export interface ImageKey {
  readonly product_id: string;
  readonly id: string;
}

/** A new place for a picture that stays. */
export interface ImageMove extends ImageKey {
  readonly position: number;
  readonly looks: readonly number[] | null;
  readonly source_version: string | null;
}

/** A row to be written to product_image. */
export interface ImageRecord extends ImageMove {
  readonly source: string;
  readonly content_hash: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: 'PENDING' | 'FAILED';
  readonly failure: string | null;
}

/** Their pictures' rows. */
export function storedImages(db: Kysely<Database>, productIds: readonly string[]) {
  return db
    .selectFrom('product_image')
    .select([
      'product_id',
      'id',
      'position',
      'looks',
      'source',
      'source_version',
      'content_hash',
      'width',
      'height',
      'state',
      'failure',
    ])
    .where('product_id', '=', sql<string>`any(${productIds}::uuid[])`);
}

/** The pictures of these products that could not be read. */
export function failedImages(db: Kysely<Database>, productIds: readonly string[]) {
  return storedImages(db, productIds).where('state', '=', 'FAILED');
}

/** Holds those that are there until the end of the transaction; in the order of their ids, so that two writers do not wait for each other. */
export function lockProducts(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate();
}

/** Parents and children in one statement: the foreign key is checked at its end. In the order of ids, against deadlocks. */
export function insertCategories(db: Kysely<Database>, categories: readonly CategoryRecord[]) {
  return db
    .insertInto('category')
    .columns(CATEGORY_COLUMNS)
    .expression((eb) =>
      eb
        .selectFrom(records(categories, CATEGORY_TYPES))
        .select(CATEGORY_COLUMNS.map((column) => `r.${column}` as const))
        .orderBy('r.id'),
    )
    .onConflict((conflict) => conflict.doNothing());
}

/**
 * Writes prices, availability and the hash of products of which nothing else changed (but pictures); returns their ids. Columns that
 * an index holds are not even mentioned, so generated ones are not made anew and the update is HOT.
 */
export function updateOffers(db: Kysely<Database>, products: readonly ProductRecord[]) {
  return (
    db
      .updateTable('product as p')
      .from(records(products, PRODUCT_TYPES))
      .set((eb) => ({
        ...Object.fromEntries(OFFER_COLUMNS.map((column) => [column, eb.ref(`r.${column}`)])),
        updated_at: sql<Date>`now()`,
      }))
      .whereRef('p.id', '=', 'r.id')
      .where(sql<SqlBool>`${sql.join(KEPT_COLUMNS.map(isKept), sql` and `)}`)
      // What triggers have said anew already of a product that a variant left has no words of it yet.
      .where('p.words_version', 'is not', null)
      .returning('p.id')
  );
}

/** Inserts products, or replaces all that is said of those that are there. In the order of ids, against deadlocks. */
export function insertProducts(db: Kysely<Database>, products: readonly AnalyzedProduct[]) {
  return db
    .insertInto('product')
    .columns([...PRODUCT_COLUMNS, ...WORD_COLUMNS])
    .expression((eb) =>
      eb
        .selectFrom(records(products, { ...PRODUCT_TYPES, ...WORD_TYPES }))
        .select([...PRODUCT_COLUMNS, ...WORD_COLUMNS].map((column) => `r.${column}` as const))
        .orderBy('r.id'),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        ...Object.fromEntries(
          [...KEPT_COLUMNS, ...OFFER_COLUMNS, ...WORD_COLUMNS].map((column) => [column, eb.ref(`excluded.${column}`)]),
        ),
        updated_at: sql<Date>`now()`,
      })),
    );
}

/** Deletes pictures. Their vectors go with them, in the tables of all models (foreign keys). */
export function deleteImages(db: Kysely<Database>, images: readonly ImageKey[]) {
  return db
    .deleteFrom('product_image as i')
    .using(records(images, IMAGE_KEY_TYPES))
    .whereRef('i.product_id', '=', 'r.product_id')
    .whereRef('i.id', '=', 'r.id');
}

/** Rows must not be there; their products must be held (lockProducts, insertProducts). */
export function insertImages(db: Kysely<Database>, images: readonly ImageRecord[]) {
  return db
    .insertInto('product_image')
    .columns(IMAGE_COLUMNS)
    .expression((eb) =>
      eb
        .selectFrom(records(images, IMAGE_TYPES))
        .select(IMAGE_COLUMNS.map((column) => `r.${column}` as const))
        .orderBy('r.product_id')
        .orderBy('r.id'),
    );
}

/** For pictures that stay the same picture: their state and vectors are not touched. */
export function moveImages(db: Kysely<Database>, images: readonly ImageMove[]) {
  return db
    .updateTable('product_image as i')
    .from(records(images, IMAGE_MOVE_TYPES))
    .set((eb) => ({
      position: eb.ref('r.position'),
      looks: eb.ref('r.looks'),
      source_version: eb.ref('r.source_version'),
    }))
    .whereRef('i.product_id', '=', 'r.product_id')
    .whereRef('i.id', '=', 'r.id');
}

/** Pictures and vectors go with them (foreign keys). Locked in the order of ids first, against deadlocks. */
export function deleteProductsById(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .with('doomed', (cte) =>
      cte
        .selectFrom('product')
        .select('id')
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .orderBy('id')
        .forUpdate(),
    )
    .deleteFrom('product')
    .using('doomed')
    .whereRef('product.id', '=', 'doomed.id');
}

const CATEGORY_TYPES = {
  id: 'uuid',
  parent_id: 'uuid',
  name: 'text',
  path: 'text[]',
  ancestor_ids: 'uuid[]',
  name_key: 'text',
  numberless_key: 'text',
  words: 'tsvector',
  words_version: 'text',
} as const;
const CATEGORY_COLUMNS = Object.keys(CATEGORY_TYPES) as (keyof typeof CATEGORY_TYPES)[];

const PRODUCT_TYPES = {
  id: 'uuid',
  group_id: 'text',
  title: 'text',
  ...eachText(() => 'text' as const),
  category_id: 'uuid',
  further_category_ids: 'uuid[]',
  link: 'text',
  options: 'text[]',
  attributes: 'jsonb',
  common_attributes: 'jsonb',
  codes: 'text[]',
  variant_count: 'smallint',
  look_count: 'smallint',
  price_lowest: 'numeric',
  price_highest: 'numeric',
  price_currency: 'text',
  availability: 'text',
  on_sale: 'boolean',
  content_hash: 'text',
} as const;
/** Of product: what a shop says, and the id and hash of it. */
const PRODUCT_COLUMNS = Object.keys(PRODUCT_TYPES) as (keyof typeof PRODUCT_TYPES)[];
const WORD_TYPES = {
  words: 'tsvector',
  title_key: 'text',
  title_key_bare: 'text',
  brand_key: 'text',
  title_words: 'tsvector',
  words_version: 'text',
} as const;
const WORD_COLUMNS = Object.keys(WORD_TYPES) as (keyof typeof WORD_TYPES)[];
/** What changes a thousand times more often than all else. */
const OFFER_COLUMNS = [
  'price_lowest',
  'price_highest',
  'price_currency',
  'availability',
  'on_sale',
  'content_hash',
] as const;
type OfferColumn = (typeof OFFER_COLUMNS)[number];
/** All else that a product may change. */
const KEPT_COLUMNS = PRODUCT_COLUMNS.filter(
  (column): column is Exclude<keyof ProductRecord, OfferColumn | 'id' | 'group_id'> =>
    !['id', 'group_id', ...OFFER_COLUMNS].includes(column),
);

const IMAGE_KEY_TYPES = { product_id: 'uuid', id: 'uuid' } as const;
const IMAGE_MOVE_TYPES = {
  ...IMAGE_KEY_TYPES,
  position: 'integer',
  looks: 'smallint[]',
  source_version: 'text',
} as const;
const IMAGE_TYPES = {
  ...IMAGE_MOVE_TYPES,
  source: 'text',
  content_hash: 'text',
  width: 'integer',
  height: 'integer',
  state: 'text',
  failure: 'text',
} as const;
const IMAGE_COLUMNS = Object.keys(IMAGE_TYPES) as (keyof typeof IMAGE_TYPES)[];

function isKept(column: string): RawBuilder<unknown> {
  return sql`${sql.ref(`p.${column}`)} is not distinct from ${sql.ref(`r.${column}`)}`;
}
