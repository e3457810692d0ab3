import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { EXACT_LIMIT, isTooMany, nearestByLevel, nearestProducts } from './nearest-products.ts';
import type { NearestRequest } from './nearest-request.ts';
import type { LevelRow } from './queries-levels.ts';
import { type Conditions, matchingAmong } from './queries-neighbours.ts';
import { isNamed, matchesWords, namedProducts, productsWithWords } from './queries-words.ts';
import { atLeast } from './query-words.ts';
import type { RankRequest } from './rank-products.ts';
import { type Candidates, WINDOW_STEP } from './ranking.ts';
import type { SearchQuery } from './search-query.ts';

/**
 * Where there is an index, up to so many products that match words all are compared; 5 blocks are read for each. Above, those that match are most often what lies near
 * the query anyway, and the index finds as many as are wanted by reading as much as for some 1,000 of them (measured on a million products).
 */
const COMPARED_BY_WORDS = 1_000;
/** Of the products nearest to the query so many must match for the index to be asked: it walks on until it has as many as wanted. */
const LEAST_NEAR_SHARE = 0.2;

/** Asked in one statement: what the query names, all words and all but one. Few searches need more. */
const LEVELS_AT_ONCE = 3;

/**
 * The products that the query names, and those that have most of its words: all of them first, then all but one, until there are enough. With vectors the nearest
 * of each; by words alone whichever, where there are too many. Half of the words or fewer tell little and match a large part of a catalogue ("red saree":
 * everything red), so those count only if nothing else matches.
 *
 * @param where - without the words
 * @param near - the nearest products that hold for it, whatever their words; none for words alone
 */
export async function wordCandidates(
  db: Kysely<Database>,
  { query, model, wanted, exactLimit = EXACT_LIMIT }: RankRequest,
  where: Conditions,
  near: readonly string[],
): Promise<Candidates> {
  if (query === null) return { ids: [], strategy: 'NONE' };
  const levels = wordLevels(db, query, where, exactLimit);
  const { vectors } = query;
  const candidatesOf =
    vectors === null || model === null
      ? selected(levels)
      : nearestInTurn(db, { model, query: vectors, wanted, exactLimit, near }, levels);
  const found = new Set<string>();
  let strategy: Candidates['strategy'] = 'EXACT';
  for (const [index, { unless }] of levels.entries()) {
    if (found.size >= unless) break;
    const some = await candidatesOf(index);
    for (const id of some.ids) found.add(id);
    if (strategy === 'EXACT') strategy = some.strategy;
  }
  return { ids: [...found], strategy };
}

/** Products that words tell. */
interface WordLevel {
  /** It is not looked at where so many are found before it. */
  readonly unless: number;
  readonly where: () => Conditions;
  /** No more of them than are all compared, whichever. */
  readonly select: () => Promise<{ product_id: string }[]>;
}

/** In the order in which they are looked at. */
function wordLevels(
  db: Kysely<Database>,
  { words, names }: Pick<SearchQuery, 'words' | 'names'>,
  where: Conditions,
  limit: number,
): WordLevel[] {
  const named = {
    unless: WINDOW_STEP,
    where: () => [...where, isNamed(names)],
    select: () => namedProducts(db, { where, names, limit }).execute(),
  };
  const worded = words.map((_, missing) => {
    const least = words.length - missing;
    return {
      unless: least * 2 <= words.length ? 1 : WINDOW_STEP,
      where: () => [...where, matchesWords(atLeast(least, words))],
      select: () => productsWithWords(db, { where, query: atLeast(least, words), limit }).execute(),
    };
  });
  return names.length > 0 ? [named, ...worded] : worded;
}

/** The candidates of a level, by its place. */
type CandidatesOf = (index: number) => Promise<Candidates>;

function selected(levels: readonly WordLevel[]): CandidatesOf {
  return async (index) => {
    const rows = (await levels[index]?.select()) ?? [];
    return { ids: rows.map((row) => row.product_id), strategy: 'EXACT' };
  };
}

interface NearestByWords extends Pick<NearestRequest, 'model' | 'query' | 'wanted' | 'exactLimit'> {
  readonly near: readonly string[];
}

/** Those with the nearest vectors. Some levels are asked for at once, since mostly more than one is needed: the database leaves out those that are not. */
function nearestInTurn(db: Kysely<Database>, request: NearestByWords, levels: readonly WordLevel[]): CandidatesOf {
  const exactLimit = request.model.indexed ? Math.min(request.exactLimit, COMPARED_BY_WORDS) : request.exactLimit;
  const known = new Map<number, LevelRow>();
  return async (index) => {
    if (!known.has(index)) {
      const asked = levels
        .slice(index, index + LEVELS_AT_ONCE)
        .map(({ unless, where }) => ({ unless, where: where() }));
      for (const row of await nearestByLevel(db, { ...request, exactLimit }, asked)) {
        if (row.matching !== null) known.set(index + row.level, row);
      }
    }
    const row = known.get(index);
    const level = levels[index];
    if (row === undefined || level === undefined) return { ids: [], strategy: 'EXACT' };
    if (!isTooMany(row, exactLimit)) return { ids: row.ids, strategy: 'EXACT' };
    return nearestOfMany(db, request, level.where());
  };
}

/** By the index where what lies near the query matches; otherwise that would walk far, and up to `exactLimit` products are compared after all. */
async function nearestOfMany(
  db: Kysely<Database>,
  { near, ...request }: NearestByWords,
  where: Conditions,
): Promise<Candidates> {
  const { count } = await matchingAmong(db, { productIds: near, where }).executeTakeFirstOrThrow();
  const many = count > 0 && count >= near.length * LEAST_NEAR_SHARE;
  const { productIds: ids, strategy } = await nearestProducts(db, {
    ...request,
    where,
    filter: undefined,
    many,
  });
  return { ids, strategy };
}
