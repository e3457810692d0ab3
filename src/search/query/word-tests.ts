import type { Alternative, ReadingKind, Slot, ValueReading, WordQuery } from '../../words/query/word-query.ts';
import {
  FOUND_FACTOR,
  foundShare,
  HALF_FACTOR,
  isSureMatch,
  TELLING_FIELD,
  TELLING_RARITY,
} from '../../words/score/quality.ts';
import { coverageWeight, FIELD_VALUES, OTHER_AMOUNT, reachedShare, VALUE, wordWorth } from '../../words/score/score.ts';
import { tsqueryOf } from './tsquery.ts';

/** One way in which a product may match a slot of a query, and what that is worth. Of a slot the first that matches counts. */
export interface WordTest {
  /** Place among the query's slots, from 0. */
  readonly slot: number;
  /** A text search query, with weights where the place decides. */
  readonly query: string;
  /** OTHER_AMOUNT: the product has another amount of what was asked. */
  readonly kind: ReadingKind | 'OTHER_AMOUNT';
  /** What was looked for, for people; several where readings count alike. */
  readonly readings: readonly string[];
  /** 0 to 1, as `SlotMatch` (src/words/score/score.ts). */
  readonly factor: number;
  readonly field: number;
  /** What it adds to the score. */
  readonly worth: number;
  /** The share of what the catalogue knows of the query that it covers, 0 to 1. */
  readonly covers: number;
  /** The share of the whole query, as quality counts it: a synonym is found, a mended word half. */
  readonly finds: number;
  /** The same where it stands as it was written, and not in a description alone; else 0. */
  readonly sures: number;
  /** 1 where the word was mended; 0. */
  readonly mends: 0 | 1;
  /** 1 where a mended word stands in a name; 0. */
  readonly mendsName: 0 | 1;
  /** 1 where a rare word stands in a name or an attribute; 0. */
  readonly tells: 0 | 1;
  /** 1 where a word of its own, no stop word, is found; 0. */
  readonly hits: 0 | 1;
}

/** PostgreSQL's weights from the best place on: a product that has the word in one of them, and in none before. The last asks for any place. */
const PLACES = [
  { weights: 'AB', field: FIELD_VALUES.A },
  { weights: 'ABC', field: FIELD_VALUES.C },
  { weights: '', field: FIELD_VALUES.D },
] as const;
const MOST_READINGS = 3;

/**
 * The readings of a query as tests of a product's words, slot by slot, what counts most first.
 *
 * @param share - of all that was asked, 0 to 1: texts beside pictures
 */
export function wordTests(
  query: Pick<WordQuery, 'slots' | 'alternatives' | 'values'>,
  productCount: number,
  share: number,
): WordTest[] {
  const asked = sumOf(query.slots);
  const known = query.slots.filter(({ best }) => best > 0).reduce((sum, { share }) => sum + share, 0);
  return query.slots.flatMap((slot, index) => {
    const own = query.alternatives.filter((one) => one.slot <= index && index < one.slot + one.span);
    const weight = coverageWeight(slot);
    const tests = alike(own).flatMap(({ kind, factor, alternatives, readings }) =>
      PLACES.map(({ weights, field }): WordTest => {
        const isMended = kind === 'MENDED';
        const isWhole = factor >= FOUND_FACTOR && slot.share === 1;
        return {
          slot: index,
          query: alternatives.map((one) => tsqueryOf(one, weights)).join(' | '),
          kind,
          readings,
          factor,
          field,
          worth: share * wordWorth(productCount, slot.rarity) * slot.share * reachedShare(slot, { factor }) * field,
          covers: (slot.share / known) * reachedShare(slot, { factor }),
          finds: (weight / asked) * foundShare(factor),
          sures: isSureMatch({ factor, field }) ? weight / asked : 0,
          mends: isMended ? 1 : 0,
          mendsName: isMended && field === 1 && factor >= HALF_FACTOR ? 1 : 0,
          tells: isWhole && field >= TELLING_FIELD && slot.rarity >= TELLING_RARITY ? 1 : 0,
          hits: isWhole ? 1 : 0,
        };
      }),
    );
    const ordered = tests.toSorted((a, b) => b.factor * b.field - a.factor * a.field || b.factor - a.factor);
    const values = query.values.filter((one) => one.slot <= index && index < one.slot + one.span);
    const valued = values.length === 0 ? ordered : withValues(ordered, slot, values, share);
    return slot.dimension === undefined ? valued : withOtherAmounts(valued, index, slot.dimension, share);
  });
}

function sumOf(slots: readonly Slot[]): number {
  return slots.reduce((sum, slot) => sum + coverageWeight(slot), 0);
}

/** The share of a query that the catalogue knows, 0 to 1. */
export function knownShare(slots: readonly Slot[]): number {
  const shares = (some: readonly Slot[]) => some.reduce((sum, { share }) => sum + share, 0);
  return slots.length === 0 ? 0 : shares(slots.filter(({ best }) => best > 0)) / shares(slots);
}

interface Reading {
  readonly kind: ReadingKind;
  readonly factor: number;
  readonly alternatives: readonly Alternative[];
  readonly readings: readonly string[];
}

/** Alternatives that count alike, as one. */
function alike(alternatives: readonly Alternative[]): Reading[] {
  const groups = new Map<string, Alternative[]>();
  for (const one of alternatives) {
    const key = `${one.kind} ${one.factor}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const readings = [...new Set(group.map(({ word }) => word))].slice(0, MOST_READINGS);
    return [{ kind: first.kind, factor: first.factor, alternatives: group, readings }];
  });
}

/** Where the word is the value of an attribute, products that have it so come first, however they have the word. */
function withValues(
  tests: readonly WordTest[],
  slot: Slot,
  values: readonly ValueReading[],
  share: number,
): WordTest[] {
  const lexemes = [...new Set(values.flatMap((value) => value.lexemes))];
  const value = tsqueryOf({ parts: [lexemes], adjacent: false, isBeginning: false }, '');
  const valued = tests
    .filter(({ factor, field }) => factor === slot.best && field > FIELD_VALUES.D)
    .map((test) => ({ ...test, query: `(${test.query}) & ${value}`, worth: test.worth + share * slot.share * VALUE }));
  return [...valued, ...tests];
}

/** A product with another amount of the same dimension stands behind those that say nothing of it. */
function withOtherAmounts(tests: readonly WordTest[], slot: number, dimension: string, share: number): WordTest[] {
  const hasDimension = tsqueryOf({ parts: [[dimension]], adjacent: false, isBeginning: false }, '');
  const lowered = tests.flatMap((test) =>
    test.factor === 1
      ? [test]
      : [{ ...test, query: `(${test.query}) & ${hasDimension}`, worth: test.worth - share * OTHER_AMOUNT }, test],
  );
  const none = { covers: 0, finds: 0, sures: 0, mends: 0, mendsName: 0, tells: 0, hits: 0 } as const;
  const other: WordTest = {
    ...none,
    ...{ slot, query: hasDimension, kind: 'OTHER_AMOUNT', readings: [], factor: 0, field: 0 },
    worth: -share * OTHER_AMOUNT,
  };
  return [...lowered, other];
}
