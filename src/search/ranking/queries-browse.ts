import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { all, type Conditions } from '../filter/product-filter.ts';
import type { ProductSort } from '../request/search-request.ts';

export interface BrowsedProducts {
  readonly where: Conditions;
  readonly sort: Exclude<ProductSort, 'RELEVANCE'>;
  readonly excluded: readonly string[];
  /** Only what comes behind this place: `place` of a row. */
  readonly after: readonly string[] | undefined;
  readonly limit: number;
}

/** What a filter is browsed by, on `product as p`: one key beside the id. */
const ORDERS: Record<BrowsedProducts['sort'], { key: RawBuilder<unknown>; type: string; direction: 'asc' | 'desc' }> = {
  // Bare columns in one direction: the index product_created_at_idx gives this order.
  NEWEST: { key: sql`p.created_at`, type: 'timestamptz', direction: 'desc' },
  PRICE_ASC: { key: sql`coalesce(p.price_amount, 'Infinity'::numeric)`, type: 'numeric', direction: 'asc' },
  PRICE_DESC: { key: sql`coalesce(-p.price_amount, 'Infinity'::numeric)`, type: 'numeric', direction: 'asc' },
  TITLE: { key: sql`lower(p.title) collate "C"`, type: 'text', direction: 'asc' },
};

/** Products that hold for the conditions, in the order asked for, each with its place in it. Without a price: last. */
export function browsedProducts(p: BrowsedProducts): RawBuilder<{ product_id: string; place: string[] }> {
  const { key, type, direction } = ORDERS[p.sort];
  const behind = p.after && isBehind(p.after, { key, type, direction });
  const conditions = [
    ...p.where,
    ...(p.excluded.length > 0 ? [sql<SqlBool>`p.id <> all(${p.excluded}::uuid[])`] : []),
    ...(behind ? [behind] : []),
  ];
  return sql`
    select p.id as product_id, array[(${key})::text, p.id::text] as place
    from product as p
    where ${all(conditions)}
    order by ${key} ${sql.raw(direction)}, p.id ${sql.raw(direction)}
    limit ${p.limit}`;
}

function isBehind(
  [value, id]: readonly string[],
  { key, type, direction }: { key: RawBuilder<unknown>; type: string; direction: 'asc' | 'desc' },
): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${key}, p.id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${value}::${sql.raw(type)}, ${id}::uuid)`;
}
