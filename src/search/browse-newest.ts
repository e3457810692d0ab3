import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { type CursorPlace, writeCursor } from './cursor.ts';
import { countProducts } from './nearest-products.ts';
import type { Conditions } from './queries-neighbours.ts';
import { newestProducts } from './queries-window.ts';
import type { SearchPage } from './search-request.ts';

/** A page of the products that match the filter, newest first: exact order by (created_at, id), so it needs no window. */
export async function browseNewest(
  { db, cursorKey }: { readonly db: Kysely<Database>; readonly cursorKey: Uint8Array },
  p: { hash: string; where: Conditions; first: number; after: CursorPlace | undefined },
): Promise<SearchPage> {
  const after = p.after?.in === 'newest' ? p.after : undefined;
  const rows = await newestProducts(db, { where: p.where, after, limit: p.first + 1 }).execute();
  const totalCount = await countProducts(db, p.where);
  return {
    results: rows.slice(0, p.first).map(({ product_id: productId, created_at: createdAt }) => ({
      productId,
      cursor: writeCursor(cursorKey, {
        requestHash: p.hash,
        modelId: null,
        place: { in: 'newest', createdAt, productId },
      }),
      similarity: null,
      imageId: null,
      vectorRank: null,
      wordRank: null,
    })),
    hasNextPage: rows.length > p.first,
    hasPreviousPage: after !== undefined,
    totalCount,
    plan: { strategy: 'NONE', modelId: null, candidates: totalCount.value, milliseconds: 0 },
  };
}
