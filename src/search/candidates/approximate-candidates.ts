import type { Kysely } from 'kysely';
import type { SearchStrategy } from '../../database/closed-sets.ts';
import type { Database } from '../../database/tables.ts';
import { AVAILABLE, all, type Conditions, IS_AVAILABLE, not, type ResolvedFilter } from '../filter/product-filter.ts';
import { EXACT_LIMIT, nearestProducts } from '../nearest/nearest-products.ts';
import type {
  CandidateRequest,
  Candidates,
  GatheredCandidates,
  NearCandidates,
  RankRequest,
} from './candidate-request.ts';
import { wordCandidates } from './word-candidates.ts';

/**
 * The products that may come first, where too many match to compare all: the nearest by vectors, those that the query names or that have most of its words,
 * and the nearest of those that boosts raise, or that are left when boosts lower others. Statements see what changes between them.
 *
 * @param request - `wanted`: products to gather at least, of each kind
 */
export async function approximateCandidates(
  db: Kysely<Database>,
  request: CandidateRequest,
): Promise<GatheredCandidates> {
  const found = new Set(request.pinned);
  let leastWords = 0;
  let strategy: SearchStrategy = request.query?.vectors ? 'EXACT' : 'NONE';
  const add = (some: Candidates) => {
    for (const id of some.ids) found.add(id);
    if (strategy === 'EXACT') strategy = some.strategy;
  };
  for (const place of candidatePlaces(request)) {
    // Too many hold for the filter, or nobody would have asked; what is out of stock is seldom so much that it matters.
    const near = await nearest(db, request, { ...place, many: true });
    add(near);
    for (const boost of request.boosts) add(await nearest(db, request, boostedPlace(place, boost)));
    const worded = await wordCandidates(db, request, place.where, near);
    add(worded);
    leastWords = Math.max(leastWords, worded.leastWords);
    // Products that are out of stock matter only where the others do not fill the window, or may not be relevant enough to.
    if (request.minRelevance === 0 && found.size >= request.wanted) break;
  }
  return { ids: [...found], strategy, leastWords };
}

/** Among which products candidates are looked for: as conditions, and as a filter where it is one. */
export interface CandidatePlace {
  readonly where: Conditions;
  readonly filter: ResolvedFilter | undefined;
}

/** Where candidates are looked for, one place after the other until there are enough: what can be bought, then everything. */
export function candidatePlaces({
  where,
  filter,
  unavailable,
}: Pick<RankRequest, 'where' | 'filter' | 'unavailable'>): CandidatePlace[] {
  const everything = { where, filter };
  if (unavailable !== 'LAST') return [everything];
  return [{ where: [...where, IS_AVAILABLE], filter: { and: [filter, AVAILABLE] } }, everything];
}

function boostedPlace({ where, filter }: CandidatePlace, boost: RankRequest['boosts'][number]): CandidatePlace {
  const raised = all(boost.where);
  const among = boost.by > 0 ? boost.filter : { not: boost.filter };
  return { where: [...where, boost.by > 0 ? raised : not(raised)], filter: filter && { and: [filter, among] } };
}

/** The products with the nearest pictures, or texts where they have none; none for words alone. */
async function nearest(
  db: Kysely<Database>,
  { query, model, wanted, exactLimit = EXACT_LIMIT }: RankRequest,
  { where, filter, many = false }: CandidatePlace & { many?: boolean },
): Promise<NearCandidates> {
  if (!query?.vectors || model === null) return { ids: [], scores: [], otherTexts: [], strategy: 'NONE' };
  const request = { model, query: query.vectors, where, filter, wanted, exactLimit, many };
  const { productIds: ids, ...others } = await nearestProducts(db, request);
  return { ids, ...others };
}
