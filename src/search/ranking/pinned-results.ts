import { type RawBuilder, sql } from 'kysely';
import type { ProductScope } from '../filter/product-scope.ts';
import { isByProduct } from '../filter/result-units.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';

// Pinned products in the statement of ranking-statements.ts. Where a result is no product, the best result of each pinned product is put in front, and the others stand where they would.

export interface PinnedResults extends Pick<ProductScope, 'collapse'>, Pick<ResolvedSearch, 'pinned'> {
  /** Where a result is no product: whether the best of each pinned product comes first. (true) */
  readonly pinsFirst?: boolean | undefined;
}

/** Keys before all others. Not of the order: behind a place in it no result is a pinned one. What is not pinned has no place among those that are, and null comes last. */
export function pinnedFirst(p: PinnedResults): RawBuilder<unknown>[] {
  if (isByProduct(p)) return p.pinned.length === 0 ? [] : [sql`array_position(${p.pinned}::uuid[], r.id)`];
  return liftsBest(p) ? [sql`array_position(${p.pinned}::uuid[], best_of_pinned.product_id)`] : [];
}

/** A common table expression with the best result of each pinned product, where it is needed. @param order - keys of `result as r` */
export function bestOfPinned(p: PinnedResults, order: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  if (!liftsBest(p)) return sql``;
  return sql`
    best_of_pinned as (
      select distinct on (r.product_id) r.id, r.product_id from result as r where r.product_id = any(${p.pinned}::uuid[])
      order by r.product_id, ${sql.join(order)}
    ),`;
}

/** What joins that to `result as r`. */
export function pinnedJoin(p: PinnedResults): RawBuilder<unknown> {
  return liftsBest(p) ? sql` left join best_of_pinned on best_of_pinned.id = r.id` : sql``;
}

/** The column that says it of the joined rows, behind a comma. */
export function pinnedColumn(p: PinnedResults): RawBuilder<unknown> {
  return liftsBest(p) ? sql`, best_of_pinned.id is not null as pinned` : sql``;
}

/** Whether a row `r` of the ranking was put in front, and the column that it is told by, behind a comma. */
export function isPinned(p: PinnedResults): RawBuilder<boolean> {
  if (liftsBest(p)) return sql<boolean>`r.pinned`;
  return isByProduct(p) && p.pinned.length > 0
    ? sql<boolean>`r.product_id = any(${p.pinned}::uuid[])`
    : sql<boolean>`false`;
}

/** The same column, of `ranked`. */
export function toldPinned(p: PinnedResults): RawBuilder<unknown> {
  return liftsBest(p) ? sql`, ranked.pinned` : sql``;
}

function liftsBest(p: PinnedResults): boolean {
  return !isByProduct(p) && p.pinned.length > 0 && p.pinsFirst !== false;
}
