import { type RawBuilder, sql } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import { cosineDistance, vectorParameter } from '../../database/vector-sql.ts';
import type { Embedding } from '../../embedding-vector.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import { isByProduct, looksOfResult } from '../filter/result-units.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';

// What results are compared by, in the statement of ranking-statements.ts.

export interface ComparedVectors extends ProductScope, Pick<ResolvedSearch, 'query'> {
  /** Its tables of vectors; null without vectors. */
  readonly model: Pick<ActiveModel, 'imageTable' | 'textTable'> | null;
  /** The looks of `product as p` whose pictures are compared; null for all. (those of variants that satisfy the filter) */
  readonly looks?: RawBuilder<number[] | null> | undefined;
}

/** The nearest picture of each result, of those of its looks that satisfy the filter: who asks for red shirts is not shown the blue one. The order by id first is what makes it one row for each; `+ 0` is an expression that no vector index answers. */
export function nearestPictures(p: ComparedVectors, gate: RawBuilder<unknown>): RawBuilder<unknown> {
  const { query, model } = p;
  const ofLooks =
    comparedLooks(p) &&
    sql`
        and (m.looks is null or exists (
          select from product_image as i where i.product_id = e.product_id and i.id = e.image_id and (i.looks is null or i.looks && m.looks)))`;
  return sql`
      select distinct on (m.id) m.*, e.image_id, (${distanceTo(query?.vectors?.pictures.vector)}) + 0 as distance
      from matching as m
      left join ${sql.table(model?.imageTable ?? '')} as e on e.product_id = ${productOf('m', p)}${ofLooks ?? sql``}${gate}
      order by m.id, distance, e.image_id
    `;
}

/** Undefined where no picture is left out. */
export function comparedLooks(p: ComparedVectors): RawBuilder<number[] | null> | undefined {
  return p.looks ?? looksOfResult(p);
}

function distanceTo(vector: Embedding | undefined): RawBuilder<number> {
  return cosineDistance(sql.ref('e.embedding'), vector === undefined ? sql`null` : vectorParameter(vector));
}

/**
 * A product without a picture is compared by its text. A subquery, and not a join: it runs for those products alone; behind `offset 0`, and so once for
 * each, however often its result is asked for.
 */
export function textSimilarity({ query, model, collapse }: ComparedVectors): RawBuilder<number | null> {
  if (!query?.vectors || model === null) return sql<null>`null::float8`;
  return sql<number | null>`case when c.distance is null then (
        select 1 - (${distanceTo(query.vectors.texts.vector)}) from ${sql.table(model.textTable)} as e where e.product_id = ${productOf('c', { collapse })}) end`;
}

export function calibrated({ query }: ComparedVectors): RawBuilder<number | null> {
  if (!query?.vectors) return sql<null>`null::float8`;
  const { pictures, texts } = query.vectors;
  return sql<number | null>`case
          when c.distance is not null then (1 - c.distance - ${pictures.mean}::float8) / ${pictures.standardDeviation}::float8
          else (c.text_similarity - ${texts.mean}::float8) / ${texts.standardDeviation}::float8 end`;
}

/** Its column in a row of results. */
export function productOf(row: string, scope: Pick<ProductScope, 'collapse'>): RawBuilder<string> {
  return sql.raw(isByProduct(scope) ? `${row}.id` : `${row}.product_id`);
}
