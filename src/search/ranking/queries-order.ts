import { type RawBuilder, sql } from 'kysely';
import type { ProductSort } from '../request/search-request.ts';

/** One key of an order, ascending; its type reads it back from text. */
export interface OrderKey {
  readonly expression: RawBuilder<unknown>;
  readonly type: 'integer' | 'float8' | 'numeric' | 'text' | 'uuid';
}

/**
 * The keys that products of a scored result (`result as r`) are ordered by. All ascend, so that a place in the order is one row comparison; what is to
 * descend is negated. Products without a price come last either way. The id makes the order total.
 */
export function orderKeys(p: { sort: ProductSort; unavailableLast: boolean; query: unknown }): OrderKey[] {
  return [
    ...(p.unavailableLast ? [{ expression: sql`r.unavailable::integer`, type: 'integer' } as const] : []),
    ...sortKeys(p.sort, p.query !== null),
    { expression: sql`r.id`, type: 'uuid' },
  ];
}

function sortKeys(sort: ProductSort, ranked: boolean): OrderKey[] {
  switch (sort) {
    case 'RELEVANCE':
      return ranked
        ? [
            { expression: sql`-(r.relevance + r.boost)`, type: 'float8' },
            // Where relevance comes to its end, at sure matches.
            { expression: sql`-r.tie`, type: 'float8' },
          ]
        : [{ expression: sql`-r.boost`, type: 'float8' }, NEWEST];
    case 'PRICE_ASC':
      return [{ expression: sql`coalesce(r.price_amount, 'Infinity'::numeric)`, type: 'numeric' }];
    case 'PRICE_DESC':
      return [{ expression: sql`coalesce(-r.price_amount, 'Infinity'::numeric)`, type: 'numeric' }];
    case 'TITLE':
      return [{ expression: TITLE, type: 'text' }];
    case 'NEWEST':
      return [NEWEST];
  }
}

/** Microseconds and all: extract() gives a numeric. */
const NEWEST: OrderKey = { expression: sql`-extract(epoch from r.created_at)`, type: 'numeric' };

/** In any case; by code point, so that every server orders alike, whatever its locale. */
const TITLE = sql`lower(r.title) collate "C"`;
