import type { Slot } from '../query/word-query.ts';
import { coverageWeight, type SlotMatch } from './score.ts';

export type WordQuality = 'STRONG' | 'WEAK' | 'NONE';

const STRONG_COVERAGE = 0.8;
const WEAK_COVERAGE = 0.45;
/** A word so rare, in title, brand, category or attributes, is worth showing whatever else was asked. */
const TELLING = 0.6;
const TELLING_FIELD = 0.9;
/** From this factor on a word counts as found: synonyms and compounds do, mended words do not. */
const FOUND_FACTOR = 0.7;
/** Of which at least two words must be found where many were asked. */
const LEAST_FOUND = 2;

export interface QualityInput {
  readonly slots: readonly Slot[];
  /** Of the best product; one for each slot. */
  readonly matches: readonly SlotMatch[];
  /** Whether it is called so: code, title, brand or category. */
  readonly isNamed: boolean;
  /** Whether a word that matched was mended. */
  readonly isMended: boolean;
}

/**
 * How good the best match is by its words: by what was found, and never worse because many products have it.
 */
export function qualityOfWords({ slots, matches, isNamed, isMended }: QualityInput): WordQuality {
  const asked = slots.reduce((sum, slot) => sum + coverageWeight(slot), 0);
  const foundAt = (index: number): number =>
    Math.min(1, (matches[index]?.factor ?? 0) >= FOUND_FACTOR ? 1 : (matches[index]?.factor ?? 0));
  const found = slots.reduce((sum, slot, index) => sum + coverageWeight(slot) * foundAt(index), 0);
  const coverage = asked === 0 ? 0 : found / asked;
  if (coverage >= STRONG_COVERAGE && !isMended) return 'STRONG';
  if (isNamed && coverage >= STRONG_COVERAGE) return 'STRONG';
  if (coverage >= WEAK_COVERAGE) return 'WEAK';
  const telling = slots.filter(({ rarity, share, isKnown }, index) => {
    const { factor = 0, field = 0 } = matches[index] ?? {};
    return isKnown && share === 1 && rarity >= TELLING && field >= TELLING_FIELD && factor >= FOUND_FACTOR;
  });
  return telling.length >= LEAST_FOUND ? 'WEAK' : 'NONE';
}
