import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { CandidateRequest } from './approximate-candidates.ts';
import { EXACT_LIMIT, isTooMany, type NearestProducts, nearestByLevel, nearestProducts } from './nearest-products.ts';
import type { NearestRequest } from './nearest-request.ts';
import type { LevelRow } from './queries-levels.ts';
import type { Conditions } from './queries-neighbours.ts';
import { namedProducts, productsWithWords } from './queries-words.ts';
import type { Candidates, GatheredCandidates } from './ranking.ts';
import { type NearWords, wordsOfNearest } from './settled-words.ts';
import { type WordLevel, wordLevels } from './word-levels.ts';

/**
 * Where there is an index, up to so many products that match words all are compared; 5 blocks are read for each. Above, those that match are most often what lies near
 * the query anyway, and the index finds as many as are wanted by reading as much as for some 1,000 of them (measured on a million products).
 */
const COMPARED_BY_WORDS = 1_000;
/** Of the products nearest to the query so many must match for the index to be asked: it walks on until it has as many as wanted. */
const LEAST_NEAR_SHARE = 0.2;

/** Asked in one statement: what the query names, all words and all but one. Few searches need more. */
const LEVELS_AT_ONCE = 3;

/** The nearest products, whatever their words. */
export interface NearCandidates extends Candidates, Pick<NearestProducts, 'scores' | 'otherTexts'> {}

/**
 * The products that the query names, and those that have most of its words: all of them first, then all but one, until there are enough. With vectors the nearest
 * of each, and only where one of them may come before those that are near anyway; by words alone whichever, where there are too many. Half of the words or fewer tell little and
 * match a large part of a catalogue ("red saree": everything red), so those count only if nothing else matches.
 *
 * @param where - without the words
 * @param near - the nearest products that hold for it; none for words alone
 */
export async function wordCandidates(
  db: Kysely<Database>,
  request: CandidateRequest,
  where: Conditions,
  near: NearCandidates,
): Promise<GatheredCandidates> {
  const { query, model, wanted, exactLimit = EXACT_LIMIT } = request;
  if (query === null) return { ids: [], strategy: 'NONE', leastWords: 0 };
  const { vectors, words, names } = query;
  const all = wordLevels({ words, names }, where);
  if (vectors === null || model === null)
    return { ...(await gather(all, selected(db, { where, names, limit: exactLimit }, all))), leastWords: 0 };
  if (all.length === 0) return { ids: [], strategy: 'EXACT', leastWords: 0 };
  const known = await wordsOfNearest(db, request, near);
  const levels = all.filter(({ least }) => (least === 'NAMED' ? known.named : least > known.settled));
  const nearest = nearestInTurn(db, { model, query: vectors, wanted, exactLimit, near, known }, levels);
  const worded = await gather(levels, nearest);
  return { ...worded, ids: [...new Set([...known.otherTexts, ...worded.ids])], leastWords: known.settled };
}

/** Products of a level, and how many there are, as far as they were counted. */
interface Gathered extends Candidates {
  readonly matching: number;
}

/** The candidates of a level, by its place. */
type CandidatesOf = (index: number) => Promise<Gathered>;

async function gather(levels: readonly WordLevel[], candidatesOf: CandidatesOf): Promise<Candidates> {
  const found = new Set<string>();
  let most = 0;
  let strategy: Candidates['strategy'] = 'EXACT';
  for (const [index, { unless }] of levels.entries()) {
    if (Math.max(most, found.size) >= unless) break;
    const some = await candidatesOf(index);
    for (const id of some.ids) found.add(id);
    most = Math.max(most, some.matching);
    if (strategy === 'EXACT') strategy = some.strategy;
  }
  return { ids: [...found], strategy };
}

function selected(
  db: Kysely<Database>,
  common: { where: Conditions; names: readonly string[]; limit: number },
  levels: readonly WordLevel[],
): CandidatesOf {
  return async (index) => {
    const query = levels[index]?.query;
    const statement = query === undefined ? namedProducts(db, common) : productsWithWords(db, { ...common, query });
    const ids = (await statement.execute()).map((row) => row.product_id);
    return { ids, matching: ids.length, strategy: 'EXACT' };
  };
}

interface NearestByWords extends Pick<NearestRequest, 'model' | 'query' | 'wanted' | 'exactLimit'> {
  readonly near: NearCandidates;
  readonly known: NearWords;
}

/** Those with the nearest vectors. Some levels are asked for at once, since often more than one is needed: the database leaves out those that are not. */
function nearestInTurn(db: Kysely<Database>, request: NearestByWords, levels: readonly WordLevel[]): CandidatesOf {
  const exactLimit = request.model.indexed ? Math.min(request.exactLimit, COMPARED_BY_WORDS) : request.exactLimit;
  const rows = new Map<number, LevelRow>();
  return async (index) => {
    if (!rows.has(index)) {
      const asked = levels.slice(index, index + LEVELS_AT_ONCE);
      for (const row of await nearestByLevel(db, { ...request, exactLimit }, asked)) {
        if (row.matching !== null) rows.set(index + row.level, row);
      }
    }
    const row = rows.get(index);
    const level = levels[index];
    if (row === undefined || level === undefined) return { ids: [], matching: 0, strategy: 'EXACT' };
    const matching = row.matching ?? 0;
    if (!isTooMany(row, exactLimit)) return { ids: row.ids, matching, strategy: 'EXACT' };
    return { ...(await nearestOfMany(db, request, level)), matching };
  };
}

/** By the index where what lies near the query matches; otherwise that would walk far, and up to `exactLimit` products are compared after all. */
async function nearestOfMany(
  db: Kysely<Database>,
  { near, known, ...request }: NearestByWords,
  { where, least }: WordLevel,
): Promise<Candidates> {
  const count = known.matching(least);
  const many = count > 0 && count >= near.ids.length * LEAST_NEAR_SHARE;
  // The nearest texts are known with their words; of those farther away none comes before as many pictures.
  const knowsTexts = near.scores.length > 0;
  const found = await nearestProducts(db, { ...request, where, filter: undefined, many, knowsTexts });
  return { ids: found.productIds, strategy: found.strategy };
}
