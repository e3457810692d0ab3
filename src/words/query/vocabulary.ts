/** A word of the catalogue and how many products have it. */
export interface CountedWord {
  readonly word: string;
  readonly count: number;
}

/** What kind of name a product is called by. */
export type NameKind = 'TITLE' | 'BRAND' | 'CATEGORY' | 'ATTRIBUTE';

/** A name that the catalogue knows, as the shop writes it. */
export interface KnownName {
  readonly kind: NameKind;
  readonly name: string;
  /** Of the attribute whose value it is. */
  readonly attribute?: string;
  /** Products that it belongs to. */
  readonly count: number;
}

/**
 * What the catalogue's own words say: answered from tables or from memory. Each function is asked once or twice for a whole query, with everything in one list.
 */
export interface Vocabulary {
  readonly productCount: number;
  /** @returns products that have each lexeme (a word, `~stem`, `=500g`, `#code`); those left out that none has */
  readonly counts: (lexemes: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /**
   * @param pairs - words by their stems (see `product-words.ts`)
   * @returns by `first second`, products that have the two side by side; those left out that none has
   */
  readonly pairCounts: (pairs: readonly (readonly [string, string])[]) => Promise<ReadonlyMap<string, number>>;
  /** @returns by `nameKey`, the attributes that have a value called so, in order; those left out that none has */
  readonly attributesOf: (keys: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** @returns whether any product has a lexeme of each of these lists */
  readonly isTogether: (lists: readonly (readonly string[])[]) => Promise<boolean>;
  /** @returns by ending, longer words that end in it: at most 50 of each, those that most products have */
  readonly endingIn: (endings: readonly string[]) => Promise<ReadonlyMap<string, readonly CountedWord[]>>;
  /** @returns by word, words that may be meant by it: at least all of letters alone that are one slip away, or two where it has seven letters or more */
  readonly near: (words: readonly string[]) => Promise<ReadonlyMap<string, readonly CountedWord[]>>;
  /** @returns by beginning (without `#`), products with a code that begins with it; those left out that none has */
  readonly codesBeginning: (beginnings: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** @returns by `nameKey`, and categories by `numberlessKey`, what is called so; those left out that nothing is */
  readonly names: (keys: readonly string[]) => Promise<ReadonlyMap<string, readonly KnownName[]>>;
}
