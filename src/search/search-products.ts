import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import { mainCurrency } from '../database/main-currency.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder, Region } from '../embedding/embedder.ts';
import { countResult } from './counts/count-products.ts';
import { countFacets } from './counts/facets.ts';
import type { SearchRecord } from './log/logged-search.ts';
import { once } from './once.ts';
import { readCursor, writeCursor } from './pages/cursor.ts';
import { firstPage, laterPage, type Page } from './pages/result-pages.ts';
import { readWindow } from './pages/search-window.ts';
import type { ReadingDeps } from './query/reading-deps.ts';
import type { ResolvedSearch } from './query/resolved-search.ts';
import { matchQualityOf } from './query/scoring.ts';
import { browseProducts, isBrowsed } from './ranking/browse-products.ts';
import { diversify } from './ranking/diversify.ts';
import { matchedWords } from './ranking/matched-words.ts';
import { rankProducts } from './ranking/rank-products.ts';
import type { RankedProduct, RankedWindow, Ranking } from './ranking/ranking.ts';
import { resultVariants } from './ranking/result-variants.ts';
import { termSimilarities } from './ranking/term-similarities.ts';
import { type CheckedRequest, checkRequest, MAX_DIVERSIFIED } from './request/check-request.ts';
import { MAX_WINDOW, RANKING_LIMITS } from './request/limits.ts';
import { needsCurrency } from './request/needs-currency.ts';
import { requestHash } from './request/request-hash.ts';
import type { ImageSource, SearchPage, SearchRequest } from './request/search-request.ts';
import { type SearchTrace, traceSearch } from './search-trace.ts';
import { understandSearch } from './understand-search.ts';

export interface SearchDeps {
  readonly db: Kysely<Database>;
  /** The active model and the embedder that speaks it, together, so that no search mixes two vector spaces. @throws AppError MODEL_NOT_READY */
  readonly activeModel: () => Promise<{ readonly model: ActiveModel; readonly embedder: Embedder }>;
  /** The bytes of a query picture. @throws AppError IMAGE_*, BAD_USER_INPUT */
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
  /** Whether a query picture has nothing in it that could be looked for: one of a single colour, or of text alone. (none is so) */
  readonly isEmptyPicture?: ((bytes: Uint8Array, region?: Region) => Promise<boolean>) | undefined;
  /** The shop's languages and synonyms. */
  readonly words: ReadingDeps;
  /** Signs cursors (HMAC-SHA256); the same for all processes of a shop. At least 32 bytes. */
  readonly cursorKey: Uint8Array;
  /** Told of each search once, at its first page. Must not throw. @returns its id in the log; null where it is not kept */
  readonly record?: (search: SearchRecord) => string | null;
  /** ISO 4217: what prices are compared in where a request does not say. (that of most products, counted anew) */
  readonly currency?: () => Promise<string>;
  /** BCP 47: the order of values A to Z. (English) */
  readonly language?: string;
  /** With at most so many matching products, all are compared. (EXACT_LIMIT) */
  readonly exactLimit?: number;
  /** Products that are frozen for later pages, before the order goes on by its keys. (MAX_WINDOW) */
  readonly maxWindow?: number;
}

/**
 * The one search: one request in, one page out.
 *
 * The first page ranks, and freezes what it ranked if there is a next page; later pages are cut from that. The order is by relevance (search-query.ts has
 * the formula) and boosts: by the nearest picture, together with the share of the words that match.
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_*, CURSOR_STALE, ENCODER_OVERLOADED, MODEL_NOT_READY, TIMEOUT
 */
