import type { Kysely } from 'kysely';
import type { Collapse } from '../../database/closed-sets.ts';
import type { Database } from '../../database/tables.ts';
import { resultsStillMatching, stillMatching } from '../filter/matching-statements.ts';
import type { ProductScope } from '../filter/product-scope.ts';
import type { SearchQuery } from '../query/search-query.ts';
import type { RankedProduct, RankedWindow, Ranking } from '../ranking/ranking.ts';
import { MAX_FIRST } from '../request/check-request.ts';
import { WINDOW_STEP } from '../request/limits.ts';
import { type CursorPlace, staleCursor } from './cursor.ts';
import { frozenIds, growWindow, readSlice, type StoredWindow, storeWindow } from './search-window.ts';

export interface PageRequest {
  readonly db: Kysely<Database>;
  readonly requestHash: string;
  /** What later pages still show. */
  readonly scope: ProductScope & { readonly collapse: Collapse };
  readonly ranking: Ranking;
  readonly first: number;
  /** Products in a window, at least, before the order goes on by its keys. */
  readonly maxWindow: number;
}

/** A product of a page and the place behind it. */
export interface PageProduct {
  readonly product: RankedProduct;
  readonly place: CursorPlace;
}

export interface Page {
  readonly products: readonly PageProduct[];
  readonly hasNextPage: boolean;
}

/** The first page, or one behind a cursor of a search that had a single page: cut from what was ranked now, which is kept if there is a next page. */
export async function firstPage(
  request: PageRequest & { readonly query: SearchQuery | null },
  ranked: RankedWindow,
  after: string | undefined,
): Promise<Page> {
  const { first } = request;
  const start = after === undefined ? 0 : 1 + ranked.products.findIndex(({ resultId }) => resultId === after);
  if (after !== undefined && (start === 0 || start > MAX_FIRST))
    throw staleCursor('what it points behind is no longer in the result');
  const found = ranked.products.slice(start, start + first);
  const hasNextPage = ranked.products.length > start + first || (found.length === first && !ranked.complete);
  const window = hasNextPage ? await storeWindow(request.db, request.requestHash, request.query, ranked) : undefined;
  return {
    hasNextPage,
    products: found.map((product, index) => ({
      product,
      place: window
        ? { in: 'window', windowId: window.id, position: start + index + 1 }
        : { in: 'page', resultId: product.resultId },
    })),
  };
}

/**
 * A page behind a cursor. It is cut from the frozen window, which grows when it comes to its end, so that a product is on one page and no other, however often
 * it changes meanwhile; what no longer satisfies the filter drops out. Past `maxWindow` products the order goes on by its keys.
 */
export async function laterPage(
  request: PageRequest,
  window: StoredWindow,
  place: CursorPlace & { in: 'window' | 'rest' },
): Promise<Page> {
  const { first } = request;
  const found: PageProduct[] = [];
  let complete = false;
  if (place.in === 'window') {
    let position = place.position;
    while (found.length <= first && !complete) {
      const slice = await frozenSlice(request, window.id, position);
      // As long as a window may be: what is frozen has been read to its end, and the rest is not.
      if (slice.products.length === 0 && !slice.complete) break;
      const matching = await matchingIds(request, slice.products);
      for (const [index, product] of slice.products.entries()) {
        if (!matching.has(product.resultId)) continue;
        found.push({ product, place: { in: 'window', windowId: window.id, position: position + index + 1 } });
      }
      position += slice.products.length;
      complete = slice.complete;
    }
  }
  if (found.length <= first && !complete) {
    const rest = await request.ranking.more({
      excluded: await frozenIds(request.db, window.id),
      after: place.in === 'rest' ? place.after : undefined,
      limit: first + 1 - found.length,
    });
    found.push(
      ...rest.map((product) => ({
        product,
        place: { in: 'rest', windowId: window.id, after: product.place } as const,
      })),
    );
  }
  return { products: found.slice(0, first), hasNextPage: found.length > first };
}

/** The frozen products behind a position; if there are none yet, more are frozen, unless they are enough. */
async function frozenSlice({ db, ranking, maxWindow }: PageRequest, windowId: string, position: number) {
  const slice = await readSlice(db, windowId, position);
  if (slice.products.length > 0 || slice.complete || position >= maxWindow) return slice;
  const excluded = await frozenIds(db, windowId);
  const products = await ranking.more({ excluded, limit: WINDOW_STEP });
  await growWindow(db, windowId, excluded.length, { products, complete: products.length < WINDOW_STEP });
  return readSlice(db, windowId, position);
}

/** `resultId` of those that are still in the result. */
async function matchingIds({ db, scope }: PageRequest, products: readonly RankedProduct[]): Promise<Set<string>> {
  const resultIds = products.map(({ resultId }) => resultId);
  const { collapse } = scope;
  const rows =
    collapse === 'PRODUCT'
      ? await stillMatching(db, { ...scope, productIds: resultIds }).execute()
      : (await resultsStillMatching({ ...scope, collapse, resultIds }).execute(db)).rows;
  return new Set(rows.map((row) => row.id));
}
