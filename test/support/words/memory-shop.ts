import type { Language } from '../../../src/words/language/languages.ts';
import { openAnalysis } from '../../../src/words/language/open-analysis.ts';
import { nameKey } from '../../../src/words/name-key.ts';
import { type ProductTexts, productWords } from '../../../src/words/product-words.ts';
import { type IndexedProduct, memoryVocabulary } from '../../../src/words/query/memory-vocabulary.ts';
import { readSynonyms } from '../../../src/words/query/synonym-file.ts';
import { prepareSynonyms } from '../../../src/words/query/synonyms.ts';
import {
  type UnderstandDeps,
  type UnderstandOptions,
  understandWords,
} from '../../../src/words/query/understand-words.ts';
import type { Alternative, ValueReading, WordQuery } from '../../../src/words/query/word-query.ts';
import { qualityOfWords, type WordQuality } from '../../../src/words/score/quality.ts';
import { coverageOf, FIELD_VALUES, NAME_VALUES, type SlotMatch, scoreOf } from '../../../src/words/score/score.ts';
import { nameLexeme } from '../../../src/words/stored-lexemes.ts';

/** A shop in memory that is searched by words alone: the plainest thing that does what the formulas say. */
export interface MemoryShop {
  readonly deps: UnderstandDeps;
  readonly products: readonly IndexedProduct[];
  readonly search: (text: string, options?: SearchOptions) => Promise<MemoryResult>;
}

export interface SearchOptions extends UnderstandOptions {
  /** By sku, 0 to 1; 0 for those left out. */
  readonly similarities?: ReadonlyMap<string, number>;
}

export interface MemoryResult {
  readonly query: WordQuery;
  readonly found: readonly FoundProduct[];
  readonly quality: WordQuality;
}

export interface FoundProduct {
  readonly product: ProductTexts;
  readonly score: number;
  readonly coverage: number;
  readonly matches: readonly SlotMatch[];
  readonly name: number;
  readonly isMended: boolean;
}

/** The first of its codes. */
export function skuOf({ product }: { readonly product: ProductTexts }): string {
  return product.codes[0] ?? '';
}

export async function memoryShop(
  products: readonly ProductTexts[],
  options: { languages?: readonly Language[]; synonyms?: string } = {},
): Promise<MemoryShop> {
  const analysis = await openAnalysis({ languages: options.languages ?? ['en'] });
  const indexed = products.map((product) => ({ product, words: productWords(analysis, product) }));
  const synonyms = prepareSynonyms(analysis, readSynonyms(options.synonyms ?? '').rules);
  const deps = { analysis, vocabulary: memoryVocabulary(indexed), synonyms };
  return {
    deps,
    products: indexed,
    search: async (text, searchOptions = {}) => {
      const query = await understandWords(deps, text, searchOptions);
      return rank(indexed, query, searchOptions.similarities ?? new Map());
    },
  };
}

function rank(
  products: readonly IndexedProduct[],
  query: WordQuery,
  similarities: ReadonlyMap<string, number>,
): MemoryResult {
  const keys = new Set(query.nameKeys);
  const found = products
    .flatMap((indexed): FoundProduct[] => {
      const matching = query.alternatives.filter((alternative) => isMatch(indexed, alternative));
      const similarity = similarities.get(skuOf(indexed)) ?? 0;
      if (matching.length === 0 && similarity === 0) return [];
      const matches = query.slots.map((slot, index) =>
        valued(indexed, query.values, bestMatch(indexed, matching, index), { ...slot, index }),
      );
      const name = nameOf(indexed, matching, keys, query.wholeKey);
      const otherAmounts = query.slots.filter(
        ({ dimension }, slot) =>
          dimension !== undefined && matches[slot]?.factor !== 1 && indexed.words.lexemes.has(dimension),
      ).length;
      const score = scoreOf({
        slots: query.slots,
        matches,
        name,
        otherAmounts,
        similarity,
        trust: 1,
        productCount: products.length,
      }); // prettier-ignore
      const isMended = matching.some(({ kind }) => kind === 'MENDED');
      return [{ product: indexed.product, score, coverage: coverageOf(query.slots, matches), matches, name, isMended }];
    })
    .toSorted((a, b) => b.score - a.score || (skuOf(a) < skuOf(b) ? -1 : 1));
  const [best] = found;
  const quality =
    best === undefined
      ? 'NONE'
      : qualityOfWords({ slots: query.slots, matches: best.matches, isNamed: best.name > 0, isMended: best.isMended });
  return { query, found, quality };
}

