import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { cosineDistance, hammingDistance, sketchOf, vectorParameter } from '../database/vector-sql.ts';
import type { Embedding } from '../embedding-vector.ts';
import { all } from './product-filter.ts';
import type { Conditions } from './queries-neighbours.ts';

/** The filter columns of `product as p` are in a table of sketches under the same names, so conditions of filters hold for it, `as p`, too; those on words do not. */
export interface SketchedProducts {
  /** embedding_model.sketch_table */
  readonly table: string;
  readonly where: Conditions;
}

/**
 * Products that hold for the conditions, with or without vectors. The conditions stand in a CTE of their own: behind a limit PostgreSQL would read the whole table in the hope
 * of finding so many soon, also where there is none.
 */
export function fewProducts(db: Kysely<Database>, p: SketchedProducts & { limit: number }) {
  return db
    .with(
      (cte) => cte('matching').materialized(),
      (query) =>
        query
          .selectFrom(sql<{ id: string }>`${sql.table(p.table)}`.as(sql.ref('p')))
          .select(sql<string>`p.id`.as('id'))
          .where(all(p.where)),
    )
    .selectFrom('matching')
    .select('id')
    .distinct()
    .limit(p.limit);
}

export interface NearestSketches extends SketchedProducts {
  readonly modelId: string;
  /** embedding_model.image_table, or text_table for products without a picture. */
  readonly vectors: string;
  /** What is compared: pictures of these clusters, pictures of all, or the texts of products without a picture. */
  readonly among: { readonly clusters: readonly number[] } | 'PICTURES' | 'TEXTS';
  readonly query: Embedding;
  /** Sketches whose vectors are compared. */
  readonly compared: number;
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
 * The nearest products by sketches: of those that hold for the conditions the ones whose bits differ least from the query's, then by the distance of their vectors.
 * `compared` beside each: fewer than asked for means that there are no others.
 */
export function nearestBySketch(p: NearestSketches): RawBuilder<SketchedRow> {
  const texts = p.among === 'TEXTS';
  const centre = sql.ref(texts ? 'm.text_centre' : 'm.picture_centre');
  const key = texts ? sql`e.product_id = n.id` : sql`e.product_id = n.id and e.image_id = n.image_id`;
  return sql`
    with sketch as materialized (
      select ${sketchOf(p.query, centre)} as bits from embedding_model as m where m.id = ${p.modelId}::uuid
    ),
    nearest as materialized (
      select p.id, p.image_id from ${sql.table(p.table)} as p
      where ${all([inClusters(p.among), ...p.where])}
      order by ${hammingDistance(sql.ref('p.bits'), sql`(select bits from sketch)`)}
      limit ${p.compared}
    )
    select e.product_id, min(${cosineDistance(sql.ref('e.embedding'), vectorParameter(p.query))}) as distance,
      (select count(*)::integer from nearest) as compared
    from nearest as n
    inner join ${sql.table(p.vectors)} as e on ${key}
    group by e.product_id
    order by distance, e.product_id
    limit ${p.limit}`;
}

function inClusters(among: NearestSketches['among']): RawBuilder<SqlBool> {
  if (among === 'PICTURES') return sql<SqlBool>`p.cluster > 0`;
  if (among === 'TEXTS') return sql<SqlBool>`p.cluster = 0`;
  return sql<SqlBool>`p.cluster = any(${among.clusters}::integer[])`;
}
