import { nameKey } from '../name-key.ts';
import type { NameKeys, ProductTexts, ProductWords } from '../product-words.ts';
import { SHORTEST_MENDED, slipCost } from './edit-cost.ts';
import type { CountedWord, KnownName, Vocabulary } from './vocabulary.ts';

/** A product and what it is found by. */
export interface IndexedProduct {
  readonly product: ProductTexts;
  readonly words: ProductWords;
}

const MOST_ENDINGS = 50;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/** The vocabulary of a catalogue that is small enough to be kept in memory as it is, and what any other has to answer alike. */
export function memoryVocabulary(products: readonly IndexedProduct[]): Vocabulary {
  const counts = new Map<string, number>();
  const pairs = new Map<string, number>();
  const names = new Map<string, KnownName[]>();
  for (const { product, words } of products) {
    for (const lexeme of words.lexemes.keys()) counts.set(lexeme, (counts.get(lexeme) ?? 0) + 1);
    for (const pair of words.pairs) pairs.set(pair.join(' '), (pairs.get(pair.join(' ')) ?? 0) + 1);
    for (const name of namesOf(product, words.keys)) addName(names, name);
  }
  const letters = [...counts].flatMap(([word, count]) => (ONLY_LETTERS.test(word) ? [{ word, count }] : []));
  const codes = [...counts.keys()].flatMap((lexeme) => (lexeme.startsWith('#') ? [lexeme.slice(1)] : [])).toSorted();

  return {
    productCount: products.length,
    counts: async (lexemes) => picked(counts, lexemes),
    pairCounts: async (asked) =>
      picked(
        pairs,
        asked.map((pair) => pair.join(' ')),
      ),
    attributesOf: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const attributes = (names.get(key) ?? []).flatMap(({ attribute }) => attribute ?? []);
          return attributes.length === 0 ? [] : [[key, attributes.toSorted()] as const];
        }),
      ),
    isTogether: async (lists) =>
      products.some(({ words }) => lists.every((lexemes) => lexemes.some((lexeme) => words.lexemes.has(lexeme)))),
    endingIn: async (endings) =>
      found(endings, (ending) =>
        mostCommon(letters.filter(({ word }) => word.length > ending.length && word.endsWith(ending))),
      ),
    near: async (words) =>
      found(words, (word) =>
        word.length < SHORTEST_MENDED ? [] : letters.filter((other) => Number.isFinite(slipCost(word, other.word))),
      ),
    codesBeginning: async (beginnings) => {
      const having = beginnings.map((beginning) => {
        const matching = new Set(codes.filter((code) => code.startsWith(beginning)).map((code) => `#${code}`));
        const count = products.filter(({ words }) =>
          [...words.lexemes.keys()].some((lexeme) => matching.has(lexeme)),
        ).length;
        return [beginning, matching.size === 0 ? 0 : count] as const;
      });
      return new Map(having.filter(([, count]) => count > 0));
    },
    names: async (keys) =>
      new Map(keys.flatMap((key) => (names.has(key) ? [[key, names.get(key) ?? []] as const] : []))),
  };
}

function picked(from: ReadonlyMap<string, number>, keys: readonly string[]): Map<string, number> {
  return new Map(keys.flatMap((key) => (from.has(key) ? [[key, from.get(key) ?? 0] as const] : [])));
}

function found(
  keys: readonly string[],
  answer: (key: string) => readonly CountedWord[],
): Map<string, readonly CountedWord[]> {
  return new Map(keys.map((key) => [key, answer(key)] as const).filter(([, words]) => words.length > 0));
}

function mostCommon(words: readonly CountedWord[]): CountedWord[] {
  return words.toSorted((a, b) => b.count - a.count).slice(0, MOST_ENDINGS);
}

function namesOf(product: ProductTexts, keys: NameKeys): (KnownName & { key: string })[] {
  const one = (kind: KnownName['kind'], key: string, name: string | null) =>
    key === '' || name === null ? [] : [{ kind, key, name, count: 1 }];
  return [
    ...one('TITLE', keys.title, product.title),
    ...one('BRAND', keys.brand, product.brand),
    ...product.category.flatMap((name, index) => [
      ...one('CATEGORY', keys.categories[index] ?? '', name),
      ...one('CATEGORY', keys.numberlessCategories[index] ?? '', name),
    ]),
    ...Object.entries(product.attributes).flatMap(([attribute, values]) =>
      values.flatMap((value) => one('ATTRIBUTE', nameKey(value), value).map((name) => ({ ...name, attribute }))),
    ),
  ];
}

function addName(names: Map<string, KnownName[]>, { key, ...name }: KnownName & { key: string }): void {
  const known = names.get(key) ?? [];
  const index = known.findIndex(({ kind, attribute }) => kind === name.kind && attribute === name.attribute);
  const other = known[index];
  names.set(key, other === undefined ? [...known, name] : known.with(index, { ...other, count: other.count + 1 }));
}
