import type { Slot } from '../query/word-query.ts';
import { coverageWeight, FIELD_VALUES, type SlotMatch } from './score.ts';

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

/** From this factor on a word stands as it was written, but perhaps for a blank, and not by its stem, a compound or a synonym. */
export const SURE_FACTOR = 0.95;

/** What vectors that can judge a query say against a product that its words find; none of it where they cannot, or where a product has no picture. */
export interface Doubts {
  /** 0 to 1: how well they can judge. */
  readonly trust: number;
  /** The same where the product is not near at all; else 0. */
  readonly far: number;
}

export const NO_DOUBTS: Doubts = { trust: 0, far: 0 };

/**
 * How relevant a product is by its words: by what was found, and never less because many products have it. What is called so, and what has all words as they are
 * written anywhere but in its description, is a sure match whatever vectors say. What has a mended word is never a sure match. All words by stems or in a description are WEAK where it is far; a few telling words without a name are no match there. What else is found in part is left to
 * vectors, as far as they can judge.
 *
 * @returns 0 to 1, with the bounds of quality: STRONG from 0.8 on, WEAK from 0.5
 */
export function wordRelevance(input: QualityInput, { trust, far }: Doubts = NO_DOUBTS): number {
  const { slots, matches, isNamed, isMended } = input;
  const shareOf = (counts: (match: SlotMatch) => number): number => {
    const asked = slots.reduce((sum, slot) => sum + coverageWeight(slot), 0);
    const found = slots.reduce((sum, slot, at) => sum + coverageWeight(slot) * counts(matches[at] ?? NO_MATCH), 0);
    return asked === 0 ? 0 : found / asked;
  };
  const coverage = shareOf(({ factor }) => foundShare(factor));
  const isStrong = coverage >= STRONG_COVERAGE - ROUNDING;
  if (isStrong && isNamed && !isMended) return 1;
  if (isStrong && !isMended) {
    const strong = STRONG_COVERAGE + FOUND_RELEVANCE * Math.max(0, coverage - STRONG_COVERAGE);
    const isSure = shareOf((match) => (isSureMatch(match) ? 1 : 0)) >= STRONG_COVERAGE - ROUNDING;
    return isSure ? strong : strong - far * (strong - WEAK_COVERAGE);
  }
  const part = Math.max(WEAK_COVERAGE, Math.min(coverage, BELOW_STRONG));
  const told = toldBy(input, coverage);
  if (told !== undefined) return told === 'NAME' ? part : (1 - far) * part;
  const least = isMended && mendsName(matches) ? MENDED_COVERAGE : WEAK_COVERAGE;
  return (1 - trust) * (coverage >= least - ROUNDING ? part : coverage);
}

const NO_MATCH: SlotMatch = { factor: 0, field: 0 };

/** Whether a word stands as it was written, and not in a description alone. */
export function isSureMatch({ factor, field }: SlotMatch): boolean {
  return factor >= SURE_FACTOR && field > FIELD_VALUES.D;
}

/** Whether a few telling words are enough, whatever else was asked; what a name is among them, or all that was asked, told by a mended word. */
function toldBy({ slots, matches, isNamed, isMended }: QualityInput, coverage: number): 'NAME' | 'WORDS' | undefined {
  const whole = matches.filter(({ factor }, index) => factor >= FOUND_FACTOR && slots[index]?.share === 1);
  const isAllFound = isMended && (isNamed || mendsName(matches)) && coverage >= STRONG_COVERAGE - ROUNDING;
  if (isAllFound || (isNamed && whole.length >= LEAST_FOUND)) return 'NAME';
  const telling = slots.filter(({ rarity, share }, index) => {
    const { factor = 0, field = 0 } = matches[index] ?? {};
    return share === 1 && rarity >= TELLING_RARITY && field >= TELLING_FIELD && factor >= FOUND_FACTOR;
  });
  return telling.length >= LEAST_FOUND ? 'WORDS' : undefined;
}

function mendsName(matches: readonly SlotMatch[]): boolean {
  return matches.some(({ factor, field }) => factor >= HALF_FACTOR && factor < FOUND_FACTOR && field === 1);
}

/** How good the best match is by its words. */
export function qualityOfWords(input: QualityInput): WordQuality {
  const relevance = wordRelevance(input);
  if (relevance >= STRONG_COVERAGE - ROUNDING) return 'STRONG';
  return relevance >= WEAK_COVERAGE - ROUNDING ? 'WEAK' : 'NONE';
}

/** What a match counts in the coverage that quality is judged by. */
export function foundShare(factor: number): number {
  if (factor >= FOUND_FACTOR) return 1;
  return factor >= HALF_FACTOR ? HALF_FOUND : factor;
}
