import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ConditionsByKind } from './fields.ts';

/** A value that is a number: written out in digits, as GraphQL writes decimals. With units, exponents or signs before it but minus it is a text. In digits of ASCII, which `numeric` reads. */
export const PLAIN_NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;

/** The numbers among the values of an attribute of `product as p`, or of `product_variant as v`: `number` of each; null for other values, which are never cast. */
function numbersOf(name: string, row: 'p' | 'v'): RawBuilder<unknown> {
  const values = sql`${sql.raw(row)}.attributes -> ${name}::text`;
  return sql`(
      select case when item.value ~ ${sql.lit(PLAIN_NUMBER.source)} then item.value::numeric end as number
      from jsonb_array_elements_text(
        case jsonb_typeof(${values}) when 'array' then ${values} else '[]' end) as item (value)
    ) as numbers`;
}

/** Whether a number of the attribute is between the two, both included; undefined: no bound on this side. */
export function hasNumberWithin(
  { name, min, max }: ConditionsByKind['numbers'][number],
  row: 'p' | 'v',
): RawBuilder<SqlBool> {
  const bounds = [
    ...(min === undefined ? [] : [sql`number >= ${min}::numeric`]),
    ...(max === undefined ? [] : [sql`number <= ${max}::numeric`]),
  ];
  return sql<SqlBool>`exists (select from ${numbersOf(name, row)} where ${sql.join(bounds, sql` and `)})`;
}

/** What a product, or a variant, is ordered by: the least of the attribute's numbers, or the greatest where the greatest come first; null without any. */
export function numberToSortBy(name: string, descending: boolean, row: 'p' | 'v'): RawBuilder<string | null> {
  return sql<string | null>`(select ${sql.raw(descending ? 'max' : 'min')}(number) from ${numbersOf(name, row)})`;
}