export async function searchProducts(
  deps: SearchDeps,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchPage> {
  const started = performance.now();
  const { db, cursorKey, maxWindow = MAX_WINDOW } = deps;
  const trace = traceSearch(db);
  const shopCurrency = once(deps.currency ?? (() => mainCurrency(trace.db)));
  const asked = checkRequest(request);
  // Part of what is asked for, so that all pages are in one, whatever becomes of the shop's meanwhile.
  const currency = asked.currency ?? (needsCurrency(asked) ? await shopCurrency() : undefined);
  const checked = { ...asked, currency };
  const hash = requestHash(checked);
  const cursor = checked.after === undefined ? undefined : readCursor(cursorKey, checked.after, hash);
  const windowId = cursor && cursor.place.in !== 'page' ? cursor.place.windowId : undefined;
  const window = windowId === undefined ? undefined : await trace.time('WINDOW', () => readWindow(trace.db, windowId));
  const traced = { ...deps, db: trace.db, time: trace.time };
  const search = await understandSearch(traced, checked, { cursor, window }, wantedProducts(checked), signal);
  signal?.throwIfAborted();

  const { query, model } = search;
  const modelId = model?.id ?? null;
  const ranking = isBrowsed(search) ? browseProducts(trace.db, search) : rankProducts(trace.db, search);
  const pages = { db: trace.db, requestHash: hash, scope: search, ranking, first: checked.first, maxWindow };
  let page: Page;
  let ranked: Pick<RankedWindow, 'plan' | 'bestRelevance' | 'total'>;
  if (window !== undefined && cursor !== undefined && cursor.place.in !== 'page') {
    const { place } = cursor;
    page = await trace.time('PAGE', () => laterPage(pages, window, place));
    const { strategy, bestRelevance } = window;
    ranked = { plan: { strategy, candidates: null, examined: null, ways: [] }, bestRelevance, total: undefined };
  } else {
    const first = await rankFirst(trace, checked, search, ranking);
    const after = cursor?.place.in === 'page' ? cursor.place.resultId : undefined;
    page = await trace.time('PAGE', () => firstPage({ ...pages, query }, first, after));
    ranked = first;
  }
  const milliseconds = performance.now() - started;
  const matchQuality = matchQualityOf(ranked.bestRelevance);
  const products = page.products.map(({ product }) => product);
  let searchId: string | null = null;
  if (cursor === undefined) {
    const { plan, bestRelevance, total = null } = ranked;
    const outcome = {
      strategy: plan.strategy,
      candidates: total,
      results: products,
      bestRelevance,
      matchQuality,
      milliseconds,
    };
    const logged = deps.record?.({ request: asked, query, ...outcome }) ?? null;
    // The functions of SQL compare: with nothing to compare with, they have nothing to ask again.
    searchId = query === null ? null : logged;
  }
  return {
    results: page.products.map(({ product: { productId, imageId, similarity, relevance, why, tests }, place }) => ({
      productId,
      imageId,
      similarity,
      relevance,
      why: { ...why, words: matchedWords(checked.terms, query?.words ?? null, tests) },
      cursor: writeCursor(cursorKey, { requestHash: hash, modelId, place }),
    })),
    hasNextPage: page.hasNextPage,
    hasPreviousPage: cursor !== undefined,
    modelId,
    strategy: ranked.plan.strategy,
    milliseconds,
    matchQuality,
    corrections: query?.words?.corrections ?? [],
    queryImages: query?.pictures ?? [],
    count: once(async () =>
      ranked.total === undefined ? countResult(db, search) : { value: ranked.total, exact: true },
    ),
    facets: (wanted) =>
      countFacets(
        db,
        { ...search, currency: async () => currency ?? shopCurrency(), language: deps.language ?? 'en' },
        wanted,
      ),
    variants: once(async () =>
      resultVariants(db, { ...search, currency: currency ?? (await shopCurrency()) }, products),
    ),
    plan: () => ({
      ...ranked.plan,
      milliseconds,
      sql: trace.sqlOf(cursor === undefined || cursor.place.in === 'page' ? 'RANKING' : 'PAGE'),
      stages: trace.stages(),
      statements: trace.statements(),
      searchId,
    }),
    termSimilarities: once(() => termSimilarities(db, model, query, products, checked.terms.length)),
  };
}

/** A page and the product behind it; more where a varied page is chosen from them. */
function wantedProducts({ first, diversify: variety }: CheckedRequest): number {
  if (variety === undefined) return first + 1;
  return variety.candidates ?? Math.min(MAX_DIVERSIFIED, first * RANKING_LIMITS.variedPerProduct);
}

/** The best products in order, those in front varied where that was asked for. */
async function rankFirst(
  { db, time }: SearchTrace,
  checked: CheckedRequest,
  search: ResolvedSearch,
  ranking: Ranking,
): Promise<RankedWindow> {
  const ranked = await time('RANKING', () => ranking.first());
  const { diversify: variety } = checked;
  if (variety === undefined) return ranked;
  // Pinned ones stay in front, and what is out of stock stays behind.
  const isFixed = ({ why, unavailable }: RankedProduct) => why.pinned || (search.unavailable === 'LAST' && unavailable);
  const pinned = ranked.products.filter(({ why }) => why.pinned);
  const free = ranked.products.filter((product) => !isFixed(product)).slice(0, search.wanted);
  const varied = await time('VARIETY', () => diversify(db, search.model, free, variety.strength));
  const products = [...pinned, ...varied, ...ranked.products.slice(pinned.length + varied.length)];
  return { ...ranked, products, entries: undefined };
}
