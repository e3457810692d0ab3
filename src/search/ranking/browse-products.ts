import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { stillMatching } from '../filter/matching-statements.ts';
import { AVAILABLE, type ProductScope, within } from '../filter/product-scope.ts';
import { isByProduct, isResultUnavailable } from '../filter/result-units.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { WINDOW_STEP } from '../request/limits.ts';
import { type BrowsedProducts, browsedProducts } from './browse-statements.ts';
import type { MoreRequest, PlacedProduct, RankedProduct, Ranking } from './ranking.ts';

/** Of a product (src/catalog/check-product.ts): so many results of it there may be. */
const MAX_VARIANTS = 200;

type BrowsedSearch = Omit<ProductScope, 'collapse'> &
  Pick<ResolvedSearch, 'sort' | 'sortAttribute' | 'currency' | 'unavailable' | 'pinned' | 'wanted' | 'collapse'>;

/** Whether nothing is to be scored: what `browseProducts` is for. */
export function isBrowsed({ query, sort, boosts }: Pick<ResolvedSearch, 'query' | 'sort' | 'boosts'>): boolean {
  return query === null && (sort !== 'RELEVANCE' || boosts.length === 0);
}

/** The walks of a browsed filter, to be taken one after the other: those that can be bought, then the others, which is mostly not needed. */
function browsedWalks(
  search: BrowsedSearch,
): (ProductScope & Pick<BrowsedProducts, 'sort' | 'sortAttribute' | 'currency'>)[] {
  const { filter, textQuery, sort, sortAttribute, currency, unavailable, collapse } = search;
  const everything = { filter, textQuery, collapse };
  const scopes =
    unavailable === 'LAST'
      ? [within(everything, AVAILABLE), { ...everything, predicates: [isResultUnavailable(everything)] }]
      : [everything];
  return scopes.map((scope) => ({ ...scope, sort: sort === 'RELEVANCE' ? 'NEWEST' : sort, sortAttribute, currency }));
}

/** The results that satisfy the filter, in the order of a column: nothing is scored, so it takes as long for a million products as for a thousand, where an index has the order. */
export function browseProducts(db: Kysely<Database>, search: BrowsedSearch): Ranking {
  const walks = browsedWalks(search);

  async function more({ excluded, after, limit }: MoreRequest): Promise<PlacedProduct[]> {
    const [reached, ...place] = after ?? [];
    const found: PlacedProduct[] = [];
    for (const [number, walk] of walks.entries()) {
      if (found.length >= limit || (reached !== undefined && number < Number(reached))) continue;
      const { rows } = await browsedProducts({
        ...walk,
        // Of the looks or variants of a pinned product the best alone is in front: others have their place.
        excluded: isByProduct(search) ? [...search.pinned, ...excluded] : excluded,
        after: String(number) === reached ? place : undefined,
        limit: limit - found.length,
      }).execute(db);
      found.push(...rows.map((row) => ({ ...browsedResult(row, number > 0), place: [String(number), ...row.place] })));
    }
    return found;
  }

  async function pins(): Promise<RankedProduct[]> {
    if (search.pinned.length === 0) return [];
    return isByProduct(search) ? matchingPins(db, search) : bestOfPinned(db, search, walks);
  }

  return {
    more,
    async first() {
      const limit = Math.max(search.wanted, WINDOW_STEP);
      const pinned = await pins();
      const products = await more({ excluded: pinned.map(({ resultId }) => resultId), limit });
      const all = [...pinned, ...products];
      const complete = products.length < limit;
      return {
        products: all,
        plan: { strategy: 'NONE', candidates: complete ? all.length : null, examined: 0, ways: [] },
        complete,
        total: complete ? all.length : undefined,
        bestRelevance: all.length > 0 ? 1 : null,
      };
    },
  };
}

async function matchingPins(db: Kysely<Database>, search: BrowsedSearch): Promise<RankedProduct[]> {
  const { pinned } = search;
  const rows = await stillMatching(db, { ...search, productIds: pinned }).execute();
  const matching = new Set(rows.map((row) => row.id));
  return pinned.filter((id) => matching.has(id)).map((id) => pinnedResult({ result_id: id, product_id: id }));
}

/** The first result of each pinned product, by the order of the walks. */
async function bestOfPinned(
  db: Kysely<Database>,
  { pinned }: BrowsedSearch,
  walks: ReturnType<typeof browsedWalks>,
): Promise<RankedProduct[]> {
  const best = new Map<string, RankedProduct>();
  for (const walk of walks) {
    const left = pinned.filter((id) => !best.has(id));
    if (left.length === 0) continue;
    const predicates = [...(walk.predicates ?? []), sql<SqlBool>`p.id = any(${left}::uuid[])`];
    const limit = left.length * MAX_VARIANTS;
    const { rows } = await browsedProducts({ ...walk, predicates, excluded: [], after: undefined, limit }).execute(db);
    for (const row of rows) if (!best.has(row.product_id)) best.set(row.product_id, pinnedResult(row));
  }
  return pinned.flatMap((id) => best.get(id) ?? []);
}

type BrowsedRow = { readonly result_id: string; readonly product_id: string };

function pinnedResult(row: BrowsedRow): RankedProduct {
  const result = browsedResult(row, false);
  return { ...result, why: { ...result.why, pinned: true } };
}

/** Nothing was asked for but the filter, which it satisfies. */
function browsedResult(
  { result_id: resultId, product_id: productId }: BrowsedRow,
  unavailable: boolean,
): RankedProduct {
  return {
    resultId,
    productId,
    imageId: null,
    similarity: null,
    relevance: 1,
    why: { vectorRank: null, wordRank: null, vectorScore: null, wordScore: 0, named: false, boost: 0, pinned: false },
    unavailable,
    closeness: 1,
    tests: null,
  };
}
