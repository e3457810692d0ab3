import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { invariant } from '../../errors.ts';
import type { ValueFilter } from '../request/search-request.ts';
import { hasNumberWithin } from './attribute-numbers.ts';
import { type ByKind, type ConditionsByKind, conditionsOf, FIELDS, type Field, type ResolvedFilter } from './fields.ts';
import {
  areDecided,
  asksVariants,
  type FilteredRow,
  isBestFirst,
  unwantedStates,
  variantConjuncts,
} from './variant-conditions.ts';

export type { ResolvedFilter } from './fields.ts';

type Predicate = RawBuilder<SqlBool>;

/** Conditions on `product as p`; none of them: every product satisfies them. */
export type Conditions = readonly RawBuilder<SqlBool>[];

/**
 * The conditions of a filter on `product as p`, or on a table of sketches `as p`, to be joined by `and`; none for an empty filter. In the order in which the database looks at them: what takes a
 * moment comes first. One and the same variant satisfies all of it, together with its product. A product that is its only variant says all of it itself: its variant is not looked up.
 *
 * A condition on a missing value (a product without a brand) is null in SQL and so not true. Wherever a condition is turned round,
 * `is not true` does it: `not` and `notIn` are the complement of the set, missing values included.
 */
export function productPredicates(filter: ResolvedFilter, row: FilteredRow = 'PRODUCT'): Predicate[] {
  const conjuncts = variantConjuncts(filter);
  const bounds = boundPredicates(filter);
  return areDecided(conjuncts, row)
    ? bounds
    : [...bounds, sql`(p.variant_count = 1 or ${someVariant(conjuncts, row)})`];
}

/**
 * What holds of every product that satisfies a filter: what its variants have together may satisfy it. Of a product that is its only variant, the filter itself. What can be
 * found by an index is.
 */
export function boundPredicates(filter: ResolvedFilter): Predicate[] {
  return [
    ...conditionsOf(filter, BOUNDS),
    ...(filter.and ?? []).flatMap(boundPredicates),
    ...given(filter.or, (some) => either(some.map((one) => all(boundPredicates(one))))),
    ...given(filter.not, turnedBound),
    ...given(filter.hasVariant, hasVariant),
  ];
}

function turnedBound(turned: ResolvedFilter): Predicate {
  const states = unwantedStates(turned);
  if (states !== undefined) return not(isOneOf(states, FIELDS.availability));
  const opposite = not(all(boundPredicates(turned)));
  return asksVariants(turned) ? ifOnly(opposite) : opposite;
}

/** The conditions of a filter on `product_variant as v` and its product `p`. */
export function variantPredicates(filter: ResolvedFilter): Predicate[] {
  return [
    ...conditionsOf(filter, OF_VARIANT),
    ...(filter.and ?? []).flatMap(variantPredicates),
    ...given(filter.or, (some) => either(some.map((one) => all(variantPredicates(one))))),
    ...given(filter.not, (one) => not(all(variantPredicates(one)))),
    ...given(filter.hasVariant, hasVariant),
  ];
}

/** Asked of the product as a whole, also where a row is of some of its looks. */
function hasVariant(filter: ResolvedFilter): Predicate {
  return sql`p.id in (select p.id from product as p where ${all(productPredicates(filter))})`;
}

/** Whether of the variants of `product as p` that satisfy the filter none can be bought, now or later; of products that satisfy it. */
export function isUnavailable(filter: ResolvedFilter): Predicate {
  const conjuncts = variantConjuncts(filter);
  const nothing = sql<SqlBool>`p.availability = 'OUT_OF_STOCK'`;
  if (conjuncts.length === 0) return nothing;
  const available = { not: { availability: ['OUT_OF_STOCK'] } } as const;
  return sql`(${nothing} or (p.variant_count > 1 and not ${someVariant([...conjuncts, available], 'PRODUCT')}))`;
}

/** The looks of the variants of `product as p` that satisfy a filter; null where pictures need not be told apart: the product has one look. Undefined where nothing is asked of variants. */
export function satisfyingLooks(filter: ResolvedFilter): RawBuilder<number[] | null> | undefined {
  const conjuncts = variantConjuncts(filter);
  if (conjuncts.length === 0) return undefined;
  return sql`case when p.look_count > 1 then array(
        select distinct v.look from product_variant as v where ${satisfyingVariant(filter)}) end`;
}

