import type { FieldWeight } from '../product-words.ts';
import type { Slot } from '../query/word-query.ts';
import { rareCount, rarityOf } from './rarity.ts';

/** How a product matches one slot: the best of the alternatives that cover it. */
export interface SlotMatch {
  /** 0: not at all; else the factor of the alternative. */
  readonly factor: number;
  /** 0 to 1: by where it stands. */
  readonly field: number;
  /** Whether the slot, as it is read best, is the value of an attribute of the product, or a part of one. (false) */
  readonly isValue?: boolean;
}

/** What a word counts by where it stands: PostgreSQL's weights, see `product-words.ts`. A category is as much what a thing is called as its title is. */
export const FIELD_VALUES: Readonly<Record<FieldWeight, number>> = { A: 1, B: 1, C: 0.9, D: 0.8 };

/** Half of what quality is judged by counts words, half what they tell: with rarity alone "red" of "red dress" is nearly nothing (decision 0004). */
const COUNTED_SHARE = 0.5;
/** More than any vector, even where all words are found by a stem or a synonym: 1.5 × 0.85². */
const COVERAGE = 1.5;
/** More than vectors and fields together can differ by, for a product that is called what was asked. */
const NAMED = 3;
export const OTHER_AMOUNT = 0.1;
/** What it counts that a product is what a word says by an attribute, "black" by its colour, beside those that only mention it, perhaps in a description: half of what vectors count. docs/decisions/0017-words.md */
export const VALUE = 0.5;
/** By vectors 0 to 1. */
export const VECTORS = 1;

/**
 * What it counts that a product is called what was asked. The whole query as its title counts more than a title within the query by more than vectors do; a name
 * that stands in the query keeps its value whatever is typed before or behind it.
 */
export const NAME_VALUES = {
  WHOLE_TITLE: 1.4,
  TITLE: 1,
  CODE: 1,
  TITLE_WITHOUT_BRAND: 0.8,
  BRAND: 0.45,
  CATEGORY: 0.45,
} as const;

export interface ScoreInput {
  readonly slots: readonly Slot[];
  /** One for each slot. */
  readonly matches: readonly SlotMatch[];
  /** The best of NAME_VALUES that applies; 0: none. */
  readonly name: number;
  /** Quantity slots that the product has another amount of. */
  readonly otherAmounts: number;
  /** 0 to 1: the calibrated similarity. */
  readonly similarity: number;
  /** 0 to 1: how well vectors can judge this query (`readability`). */
  readonly trust: number;
  readonly productCount: number;
}

/**
 * What a product scores for a query:
 *
 *     Σ share (a rarity^8 reached field + 0.5 value)  +  coverage² (1.5 + 3 name)  -  0.1 other amounts  +  trust similarity
 *
 * with coverage the share of the query that was found and a such that a rare word, wherever it stands, outweighs every vector. So (property tests):
 * what has all words is never behind what has none; a rare word outweighs every vector; a word behind or before the query never puts a product that has it behind one
 * that lacks it, similarities held fixed (but for one whose whole title was asked, beside one whose title is a part of it). BM25F (Robertson, Zaragoza 2009, 3.6) with binary term frequency: in products a word that stands twice says no more.
 *
 * @returns 0 or more, but for other amounts
 */
export function scoreOf(input: ScoreInput): number {
  const { slots, matches, name, otherAmounts, similarity, trust, productCount } = input;
  const words = slots.reduce((sum, slot, index) => {
    const { rarity, share } = slot;
    const { field, isValue = false } = matches[index] ?? { field: 0 };
    const found = wordWorth(productCount, rarity) * reachedShare(slot, matches[index]) * field;
    return sum + share * (found + (isValue ? VALUE : 0));
  }, 0);
  const covered = coverageOf(slots, matches);
  return (
    words +
    covered * covered * (COVERAGE + NAMED * name) -
    OTHER_AMOUNT * otherAmounts +
    VECTORS * trust * Math.min(1, Math.max(0, similarity))
  );
}

/** How steeply a word that more products have counts less: beside others a common one counts by what it covers. */
const STEEPNESS = 8;

/**
 * What a word counts in a title: so much that one that no more than `rareCount` products have is worth 1 in the least of fields, whatever vectors say.
 *
 * @param rarity - `rarityOf` it
 */
export function wordWorth(productCount: number, rarity: number): number {
  const ratio = rarity / rarityOf(productCount, rareCount(productCount));
  return (VECTORS / FIELD_VALUES.D) * (ratio < 1 ? ratio ** STEEPNESS : ratio);
}

/** @returns the share of what the catalogue knows of the query that was found, 0 to 1; 0 for a query without such words */
export function coverageOf(slots: readonly Slot[], matches: readonly SlotMatch[]): number {
  const known = slots.reduce((sum, slot) => sum + (slot.best > 0 ? slot.share : 0), 0);
  const found = slots.reduce((sum, slot, index) => sum + slot.share * reachedShare(slot, matches[index]), 0);
  return known === 0 ? 0 : found / known;
}

/**
 * How much of what the catalogue knows of a slot a match reached: a word that nobody has but misspelt, or by its stem, orders products as any other does. How sure the match
 * is, quality says.
 *
 * @returns 0 to 1
 */
export function reachedShare({ best }: Pick<Slot, 'best'>, match: Pick<SlotMatch, 'factor'> | undefined): number {
  return best === 0 ? 0 : (match?.factor ?? 0) / best;
}

/** What a slot counts in the coverage that quality is judged by; in the score each word counts alike, since what it tells is counted beside it. */
export function coverageWeight({ rarity, share }: Slot): number {
  return share * (COUNTED_SHARE + (1 - COUNTED_SHARE) * rarity);
}

/**
 * What a query that is found whole counts, and what a name counts beside it.
 *
 * @param share - of texts in all that was asked, 0 to 1
 */
export function coverageWorthOf(share: number): { readonly coverageWorth: number; readonly nameWorth: number } {
  return { coverageWorth: share * COVERAGE, nameWorth: share * NAMED };
}

/** What a word in a title counts from which on it outweighs every vector wherever it stands. @param coverageWorth - of the query */
export function rareWorth(coverageWorth: number): number {
  return ((coverageWorth / COVERAGE) * VECTORS) / FIELD_VALUES.D;
}
