import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { cosineDistance, hammingDistance, sketchOf, vectorParameter } from '../../database/vector-sql.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { all, boundPredicates, productPredicates, type ResolvedFilter } from '../filter/product-filter.ts';

/** The filter columns of `product as p` are in a table of sketches under the same names, so the predicates of a filter are true of it, `as p`, too. It has no words. */
export interface SketchedProducts {
  /** embedding_model.sketch_table */
  readonly table: string;
  readonly filter: ResolvedFilter;
}

export interface SelectiveLookup {
  /** A part of the filter which is looked up before all others; undefined: PostgreSQL chooses. */
  readonly selective: ResolvedFilter | undefined;
}

/**
 * Products that satisfy the filter, with or without vectors. Its predicates stand in a CTE of their own: behind a limit PostgreSQL would read the whole table in the hope
 * of finding so many soon, also where there is none.
 */
export function fewProducts(db: Kysely<Database>, p: SketchedProducts & SelectiveLookup & { limit: number }) {
  return db
    .with(
      (cte) => cte('matching').materialized(),
      (query) =>
        query
          .selectFrom(sql<{ id: string }>`${sketchesOf(p.table, p)}`.as(sql.ref('p')))
          .select(sql<string>`p.id`.as('id'))
          .where(all(productPredicates(p.filter, 'SKETCH'))),
    )
    .selectFrom('matching')
    .select('id')
    .distinct()
    .limit(p.limit);
}

/** Where and how vectors of one kind are looked for. */
export interface SketchedKind extends SelectiveLookup {
  /** Texts are those of products without a picture. */
  readonly kind: 'PICTURE' | 'TEXT';
  /** embedding_model.image_table, or text_table. */
  readonly vectors: string;
  /** Numbers of clusters; undefined for all of the kind. */
  readonly clusters: readonly number[] | undefined;
  readonly query: Embedding;
  /** Sketches whose vectors are compared. */
  readonly compared: number;
}

export interface NearestSketches extends SketchedProducts, SketchedKind {
  readonly modelId: string;
  /** Products. */
  readonly limit: number;
}

export interface SketchedRow {
  readonly product_id: string;
  /** Cosine distance of its nearest vector. */
  readonly distance: number;
  /** Vectors that were compared, in all. */
  readonly compared: number;
}

/**
 * The nearest products by sketches: of those that satisfy the filter the ones whose bits differ least from the query's, then by the distance of their vectors.
 * `compared` beside each: fewer than asked for means that there are no others.
 *
 * Distances stand behind an `offset 0` of their own, or PostgreSQL would sort whole vectors by their products.
 */
export function nearestBySketch(p: NearestSketches): RawBuilder<SketchedRow> {
  const isPicture = p.kind === 'PICTURE';
  const thresholds = isPicture
    ? { centre: sql.ref('m.picture_centre'), spread: sql.ref('m.picture_spread') }
    : { centre: sql.ref('m.text_centre'), spread: sql.ref('m.text_spread') };
  const key = isPicture ? sql`e.product_id = n.id and e.image_id = n.image_id` : sql`e.product_id = n.id`;
  return sql`
    with sketch as materialized (
      select ${sketchOf(p.query, thresholds)} as bits from embedding_model as m where m.id = ${p.modelId}::uuid
    ),
    nearest as materialized (
      select p.id, p.image_id from ${sketchesOf(p.table, p)} as p
      where ${all([inClusters(p), ...productPredicates(p.filter, 'SKETCH')])}
      order by ${hammingDistance(sql.ref('p.bits'), sql`(select bits from sketch)`)}
      limit ${p.compared}
    )
    select product_id, min(distance) as distance, (select count(*)::integer from nearest) as compared
    from (
      select e.product_id, ${cosineDistance(sql.ref('e.embedding'), vectorParameter(p.query))} as distance
      from nearest as n
      inner join ${sql.table(p.vectors)} as e on ${key}
      offset 0
    ) as compared
    group by product_id
    order by distance, product_id
    limit ${p.limit}`;
}

/** Behind `offset 0` PostgreSQL looks the selective part up by itself. The whole filter is asked of what is found. */
function sketchesOf(table: string, { selective }: SelectiveLookup): RawBuilder<unknown> {
  return selective === undefined
    ? sql.table(table)
    : sql`(select * from ${sql.table(table)} as p where ${all(boundPredicates(selective))} offset 0)`;
}

function inClusters({ kind, clusters }: SketchedKind): RawBuilder<SqlBool> {
  if (clusters !== undefined) return sql<SqlBool>`p.cluster = any(${clusters}::integer[])`;
  return kind === 'PICTURE' ? sql<SqlBool>`p.cluster > 0` : sql<SqlBool>`p.cluster < 0`;
}
