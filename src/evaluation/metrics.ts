// What one ranked list is worth. Each function takes the list as booleans, best result first: whether the result at that place is relevant. docs/evaluation.md has
// the formulas; a list that is shorter than k counts as if nothing relevant followed.

/**
 * Precision@k: relevant results among the first k, divided by k.
 *
 * Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), 8.3 and 8.4.
 * @param k - 1 or more
 */
export function precisionAt(relevance: readonly boolean[], k: number): number {
  return hitsAt(relevance, k) / k;
}

/**
 * Recall@k: relevant results among the first k, divided by all that are relevant. At most k / relevantCount.
 *
 * Source: Manning, Raghavan, Schütze (2008), 8.3.
 * @param relevantCount - relevant products of the whole catalogue, 1 or more
 */
export function recallAt(relevance: readonly boolean[], relevantCount: number, k: number): number {
  return hitsAt(relevance, k) / relevantCount;
}

/** Hit rate@k (success@k) of one query: 1 if any of the first k is relevant, else 0. Source: trec_eval, measure `success`. */
export function hitAt(relevance: readonly boolean[], k: number): number {
  return hitsAt(relevance, k) > 0 ? 1 : 0;
}

/** 1 / rank of the first relevant result, 0 without any. Its mean over queries is the MRR. Source: Voorhees, The TREC-8 Question Answering Track (1999). */
export function reciprocalRank(relevance: readonly boolean[]): number {
  return 1 / firstRank(relevance);
}

/** Rank of the first relevant result, from 1; Infinity without any. */
export function firstRank(relevance: readonly boolean[]): number {
  const index = relevance.indexOf(true);
  return index === -1 ? Number.POSITIVE_INFINITY : index + 1;
}

/**
 * Average precision at k: precision at the rank of each relevant result among the first k, added up and divided by the relevant results that could stand there,
 * min(relevantCount, k). Not by those that do: a list with one relevant result of ten in front would otherwise be perfect.
 *
 * Source: Manning, Raghavan, Schütze (2008), 8.4; the bound k as in trec_eval's `map_cut`, which divides by relevantCount even where k is less.
 * @param k - Infinity for the whole list
 */
export function averagePrecisionAt(relevance: readonly boolean[], relevantCount: number, k: number): number {
  let hits = 0;
  let sum = 0;
  for (const [index, relevant] of relevance.slice(0, k).entries()) {
    if (!relevant) continue;
    hits++;
    sum += hits / (index + 1);
  }
  return sum / Math.min(relevantCount, k);
}

/**
 * nDCG@k with a gain of 1: sum of 1 / log2(rank + 1) over the relevant among the first k, divided by the sum of the best order.
 *
 * Source: Järvelin, Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20 (2002).
 */
export function ndcgAt(relevance: readonly boolean[], relevantCount: number, k: number): number {
  let gain = 0;
  for (const [index, relevant] of relevance.slice(0, k).entries()) if (relevant) gain += discount(index);
  let best = 0;
  for (let index = 0; index < Math.min(relevantCount, k); index++) best += discount(index);
  return gain / best;
}

/** Share of the results shown, at most k, that are relevant; 0 where nothing is shown. Unlike precision it does not count missing results as wrong. */
export function shareAt(relevance: readonly boolean[], k: number): number {
  const shown = Math.min(k, relevance.length);
  return shown === 0 ? 0 : hitsAt(relevance, k) / shown;
}

/** CategorySpread@k: how many different categories the first k results are of; those without a category count as one. */
export function categorySpreadAt(categories: readonly (string | null)[], k: number): number {
  return new Set(categories.slice(0, k)).size;
}

/** How many of the first k results show a product that a result above them shows already. */
export function repeatedAt(productIds: readonly string[], k: number): number {
  const shown = productIds.slice(0, k);
  return shown.length - new Set(shown).size;
}

function hitsAt(relevance: readonly boolean[], k: number): number {
  return relevance.slice(0, k).filter(Boolean).length;
}

/** @param index - place in the list, from 0 */
function discount(index: number): number {
  return 1 / Math.log2(index + 2);
}
