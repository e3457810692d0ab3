import type { Slot } from '../query/word-query.ts';
import { coverageWeight, type SlotMatch } from './score.ts';

export type WordQuality = 'STRONG' | 'WEAK' | 'NONE';

export const STRONG_COVERAGE = 0.8;
/** Half of what was asked, and a little less than one word of two where the other is unknown: "kitchen sink" in a shop with kitchen knives. */
export const WEAK_COVERAGE = 0.5;
/** Enough where a misspelt word was found in a name: the answer says what it was taken for. */
export const MENDED_COVERAGE = 0.3;
/** A word so rare, in title, brand, category or attributes, is worth showing whatever else was asked. */
export const TELLING_RARITY = 0.6;
export const TELLING_FIELD = 0.95;
/** From this factor on a word counts as found: synonyms and compounds do, mended words do not. */
export const FOUND_FACTOR = 0.7;
/** A mended word, or a loose compound, is half a find: two of three are WEAK, one of two is not. */
export const HALF_FACTOR = 0.5;
const HALF_FOUND = 0.8;
/** Of which at least two words must be found where many were asked. */
export const LEAST_FOUND = 2;

export interface QualityInput {
  readonly slots: readonly Slot[];
  /** Of the best product; one for each slot. */
  readonly matches: readonly SlotMatch[];
  /** Whether it is called so: code, title, brand or category. */
  readonly isNamed: boolean;
  /** Whether a word that matched was mended. */
  readonly isMended: boolean;
}

/** What is found whole and not called so is less than a sure match: so much of what is above STRONG counts. */
export const FOUND_RELEVANCE = 0.75;
/** The most that is not STRONG. */
export const BELOW_STRONG = 0.79;
/** Sums of shares that make a bound may fall short of it by this. */
export const ROUNDING = 1e-9;

export interface WordRelevance {
  /** 0 to 1, with the bounds of quality: STRONG from 0.8 on, WEAK from 0.5. */
  readonly relevance: number;
  /** Whether it rests on a part of the query alone, so that vectors that can judge it may doubt it. */
  readonly isDoubtful: boolean;
}

/** How relevant a product is by its words: by what was found, and never less because many products have it. */
export function wordRelevance({ slots, matches, isNamed, isMended }: QualityInput): WordRelevance {
  const asked = slots.reduce((sum, slot) => sum + coverageWeight(slot), 0);
  const found = slots.reduce(
    (sum, slot, index) => sum + coverageWeight(slot) * foundShare(matches[index]?.factor ?? 0),
    0,
  );
  const coverage = asked === 0 ? 0 : found / asked;
  const isStrong = coverage >= STRONG_COVERAGE - ROUNDING;
  if (isStrong && isNamed && !isMended) return { relevance: 1, isDoubtful: false };
  if (isStrong && (isNamed || !isMended)) {
    return {
      relevance: STRONG_COVERAGE + FOUND_RELEVANCE * Math.max(0, coverage - STRONG_COVERAGE),
      isDoubtful: false,
    };
  }
  const part = Math.max(WEAK_COVERAGE, Math.min(coverage, BELOW_STRONG));
  if (isTold({ slots, matches, isNamed, isMended }, coverage)) return { relevance: part, isDoubtful: false };
  return { relevance: coverage >= WEAK_COVERAGE - ROUNDING ? part : coverage, isDoubtful: true };
}

/** Whether a few telling words are enough, whatever else was asked. */
function isTold({ slots, matches, isNamed, isMended }: QualityInput, coverage: number): boolean {
  const isNamedMended =
    isMended && matches.some(({ factor, field }) => factor >= HALF_FACTOR && factor < FOUND_FACTOR && field === 1);
  const telling = slots.filter(({ rarity, share, isKnown }, index) => {
    const { factor = 0, field = 0 } = matches[index] ?? {};
    return isKnown && share === 1 && rarity >= TELLING_RARITY && field >= TELLING_FIELD && factor >= FOUND_FACTOR;
  });
  const whole = matches.filter(({ factor }, index) => factor >= FOUND_FACTOR && slots[index]?.share === 1);
  return (
    (isNamedMended && coverage >= MENDED_COVERAGE - ROUNDING) ||
    telling.length >= LEAST_FOUND ||
    (isNamed && whole.length >= LEAST_FOUND)
  );
}

/** How good the best match is by its words. */
export function qualityOfWords(input: QualityInput): WordQuality {
  const { relevance } = wordRelevance(input);
  if (relevance >= STRONG_COVERAGE - ROUNDING) return 'STRONG';
  return relevance >= WEAK_COVERAGE - ROUNDING ? 'WEAK' : 'NONE';
}

/** What a match counts in the coverage that quality is judged by. */
export function foundShare(factor: number): number {
  if (factor >= FOUND_FACTOR) return 1;
  return factor >= HALF_FACTOR ? HALF_FOUND : factor;
}
