import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { stillMatching } from '../filter/matching-statements.ts';
import { isUnavailable } from '../filter/product-filter.ts';
import { AVAILABLE, type ProductScope, within } from '../filter/product-scope.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { WINDOW_STEP } from '../request/limits.ts';
import { type BrowsedProducts, browsedProducts } from './browse-statements.ts';
import type { MoreRequest, PlacedProduct, RankedProduct, Ranking } from './ranking.ts';

type BrowsedSearch = ProductScope &
  Pick<ResolvedSearch, 'sort' | 'sortAttribute' | 'currency' | 'unavailable' | 'pinned' | 'wanted'>;

/** Whether nothing is to be scored: what `browseProducts` is for. */
export function isBrowsed({ query, sort, boosts }: Pick<ResolvedSearch, 'query' | 'sort' | 'boosts'>): boolean {
  return query === null && (sort !== 'RELEVANCE' || boosts.length === 0);
}

/** The walks of a browsed filter, to be taken one after the other: those that can be bought, then the others, which is mostly not needed. */
function browsedWalks(
  search: BrowsedSearch,
): (ProductScope & Pick<BrowsedProducts, 'sort' | 'sortAttribute' | 'currency'>)[] {
  const { filter, textQuery, sort, sortAttribute, currency, unavailable } = search;
  const everything = { filter, textQuery };
  const scopes =
    unavailable === 'LAST'
      ? [within(everything, AVAILABLE), { ...everything, predicates: [isUnavailable(filter)] }]
      : [everything];
  return scopes.map((scope) => ({ ...scope, sort: sort === 'RELEVANCE' ? 'NEWEST' : sort, sortAttribute, currency }));
}

/** The products that satisfy the filter, in the order of a column: nothing is scored, so it takes as long for a million products as for a thousand, where an index has the order. */
export function browseProducts(db: Kysely<Database>, search: BrowsedSearch): Ranking {
  const walks = browsedWalks(search);

  async function more({ excluded, after, limit }: MoreRequest): Promise<PlacedProduct[]> {
    const [reached, ...place] = after ?? [];
    const found: PlacedProduct[] = [];
    for (const [number, walk] of walks.entries()) {
      if (found.length >= limit || (reached !== undefined && number < Number(reached))) continue;
      const { rows } = await browsedProducts({
        ...walk,
        excluded: [...search.pinned, ...excluded],
        after: String(number) === reached ? place : undefined,
        limit: limit - found.length,
      }).execute(db);
      found.push(
        ...rows.map((row) => ({
          ...browsedProduct(row.product_id, number > 0),
          place: [String(number), ...row.place],
        })),
      );
    }
    return found;
  }

  return {
    more,
    async first() {
      const limit = Math.max(search.wanted, WINDOW_STEP);
      const products = await more({ excluded: [], limit });
      const pins = await matchingPins(db, search);
      const all = [...pins, ...products];
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
  if (pinned.length === 0) return [];
  const rows = await stillMatching(db, { ...search, productIds: pinned }).execute();
  const matching = new Set(rows.map((row) => row.id));
  return pinned
    .filter((id) => matching.has(id))
    .map((id) => {
      const product = browsedProduct(id, false);
      return { ...product, why: { ...product.why, pinned: true } };
    });
}

/** Nothing was asked for but the filter, which it satisfies. */
function browsedProduct(productId: string, unavailable: boolean): RankedProduct {
  return {
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
