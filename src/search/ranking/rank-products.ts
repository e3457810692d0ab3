import type { Kysely } from 'kysely';
import type { Sketches } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import type { VectorClusters } from '../../database/vector-clusters.ts';
import { invariant } from '../../errors.ts';
import { approximateCandidates } from '../candidates/approximate-candidates.ts';
import { isWholeShop } from '../filter/product-scope.ts';
import { isByProduct } from '../filter/result-units.ts';
import { matchingShares, matchingVectors } from '../nearest/matching-shares.ts';
import { areTooMany } from '../nearest/nearest-products.ts';
import { ALL_COMPARED, NONE_COMPARED } from '../nearest/nearest-request.ts';
import { selectivePart } from '../nearest/selective-part.ts';
import { fewProducts } from '../nearest/sketch-statements.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { FIRST_WINDOW, RANKING_LIMITS, WINDOW_STEP } from '../request/limits.ts';
import type { RankingPlan } from '../request/search-request.ts';
import type { MoreRequest, PlacedProduct, RankedWindow, Ranking } from './ranking.ts';
import { type RankedEntries, type RankedProducts, rankedEntries } from './ranking-statements.ts';
import { placedProductsOf, productsOf } from './window-entry.ts';

/**
 * Ranks what was asked for: pinned products, then the others in order.
 *
 * With at most `exactLimit` matching products all are scored, in one statement that also says how many there are. With more, candidates are gathered by the HNSW
 * index and by words, and only those are scored, by the same statement. Sorted by anything but relevance, all are scored, however many.
 */
export function rankProducts(db: Kysely<Database>, search: ResolvedSearch): Ranking {
  const { query, model, pinned, exactLimit, minRelevance } = search;
  const approximates = query !== null && search.sort === 'RELEVANCE';

  /** All products in scope were scored, so many; of their pictures nobody counts how many there are. */
  function compared(candidates: number): RankingPlan {
    if (!query?.vectors) return { ...NONE_COMPARED, candidates };
    return { ...ALL_COMPARED, candidates, examined: candidates === 0 ? 0 : null };
  }

  /** The same where there are sketches, which say more quickly which products satisfy the filter. */
  async function fewExactly(ranked: RankedProducts, sketches: Sketches): Promise<RankedWindow | undefined> {
    const { table, clusters } = sketches;
    const matching = (some: VectorClusters) => matchingVectors(some, matchingShares(some, search.filter));
    const estimate = matching(clusters.pictures) + matching(clusters.texts);
    const most = Math.min(RANKING_LIMITS.scoredByFilter, exactLimit);
    if (isWholeShop(search) || estimate > most * RANKING_LIMITS.trustedEstimate) return undefined;
    const { filter } = search;
    const selective = selectivePart(sketches, filter);
    const few = await fewProducts(db, { table, filter, selective, limit: most + 1 }).execute();
    if (few.length > most) return undefined;
    const among = few.map(({ id }) => id);
    if (among.length === 0) return { products: [], plan: compared(0), complete: true, total: 0, bestRelevance: null };
    const rows = await read(db, { ...ranked, among });
    return { ...rows, plan: compared(rows.matching), complete: rows.products.length < ranked.limit };
  }

  /** Everything scored; undefined if that is more than `exactLimit` products, and an order by relevance can be approximated. */
  async function exactly(ranked: RankedProducts): Promise<RankedWindow | undefined> {
    if (approximates && query.vectors !== null && model?.sketches) return fewExactly(ranked, model.sketches);
    // Counting first is quicker where there are too many, and one statement more where there are not. Of the whole shop the estimate is enough.
    const mayBeTooMany = approximates && (model?.estimatedPictures ?? 0) > exactLimit;
    if (mayBeTooMany && (isWholeShop(search) || (await areTooMany(db, search)))) return undefined;
    const atMost = approximates ? ({ products: exactLimit, beyond: 'NONE' } as const) : undefined;
    const rows = await read(db, { ...ranked, atMost });
    if (atMost !== undefined && rows.matching > exactLimit) return undefined;
    return { ...rows, plan: compared(rows.matching), complete: rows.products.length < ranked.limit };
  }

  async function best(): Promise<RankedWindow> {
    const exact = await exactly({ ...search, excluded: [], limit: rankedAtFirst(search) });
    if (exact !== undefined) return exact;
    const { ranked: limit, wanted } = rankedOfCandidates(search);
    const candidates = await approximateCandidates(db, { ...search, wanted, leading: limit });
    const among = candidates.ids;
    const ranked = { ...search, excluded: [], limit };
    const ranks = { first: wanted, leastWords: candidates.leastWords };
    // Relevance is looked at here and not in SQL: where it leaves candidates out, nothing behind them is relevant either.
    const all = minRelevance > 0 ? Math.max(limit, among.length * mostResults(search)) : limit;
    const scored = await read(db, { ...ranked, ranks, minRelevance: 0, among, limit: all });
    const isPinned = new Set(pinned);
    const relevant = scored.products.filter(
      ({ relevance, productId }) => relevance >= minRelevance || isPinned.has(productId),
    );
    const complete = relevant.length < scored.products.length;
    // Without vectors or without their like, candidates may be short of a page.
    if (relevant.length < search.wanted + pinned.length && !complete) {
      const rows = await read(db, ranked);
      return { ...rows, plan: compared(rows.matching), complete: rows.products.length < limit };
    }
    const products = relevant.slice(0, limit);
    const { bestRelevance, entries } = scored;
    return {
      products,
      entries: products.length === scored.products.length ? entries : undefined,
      plan: { ...candidates.plan, candidates: null },
      complete: complete && products.length === relevant.length,
      total: undefined,
      bestRelevance: products.length === 0 ? null : bestRelevance,
    };
  }

  async function next(behind: Pick<RankedProducts, 'excluded' | 'after' | 'among' | 'limit' | 'ranks'>) {
    // Behind a window nothing is put in front any more: of what was, looks and variants are among those that are excluded.
    const excluded = isByProduct(search) ? [...pinned, ...behind.excluded] : behind.excluded;
    const rest = { ...search, ...behind, excluded, pinsFirst: false };
    return placedProductsOf((await ask(db, rest, { places: true })).products);
  }

  /** The next products behind some, from the candidates for all of them together; fewer than `limit` where that does not do. What it misses comes when all are compared. */
  async function nextByCandidates(excluded: readonly string[], limit: number): Promise<readonly PlacedProduct[]> {
    if (!approximates || query.vectors === null || minRelevance > 0) return [];
    if (model?.sketches === null && !(await areTooMany(db, search))) return [];
    const wanted = excluded.length + limit;
    const { ids, leastWords } = await approximateCandidates(db, { ...search, wanted, leading: wanted });
    return next({ excluded, among: ids, limit, ranks: { first: wanted, leastWords } });
  }

  return {
    first: best,
    async more({ excluded, after, limit }: MoreRequest) {
      const grown = after === undefined ? await nextByCandidates(excluded, limit) : [];
      if (grown.length === limit) return grown;
      return next({ excluded, after, limit });
    },
  };
}

