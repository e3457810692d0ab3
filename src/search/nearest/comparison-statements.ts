import { type RawBuilder, sql } from 'kysely';
import { cosineDistance, vectorParameter } from '../../database/vector-sql.ts';
import { all } from '../filter/product-filter.ts';
import { type ProductScope, scopePredicates } from '../filter/product-scope.ts';
import type { CalibratedVector, QueryVectors } from '../query/search-query.ts';

export interface NearestOfFew extends ProductScope {
  /** embedding_model.image_table */
  readonly imageTable: string;
  /** embedding_model.text_table; undefined where every product has a picture. */
  readonly textTable: string | undefined;
  readonly vectors: Pick<QueryVectors, 'pictures' | 'texts'>;
  readonly picturesFirst: boolean;
  /** More products in scope are counted, so far, and not compared. */
  readonly exactLimit: number;
  /** Products. */
  readonly limit: number;
}

export interface FewRow {
  /** Products in scope, counted no further than one more than `exactLimit`. */
  readonly matching: number;
  /** The nearest of them by calibrated score, best first: ids and scores. What has no vector scores 0, as where products are ranked: words may find it all the same. */
  readonly nearest: readonly (readonly [id: string, score: number])[];
}

/**
 * The nearest of the products in scope, all of them compared: by their nearest picture or, where they have none, by their text. One row, which says how many there are; none are compared where they are too many.
 *
 * Vectors are looked up for each product: PostgreSQL expects thousands where words are common, and would read the whole table for a few. Behind `offset 0` that is done once for each, however often its
 * result is asked for.
 */
export function nearestOfFew(p: NearestOfFew): RawBuilder<FewRow> {
  const { imageTable, textTable, vectors } = p;
  const distance = ({ vector }: CalibratedVector) => cosineDistance(sql.ref('e.embedding'), vectorParameter(vector));
  const nearestPicture = sql<number>`(
          select min(${distance(vectors.pictures)}) from ${sql.table(imageTable)} as e where e.product_id = m.id)`;
  const byPicture = calibrated(vectors.pictures, sql`c.distance`);
  const byText =
    textTable &&
    sql`(
          select ${calibrated(vectors.texts, distance(vectors.texts))} from ${sql.table(textTable)} as e
          where e.product_id = c.id and c.distance is null)`;
  const order = (row: string) =>
    sql.raw(`${p.picturesFirst ? `${row}.pictureless, ` : ''}${row}.score desc, ${row}.id`);
  return sql`
    with matching as materialized (
      select p.id from product as p where ${all(scopePredicates(p))} limit ${p.exactLimit + 1}
    ),
    counted as materialized (
      select count(*)::integer as matching from matching
    ),
    compared as (
      select c.id, c.distance is null as pictureless, coalesce(${byPicture}${byText ? sql`, ${byText}` : sql``}, 0) as score
      from (
        select m.id, ${nearestPicture} as distance from matching as m
        where (select matching from counted) <= ${p.exactLimit}
        offset 0
      ) as c
      offset 0
    )
    select counted.matching, (
      select coalesce(json_agg(json_build_array(near.id, near.score) order by ${order('near')}), '[]')
      from (select c.* from compared as c order by ${order('c')} limit ${p.limit}) as near) as nearest
    from counted`;
}

function calibrated({ mean, standardDeviation }: CalibratedVector, distance: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(1 - (${distance}) - ${mean}::float8) / ${standardDeviation}::float8`;
}
