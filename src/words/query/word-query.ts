/**
 * How a word was read:
 * - `WRITTEN`: as it stands. `STEM`: by its stem. `IRREGULAR`: its other number or spelling ("mice", "mouse").
 * - `JOINED`: written as one in the catalogue ("sun glasses"), or in the query ("wi-fi"). `SPLIT`: written as several ("flipflops"). `COMPOUND`: the last part of a longer word.
 * - `SYNONYM`: by the shop's synonyms. `CODE`: a code, or its beginning. `MENDED`: misspelt.
 */
export type ReadingKind =
  | 'WRITTEN'
  | 'STEM'
  | 'IRREGULAR'
  | 'JOINED'
  | 'SPLIT'
  | 'COMPOUND'
  | 'SYNONYM'
  | 'CODE'
  | 'MENDED';

/** One way to find one or several neighbouring words of a query. */
export interface Alternative {
  readonly kind: ReadingKind;
  /** The first slot that it covers, and how many. */
  readonly slot: number;
  readonly span: number;
  /** A product must have one lexeme of each part. */
  readonly parts: readonly (readonly string[])[];
  /** Whether the parts must be neighbours, in this order. */
  readonly adjacent: boolean;
  /** Whether the lexemes are beginnings: of codes alone. */
  readonly isBeginning: boolean;
  /** Above 0, at most 1: what a match is worth beside one of the word as written. */
  readonly factor: number;
  /** Products that it matches, estimated from those of its rarest part. */
  readonly count: number;
  /** What is found, for people: "sunglasses". */
  readonly word: string;
}

/** A word of the query, or one character of text without blanks. */
export interface Slot {
  /** Folded. */
  readonly word: string;
  /** In the text as it was asked. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how much it tells (see `score/rarity.ts`); 1 where no product has it. */
  readonly rarity: number;
  /** 0 to 1: how much it counts for what it is: less for stop words and words of asking where there are others, half for a character. */
  readonly share: number;
  /** 0 to 1: the factor of the surest of its readings; 0 where none covers it, so that the catalogue does not know it. */
  readonly best: number;
  /** The lexeme that products with any amount of its dimension have; undefined: it is no quantity. */
  readonly dimension: string | undefined;
}

/** What a misspelt word was taken for. */
export interface Correction {
  /** As it was typed, and where. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly meant: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Whether it is searched for; else it is only offered. */
  readonly isApplied: boolean;
}

/** A word, or neighbours, as the catalogue writes them. */
export interface Respelling {
  /** In the text as it was asked. */
  readonly start: number;
  readonly end: number;
  readonly meant: string;
}

/** A word, or neighbours, that are the value of an attribute: "navy blue" is a colour. */
export interface ValueReading {
  /** The first slot, and how many. */
  readonly slot: number;
  readonly span: number;
  /** Of products that have the value: of each attribute one (`nameLexeme`). */
  readonly lexemes: readonly string[];
}

/** A query, read by the catalogue's words. */
export interface WordQuery {
  readonly text: string;
  /** At most MAX_SLOTS, in the order of the text. */
  readonly slots: readonly Slot[];
  readonly alternatives: readonly Alternative[];
  readonly corrections: readonly Correction[];
  /** What no product has as it was typed, as the catalogue writes it; not what was mended. */
  readonly respellings: readonly Respelling[];
  /** They may overlap. */
  readonly values: readonly ValueReading[];
  /** `nameKey` of the whole query; `nameKey` and `numberlessKey` of each run of its words: what a product or its category is called may be among them. */
  readonly nameKeys: readonly string[];
  /** `nameKey` of the whole query: a title that is equal to it is what was asked. */
  readonly wholeKey: string;
}

/** Longer queries are told by these: words of asking, stop words and common words go first. */
export const MAX_SLOTS = 32;