/** Results that a product may be at most: variants, or looks (src/catalog/check-product.ts). */
function mostResults(search: Pick<ResolvedSearch, 'collapse'>): number {
  return isByProduct(search) ? 1 : 200;
}

type Window = Pick<ResolvedSearch, 'wanted' | 'pinned' | 'query' | 'minRelevance'>;

/** Products that are ranked at first where all are compared: those of a window, and pinned ones. */
function rankedAtFirst(search: Window): number {
  return Math.max(search.wanted, countsWords(search) ? WINDOW_STEP : FIRST_WINDOW) + search.pinned.length;
}

/** Products that are ranked at first of some candidates, and how many of each kind these are. */
function rankedOfCandidates(search: Window): { ranked: number; wanted: number } {
  // Where relevance ends the result, the next pages are not looked for by candidates.
  const whole = rankedAtFirst(search);
  const ranked = search.minRelevance > 0 ? whole : Math.max(search.wanted, FIRST_WINDOW) + search.pinned.length;
  // Where words count, too, what is best by both may be behind by each: docs/decisions/0015-words-cheaper.md has what fewer would give.
  return { ranked, wanted: countsWords(search) ? Math.max(ranked, WINDOW_STEP) : ranked };
}

function countsWords({ query }: Pick<ResolvedSearch, 'query'>): boolean {
  return query?.words != null;
}

async function read(db: Kysely<Database>, p: RankedProducts) {
  const { products: entries, best_relevance: bestRelevance, ...counts } = await ask(db, p, { places: false });
  return { ...counts, bestRelevance, entries, products: productsOf(entries) };
}

async function ask(db: Kysely<Database>, p: RankedProducts, options: { places: boolean }): Promise<RankedEntries> {
  const { rows } = await rankedEntries(p, options).execute(db);
  const [row] = rows;
  invariant(row !== undefined, 'a ranking is one row, also of nothing');
  return row;
}