/** Whether the picture of a row of vectors as `e` shows a variant of `product as p` that satisfies the filter, of products that satisfy it; none where nothing is asked of variants. */
export function showsSatisfying(filter: ResolvedFilter): Predicate[] {
  if (variantConjuncts(filter).length === 0) return [];
  const look = sql`select from product_variant as v where ${satisfyingVariant(filter)} and v.look = any(i.looks)`;
  return [
    sql`(p.look_count = 1 or exists (select from product_image as i where i.product_id = p.id and i.id = e.image_id and (i.looks is null or exists (${look}))))`,
  ];
}

/** Whether `product_variant as v` is one of `product as p` and satisfies the filter, of products that satisfy it. */
export function satisfyingVariant(filter: ResolvedFilter): Predicate {
  return all([sql`v.product_id = p.id`, ...variantConjuncts(filter).flatMap(variantPredicates)]);
}

/** Whether one variant of the row satisfies all of these. */
function someVariant(conjuncts: readonly ResolvedFilter[], row: FilteredRow): Predicate {
  const looks = sql<SqlBool>`(p.looks is null or v.look = any(p.looks))`;
  const where = [sql<SqlBool>`v.product_id = p.id`, ...(row === 'SKETCH' ? [looks] : [])];
  return sql`exists (select from product_variant as v where ${sql.join([...where, ...conjuncts.flatMap(variantPredicates)], sql` and `)})`;
}

