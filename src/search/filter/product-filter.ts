import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { invariant } from '../../errors.ts';
import type { ValueFilter } from '../request/search-request.ts';
import { hasNumberWithin } from './attribute-numbers.ts';
import { type ByKind, type ConditionsByKind, conditionsOf, type Field, type FieldConditions } from './fields.ts';

/** A filter whose keys have become ids; see resolve-filter.ts. */
export interface ResolvedFilter extends FieldConditions {
  readonly and?: readonly ResolvedFilter[];
  readonly or?: readonly ResolvedFilter[];
  readonly not?: ResolvedFilter;
}

type Predicate = RawBuilder<SqlBool>;

/** Conditions on `product as p`; none of them: every product satisfies them. */
export type Conditions = readonly RawBuilder<SqlBool>[];

/**
 * The conditions of a filter on `product as p`, to be joined by `and`; none for an empty filter. In the order in which the database looks at them: what takes a moment comes first.
 *
 * A condition on a missing value (a product without a brand) is null in SQL and so not true. Wherever a condition is turned round,
 * `is not true` does it: `not` and `notIn` are the complement of the set, missing values included.
 */
export function productPredicates(filter: ResolvedFilter): Predicate[] {
  return [
    ...conditionsOf(filter, PREDICATES),
    ...(filter.and ?? []).flatMap(productPredicates),
    ...given(filter.or, (some) => either(some.map((one) => all(productPredicates(one))))),
    ...given(filter.not, (one) => not(all(productPredicates(one)))),
  ];
}

/** `a and b`; no predicates hold for everything. */
export function all(predicates: readonly Predicate[]): Predicate {
  return joined(predicates, sql` and `) ?? sql`true`;
}

/** `a or b`; no predicates hold for nothing. */
function either(predicates: readonly Predicate[]): Predicate {
  return joined(predicates, sql` or `) ?? sql`false`;
}

function joined(predicates: readonly Predicate[], separator: RawBuilder<unknown>): Predicate | undefined {
  return predicates.length > 1 ? sql`(${sql.join(predicates, separator)})` : predicates[0];
}

/** The complement: what is null holds, too. */
export function not(predicate: Predicate): Predicate {
  return sql`((${predicate}) is not true)`;
}

function given<T>(value: T | undefined, predicate: (value: T) => Predicate): Predicate[] {
  return value === undefined ? [] : [predicate(value)];
}

/** `p.column`. */
function columnOf({ column }: Field): RawBuilder<unknown> {
  return sql.raw(`p.${column}`);
}

/** Where a condition is asked of sketches, which have no such column: of the product, in a form that both can answer and begins with the column's index. */
function ofProduct(predicate: Predicate, { sketched }: Field): Predicate {
  return sketched ? predicate : sql`p.id in (select p.id from product as p where ${predicate})`;
}

/** A parameter of the column's type. */
function parameter(value: unknown, { type }: Field): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(type)}`;
}

/** A list as one parameter, so that its length does not change the statement. */
function isOneOf(values: readonly string[], field: Field): Predicate {
  // Of any of its variants, by the index of these.
  if (field.column === 'codes')
    return sql`p.id in (select v.product_id from product_variant as v where v.gtin = any(${values}::text[]))`;
  return ofProduct(sql`${columnOf(field)} = any(${values}::${sql.raw(field.type)}[])`, field);
}

function valuePredicates({ in: wanted, notIn }: ValueFilter, field: Field): Predicate[] {
  return [
    ...given(wanted, (values) => isOneOf(values, field)),
    ...given(notIn, (values) => not(isOneOf(values, field))),
  ];
}

function withinPredicates(least: unknown, most: unknown, field: Field): Predicate[] {
  return [
    ...given(least, (bound) => ofProduct(sql`${columnOf(field)} >= ${parameter(bound, field)}`, field)),
    ...given(most, (bound) => ofProduct(sql`${columnOf(field)} <= ${parameter(bound, field)}`, field)),
  ];
}

/** The currency last: it is asked of those whose amount is within alone. Without ends every product matches. */
function amountPredicates({ min, max, currency }: ConditionsByKind['money'], field: Field): Predicate[] {
  const within = withinPredicates(min, max, field);
  if (within.length === 0) return [];
  return [...within, sql`${currencyOf(field)} = ${currency}::text`];
}

/** The column of a field's currency, of `product as p` or a table of sketches. */
export function currencyOf({ currencyColumn }: Pick<Field, 'currencyColumn'>): RawBuilder<unknown> {
  invariant(currencyColumn !== undefined, 'an amount of money has a currency beside it');
  return sql.raw(`p.${currencyColumn}`);
}

/** By containment, one condition for each value, because that is what the GIN index on attributes answers. */
function attributePredicates(attribute: { readonly name: string } & ValueFilter, field: Field): Predicate[] {
  const has = (value: string): Predicate =>
    sql`${columnOf(field)} @> ${JSON.stringify({ [attribute.name]: [value] })}::jsonb`;
  return [
    ...given(attribute.in, (values) => either(values.map(has))),
    ...given(attribute.notIn, (values) => not(either(values.map(has)))),
  ];
}

/** One that searches can find it by. Tables of sketches know it of pictures alone. */
const HAS_PICTURE: Predicate = sql`exists (select from product_image as i where i.product_id = p.id and i.state = 'READY')`;

const PREDICATES: ByKind<Predicate> = {
  tree: (ids, field) => [isOneOf(ids, field)],
  value: (states, field) => [isOneOf(states, field)],
  // With a constant, which plans are made with, PostgreSQL takes it for the column itself and for the partial index on it.
  flag: (wanted, field) => [ofProduct(sql`${columnOf(field)} = ${parameter(wanted, field)}`, field)],
  values: valuePredicates,
  code: valuePredicates,
  picture: (wanted) => [wanted ? HAS_PICTURE : not(HAS_PICTURE)],
  money: amountPredicates,
  period: ({ from, to }, field) => withinPredicates(from, to, field),
  attributes: (attributes, field) => attributes.flatMap((attribute) => attributePredicates(attribute, field)),
  numbers: (numbers) =>
    numbers.flatMap(({ name, min, max }) =>
      min === undefined && max === undefined ? [] : [hasNumberWithin(name, min, max)],
    ),
};
