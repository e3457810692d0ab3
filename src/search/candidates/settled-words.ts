import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import type { ScoredProduct } from '../nearest/nearest-request.ts';
import type { QueryWords } from '../query/query-words.ts';
import type { Scoring } from '../query/search-query.ts';
import { wordsAmong } from '../query/words-among-statements.ts';
import type { CandidateSearch, NearCandidates } from './candidates.ts';
import type { WordPlan } from './word-levels.ts';

/** What the words of the nearest products say of all others. */
export interface NearWords {
  /** Those of the other texts that have more slots than so many. */
  readonly otherTexts: (settled: number) => readonly string[];
  /** How many of the nearest are of a level. */
  readonly matching: (least: number) => number;
  /** What the words of other products count for; nothing where that decides nothing. */
  readonly scoresOf: (productIds: readonly string[]) => Promise<readonly number[]>;
  /** A product outside both lists can come among the leading ones only if it has more slots than this. */
  readonly settled: (worded: readonly WordedProduct[]) => number;
}

/** A product that was found by words. */
export interface WordedProduct extends ScoredProduct {
  /** What its words count for, at least. */
  readonly words: number;
}

/**
 * Looks at the words of the products with the nearest vectors. All others are farther than the last of these, so they can score no more than it does, beside their words: where as many
 * of those that are known as must come first score as much as that with all of a number of words, nobody needs to look for others with so many (R. Fagin, A. Lotem, M. Naor,
 * "Optimal aggregation algorithms for middleware", 2003: the threshold algorithm).
 */
export async function wordsOfNearest(
  db: Kysely<Database>,
  search: CandidateSearch & { readonly words: QueryWords; readonly plan: WordPlan },
  near: NearCandidates,
): Promise<NearWords> {
  const { query, words, plan } = search;
  invariant(query !== null, 'words are of a query');
  const { scoring } = query;
  const productIds = [...near.ids, ...near.otherTexts.map(({ id }) => id)];
  async function wordsOf(ids: readonly string[]) {
    const { rows } = await wordsAmong({ productIds: ids, words, slots: plan.slots, scoring }).execute(db);
    const [row] = rows;
    invariant(row !== undefined, 'an array is one row, also of nothing');
    return row;
  }
  const row = await wordsOf(productIds);
  const known = { words: row.scores.slice(0, near.ids.length), matched: row.matched.slice(0, near.ids.length) };
  const decides = scoresDecide(search, near);
  const isNear = new Set(near.ids);
  return {
    otherTexts: (settled) =>
      productIds.filter((_, index) => index >= near.ids.length && (row.matched[index] ?? 0) > settled),
    matching: (least) => known.matched.filter((count) => count >= least).length,
    scoresOf: async (ids) => (decides && ids.length > 0 ? (await wordsOf(ids)).scores : []),
    settled: (worded) => {
      if (!decides) return 0;
      const others = worded.filter(({ id }) => !isNear.has(id));
      return settledWords({ ...near, ...known, others, plan, leading: search.leading, scoring });
    },
  };
}

/** Whether products come in the order of their scores, and those that were found are only some. */
function scoresDecide(
  { boosts, minRelevance, duplicateDistance, wanted }: CandidateSearch,
  { scores }: NearCandidates,
): boolean {
  return boosts.length === 0 && minRelevance === 0 && duplicateDistance === undefined && scores.length >= wanted;
}

/**
 * So many of the telling slots do not help a product that is none of the nearest to come among the first.
 *
 * @param near.scores - by vectors, best first; not empty
 * @param near.words - what the words of each count for
 * @param near.others - products that were found by words; each once
 * @param near.leading - how many come first
 * @returns 0 to the number of slots
 */
export function settledWords(near: {
  readonly scores: readonly number[];
  readonly words: readonly number[];
  readonly others: readonly WordedProduct[];
  readonly plan: WordPlan;
  readonly leading: number;
  readonly scoring: Pick<Scoring, 'nearFrom' | 'nearSpan' | 'trust'>;
}): number {
  const { scores, words, others, plan, leading, scoring } = near;
  const nearness = (score: number) =>
    scoring.trust * Math.max(0, Math.min(1, (score - scoring.nearFrom) / scoring.nearSpan));
  const best = [
    ...scores.map((score, index) => nearness(score) + (words[index] ?? 0)),
    ...others.map((other) => nearness(other.score) + other.words),
  ].sort((a, b) => b - a);
  const last = best[leading - 1];
  const farthest = scores.at(-1);
  if (last === undefined || farthest === undefined) return 0;
  let settled = 0;
  while (settled < plan.slots.length && last >= nearness(farthest) + plan.most(settled + 1)) settled++;
  return settled;
}
