import type { Draft } from './draft.ts';
import { isOneSlip, SHORTEST_MENDED, slipCost } from './edit-cost.ts';
import type { CountedWord, Vocabulary } from './vocabulary.ts';

/** What a misspelt word may have been, likeliest first. */
export interface Mending {
  readonly slot: number;
  readonly candidates: readonly { readonly word: string; readonly probability: number }[];
}

/** An edit more makes a reading some 150 times less likely: products by the hundred do not outweigh a slip. */
const SLIP_WEIGHT = 5;
/** As likely as one or two slips: that the word is right, and the shop has no such thing. Short words are more often another word. */
const NOTHING_MEANT = { short: 1.25, middle: 1.6, long: 2.3 };
/** Of a thousand products, so that it means the same in shops of any size; a root, since a rare thing is asked for more often than its share. */
const PER = 1000;
const COMMON_WEIGHT = 0.5;
/** Beside a neighbour that the catalogue puts it next to, a reading is so much likelier, and more for each tenfold of products. */
const NEIGHBOUR_WEIGHT = 2;
const MOST_CANDIDATES = 5;

interface Candidate {
  readonly word: string;
  /** A logarithm of its probability: how common it is, less its slips. */
  readonly score: number;
}

/**
 * What the words that the catalogue does not know were meant to be, chosen together: "runing shose" is running shoes because the catalogue has these two side by
 * side. A noisy channel (Kernighan, Church, Gale 1990): how common a word is times how likely the slips are.
 *
 * @param unknown - slots that nothing was found for
 * @param keyOf - the word's stem, by which pairs are counted
 */
export async function mendWords(
  vocabulary: Vocabulary,
  draft: Draft,
  unknown: readonly number[],
  keyOf: (word: string) => string,
): Promise<Mending[]> {
  const mendable = unknown.filter((slot) => isMendable(draft, slot));
  if (mendable.length === 0) return [];
  const near = await vocabulary.near(mendable.map((slot) => wordAt(draft, slot)));
  const bySlot = new Map(
    mendable.map((slot) => [
      slot,
      candidatesOf(wordAt(draft, slot), near.get(wordAt(draft, slot)) ?? [], vocabulary.productCount),
    ]),
  );
  const bonus = await neighbourBonus(vocabulary, draft, bySlot, keyOf);
  return [...bySlot].flatMap(([slot, candidates]) => {
    if (candidates.length === 0) return [];
    const scored = candidates.map(({ word, score }) => ({ word, weight: Math.exp(score + bonus(slot, word)) }));
    const nothing = Math.exp(-SLIP_WEIGHT * nothingMeant(wordAt(draft, slot)));
    const sum = scored.reduce((total, { weight }) => total + weight, nothing);
    const ranked = scored.map(({ word, weight }) => ({ word, probability: weight / sum }));
    return [{ slot, candidates: ranked.toSorted((a, b) => b.probability - a.probability) }];
  });
}

function isMendable(draft: Draft, slot: number): boolean {
  const { kind, word, isAsking, isStop } = draft.slots[slot] ?? {
    kind: 'SIGN',
    word: '',
    isAsking: false,
    isStop: false,
  };
  // Codes and numbers are never mended: 2024 is not 2025.
  return kind === 'WORD' && !isAsking && !isStop && word.length >= SHORTEST_MENDED && /^[\p{L}\p{M}]+$/u.test(word);
}

function wordAt(draft: Draft, slot: number): string {
  return draft.slots[slot]?.word ?? '';
}

function candidatesOf(typed: string, near: readonly CountedWord[], productCount: number): Candidate[] {
  const costs = near.map(({ word, count }) => ({ word, count, cost: slipCost(typed, word) }));
  const possible = costs.filter(({ cost }) => cost > 0 && Number.isFinite(cost));
  const fewSlips = possible.filter(({ cost }) => isOneSlip(cost));
  return (fewSlips.length > 0 ? fewSlips : possible)
    .map(({ word, count, cost }) => ({
      word,
      score: COMMON_WEIGHT * Math.log(((count + 0.5) * PER) / Math.max(1, productCount)) - SLIP_WEIGHT * cost,
    }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_CANDIDATES);
}

function nothingMeant(word: string): number {
  if (word.length <= 5) return NOTHING_MEANT.short;
  return word.length === 6 ? NOTHING_MEANT.middle : NOTHING_MEANT.long;
}

/** How much likelier a candidate is for what stands beside it: known words, or the candidates of a neighbour. */
async function neighbourBonus(
  vocabulary: Vocabulary,
  draft: Draft,
  bySlot: ReadonlyMap<number, readonly Candidate[]>,
  keyOf: (word: string) => string,
): Promise<(slot: number, word: string) => number> {
  const wordsAt = (slot: number): readonly string[] =>
    bySlot.get(slot)?.map(({ word }) => word) ?? (draft.slots[slot]?.kind === 'WORD' ? [wordAt(draft, slot)] : []);
  const pairs = [...bySlot].flatMap(([slot, candidates]) =>
    candidates.flatMap(({ word }) => [
      ...wordsAt(slot - 1).map((before) => [keyOf(before), keyOf(word)] as const),
      ...wordsAt(slot + 1).map((after) => [keyOf(word), keyOf(after)] as const),
    ]),
  );
  const known = pairs.length === 0 ? new Map<string, number>() : await vocabulary.pairCounts(pairs);
  return (slot, word) => {
    const counts = [
      ...wordsAt(slot - 1).map((before) => known.get(`${keyOf(before)} ${keyOf(word)}`) ?? 0),
      ...wordsAt(slot + 1).map((after) => known.get(`${keyOf(word)} ${keyOf(after)}`) ?? 0),
    ];
    const most = Math.max(0, ...counts);
    return most === 0 ? 0 : NEIGHBOUR_WEIGHT + Math.log10(most);
  };
}
