import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ProductSort } from '../../database/closed-sets.ts';
import { SORTS, type SortField } from '../filter/fields.ts';
import { all } from '../filter/product-filter.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import { isByProduct, resultPredicates, unitsJoin } from '../filter/result-units.ts';
import { ascendingKey, type SortOptions, sortValue } from './order-keys.ts';

export interface BrowsedProducts extends ProductScope, SortOptions {
  readonly sort: Exclude<ProductSort, 'RELEVANCE'>;
  /** By `result_id`. */
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

/** Results in scope, in the order asked for, each with its place in it. Without a price in the search's currency, or without a number: last. */
export function browsedProducts(
  p: BrowsedProducts,
): RawBuilder<{ result_id: string; product_id: string; place: string[] }> {
  const browsed = browsedKey(SORTS[p.sort], p);
  const { key } = browsed;
  const direction = sql.raw(browsed.direction);
  const behind = p.after && isBehind(p.after, browsed, p);
  if (isByProduct(p)) {
    const where = [
      ...resultPredicates(p),
      ...(p.excluded.length > 0 ? [sql<SqlBool>`p.id <> all(${p.excluded}::uuid[])`] : []),
      ...(behind ? [behind] : []),
    ];
    return sql`
    select p.id as result_id, p.id as product_id, array[(${key})::text, p.id::text] as place
    from product as p
    where ${all(where)}
    order by ${key} ${direction}, p.id ${direction}
    limit ${p.limit}`;
  }
  const where = [...resultPredicates(p), sql<SqlBool>`not u.seen`, ...(behind ? [behind] : [])];
  // The looks and variants of a product stay together, in the shop's order.
  return sql`
    select u.id as result_id, p.id as product_id, array[(${key})::text, p.id::text, u.position::text, u.id::text] as place
    from product as p${unitsJoin(p, p.excluded)}
    where ${all(where)}
    order by ${key} ${direction}, p.id ${direction}, u.position, u.id
    limit ${p.limit}`;
}

/** As the order. Where that has two directions, its first keys bound what an index reads. */
function isBehind(
  [value, id, position, unit]: readonly string[],
  { key, type, direction }: BrowsedKey,
  scope: Pick<ProductScope, 'collapse'>,
): RawBuilder<SqlBool> {
  const comparison = direction === 'asc' ? '>' : '<';
  const place = sql`(${value}::${sql.raw(type)}, ${id}::uuid)`;
  const behind = sql<SqlBool>`(${key}, p.id) ${sql.raw(comparison)} ${place}`;
  if (isByProduct(scope)) return behind;
  return sql`((${key}, p.id) ${sql.raw(comparison)}= ${place} and (${behind} or (u.position, u.id) > (${position}::integer, ${unit}::uuid)))`;
}
