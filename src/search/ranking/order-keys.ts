import { type RawBuilder, sql } from 'kysely';
import type { ProductSort } from '../../database/closed-sets.ts';
import { invariant } from '../../errors.ts';
import { numberToSortBy } from '../filter/attribute-numbers.ts';
import { SORTS, type SortField } from '../filter/fields.ts';
import { currencyOf } from '../filter/product-filter.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import { isByProduct, satisfyingVariantOf } from '../filter/result-units.ts';
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
export function orderKeys(
  p: { sort: ProductSort; unavailable: UnavailableOrder; query: unknown } & Pick<ProductScope, 'collapse'>,
): OrderKey[] {
  return [...availabilityKey(p.unavailable), ...sortKeys(p.sort, p.query !== null), ...identityKeys(p)];
}

/** What tells results apart where nothing else does. Looks and variants of a product stay together, in the shop's order. */
export function identityKeys(p: Pick<ProductScope, 'collapse'>): OrderKey[] {
  const id: OrderKey = { expression: sql`r.id`, type: 'uuid' };
  if (isByProduct(p)) return [id];
  return [{ expression: sql`r.product_id`, type: 'uuid' }, { expression: sql`r.position`, type: 'integer' }, id];
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
export type SortOptions = Pick<ResolvedSearch, 'sortAttribute' | 'currency'> &
  Pick<ProductScope, 'filter' | 'collapse'>;

/**
 * What a result is sorted by, of `product as p`; null for an amount of another currency, and without a number. Of several variants it is that of the one that is shown (variant-statements.ts): of those
 * that satisfy the filter and can be bought the cheapest, or dearest; the one with the least number, or the greatest.
 */
export function sortValue(field: SortField, options: SortOptions): RawBuilder<unknown> {
  const { type, descending, column } = field;
  const ofVariant = variantSortValue(field, options);
  if (ofVariant === undefined) return sql.raw(`p.${column}`);
  return sql`case when p.variant_count = 1 then ${ownSortValue(field, options)} else (
        select ${ofVariant} as ${sql.raw(type)}_of_variant
        from product_variant as v where ${satisfyingVariantOf(options)}
        order by v.availability = 'OUT_OF_STOCK', ${sql.raw(`${type}_of_variant`)} ${sql.raw(descending ? 'desc' : 'asc')} nulls last limit 1) end`;
}

/** What `product_variant as v` is sorted by; undefined for what the variants of a product have together. */
export function variantSortValue(
  { type, descending }: SortField,
  { sortAttribute, currency }: Omit<SortOptions, 'filter'>,
): RawBuilder<string | null> | undefined {
  if (type === 'money') return sql`case when v.price_currency = ${asked(currency)}::text then v.price_amount end`;
  return type === 'number' ? numberToSortBy(asked(sortAttribute), descending, 'v') : undefined;
}

/** Of a product that is its only variant. */
function ownSortValue(field: SortField, { sortAttribute, currency }: SortOptions): RawBuilder<unknown> {
  if (field.type !== 'money') return numberToSortBy(asked(sortAttribute), field.descending, 'p');
  return sql`case when ${currencyOf(field)} = ${asked(currency)}::text then ${sql.raw(`p.${field.column}`)} end`;
}

function asked(what: string | undefined): string {
  invariant(what !== undefined, 'a search sorts by prices of a currency, and by numbers of an attribute');
  return what;
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
