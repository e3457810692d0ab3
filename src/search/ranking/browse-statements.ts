import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ProductSort } from '../../database/closed-sets.ts';
import { SORTS, type SortField } from '../filter/fields.ts';
import { all } from '../filter/product-filter.ts';
import { type ProductScope, scopePredicates } from '../filter/product-scope.ts';
import { ascendingKey, type SortOptions, sortValue } from './order-keys.ts';

export interface BrowsedProducts extends ProductScope, SortOptions {
  readonly sort: Exclude<ProductSort, 'RELEVANCE'>;
  readonly excluded: readonly string[];
  /** Only what comes behind this place: `place` of a row. */
  readonly after: readonly string[] | undefined;
  readonly limit: number;
}

/** What a filter is browsed by, on `product as p`: one key beside the id. */
interface BrowsedKey {
  readonly key: RawBuilder<unknown>;
  readonly type: string;
  readonly direction: 'asc' | 'desc';
}

function browsedKey(field: SortField, options: SortOptions): BrowsedKey {
  // Bare columns in one direction: the index product_created_at_idx gives this order.
  if (field.type === 'timestamptz')
    return { key: sortValue(field, options), type: field.type, direction: field.descending ? 'desc' : 'asc' };
  const { expression: key, type } = ascendingKey(field, sortValue(field, options));
  return { key, type, direction: 'asc' };
}

/** Products in scope, in the order asked for, each with its place in it. Without a price in the search's currency, or without a number: last. */
export function browsedProducts(p: BrowsedProducts): RawBuilder<{ product_id: string; place: string[] }> {
  const browsed = browsedKey(SORTS[p.sort], p);
  const { key, direction } = browsed;
  const behind = p.after && isBehind(p.after, browsed);
  const where = [
    ...scopePredicates(p),
    ...(p.excluded.length > 0 ? [sql<SqlBool>`p.id <> all(${p.excluded}::uuid[])`] : []),
    ...(behind ? [behind] : []),
  ];
  return sql`
    select p.id as product_id, array[(${key})::text, p.id::text] as place
    from product as p
    where ${all(where)}
    order by ${key} ${sql.raw(direction)}, p.id ${sql.raw(direction)}
    limit ${p.limit}`;
}

function isBehind([value, id]: readonly string[], { key, type, direction }: BrowsedKey): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${key}, p.id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${value}::${sql.raw(type)}, ${id}::uuid)`;
}