export function isMatch({ words }: IndexedProduct, alternative: Alternative): boolean {
  const places = alternative.parts.map((lexemes) => placesOf(words, lexemes, alternative.isBeginning));
  if (places.some((part) => part.length === 0)) return false;
  if (!alternative.adjacent) return true;
  return (places[0] ?? []).some(({ place }) =>
    places.every((part, index) => part.some((other) => other.place === place + index)),
  );
}

function placesOf(words: IndexedProduct['words'], lexemes: readonly string[], isBeginning: boolean) {
  if (!isBeginning) return lexemes.flatMap((lexeme) => words.lexemes.get(lexeme) ?? []);
  return [...words.lexemes].flatMap(([lexeme, places]) =>
    lexemes.some((beginning) => lexeme.startsWith(beginning)) ? places : [],
  );
}

export function bestMatch({ words }: IndexedProduct, matching: readonly Alternative[], slot: number): SlotMatch {
  let best: SlotMatch = { factor: 0, field: 0 };
  for (const alternative of matching) {
    if (slot < alternative.slot || slot >= alternative.slot + alternative.span) continue;
    // Of several parts the least counts.
    const fields = alternative.parts.map((lexemes) =>
      Math.max(...placesOf(words, lexemes, alternative.isBeginning).map(({ weight }) => FIELD_VALUES[weight])),
    );
    const field = Math.min(...fields);
    if (alternative.factor * field > best.factor * best.field) best = { factor: alternative.factor, field };
  }
  return best;
}

/** The match, and whether the product has the slot as the value of an attribute. */
export function valued(
  { product }: IndexedProduct,
  values: readonly ValueReading[],
  match: SlotMatch,
  { best, index }: { readonly best: number; readonly index: number },
): SlotMatch {
  if (match.factor !== best || match.field <= FIELD_VALUES.D) return match;
  const own = new Set(
    Object.entries(product.attributes).flatMap(([name, list]) => list.map((value) => nameLexeme(nameKey(value), name))),
  );
  const asked = values.filter(({ slot, span }) => slot <= index && index < slot + span);
  return { ...match, isValue: asked.some(({ lexemes }) => lexemes.some((lexeme) => own.has(lexeme))) };
}

export function nameOf(
  { words }: IndexedProduct,
  matching: readonly Alternative[],
  keys: ReadonlySet<string>,
  wholeKey: string,
): number {
  const { title, titleWithoutBrand, brand, categories, numberlessCategories } = words.keys;
  const values: number[] = [0];
  if (matching.some(({ kind, isBeginning }) => kind === 'CODE' && !isBeginning)) values.push(NAME_VALUES.CODE);
  if (title !== '' && title === wholeKey) values.push(NAME_VALUES.WHOLE_TITLE);
  if (keys.has(title)) values.push(NAME_VALUES.TITLE);
  if (titleWithoutBrand !== '' && keys.has(titleWithoutBrand)) values.push(NAME_VALUES.TITLE_WITHOUT_BRAND);
  if (brand !== '' && keys.has(brand)) values.push(NAME_VALUES.BRAND);
  if ([...categories, ...numberlessCategories].some((key) => keys.has(key))) values.push(NAME_VALUES.CATEGORY);
  return Math.max(...values);
}

/** A product of which only the title matters. */
export function titled(sku: string, title: string, more: Partial<ProductTexts> = {}): ProductTexts {
  return { codes: [sku], title, brand: null, category: [], attributes: {}, description: null, ...more };
}
