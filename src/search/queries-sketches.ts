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

export interface LookedUpFirst {
  /** Some of the conditions, which are looked up before all others; none: PostgreSQL chooses. */
  readonly first: Conditions;
}

/**
 * Products that hold for the conditions, with or without vectors. The conditions stand in a CTE of their own: behind a limit PostgreSQL would read the whole table in the hope
 * of finding so many soon, also where there is none.
 */
export function fewProducts(db: Kysely<Database>, p: SketchedProducts & LookedUpFirst & { limit: number }) {
  return db
    .with(
      (cte) => cte('matching').materialized(),
      (query) =>
        query
          .selectFrom(sql<{ id: string }>`${sketchesOf(p.table, p)}`.as(sql.ref('p')))
          .select(sql<string>`p.id`.as('id'))
          .where(all(p.where)),
    )
    .selectFrom('matching')
    .select('id')
    .distinct()
    .limit(p.limit);
}

/** Where and how vectors of one kind are looked for. */
export interface SketchedKind extends LookedUpFirst {
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

export interface NearestSketches extends SketchedProducts {
  readonly modelId: string;
  /** One or both. */
  readonly kinds: readonly SketchedKind[];
  /** Products of each kind. */
  readonly limit: number;
}

export interface SketchedRow {
  readonly kind: SketchedKind['kind'];
  readonly product_id: string;
  /** Cosine distance of its nearest vector. */
  readonly distance: number;
  /** Vectors of its kind that were compared, in all. */
  readonly compared: number;
}

/**
 * The nearest products by sketches: of those that hold for the conditions the ones whose bits differ least from the query's, then by the distance of their vectors, for each kind of vectors.
 * `compared` beside each: fewer than asked for means that there are no others.
 */
export function nearestBySketch(p: NearestSketches): RawBuilder<SketchedRow> {
  return sql`${sql.join(
    p.kinds.map((kind) => sql`(${nearestOfKind(p, kind)})`),
    sql` union all `,
  )}`;
}

function nearestOfKind(p: NearestSketches, of: SketchedKind): RawBuilder<SketchedRow> {
  const isPicture = of.kind === 'PICTURE';
  const thresholds = isPicture
    ? { centre: sql.ref('m.picture_centre'), spread: sql.ref('m.picture_spread') }
    : { centre: sql.ref('m.text_centre'), spread: sql.ref('m.text_spread') };
  const key = isPicture ? sql`e.product_id = n.id and e.image_id = n.image_id` : sql`e.product_id = n.id`;
  return sql`
    with sketch as materialized (
      select ${sketchOf(of.query, thresholds)} as bits from embedding_model as m where m.id = ${p.modelId}::uuid
    ),
    nearest as materialized (
      select p.id, p.image_id from ${sketchesOf(p.table, of)} as p
      where ${all([inClusters(of), ...p.where])}
      order by ${hammingDistance(sql.ref('p.bits'), sql`(select bits from sketch)`)}
      limit ${of.compared}
    )
    select ${sql.lit(of.kind)} as kind, e.product_id, min(${cosineDistance(sql.ref('e.embedding'), vectorParameter(of.query))}) as distance,
      (select count(*)::integer from nearest) as compared
    from nearest as n
    inner join ${sql.table(of.vectors)} as e on ${key}
    group by e.product_id
    order by distance, e.product_id
    limit ${p.limit}`;
}

/** Behind `offset 0` PostgreSQL looks up these conditions by themselves. */
function sketchesOf(table: string, { first }: LookedUpFirst): RawBuilder<unknown> {
  return first.length === 0
    ? sql.table(table)
    : sql`(select * from ${sql.table(table)} as p where ${all(first)} offset 0)`;
}

function inClusters({ kind, clusters }: SketchedKind): RawBuilder<SqlBool> {
  if (clusters !== undefined) return sql<SqlBool>`p.cluster = any(${clusters}::integer[])`;
  return kind === 'PICTURE' ? sql<SqlBool>`p.cluster > 0` : sql<SqlBool>`p.cluster < 0`;
}
