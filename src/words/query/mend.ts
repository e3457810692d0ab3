import type { Draft } from './draft.ts';
import { isOneSlip, SHORTEST_MENDED, slipCost } from './edit-cost.ts';
import { type JoinedReading, joinedReadings, spellingsOf } from './mend-joined.ts';
import type { CountedWord, Vocabulary } from './vocabulary.ts';

/** What a misspelt word may have been, likeliest first. */
export interface Mending {
  readonly slot: number;
  readonly candidates: readonly MendedReading[];
}

export interface MendedReading {
  /** For people: its parts with blanks between them. */
  readonly word: string;
  /** One word, or two neighbours that were typed as one. */
  readonly parts: readonly string[];
  readonly probability: number;
}

/** An edit more makes a reading some 150 times less likely: products by the hundred do not outweigh a slip. */
const SLIP_WEIGHT = 5;
/** As likely as one or two slips: that the word is right, and the shop has no such thing. Short words are more often another word. */
const NOTHING_MEANT = { short: 1.25, middle: 1.6, long: 2.3 };
/** That the shop has no such thing is so much likelier beside a word that it does not know and that is no slip either, or where no product has the reading with anything else that was asked: "roof tiles" are no ties. */
const FOREIGN_WEIGHT = 3;
/** Of a thousand products, so that it means the same in shops of any size; a root, since a rare thing is asked for more often than its share. */
const PER = 1000;
const COMMON_WEIGHT = 0.5;
/** Beside a neighbour that the catalogue puts it next to, a reading is so much likelier, and more for each tenfold of products. */
const NEIGHBOUR_WEIGHT = 2;
const MOST_CANDIDATES = 5;

/** One where several were typed. */
const PLURAL = 0.2;
/** A blank left out is half a slip: many write so. */
const MISSING_BLANK = 0.5;

interface Candidate {
  readonly parts: readonly string[];
  /** A logarithm of its probability: how common it is, less its slips. */
  readonly score: number;
}

export interface MendableWords {
  /** Slots that nothing was found for. */
  readonly unknown: readonly number[];
  /** By slot, products that have a word that is in doubt all the same. */
  readonly doubted: ReadonlyMap<number, number>;
  /** Whether no product has a reading of a slot beside any other word of the query that the catalogue knows. */
  readonly isOutOfPlace: (slot: number, parts: readonly string[]) => Promise<boolean>;
}

/**
 * What the words that the catalogue does not know were meant to be, chosen together: "runing shose" is running shoes because the catalogue has these two side by
 * side. A noisy channel (Kernighan, Church, Gale 1990): how common a word is times how likely the slips are.
 *
 * A word that the catalogue knows and that is in doubt is a reading of its own, without a slip: it is left out of the answer where it is the likeliest.
 *
 * @param keyOf - the word's stem, by which pairs are counted
 */
export async function mendWords(
  vocabulary: Vocabulary,
  draft: Draft,
  { unknown, doubted, isOutOfPlace }: MendableWords,
  keyOf: (word: string) => string,
): Promise<Mending[]> {
  const mendable = [...unknown.filter((slot) => isMendable(draft, slot)), ...doubted.keys()];
  if (mendable.length === 0) return [];
  const typed = mendable.map((slot) => wordAt(draft, slot));
  const near = await vocabulary.near(typed.flatMap(spellingsOf));
  const joined = await joinedReadings(
    vocabulary,
    mendable.filter((slot) => !doubted.has(slot)).map((slot) => wordAt(draft, slot)),
    keyOf,
  );
  const { productCount } = vocabulary;
  const bySlot = new Map(
    mendable.map((slot) => {
      const word = wordAt(draft, slot);
      const pairs = (joined.get(word) ?? []).map((reading) => joinedCandidate(reading, productCount));
      const count = doubted.get(slot);
      const slips = candidatesOf(word, near, productCount);
      if (count === undefined) return [slot, bestOf([...slips, ...pairs])];
      const others = slips.filter(({ parts }) => parts.every((part) => keyOf(part) !== keyOf(word)));
      return [slot, [{ parts: [word], score: commonness(count, productCount) }, ...bestOf(others)]];
    }),
  );
  const bonus = await neighbourBonus(vocabulary, draft, bySlot, keyOf);
  const isForeign = unknown.some((slot) => isTelling(draft, slot) && (bySlot.get(slot) ?? []).length === 0);
  const mendings = [...bySlot].map(async ([slot, candidates]): Promise<Mending[]> => {
    if (candidates.length === 0) return [];
    const scored = candidates.map(({ parts, score }) => ({ parts, weight: Math.exp(score + bonus(slot, parts)) }));
    const isDoubted = doubted.has(slot);
    const likeliest = scored.reduce((best, one) => (one.weight > best.weight ? one : best));
    const foreign = isForeign || (!isDoubted && (await isOutOfPlace(slot, likeliest.parts))) ? FOREIGN_WEIGHT : 0;
    const nothing = isDoubted ? 0 : Math.exp(foreign - SLIP_WEIGHT * nothingMeant(wordAt(draft, slot)));
    const sum = scored.reduce((total, { weight }) => total + weight, nothing);
    const ranked = scored.map(({ parts, weight }) => ({ word: parts.join(' '), parts, probability: weight / sum }));
    const ordered = ranked.toSorted((a, b) => b.probability - a.probability);
    if (isDoubted && ordered[0]?.word === wordAt(draft, slot)) return [];
    return [{ slot, candidates: ordered.filter(({ word }) => word !== wordAt(draft, slot)) }];
  });
  return (await Promise.all(mendings)).flat();
}

