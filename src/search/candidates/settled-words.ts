import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import type { ScoredProduct } from '../nearest/nearest-request.ts';
import type { Scoring } from '../query/search-query.ts';
import { wordsAmong } from '../query/word-statements.ts';
import type { CandidateSearch, NearCandidates } from './candidates.ts';
import type { WordLevel } from './word-levels.ts';

/** What the words of the nearest products say of all others. */
export interface NearWords {
  /** Whether the query names any product of the shop. */
  readonly named: boolean;
  /** Those of the other texts that have more words than so many. */
  readonly otherTexts: (settled: number) => readonly string[];
  /** How many of the nearest are of a level. */
  readonly matching: (least: WordLevel['least']) => number;
  /** A product outside both lists can come among the leading ones only if it has more words than this. */
  readonly settled: (worded: readonly WordedProduct[]) => number;
}

/** A product that was found by words. */
export interface WordedProduct extends ScoredProduct {
  /** That it has at least. */
  readonly words: number;
}

/**
 * Looks at the words of the products with the nearest vectors. All others are farther than the last of these, so they can score no more than it does, beside their words: where as many
 * of those that are known as must come first score as much as that with all of a number of words, nobody needs to look for others with so many (R. Fagin, A. Lotem, M. Naor,
 * "Optimal aggregation algorithms for middleware", 2003: the threshold algorithm).
 */
export async function wordsOfNearest(
  db: Kysely<Database>,
  search: CandidateSearch,
  near: NearCandidates,
): Promise<NearWords> {
  const { query } = search;
  invariant(query !== null, 'words are of a query');
  const { words, names, scoring } = query;
  const productIds = [...near.ids, ...near.otherTexts.map(({ id }) => id)];
  const { rows } = await wordsAmong({ productIds, words, names }).execute(db);
  const [row] = rows;
  invariant(row !== undefined, 'an array is one row, also of nothing');
  const matched = row.matched.slice(0, near.ids.length);
  const decides = scoresDecide(search, near);
  const isNear = new Set(near.ids);
  return {
    named: row.named,
    otherTexts: (settled) =>
      productIds.filter((_, index) => index >= matched.length && (row.matched[index] ?? 0) > settled),
    matching: (least) => (least === 'NAMED' ? row.namedNear : matched.filter((count) => count >= least).length),
    settled: (worded) => {
      if (!decides) return 0;
      const others = worded.filter(({ id }) => !isNear.has(id));
      return settledWords({ ...near, matched, others, words: words.length, leading: search.leading, scoring });
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
 * So many words do not help a product that is none of the nearest to come among the first.
 *
 * @param near.scores - by vectors, best first; not empty
 * @param near.matched - words that each of them has
 * @param near.others - products that were found by words; each once
 * @param near.words - words that a product may have
 * @param near.leading - how many come first
 * @returns 0 to `words`
 */
export function settledWords(near: {
  readonly scores: readonly number[];
  readonly matched: readonly number[];
  readonly others: readonly WordedProduct[];
  readonly words: number;
  readonly leading: number;
  readonly scoring: Scoring;
}): number {
  const { scores, matched, others, words, leading, scoring } = near;
  const forWords = (count: number) => (scoring.wordWeight * count) / scoring.wordCount;
  const best = [
    ...scores.map((score, index) => score + forWords(matched[index] ?? 0)),
    ...others.map(({ score, words: some }) => score + forWords(some)),
  ].sort((a, b) => b - a);
  const last = best[leading - 1];
  const farthest = scores.at(-1);
  if (last === undefined || farthest === undefined) return 0;
  let settled = 0;
  while (settled < words && last >= farthest + forWords(settled + 1)) settled++;
  // What is called so is as relevant as that, however far it is.
  const calledSo = relevanceOf(last, scoring) < scoring.titledRelevance && words >= scoring.wordCount;
  return calledSo ? Math.min(settled, words - 1) : settled;
}

function relevanceOf(score: number, { midpoint, width }: Scoring): number {
  return 1 / (1 + Math.exp((midpoint - score) / width));
}
