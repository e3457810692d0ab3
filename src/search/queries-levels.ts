import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { cosineDistance, vectorParameter } from '../database/vector-sql.ts';
import { all } from './product-filter.ts';
import type { Conditions } from './queries-neighbours.ts';
import type { CalibratedVector, QueryVectors } from './search-query.ts';

/** Products among which the nearest are looked for. */
export interface Level {
  readonly where: Conditions;
  /** It is left out where a level before it has so many matching products. */
  readonly unless: number;
}

export interface NearestOfLevels {
  /** At least one. */
  readonly levels: readonly Level[];
  /** embedding_model.image_table */
  readonly imageTable: string;
  /** embedding_model.text_table; undefined where every product has a picture. */
  readonly textTable: string | undefined;
  readonly query: Pick<QueryVectors, 'pictures' | 'texts'>;
  /** Levels with more matching products are counted, so far, and not compared. */
  readonly exactLimit: number;
  /** Products of each level. */
  readonly limit: number;
}

export interface LevelRow {
  /** Place of the level, from 0. */
  readonly level: number;
  /** Products that hold, counted no further than one more than `exactLimit`; null where the level was left out. */
  readonly matching: number | null;
  /** The nearest of them by calibrated score, best first. */
  readonly ids: readonly string[];
}

/**
 * For each level the nearest of its products, all of them compared: by their nearest picture or, where they have none, by their text. One row for each level, in order.
 *
 * What matches is found once, and each vector is compared once, whatever number of levels its product is of. A level that is left out costs nothing.
 */
export function nearestOfLevels(p: NearestOfLevels): RawBuilder<LevelRow> {
  const levels = p.levels.map((level, index) => ({ ...level, index, gate: gateOf(level, index) }));
  const matching = levels.map(
    ({ index, where, gate }) => sql`${nameOf(index)} as materialized (
      select p.id from product as p where ${all([...where, ...gate])} limit ${p.exactLimit + 1}
    )`,
  );
  const few = levels.map(
    ({ index }) => sql`select id from ${nameOf(index)} where ${countOf(index)} <= ${p.exactLimit}`,
  );
  const rows = levels.map(
    ({
      index,
      gate,
    }) => sql`select ${sql.lit(index)} as level, ${index === 0 ? countOf(0) : sql`case when ${all(gate)} then ${countOf(index)} end`} as matching,
      array_to_json(array(
        select m.id from ${nameOf(index)} as m inner join compared as c on c.id = m.id
        where c.score is not null
        order by c.score desc, m.id
        limit ${p.limit})) as ids`,
  );
  return sql`
    with ${sql.join(matching)},
    few as materialized (
      ${sql.join(few, sql` union `)}
    ),
    compared as materialized (
      ${scores(p)}
    )
    ${sql.join(rows, sql` union all `)}
    order by level`;
}

/** Conditions of their own on the counts before: the database looks at nothing else where one does not hold. */
function gateOf({ unless }: Level, index: number): RawBuilder<SqlBool>[] {
  return Array.from({ length: index }, (_, before) => sql<SqlBool>`${countOf(before)} < ${unless}`);
}

/**
 * Vectors are looked up for each product: PostgreSQL expects thousands where a level that will be left out has them, and would read the whole table for a few.
 * Behind `offset 0` that is done once for each, however often its result is asked for.
 */
function scores({ imageTable, textTable, query }: NearestOfLevels): RawBuilder<unknown> {
  const distance = ({ vector }: CalibratedVector) => cosineDistance(sql.ref('e.embedding'), vectorParameter(vector));
  const nearestPicture = sql<number>`(
        select min(${distance(query.pictures)}) from ${sql.table(imageTable)} as e where e.product_id = few.id)`;
  const byPicture = calibrated(query.pictures, sql`c.distance`);
  const byText =
    textTable &&
    sql`(
        select ${calibrated(query.texts, distance(query.texts))} from ${sql.table(textTable)} as e
        where e.product_id = c.id and c.distance is null)`;
  return sql`
      select c.id, ${byText ? sql`coalesce(${byPicture}, ${byText})` : byPicture} as score
      from (select few.id, ${nearestPicture} as distance from few offset 0) as c`;
}

function calibrated({ mean, standardDeviation }: CalibratedVector, distance: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(1 - (${distance}) - ${mean}::float8) / ${standardDeviation}::float8`;
}

function nameOf(level: number): RawBuilder<unknown> {
  return sql.table(`matching_${level}`);
}

function countOf(level: number): RawBuilder<number> {
  return sql<number>`(select count(*)::integer from ${nameOf(level)})`;
}
