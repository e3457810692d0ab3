import { type RawBuilder, sql } from 'kysely';
import { invariant } from '../../errors.ts';
import { type FieldKind, fieldOfFacet } from '../filter/fields.ts';
import { all, currencyOf } from '../filter/product-filter.ts';
import { isByProduct, resultId, resultPredicates, satisfyingVariantOf, unitsJoin } from '../filter/result-units.ts';
import { variantConjuncts } from '../filter/variant-conditions.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { isNarrowed, type ProductScores, scoredResult } from '../ranking/ranking-statements.ts';
import type { FacetField } from '../request/search-request.ts';

/** A field to count by. */
export interface CountedField {
  readonly field: FacetField;
  /** Its place among those asked for. */
  readonly number: number;
  /** The most frequent values, at most so many. */
  readonly limit: number;
}

/** Fields that are counted over the same products. */
export interface FacetGroup {
  readonly scores: ProductScores & Pick<ResolvedSearch, 'currency'>;
  readonly fields: readonly CountedField[];
}

/** One value of one field; or, with no value, the number of products that were looked at to count it. */
export interface FacetRow {
  readonly number: number;
  readonly value: string | null;
  readonly count: number;
  readonly category_id: string | null;
  readonly min: string | null;
  readonly max: string | null;
  /** Beside the products that were looked at: those of the result that have no value. */
  readonly missing: number | null;
}

/**
 * Counts the values of all fields in one statement.
 *
 * @param limit - products that are looked at for each group: at most one more than this
 */
export function facetCounts(groups: readonly FacetGroup[], limit: number): RawBuilder<FacetRow> {
  const tables = groups.map((group, index) => sql`${counted(index)} as materialized (${products(group, limit)})`);
  const selects = groups.flatMap((group, index) => [
    ...group.fields.map((field) => valuesOf(field, counted(index))),
    ...group.fields.map(
      ({ field, number }) =>
        sql`(select ${sql.lit(number)}, null, ${lookedAt(group)}, null, null, null, ${missing(field, number)} from ${counted(index)} as c)`,
    ),
  ]);
  return sql<FacetRow>`with ${sql.join(tables)}
    select number, value, count, category_id, min, max, missing
    from (${sql.join(selects, sql` union all `)}) as facet (number, value, count, category_id, min, max, missing)
    order by number, count desc, value`;
}

function counted(index: number): RawBuilder<unknown> {
  return sql.id(`counted_${index}`);
}

/** Products in scope: where relevance narrows the result further, more than are in it. */
function lookedAt({ scores }: FacetGroup): RawBuilder<number> {
  return isNarrowed(scores) ? sql`max(matching_count)` : sql`count(*)::integer`;
}

/** Products of the result without a value. Where relevance leaves none, there is one row without an id. */
function missing(field: FacetField, number: number): RawBuilder<number> {
  const value = sql`c.${column(number)}`;
  const isThere =
    'attribute' in field ? sql`(jsonb_typeof(${value}) = 'array' and ${value} <> '[]')` : sql`${value} is not null`;
  return sql`count(c.id) filter (where (${isThere}) is not true)::integer`;
}

/** The products of a group, with the columns that its fields are about; one row of nulls beside the number looked at where relevance leaves none. */
function products({ scores, fields }: FacetGroup, limit: number): RawBuilder<unknown> {
  const values = fields.flatMap(({ field, number }) => [
    sql`${columnOf(field, scores)} as ${column(number)}`,
    ...furtherColumnOf(field, number),
  ]);
  const columns = sql.join([resultId(scores), ...values]);
  if (!isNarrowed(scores))
    return sql`select ${columns} from product as p${unitsJoin(scores)} where ${all(resultPredicates(scores))} limit ${limit + 1}`;
  const narrowed: ProductScores = { ...scores, atMost: { products: limit, beyond: 'SO_MANY' } };
  return sql`with ${scoredResult(narrowed, sql`, ${sql.join(values)}`)}
    select * from (select count(*)::integer as matching_count from matching) as looked_at left join result on true`;
}

function column(number: number): RawBuilder<unknown> {
  return sql.id(`value_${number}`);
}

function furtherColumn(number: number): RawBuilder<unknown> {
  return sql.id(`further_${number}`);
}

/** Of a field of which a product may have several values, the first in a column of its own: the others. */
function furtherColumnOf(field: FacetField, number: number): RawBuilder<unknown>[] {
  if ('attribute' in field) return [];
  const { furtherColumn: further } = fieldOfFacet(field.builtIn).field;
  return further === undefined ? [] : [sql`${sql.ref(`p.${further}`)} as ${furtherColumn(number)}`];
}

/** What a field is about, of `product as p` and of its variants that satisfy the filter: of prices the lowest and the highest in the currency of the search. */
function columnOf(field: FacetField, scores: FacetGroup['scores']): RawBuilder<unknown> {
  if ('attribute' in field) return attributeOf(field.attribute, scores);
  const { currency } = scores;
  const { field: counted } = fieldOfFacet(field.builtIn);
  const value = sql.ref(`p.${counted.column}`);
  if (counted.kind === 'value') return statesOf(value, scores);
  if (counted.kind !== 'money') return value;
  invariant(currency !== undefined, 'prices are counted in a currency');
  return sql`case when p.variant_count = 1 then case when ${currencyOf(counted)} = ${currency}::text then array[${value}, ${value}] end else (
        select case when count(v.price_amount) > 0 then array[min(v.price_amount), max(v.price_amount)] end
        from product_variant as v where ${satisfyingVariantOf(scores)} and v.price_currency = ${currency}::text) end`;
}

