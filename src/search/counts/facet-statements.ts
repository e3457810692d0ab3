import { type RawBuilder, sql } from 'kysely';
import { type FieldKind, fieldOfFacet } from '../filter/fields.ts';
import { all } from '../filter/product-filter.ts';
import { scopePredicates } from '../filter/product-scope.ts';
import { isNarrowed, type ProductScores, scoredResult } from '../ranking/ranking-statements.ts';
import type { FacetField } from '../request/search-request.ts';

/** Fields that are counted over the same products. */
export interface FacetGroup {
  readonly scores: ProductScores;
  readonly fields: readonly { readonly field: FacetField; readonly number: number }[];
}

/** One value of one field; or, with no value, the number of products that were looked at to count it. */
export interface FacetRow {
  readonly number: number;
  readonly value: string | null;
  readonly count: number;
  readonly category_id: string | null;
  readonly min: string | null;
  readonly max: string | null;
}

/** Values of a facet at most: more help nobody to choose. */
const MAX_VALUES = 100;

/**
 * Counts the values of all fields in one statement.
 *
 * @param limit - products that are looked at for each group: at most one more than this
 */
export function facetCounts(groups: readonly FacetGroup[], limit: number): RawBuilder<FacetRow> {
  const tables = groups.map((group, index) => sql`${counted(index)} as materialized (${products(group, limit)})`);
  const selects = groups.flatMap((group, index) => [
    ...group.fields.map(({ field, number }) => valuesOf(field, number, counted(index))),
    ...group.fields.map(
      ({ number }) =>
        sql`(select ${sql.lit(number)}, null, ${lookedAt(group)}, null, null, null from ${counted(index)})`,
    ),
  ]);
  return sql<FacetRow>`with ${sql.join(tables)}
    select number, value, count, category_id, min, max
    from (${sql.join(selects, sql` union all `)}) as facet (number, value, count, category_id, min, max)
    order by number, count desc, value`;
}

function counted(index: number): RawBuilder<unknown> {
  return sql.id(`counted_${index}`);
}

/** Products in scope: where relevance narrows the result further, more than are in it. */
function lookedAt({ scores }: FacetGroup): RawBuilder<number> {
  return isNarrowed(scores) ? sql`max(matching_count)` : sql`count(*)::integer`;
}

/** The products of a group, with the columns that its fields are about; one row of nulls beside the number looked at where relevance leaves none. */
function products({ scores, fields }: FacetGroup, limit: number): RawBuilder<unknown> {
  const columns = sql.join([
    sql`p.id`,
    ...fields.map(({ field, number }) => sql`${columnOf(field)} as ${column(number)}`),
  ]);
  if (!isNarrowed(scores))
    return sql`select ${columns} from product as p where ${all(scopePredicates(scores))} limit ${limit + 1}`;
  const narrowed: ProductScores = { ...scores, atMost: { products: limit, beyond: 'SO_MANY' } };
  return sql`with ${scoredResult(narrowed, sql`, ${sql.join(fields.map(({ field, number }) => sql`${columnOf(field)} as ${column(number)}`))}`)}
    select * from (select count(*)::integer as matching_count from matching) as looked_at left join result on true`;
}

function column(number: number): RawBuilder<unknown> {
  return sql.id(`value_${number}`);
}

/** What a field is about, of `product as p`. */
function columnOf(field: FacetField): RawBuilder<unknown> {
  if ('attribute' in field) return sql`p.attributes -> ${field.attribute}`;
  return sql.ref(`p.${fieldOfFacet(field.builtIn).field.column}`);
}

function valuesOf(field: FacetField, number: number, from: RawBuilder<unknown>): RawBuilder<unknown> {
  const kind = 'attribute' in field ? 'attributes' : fieldOfFacet(field.builtIn).field.kind;
  return VALUES[kind](number, sql`c.${column(number)}`, from);
}

/** What counts: the number of the field among those asked for, its values in a row of the counted products, and where these are. */
type CountValues = (number: number, value: RawBuilder<unknown>, from: RawBuilder<unknown>) => RawBuilder<unknown>;

const mostFrequent = (number: number, counts: RawBuilder<unknown>) =>
  sql`(select ${sql.lit(number)}::integer, value, count, null::uuid, null::text, null::text from (${counts} order by 2 desc, 1 limit ${sql.lit(MAX_VALUES)}) as v (value, count))`;

const singleValues: CountValues = (number, value, from) =>
  mostFrequent(number, sql`select ${value}, count(*)::integer from ${from} as c where ${value} is not null group by 1`);

/** One row, also where nothing has a value. */
const leastAndMost: CountValues = (number, value, from) =>
  sql`(select ${sql.lit(number)}::integer, '', count(${value})::integer, null::uuid, min(${value})::text, max(${value})::text from ${from} as c)`;

/** Each product counts in its category and in all above. */
const categories: CountValues = (number, value, from) => sql`(
  select ${sql.lit(number)}::integer, array_to_string(named.path, ' > '), found.count, found.id, null::text, null::text
  from (
    select above.id, sum(direct.count)::integer as count
    from (select ${value} as id, count(*) as count from ${from} as c group by 1) as direct
    inner join category on category.id = direct.id
    cross join lateral unnest(category.ancestor_ids) as above (id)
    group by 1) as found
  inner join category as named on named.id = found.id
  order by found.count desc, named.path limit ${sql.lit(MAX_VALUES)})`;

const valuesOfAttribute: CountValues = (number, value, from) =>
  mostFrequent(
    number,
    sql`
      select item.value, count(*)::integer from ${from} as c
      cross join lateral (select distinct jsonb_array_elements_text(${value}) as value) as item
      group by 1`,
  );

/** Rows of a facet on a field of each kind. */
const VALUES: Readonly<Record<FieldKind, CountValues>> = {
  tree: categories,
  value: singleValues,
  flag: singleValues,
  values: singleValues,
  code: singleValues,
  range: leastAndMost,
  period: leastAndMost,
  attributes: valuesOfAttribute,
  numbers: valuesOfAttribute,
};
