// The statements about models and their tables; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, EmbeddingModelTable, EmbeddingPair } from './tables.ts';
import { hnswIndexStands } from './vector-sql.ts';

/** All of a row but its vectors, which are long. */
const MODEL_COLUMNS = [
  'id',
  'name',
  'version',
  'manifest_hash',
  'dimensions',
  'state',
  'image_table',
  'text_table',
] as const satisfies readonly (keyof EmbeddingModelTable)[];

/** What statements here tell of a model. */
export type ModelColumns = Pick<EmbeddingModelTable, (typeof MODEL_COLUMNS)[number]>;

/** What arbitrary pairs score; see the table embedding_statistic. */
export interface EmbeddingStatistic {
  readonly mean: number;
  readonly standardDeviation: number;
  /** What the catalogue's own vectors find at best, on average; null where that was not measured. */
  readonly nearestMean: number | null;
}

/** Key of the advisory lock under which models are registered and activated. */
const MODEL_LOCK = 0x4c47_0001;

/** Has registering and activating wait for each other, until the transaction ends. */
export function lockModels(): RawBuilder<unknown> {
  return sql`select pg_advisory_xact_lock(${MODEL_LOCK})`;
}

/** All models that have tables here: the active one first, then in the order in which they came. */
export function registeredModels(db: Kysely<Database>) {
  return db
    .selectFrom('embedding_model')
    .select(MODEL_COLUMNS)
    .orderBy(sql`state <> 'ACTIVE'`)
    .orderBy('created_at')
    .orderBy('id');
}

/** Whether there is an active model: one row, or none. */
export function activeModelId(db: Kysely<Database>) {
  return db.selectFrom('embedding_model').select('id').where('state', '=', 'ACTIVE');
}

/** Adds a model, ACTIVE or BUILDING. */
export function insertModel(db: Kysely<Database>, model: ModelColumns) {
  return db
    .insertInto('embedding_model')
    .values({ ...model, activated_at: model.state === 'ACTIVE' ? sql<Date>`now()` : null });
}

/** Makes the tables of a model's vectors. */
export function createEmbeddingTables({
  image_table,
  text_table,
  dimensions,
}: Pick<ModelColumns, 'image_table' | 'text_table' | 'dimensions'>): RawBuilder<unknown> {
  return sql`select create_embedding_tables(${image_table}, ${text_table}, ${dimensions})`;
}

/**
 * What searches must know of a model, but whether it has texts to compare and its clusters.
 *
 * @param which - the active one, or one by its id
 */
export function searchableModel(db: Kysely<Database>, which: 'ACTIVE' | { readonly id: string }) {
  return db
    .selectFrom('embedding_model as m')
    .select(MODEL_COLUMNS.map((column) => `m.${column}` as const))
    .select(['m.sketch_table', 'm.sketched_at', 'm.scan_costs', 'm.cluster_scatter'])
    .select([
      hnswIndexStands(sql.ref('m.image_table')).as('indexed'),
      sql<number>`(select greatest(reltuples, 0)::float8 from pg_class where oid = to_regclass(m.image_table))`.as(
        'estimated_pictures',
      ),
      sql<Partial<Record<EmbeddingPair, EmbeddingStatistic>> | null>`(
        select jsonb_object_agg(s.pair, jsonb_build_object('mean', s.mean, 'standardDeviation', s.standard_deviation, 'nearestMean', s.nearest_mean))
        from embedding_statistic as s
        where s.model_id = m.id)`.as('statistics'),
    ])
    .where(which === 'ACTIVE' ? sql<boolean>`m.state = 'ACTIVE'` : sql<boolean>`m.id = ${which.id}::uuid`);
}

/** Whether any product is compared by its text, because it has no vector of a picture. */
export function anyPictureless(textTable: string): RawBuilder<{ found: boolean }> {
  return sql<{ found: boolean }>`select exists (select from ${sql.table(textTable)} where pictureless) as found`;
}

/** Pictures that can be embedded: all but those that FAILED and those that are no look. */
export function countEmbeddablePictures(): RawBuilder<{ count: number }> {
  return sql<{ count: number }>`select count(*) as count from product_image where state in ('PENDING', 'READY')`;
}

/** Pictures that have a vector of a model. */
export function countEmbeddedPictures(imageTable: string): RawBuilder<{ count: number }> {
  return sql<{ count: number }>`select count(*) as count from ${sql.table(imageTable)}`;
}

/** Retires the active model, unless it is this one. */
export function retireOtherModels(db: Kysely<Database>, modelId: string) {
  return db
    .updateTable('embedding_model')
    .set({ state: 'RETIRED' })
    .where('state', '=', 'ACTIVE')
    .where('id', '<>', modelId);
}

/** Makes a model the active one. */
export function activateModel(db: Kysely<Database>, modelId: string) {
  return db
    .updateTable('embedding_model')
    .set({ state: 'ACTIVE', activated_at: sql<Date>`now()` })
    .where('id', '=', modelId);
}