/** Those of all variants that satisfy the filter, each once, with blanks between them: a product counts for each of them. */
function statesOf(own: RawBuilder<unknown>, scores: FacetGroup['scores']): RawBuilder<unknown> {
  return sql`case when p.variant_count = 1 then ${own} else array_to_string(array(
        select distinct v.availability from product_variant as v where ${satisfyingVariantOf(scores)} order by 1), ' ') end`;
}

/** All values of a product where it is the result and no variant is asked anything, else those of the variants that satisfy the filter. */
function attributeOf(name: string, scores: FacetGroup['scores']): RawBuilder<unknown> {
  if (isByProduct(scores) && variantConjuncts(scores.filter).length === 0) return sql`p.attributes -> ${name}`;
  return sql`case when p.variant_count = 1 then p.attributes -> ${name}::text else (
        select jsonb_agg(distinct item.value)
        from product_variant as v
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(v.attributes -> ${name}::text) when 'array' then v.attributes -> ${name}::text else '[]' end) as item (value)
        where ${satisfyingVariantOf(scores)}) end`;
}

function valuesOf({ field, number, limit }: CountedField, from: RawBuilder<unknown>): RawBuilder<unknown> {
  const kind = 'attribute' in field ? 'attributes' : fieldOfFacet(field.builtIn).field.kind;
  return VALUES[kind]({ number, limit, value: sql`c.${column(number)}`, from });
}

/** What counts: the number of the field among those asked for, its values in a row of the counted products, where these are, and how many values are told. */
type CountValues = (counted: {
  readonly number: number;
  readonly limit: number;
  readonly value: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
}) => RawBuilder<unknown>;

const mostFrequent = (number: number, counts: RawBuilder<unknown>, limit: number) =>
  sql`(select ${sql.lit(number)}::integer, value, count, null::uuid, null::text, null::text, null::integer from (${counts} order by 2 desc, 1 limit ${limit}) as v (value, count))`;

const singleValues: CountValues = ({ number, limit, value, from }) =>
  mostFrequent(
    number,
    sql`select ${value}, count(*)::integer from ${from} as c where ${value} is not null group by 1`,
    limit,
  );

/** Counted together first: there are few that products have together. */
const statesTogether: CountValues = ({ number, limit, value, from }) =>
  mostFrequent(
    number,
    sql`
      select state.value, sum(found.count)::integer
      from (select ${value} as states, count(*) as count from ${from} as c where ${value} is not null group by 1) as found
      cross join lateral string_to_table(found.states, ' ') as state (value)
      group by 1`,
    limit,
  );

/** One row, also where nothing has a value: a value is the least and the most of a product. */
const leastAndMost: CountValues = ({ number, value, from }) =>
  sql`(select ${sql.lit(number)}::integer, '', count(${value})::integer, null::uuid, min((${value})[1])::text, max((${value})[2])::text, null::integer from ${from} as c)`;

/** Each product counts in its categories and in all above, once in each. Counted together first: there are few lists of categories that products have. */
const categories: CountValues = ({ number, limit, value, from }) => sql`(
  with direct as materialized (
    select ${value} as id, c.${furtherColumn(number)} as further, count(*) as count from ${from} as c group by 1, 2
  )
  select ${sql.lit(number)}::integer, array_to_string(named.path, ' > '), found.count, found.id, null::text, null::text, null::integer
  from (
    select above.id, sum(above.count)::integer as count
    from (
      select ancestor.id, direct.count
      from direct inner join category on category.id = direct.id cross join lateral unnest(category.ancestor_ids) as ancestor (id)
      where direct.further is null
      union all
      select ancestor.id, direct.count
      from direct cross join lateral (
        select distinct unnest(category.ancestor_ids) as id from category where category.id = any(array_prepend(direct.id, direct.further))) as ancestor
      where direct.further is not null) as above
    group by 1) as found
  inner join category as named on named.id = found.id
  order by found.count desc, named.path limit ${limit})`;

const valuesOfAttribute: CountValues = ({ number, limit, value, from }) =>
  mostFrequent(
    number,
    sql`
      select item.value, count(*)::integer from ${from} as c
      cross join lateral (select distinct jsonb_array_elements_text(${value}) as value) as item
      group by 1`,
    limit,
  );

/** Rows of a facet on a field of each kind. */
const VALUES: Readonly<Record<FieldKind, CountValues>> = {
  tree: categories,
  value: statesTogether,
  flag: singleValues,
  values: singleValues,
  code: singleValues,
  picture: singleValues,
  money: leastAndMost,
  period: leastAndMost,
  attributes: valuesOfAttribute,
  numbers: valuesOfAttribute,
};
