import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { AVAILABLE, isWholeShop, type ProductScope, within } from '../filter/product-scope.ts';
import { nearestProducts } from '../nearest/nearest-products.ts';
import { ALL_COMPARED, type NearestPlan, NONE_COMPARED } from '../nearest/nearest-request.ts';
import type { ResolvedBoost, ResolvedSearch } from '../query/resolved-search.ts';
import type { CandidateSearch, Candidates, GatheredCandidates, NearCandidates } from './candidates.ts';
import { wordCandidates } from './word-candidates.ts';

/**
 * The products that may come first, where too many match to compare all: the nearest by vectors, those that the query names or that have most of its words,
 * and the nearest of those that boosts raise, or that are left when boosts lower others. Statements see what changes between them.
 *
 * @param search - `wanted`: products to gather at least, of each kind
 */
export async function approximateCandidates(
  db: Kysely<Database>,
  search: CandidateSearch,
): Promise<GatheredCandidates> {
  const found = new Set(search.pinned);
  let leastWords = 0;
  let plan: NearestPlan = search.query?.vectors ? ALL_COMPARED : NONE_COMPARED;
  const add = (some: Candidates) => {
    for (const id of some.ids) found.add(id);
    if (plan.strategy === 'EXACT') plan = some.plan;
  };
  for (const scope of candidateScopes(search)) {
    // Too many products are in scope, or nobody would have asked; what is out of stock is seldom so much that it matters.
    const near = await nearest(db, search, scope, { many: true });
    add(near);
    for (const boosted of boostedScopes(scope, search.boosts)) add(await nearest(db, search, boosted, { many: false }));
    const worded = await wordCandidates(db, { ...search, ...scope, collapse: search.collapse }, near);
    add(worded);
    leastWords = Math.max(leastWords, worded.leastWords);
    // Products that are out of stock matter only where the others do not fill the window, or may not be relevant enough to.
    if (search.minRelevance === 0 && found.size >= search.wanted) break;
  }
  return { ids: [...found], plan, leastWords };
}

/** Where candidates are looked for, in one scope after the other until there are enough: what can be bought, then everything. */
function candidateScopes({
  filter,
  textQuery,
  unavailable,
}: ProductScope & Pick<ResolvedSearch, 'unavailable'>): ProductScope[] {
  const everything = { filter, textQuery };
  return unavailable === 'LAST' ? [within(everything, AVAILABLE), everything] : [everything];
}

/** What each boost raises, or leaves when it lowers; and what several favour together, which may come before all that one alone does. */
function boostedScopes(scope: ProductScope, boosts: readonly ResolvedBoost[]): ProductScope[] {
  // What all products satisfy makes no difference among them.
  const favoured = boosts
    .filter(({ filter }) => !isWholeShop({ filter }))
    .map(({ filter, by }) => (by > 0 ? filter : { not: filter }));
  const together = favoured.length > 1 ? [{ and: favoured }] : [];
  return [...favoured, ...together].map((filter) => within(scope, filter));
}

/** The products with the nearest pictures, or texts where they have none; none for words alone. */
async function nearest(
  db: Kysely<Database>,
  { query, model, wanted, exactLimit }: ResolvedSearch,
  scope: ProductScope,
  { many }: { many: boolean },
): Promise<NearCandidates> {
  if (!query?.vectors || model === null) return { ids: [], scores: [], otherTexts: [], plan: NONE_COMPARED };
  const picturesFirst = query.scoring.picturesFirst > 0;
  const search = { ...scope, model, vectors: query.vectors, picturesFirst, wanted, exactLimit, many };
  const { productIds: ids, ...others } = await nearestProducts(db, search);
  return { ids, ...others };
}
