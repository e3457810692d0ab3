import { type RawBuilder, sql } from 'kysely';
import type { ProductSort } from '../../database/closed-sets.ts';
import { invariant } from '../../errors.ts';
import { numberToSortBy } from '../filter/attribute-numbers.ts';
import { SORTS, type SortField } from '../filter/fields.ts';
import { currencyOf, satisfyingVariant } from '../filter/product-filter.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import type { UnavailableProducts } from '../request/search-request.ts';

/** One key of an order, ascending; its type reads it back from text. */
export interface OrderKey {
  readonly expression: RawBuilder<unknown>;
  readonly type: 'integer' | 'float8' | 'numeric' | 'text' | 'uuid';
}

/** Products that are OUT_OF_STOCK come behind all others where this is LAST, or where a parameter of the statement says so. */
export type UnavailableOrder = UnavailableProducts | RawBuilder<boolean>;

/**
 * The keys that products of a scored result (`result as r`) are ordered by. All ascend, so that a place in the order is one row comparison; what is to
 * descend is negated. Products without a price in the search's currency, or without a number, come last either way. The id makes the order total.
 */
export function orderKeys(p: { sort: ProductSort; unavailable: UnavailableOrder; query: unknown }): OrderKey[] {
  return [
    ...availabilityKey(p.unavailable),
    ...sortKeys(p.sort, p.query !== null),
    { expression: sql`r.id`, type: 'uuid' },
  ];
}

function availabilityKey(unavailable: UnavailableOrder): OrderKey[] {
  if (typeof unavailable !== 'string')
    return [{ expression: sql`(r.unavailable and ${unavailable})::integer`, type: 'integer' }];
  return unavailable === 'LAST' ? [{ expression: sql`r.unavailable::integer`, type: 'integer' }] : [];
}

function sortKeys(sort: ProductSort, ranked: boolean): OrderKey[] {
  if (sort !== 'RELEVANCE') return [resultKey(SORTS[sort])];
  return ranked
    ? [
        { expression: sql`-(r.closeness + r.boost)`, type: 'float8' },
        // Where relevance or nearness comes to its end, at sure matches.
        { expression: sql`-r.tie`, type: 'float8' },
      ]
    : [{ expression: sql`-r.boost`, type: 'float8' }, resultKey(SORTS.NEWEST)];
}

/** What an order needs to know beside its field: whose numbers it is by, what prices are compared in (ISO 4217), and which variants have them. */
export type SortOptions = Pick<ResolvedSearch, 'sortAttribute' | 'currency' | 'filter'>;

/**
 * What a product is sorted by, of `product as p`; null for an amount of another currency. Of several variants the price of the one that is shown (variant-statements.ts): of those that satisfy
 * the filter and can be bought the cheapest, or dearest.
 */
export function sortValue(field: SortField, { sortAttribute, currency, filter }: SortOptions): RawBuilder<unknown> {
  const { column, type, descending } = field;
  if (type === 'money') {
    invariant(currency !== undefined, 'a search that sorts by prices has a currency');
    const own = sql`case when ${currencyOf(field)} = ${currency}::text then ${sql.raw(`p.${column}`)} end`;
    return sql`case when p.variant_count = 1 then ${own} else (
        select case when v.price_currency = ${currency}::text then v.price_amount end as price
        from product_variant as v where ${satisfyingVariant(filter)}
        order by v.availability = 'OUT_OF_STOCK', price ${sql.raw(descending ? 'desc' : 'asc')} nulls last limit 1) end`;
  }
  if (type !== 'number') return sql.raw(`p.${column}`);
  invariant(sortAttribute !== undefined, 'a request that sorts by numbers names their attribute');
  return numberToSortBy(sortAttribute, descending);
}

/** The name that the value has in a scored result. */
export function sortColumnOf({ column, type }: SortField): string {
  return type === 'number' ? 'sort_number' : column;
}

function resultKey(field: SortField): OrderKey {
  return ascendingKey(field, sql.raw(`r.${sortColumnOf(field)}`));
}

/** A value that is sorted by as a key that ascends whichever way the order goes; what has none comes last. */
export function ascendingKey({ type, descending }: SortField, value: RawBuilder<unknown>): OrderKey {
  const directed = descending ? sql`-${value}` : value;
  switch (type) {
    case 'money':
    case 'number':
      return { expression: sql`coalesce(${directed}, 'Infinity'::numeric)`, type: 'numeric' };
    case 'timestamptz':
      // Microseconds and all: extract() gives a numeric.
      return { expression: sql`${descending ? sql`-` : sql``}extract(epoch from ${value})`, type: 'numeric' };
    case 'text':
      // In any case; by code point, so that every server orders alike, whatever its locale.
      return { expression: sql`lower(${value}) collate "C"`, type: 'text' };
  }
}
