import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { anyMatching } from '../filter/matching-statements.ts';
import { type NearestProducts, nearestIfFew, nearestOf, nearestProducts } from '../nearest/nearest-products.ts';
import { ALL_COMPARED, type NearestPlan, type NearestSearch, NONE_COMPARED } from '../nearest/nearest-request.ts';
import { WORD_LIMITS } from '../request/limits.ts';
import type { CandidateSearch, GatheredCandidates, NearCandidates } from './candidates.ts';
import { type NearWords, type WordedProduct, wordsOfNearest } from './settled-words.ts';
import { type WordLevel, wordLevels } from './word-levels.ts';

/**
 * The products that the query names, and those that have most of its words: all of them first, then all but one, until there are enough. With vectors the nearest
 * of each, and only where one of them may come before those that are known; by words alone whichever, where there are too many. Half of the words or fewer tell little and
 * match a large part of a catalogue ("red saree": everything red), so those count only if nothing else matches.
 *
 * @param search - in the scope that is looked at
 * @param near - the nearest products of it; none for words alone
 */
export async function wordCandidates(
  db: Kysely<Database>,
  search: CandidateSearch,
  near: NearCandidates,
): Promise<GatheredCandidates> {
  const { query, model, wanted, exactLimit, filter, textQuery, names } = search;
  if (query === null) return { ids: [], plan: NONE_COMPARED, leastWords: 0 };
  const { vectors } = query;
  const levels = wordLevels(query, { filter, textQuery, names });
  if (vectors === null || model === null) return gatherAny(db, exactLimit, levels);
  if (levels.length === 0) return { ids: [], plan: ALL_COMPARED, leastWords: 0 };
  const known = await wordsOfNearest(db, search, near);
  return gatherNearest(db, { model, vectors, wanted, exactLimit, near, known }, levels);
}

/** Whichever have the words. */
async function gatherAny(
  db: Kysely<Database>,
  limit: number,
  levels: readonly WordLevel[],
): Promise<GatheredCandidates> {
  const found = new Set<string>();
  for (const { scope, unless } of levels) {
    if (found.size >= unless) break;
    for (const row of await anyMatching(db, { ...scope, limit }).execute()) found.add(row.product_id);
  }
  return { ids: [...found], plan: NONE_COMPARED, leastWords: 0 };
}

interface NearestByWords extends Pick<NearestSearch, 'model' | 'vectors' | 'wanted' | 'exactLimit'> {
  readonly near: NearCandidates;
  readonly known: NearWords;
}

/** Those with the nearest vectors. What one level finds may settle that the next is not looked at. */
async function gatherNearest(
  db: Kysely<Database>,
  search: NearestByWords,
  levels: readonly WordLevel[],
): Promise<GatheredCandidates> {
  const { known } = search;
  const found = new Map<string, WordedProduct>();
  let settled = known.settled([]);
  let most = 0;
  let plan: NearestPlan = ALL_COMPARED;
  for (const level of levels) {
    const { least, unless } = level;
    if (least === 'NAMED' ? !known.named : least <= settled) continue;
    if (Math.max(most, found.size) >= unless) break;
    const some = await nearestOfLevel(db, search, level);
    const words = least === 'NAMED' ? 0 : least;
    for (const [index, id] of some.productIds.entries()) {
      if (!found.has(id)) found.set(id, { id, score: some.scores[index] ?? Number.NEGATIVE_INFINITY, words });
    }
    most = Math.max(most, some.matching);
    if (plan.strategy === 'EXACT') plan = some.plan;
    settled = known.settled([...found.values()]);
  }
  return { ids: [...new Set([...known.otherTexts(settled), ...found.keys()])], plan, leastWords: settled };
}

/** Products of a level, and how many there are, as far as they were counted. */
type OfLevel = Pick<NearestProducts, 'productIds' | 'scores' | 'plan'> & { readonly matching: number };

async function nearestOfLevel(db: Kysely<Database>, search: NearestByWords, level: WordLevel): Promise<OfLevel> {
  const { model, exactLimit } = search;
  const limit = model.indexed ? Math.min(exactLimit, WORD_LIMITS.compared) : exactLimit;
  const few = await nearestIfFew(db, { ...search, ...level.scope, exactLimit: limit });
  const { matching } = few;
  if (matching <= limit) return { ...nearestOf(few), plan: ALL_COMPARED, matching };
  return { ...(await nearestOfMany(db, search, level)), matching };
}

/** By the index where what lies near the query matches; otherwise that would walk far, and up to `exactLimit` products are compared after all. */
async function nearestOfMany(
  db: Kysely<Database>,
  { near, known, ...search }: NearestByWords,
  { scope, least }: WordLevel,
): Promise<NearestProducts> {
  const count = known.matching(least);
  const many = count > 0 && count >= near.ids.length * WORD_LIMITS.leastNearShare;
  // The nearest texts are known with their words; of those farther away none comes before as many pictures.
  const knowsTexts = near.scores.length > 0;
  return nearestProducts(db, { ...search, ...scope, many, knowsTexts });
}
