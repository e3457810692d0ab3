import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { MAX_FIRST } from './check-request.ts';
import { type Cursor, type CursorPlace, type RestPlace, staleCursor, writeCursor } from './cursor.ts';
import type { Conditions } from './queries-neighbours.ts';
import { stillMatching } from './queries-window.ts';
import type { PagePlace, RankedProduct, RankedWindow, Ranking } from './ranking.ts';
import type { SearchPage } from './search-request.ts';
import { type StoredWindow, storeWindow } from './search-window.ts';

export interface PageRequest {
  readonly db: Kysely<Database>;
  readonly cursorKey: Uint8Array;
  readonly requestHash: string;
  readonly where: Conditions;
  readonly ranking: Ranking;
  readonly first: number;
}

/** A product and where the search goes on behind it. */
interface Placed {
  readonly product: RankedProduct;
  readonly place:
    | { readonly in: 'window'; readonly position: number }
    | { readonly in: 'rest'; readonly after: RestPlace };
}

/**
 * The first page, or one behind a cursor of a search that had a single page: ranked now. The ranking is kept if there is a next page.
 */
export async function firstPage(
  request: PageRequest,
  after: (PagePlace & { in: 'page' }) | undefined,
): Promise<SearchPage> {
  const ranked = await request.ranking.best();
  const start = after === undefined ? 0 : MAX_FIRST;
  const all = await productsFrom(request, ranked, { position: 0, check: false }, start + request.first + 1);
  const skipped = after === undefined ? 0 : all.findIndex(({ product }) => product.productId === after.productId) + 1;
  if (after !== undefined && skipped === 0)
    throw staleCursor('the product that it points behind is no longer in the result');
  const found = all.slice(skipped, skipped + request.first + 1);
  const windowId =
    found.length > request.first
      ? await storeWindow(request.db, request.requestHash, request.ranking, ranked)
      : undefined;
  return page(request, ranked, found, windowId, after !== undefined);
}

/** A page cut from a ranking that was kept, or of what comes behind it. */
export async function laterPage(
  request: PageRequest,
  window: StoredWindow,
  place: PagePlace & { in: 'window' | 'rest' },
): Promise<SearchPage> {
  const from = place.in === 'window' ? { position: place.position, check: true } : { after: place.after };
  const found = await productsFrom(request, window.ranked, from, request.first + 1);
  return page(request, window.ranked, found, window.id, true);
}

/**
 * The next products from a place on: of the window those that still match, then of the rest. So a page is full as long as there are products that match,
 * and a product that was deleted or changed meanwhile just drops out.
 */
async function productsFrom(
  { db, where, ranking }: PageRequest,
  { entries, complete }: RankedWindow,
  from: { readonly position: number; readonly check: boolean } | { readonly after: RestPlace },
  limit: number,
): Promise<Placed[]> {
  const found: Placed[] = [];
  if ('position' in from) {
    const productIds = entries.slice(from.position).map((entry) => entry.productId);
    const matching = from.check ? await matchingIds(db, productIds, where) : new Set(productIds);
    entries.forEach((product, index) => {
      if (index < from.position || found.length === limit || !matching.has(product.productId)) return;
      found.push({ product, place: { in: 'window', position: index + 1 } });
    });
  }
  if (found.length === limit || complete) return found;
  const rest = await ranking.rest({
    after: 'after' in from ? from.after : undefined,
    excluded: entries.map((entry) => entry.productId),
    limit: limit - found.length,
  });
  return [...found, ...rest.map(({ place, ...product }): Placed => ({ product, place: { in: 'rest', after: place } }))];
}

async function matchingIds(
  db: Kysely<Database>,
  productIds: readonly string[],
  where: Conditions,
): Promise<Set<string>> {
  const rows = await stillMatching(db, { productIds, where }).execute();
  return new Set(rows.map((row) => row.id));
}

async function page(
  { cursorKey, requestHash, ranking, first }: PageRequest,
  ranked: RankedWindow,
  found: readonly Placed[],
  windowId: string | undefined,
  hasPreviousPage: boolean,
): Promise<SearchPage> {
  const totalCount = ranked.count ?? (await ranking.count());
  const placeOf = ({ product, place }: Placed): CursorPlace =>
    windowId === undefined ? { in: 'page', productId: product.productId } : { windowId, ...place };
  const cursorOf = (placed: Placed): Cursor => ({ requestHash, modelId: ranking.modelId, place: placeOf(placed) });
  return {
    results: found
      .slice(0, first)
      .map((placed) => ({ ...placed.product, cursor: writeCursor(cursorKey, cursorOf(placed)) })),
    hasNextPage: found.length > first,
    hasPreviousPage,
    totalCount,
    plan: { strategy: ranked.strategy, modelId: ranking.modelId, candidates: totalCount.value, milliseconds: 0 },
  };
}
