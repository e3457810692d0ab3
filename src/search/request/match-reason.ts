import type { ReadingKind } from '../../words/query/word-query.ts';

/** What a ranking tells of why a product is where it is: the order is by what words and vectors score, and by boosts. */
export interface RankedReason {
  /** Position by vectors alone, from 1; null where they did not find it among the first. */
  readonly vectorRank: number | null;
  /** Position by words alone, from 1; null where they did not find it among the first. */
  readonly wordRank: number | null;
  /** By how many standard deviations it is more similar to the query than an arbitrary product; null without a vector. */
  readonly vectorScore: number | null;
  /** What the words of the query that it has count for, the whole query and its name included; 0 where it has none. */
  readonly wordScore: number;
  /** Whether its title, brand, category or a code of its is in the query. */
  readonly named: boolean;
  /** The sum of the boosts that applied. */
  readonly boost: number;
  readonly pinned: boolean;
}

/** Why a product is where it is. */
export interface MatchReason extends RankedReason {
  /** The words of the query that it has, in their order. */
  readonly words: readonly MatchedWord[];
}

/** A word of the query that a product has, and how. */
export interface MatchedWord {
  /** Of `SearchRequest.terms`, from 0. */
  readonly term: number;
  /** As it was typed, and where in the text of its term: UTF-16 code units, from 0, `end` behind the last. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
  /** OTHER_AMOUNT: the product has another amount of what was asked. */
  readonly reading: ReadingKind | 'OTHER_AMOUNT';
  /** What it was taken for, at most three that count alike; none for OTHER_AMOUNT. */
  readonly found: readonly string[];
}