function isTelling(draft: Draft, slot: number): boolean {
  const { isStop = true, isAsking = true } = draft.slots[slot] ?? {};
  return !isStop && !isAsking;
}

export function isMendable(draft: Draft, slot: number): boolean {
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

function candidatesOf(
  typed: string,
  near: ReadonlyMap<string, readonly CountedWord[]>,
  productCount: number,
): Candidate[] {
  const costs = new Map<string, CountedWord & { readonly cost: number }>();
  for (const spelling of spellingsOf(typed)) {
    for (const { word, count } of near.get(spelling) ?? []) {
      const cost = slipCost(spelling, word) + (spelling === typed ? 0 : PLURAL);
      if (cost < (costs.get(word)?.cost ?? Number.POSITIVE_INFINITY)) costs.set(word, { word, count, cost });
    }
  }
  const possible = [...costs.values()].filter(({ cost }) => cost > 0);
  const fewSlips = possible.filter(({ cost }) => isOneSlip(cost));
  return (fewSlips.length > 0 ? fewSlips : possible).map(({ word, count, cost }) => ({
    parts: [word],
    score: commonness(count, productCount) - SLIP_WEIGHT * cost,
  }));
}

/** That the catalogue has the two side by side tells as much as a known neighbour does. */
function joinedCandidate({ parts, count, cost }: JoinedReading, productCount: number): Candidate {
  const score = commonness(count, productCount) - SLIP_WEIGHT * (cost + MISSING_BLANK) + neighbourWeight(count);
  return { parts, score };
}

function bestOf(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
}

function commonness(count: number, productCount: number): number {
  return COMMON_WEIGHT * Math.log(((count + 0.5) * PER) / Math.max(1, productCount));
}

function neighbourWeight(count: number): number {
  return count === 0 ? 0 : NEIGHBOUR_WEIGHT + Math.log10(count);
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
): Promise<(slot: number, parts: readonly string[]) => number> {
  const partsAt = (slot: number): readonly (readonly string[])[] =>
    bySlot.get(slot)?.map(({ parts }) => parts) ?? (draft.slots[slot]?.kind === 'WORD' ? [[wordAt(draft, slot)]] : []);
  const pairsOf = (slot: number, parts: readonly string[]): (readonly [string, string])[] => [
    ...partsAt(slot - 1).map((before) => [keyOf(before.at(-1) ?? ''), keyOf(parts[0] ?? '')] as const),
    ...partsAt(slot + 1).map((after) => [keyOf(parts.at(-1) ?? ''), keyOf(after[0] ?? '')] as const),
  ];
  const pairs = [...bySlot].flatMap(([slot, candidates]) => candidates.flatMap(({ parts }) => pairsOf(slot, parts)));
  const known = pairs.length === 0 ? new Map<string, number>() : await vocabulary.pairCounts(pairs);
  return (slot, parts) =>
    neighbourWeight(Math.max(0, ...pairsOf(slot, parts).map((pair) => known.get(pair.join(' ')) ?? 0)));
}
