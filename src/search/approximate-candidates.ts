import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database/tables.ts';
import { withScanOptions } from '../database/vector-sql.ts';
import { EXACT_LIMIT, nearestProducts, SCAN_OPTIONS } from './nearest-products.ts';
import { AVAILABLE, all, IS_AVAILABLE, not, type ResolvedFilter } from './product-filter.ts';
import type { Conditions } from './queries-neighbours.ts';
import { isNamed, matchesWords, namedProducts, productsWithWords } from './queries-words.ts';
import { atLeast } from './query-words.ts';
import type { RankRequest } from './rank-products.ts';
import { WINDOW_STEP } from './ranking.ts';
import type { SearchStrategy } from './search-request.ts';

export interface Candidates {
  /** Each once; with pinned ones. */
  readonly ids: readonly string[];
  /** SKETCH or HNSW if sketches or the index were asked for any of them: the first of both. */
  readonly strategy: SearchStrategy;
}

/**
 * The products that may come first, where too many match to compare all: the nearest by vectors, those that the query names or that have most of its words,
 * and the nearest of those that boosts raise, or that are left when boosts lower others. All statements run in one transaction.
 *
 * @param request - `wanted`: products to gather at least, of each kind
 */
export async function approximateCandidates(db: Kysely<Database>, request: RankRequest): Promise<Candidates> {
  return withScanOptions(db, SCAN_OPTIONS, async (transaction) => {
    const found = new Set(request.pinned);
    let strategy: SearchStrategy = request.query?.vectors ? 'EXACT' : 'NONE';
    const add = (some: Found) => {
      for (const id of some.ids) found.add(id);
      if (strategy === 'EXACT') strategy = some.strategy;
    };
    for (const place of candidatePlaces(request)) {
      // Too many hold for the filter, or nobody would have asked; what is out of stock is seldom so much that it matters.
      add(await nearest(transaction, request, { ...place, many: true }));
      for (const boost of request.boosts) add(await nearest(transaction, request, boostedPlace(place, boost)));
      add(await byWords(transaction, request, place.where));
      // Products that are out of stock matter only where the others do not fill the window, or may not be relevant enough to.
      if (request.minRelevance === 0 && found.size >= request.wanted) break;
    }
    return { ids: [...found], strategy };
  });
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

interface Found {
  readonly ids: Iterable<string>;
  readonly strategy: SearchStrategy;
}

/** The products with the nearest pictures, or texts where they have none; none for words alone. */
async function nearest(
  transaction: Transaction<Database>,
  { query, model, wanted, exactLimit = EXACT_LIMIT }: RankRequest,
  { where, filter, many = false }: CandidatePlace & { many?: boolean },
): Promise<Found> {
  if (!query?.vectors || model === null) return { ids: [], strategy: 'NONE' };
  const request = { model, query: query.vectors, where, filter, wanted, exactLimit, many };
  const found = await nearestProducts(transaction, request);
  return { ids: found.productIds, strategy: found.strategy };
}

/**
 * The products that the query names, and those that have most of its words: all of them first, then all but one, until there are enough. With vectors the nearest
 * of each; by words alone whichever, where there are too many. Half of the words or fewer tell little and match a large part of a catalogue ("red saree":
 * everything red), so those count only if nothing else matches.
 */
async function byWords(transaction: Transaction<Database>, request: RankRequest, where: Conditions): Promise<Found> {
  const { words, names } = request.query ?? { words: [], names: [] };
  const { exactLimit = EXACT_LIMIT } = request;
  const found = new Set<string>();
  let strategy: SearchStrategy = 'EXACT';
  const add = async (condition: Conditions[number], select: () => Promise<{ product_id: string }[]>) => {
    const some = request.query?.vectors
      ? await nearest(transaction, request, { where: [...where, condition], filter: undefined })
      : { ids: (await select()).map((row) => row.product_id), strategy };
    for (const id of some.ids) found.add(id);
    if (strategy === 'EXACT') strategy = some.strategy;
  };
  if (names.length > 0) {
    await add(isNamed(names), () => namedProducts(transaction, { where, names, limit: exactLimit }).execute());
  }
  for (let least = words.length; least > 0 && found.size < WINDOW_STEP; least--) {
    if (least * 2 <= words.length && found.size > 0) break;
    const query = atLeast(least, words);
    await add(matchesWords(query), () => productsWithWords(transaction, { where, query, limit: exactLimit }).execute());
  }
  return { ids: found, strategy };
}