/** Of a product with several variants, what they have together does not say. */
function ifOnly(predicate: Predicate): Predicate {
  return sql`(p.variant_count > 1 or ${predicate})`;
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

/** `v.column`. */
function ofVariant({ variantColumn }: Field): RawBuilder<unknown> {
  invariant(variantColumn !== undefined, 'a condition on variants has a column of theirs');
  return sql.raw(`v.${variantColumn}`);
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
function isAnyOf(column: RawBuilder<unknown>, values: readonly string[], { type }: Field): Predicate {
  return sql`${column} = any(${values}::${sql.raw(type)}[])`;
}

function isOneOf(values: readonly string[], field: Field): Predicate {
  return ofProduct(isAnyOf(columnOf(field), values, field), field);
}

/** In one of these by its first, or by any of the others: of most products these are null, which costs nothing and is what their index leaves out. */
function isWithinTree(ids: readonly string[], field: Field): Predicate {
  const { furtherColumn, type } = field;
  invariant(furtherColumn !== undefined, 'a product may be in several places of a tree');
  const further = sql<SqlBool>`${sql.raw(`p.${furtherColumn}`)} && ${ids}::${sql.raw(type)}[]`;
  return either([isOneOf(ids, field), further]);
}

/** Of any of its variants, by the index of these. */
function hasVariantOf(values: readonly string[], field: Field): Predicate {
  return sql`p.id in (select v.product_id from product_variant as v where ${isAnyOf(ofVariant(field), values, field)})`;
}

function valuePredicates(
  { in: wanted, notIn }: ValueFilter,
  is: (values: readonly string[]) => Predicate,
): Predicate[] {
  return [...given(wanted, is), ...given(notIn, (values) => not(is(values)))];
}

/** The same where variants have them: that none has one of the unwanted is not asked. */
function boundsOfValues({ in: wanted, notIn }: ValueFilter, is: (values: readonly string[]) => Predicate): Predicate[] {
  return [...given(wanted, is), ...given(notIn, (values) => ifOnly(not(is(values))))];
}

function periodPredicates({ from, to }: ConditionsByKind['period'], field: Field): Predicate[] {
  const column = columnOf(field);
  return [
    ...given(from, (bound) => ofProduct(sql`${column} >= ${parameter(bound, field)}`, field)),
    ...given(to, (bound) => ofProduct(sql`${column} <= ${parameter(bound, field)}`, field)),
  ];
}

interface AmountColumns {
  readonly lowest: RawBuilder<unknown>;
  readonly highest: RawBuilder<unknown>;
  readonly currency: RawBuilder<unknown>;
}

/** The currency last: it is asked of those whose amount is within alone. Without ends every product matches. */
function amountPredicates(
  { min, max, currency }: ConditionsByKind['money'],
  field: Field,
  columns: AmountColumns,
): Predicate[] {
  const within: Predicate[] = [
    ...given(min, (bound) => sql<SqlBool>`${columns.highest} >= ${parameter(bound, field)}`),
    ...given(max, (bound) => sql<SqlBool>`${columns.lowest} <= ${parameter(bound, field)}`),
  ];
  return within.length === 0 ? [] : [...within, sql`${columns.currency} = ${currency}::text`];
}

/** Prices of several currencies have none together: those of one of them may be within. */
function boundsOfAmount(range: ConditionsByKind['money'], field: Field): Predicate[] {
  const { highestColumn } = field;
  invariant(highestColumn !== undefined, 'of several amounts of money one is the highest');
  const currency = sql`coalesce(${currencyOf(field)}, ${range.currency}::text)`;
  return amountPredicates(range, field, { lowest: columnOf(field), highest: sql.raw(`p.${highestColumn}`), currency });
}

function amountOfVariant(range: ConditionsByKind['money'], field: Field): Predicate[] {
  const amount = ofVariant(field);
  return amountPredicates(range, field, {
    lowest: amount,
    highest: amount,
    currency: sql.raw(`v.${field.currencyColumn}`),
  });
}

/** The column of a field's currency, of `product as p` or a table of sketches. */
export function currencyOf({ currencyColumn }: Pick<Field, 'currencyColumn'>): RawBuilder<unknown> {
  invariant(currencyColumn !== undefined, 'an amount of money has a currency beside it');
  return sql.raw(`p.${currencyColumn}`);
}

/** By containment, one condition for each value, because that is what the GIN index on attributes answers. */
function hasAttribute(name: string, column: RawBuilder<unknown>): (values: readonly string[]) => Predicate {
  return (values) => either(values.map((value) => sql`${column} @> ${JSON.stringify({ [name]: [value] })}::jsonb`));
}

function rangesOf(numbers: ConditionsByKind['numbers'], row: 'p' | 'v'): Predicate[] {
  return numbers.flatMap((range) =>
    range.min === undefined && range.max === undefined ? [] : [hasNumberWithin(range, row)],
  );
}

/** One that searches can find it by. Tables of sketches know it of pictures alone. */
const HAS_PICTURE: Predicate = sql`exists (select from product_image as i where i.product_id = p.id and i.state = 'READY')`;

/** What products say. */
const OF_PRODUCT = {
  tree: (ids, field) => [isWithinTree(ids, field)],
  values: (values, field) => valuePredicates(values, (some) => isOneOf(some, field)),
  picture: (wanted) => [wanted ? HAS_PICTURE : not(HAS_PICTURE)],
  period: periodPredicates,
} satisfies Partial<ByKind<Predicate>>;

const BOUNDS: ByKind<Predicate> = {
  ...OF_PRODUCT,
  value: (states, field) => [isBestFirst(states) ? isOneOf(states, field) : ifOnly(isOneOf(states, field))],
  // With a constant, which plans are made with, PostgreSQL takes it for the column itself and for the partial index on it.
  flag: (wanted, field) => {
    const is = ofProduct(sql`${columnOf(field)} = ${parameter(wanted, field)}`, field);
    return [wanted ? is : ifOnly(is)];
  },
  code: (values, field) =>
    field.variantColumn === undefined
      ? valuePredicates(values, (some) => isOneOf(some, field))
      : boundsOfValues(values, (some) => hasVariantOf(some, field)),
  money: boundsOfAmount,
  attributes: (attributes, field) =>
    attributes.flatMap(({ name, ...values }) => boundsOfValues(values, hasAttribute(name, columnOf(field)))),
  numbers: (numbers) => rangesOf(numbers, 'p'),
};

/** What one variant says, or its product. */
const OF_VARIANT: ByKind<Predicate> = {
  ...OF_PRODUCT,
  value: (states, field) => [isAnyOf(ofVariant(field), states, field)],
  flag: (wanted, field) => [sql`coalesce(${ofVariant(field)} > v.price_amount, false) = ${parameter(wanted, field)}`],
  code: (values, field) =>
    valuePredicates(values, (some) =>
      field.variantColumn === undefined ? isOneOf(some, field) : isAnyOf(ofVariant(field), some, field),
    ),
  money: amountOfVariant,
  attributes: (attributes, field) =>
    attributes.flatMap(({ name, ...values }) => valuePredicates(values, hasAttribute(name, ofVariant(field)))),
  numbers: (numbers) => rangesOf(numbers, 'v'),
};
