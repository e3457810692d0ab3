import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { anyMatching } from '../filter/matching-statements.ts';
import { type NearestProducts, nearestIfFew, nearestOf, nearestProducts } from '../nearest/nearest-products.ts';
import { ALL_COMPARED, type NearestPlan, type NearestSearch, NONE_COMPARED } from '../nearest/nearest-request.ts';
import type { QueryWords } from '../query/query-words.ts';
import { WORD_LIMITS } from '../request/limits.ts';
import type { CandidateSearch, GatheredCandidates, NearCandidates } from './candidates.ts';
import { type NearWords, type WordedProduct, wordsOfNearest } from './settled-words.ts';
import { type WordLevel, type WordPlan, wordLevels, wordPlan } from './word-levels.ts';

/**
 * The products that the query names, and those that have most of its telling words: all of them first, then all but one, until there are enough. With vectors the nearest
 * of each, and only where one of them may come before those that are known; by words alone whichever, where there are too many. Rare words are always looked for: one
 * of them outweighs any vector.
 *
 * @param search - in the scope that is looked at
 * @param near - the nearest products of it; none for words alone
 */
export async function wordCandidates(
  db: Kysely<Database>,
  search: CandidateSearch,
  near: NearCandidates,
): Promise<GatheredCandidates> {
  const { query, model, filter, textQuery, predicates } = search;
  const plan = query?.vectors ? ALL_COMPARED : NONE_COMPARED;
  if (query === null || query.words === null) return { ids: [], plan, leastWords: 0 };
  const { vectors, words } = query;
  const wordsPlan = wordPlan(words, query.scoring);
  const levels = wordLevels(words, wordsPlan, { filter, textQuery, predicates });
  if (vectors === null || model === null) return gatherAny(db, search.exactLimit, levels);
  if (levels.length === 0) return { ids: [], plan, leastWords: 0 };
  const planned = { ...search, words, plan: wordsPlan };
  const known = await wordsOfNearest(db, planned, near);
  const picturesFirst = query.scoring.picturesFirst > 0;
  return gatherNearest(db, { ...planned, model, vectors, picturesFirst, near, known }, levels);
}

/** Whichever have the words. */
async function gatherAny(
  db: Kysely<Database>,
  limit: number,
  levels: readonly WordLevel[],
): Promise<GatheredCandidates> {
  const found = new Set<string>();
  for (const { scope, unless } of levels) {
    if (found.size >= unless) continue;
    for (const row of await anyMatching(db, { ...scope, limit }).execute()) found.add(row.product_id);
  }
  return { ids: [...found], plan: NONE_COMPARED, leastWords: 0 };
}

interface NearestByWords
  extends Omit<CandidateSearch, 'model'>,
    Pick<NearestSearch, 'model' | 'vectors' | 'picturesFirst'> {
  readonly words: QueryWords;
  readonly plan: WordPlan;
  readonly near: NearCandidates;
  readonly known: NearWords;
}

/** Those with the nearest vectors. What one level finds may settle that the next is not looked at. */
async function gatherNearest(
  db: Kysely<Database>,
  search: NearestByWords,
  levels: readonly WordLevel[],
): Promise<GatheredCandidates> {
  const { known, plan: wordsPlan } = search;
  const found = new Map<string, WordedProduct>();
  let settled = known.settled([]);
  let most = 0;
  let plan: NearestPlan = ALL_COMPARED;
  for (const level of levels) {
    const { least, unless } = level;
    if (least !== 'NAMED' && (least === 'RARE' ? 1 : least) <= settled) continue;
    if (Math.max(most, found.size) >= unless) continue;
    const some = await nearestOfLevel(db, search, level);
    const added = some.productIds.filter((id) => !found.has(id));
    const words = await known.scoresOf(added);
    for (const [index, id] of some.productIds.entries()) {
      const place = added.indexOf(id);
      if (place >= 0)
        found.set(id, { id, score: some.scores[index] ?? Number.NEGATIVE_INFINITY, words: words[place] ?? 0 });
    }
    most = Math.max(most, some.matching);
    if (plan.strategy === 'EXACT') plan = some.plan;
    settled = known.settled([...found.values()]);
  }
  const ids = [...new Set([...known.otherTexts(settled), ...found.keys()])];
  return { ids, plan, leastWords: wordsPlan.most(settled) };
}

/** Products of a level, and how many there are, as far as they were counted. */
type OfLevel = Pick<NearestProducts, 'productIds' | 'scores' | 'plan'> & { readonly matching: number };

async function nearestOfLevel(db: Kysely<Database>, search: NearestByWords, level: WordLevel): Promise<OfLevel> {
  const { model, exactLimit } = search;
  const limit = model.indexed ? Math.min(exactLimit, WORD_LIMITS.compared) : exactLimit;
  const few = await nearestIfFew(db, { ...search, ...level.scope, exactLimit: limit });
  const { matching } = few;
  if (matching <= limit) return { ...nearestOf(few), plan: ALL_COMPARED, matching };
  const nearest = await nearestOfMany(db, search, level);
  const all = new Map(nearest.productIds.map((id, index) => [id, nearest.scores[index] ?? Number.NEGATIVE_INFINITY]));
  for (const scope of level.named) {
    const { productIds, scores } = await nearestProducts(db, { ...search, ...scope, many: false });
    for (const [index, id] of productIds.entries()) all.set(id, scores[index] ?? Number.NEGATIVE_INFINITY);
  }
  return { ...nearest, productIds: [...all.keys()], scores: [...all.values()], matching };
}

/** By the index where what lies near the query matches; otherwise that would walk far, and up to `exactLimit` products are compared after all. */
async function nearestOfMany(
  db: Kysely<Database>,
  { near, known, ...search }: NearestByWords,
  { scope, least }: Pick<WordLevel, 'scope' | 'least'>,
): Promise<NearestProducts> {
  const count = typeof least === 'number' ? known.matching(least) : 0;
  const many = count > 0 && count >= near.ids.length * WORD_LIMITS.leastNearShare;
  // The nearest texts are known with their words; of those farther away none comes before as many pictures.
  const knowsTexts = near.scores.length > 0;
  return nearestProducts(db, { ...search, ...scope, many, knowsTexts });
}
