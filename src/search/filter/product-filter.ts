import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ProductFilter, ValueFilter } from '../request/search-request.ts';

/** A filter whose keys have become ids; see resolve-filter.ts. */
export interface ResolvedFilter
  extends Pick<ProductFilter, 'brand' | 'price' | 'availability' | 'attributes' | 'updatedAt'> {
  readonly and?: readonly ResolvedFilter[];
  readonly or?: readonly ResolvedFilter[];
  readonly not?: ResolvedFilter;
  /** With everything below, where that was asked for. */
  readonly categoryIds?: readonly string[];
  readonly productIds?: { readonly in?: readonly string[]; readonly notIn?: readonly string[] };
}

type Predicate = RawBuilder<SqlBool>;

/** Conditions on `product as p`; none hold for every product. */
export type Conditions = readonly RawBuilder<SqlBool>[];

/**
 * The conditions of a filter on `product as p`, to be joined by `and`; none for an empty filter. In the order in which the database looks at them: what takes a moment comes first.
 *
 * A condition on a missing value (a product without a brand) is null in SQL and so not true. Wherever a condition is turned round,
 * `is not true` does it: `not` and `notIn` are the complement of the set, missing values included.
 */
export function productPredicates(filter: ResolvedFilter): Predicate[] {
  return [
    ...given(filter.categoryIds, (ids) => sql`p.category_id = any(${ids}::uuid[])`),
    ...given(filter.brand, (brand) => all(brandPredicates(brand))),
    ...given(filter.price?.min, (min) => sql`p.price_amount >= ${min}::numeric`),
    ...given(filter.price?.max, (max) => sql`p.price_amount <= ${max}::numeric`),
    ...given(filter.availability, (states) => sql`p.availability = any(${states}::text[])`),
    ...given(filter.productIds?.in, (ids) => sql`p.id = any(${ids}::uuid[])`),
    ...given(filter.productIds?.notIn, (ids) => sql`p.id <> all(${ids}::uuid[])`),
    ...given(filter.updatedAt?.from, (from) => sql`p.updated_at >= ${from}::timestamptz`),
    ...given(filter.updatedAt?.to, (to) => sql`p.updated_at <= ${to}::timestamptz`),
    ...(filter.attributes ?? []).flatMap(attributePredicates),
    ...(filter.and ?? []).flatMap(productPredicates),
    ...given(filter.or, (some) => either(some.map((one) => all(productPredicates(one))))),
    ...given(filter.not, (one) => not(all(productPredicates(one)))),
  ];
}

/** What can be bought, now or later. */
export const IS_AVAILABLE: Predicate = sql`p.availability <> 'OUT_OF_STOCK'`;
/** The same as a filter. */
export const AVAILABLE: ResolvedFilter = { availability: ['IN_STOCK', 'PREORDER', 'BACKORDER'] };

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

function brandPredicates(brand: ValueFilter): Predicate[] {
  return [
    ...given(brand.in, (values) => sql`p.brand = any(${values}::text[])`),
    ...given(brand.notIn, (values) => not(sql`p.brand = any(${values}::text[])`)),
  ];
}

/** By containment, one condition for each value, because that is what the GIN index on attributes answers. */
function attributePredicates(attribute: { readonly name: string } & ValueFilter): Predicate[] {
  const has = (value: string): Predicate =>
    sql`p.attributes @> ${JSON.stringify({ [attribute.name]: [value] })}::jsonb`;
  return [
    ...given(attribute.in, (values) => either(values.map(has))),
    ...given(attribute.notIn, (values) => not(either(values.map(has)))),
  ];
}
