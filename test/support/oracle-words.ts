import { categoryNames } from '../../src/catalog/product-categories.ts';
import type { SearchRequest } from '../../src/search/request/search-request.ts';
import { type ProductTexts, productWords } from '../../src/words/product-words.ts';
import { type IndexedProduct, memoryVocabulary } from '../../src/words/query/memory-vocabulary.ts';
import { NO_SYNONYMS } from '../../src/words/query/synonyms.ts';
import { understandWords } from '../../src/words/query/understand-words.ts';
import type { Alternative, Slot, ValueReading } from '../../src/words/query/word-query.ts';
import { type Doubts, wordRelevance } from '../../src/words/score/quality.ts';
import { coverageOf, scoreOf } from '../../src/words/score/score.ts';
import { attributesOf, type OracleProduct } from './oracle-shop.ts';
import { testWords } from './test-words.ts';
import { bestMatch, isMatch, nameOf, valued } from './words/memory-shop.ts';

/** The words of a query, read by a vocabulary in memory. */
export interface OracleWords {
  readonly slots: readonly Slot[];
  readonly alternatives: readonly Alternative[];
  readonly values: readonly ValueReading[];
  readonly nameKeys: ReadonlySet<string>;
  readonly wholeKeys: readonly string[];
  readonly productCount: number;
  /** The share of the query that the catalogue knows. */
  readonly known: number;
  /** Whether a word of it was taken for another. */
  readonly isMended: boolean;
  readonly indexOf: (product: OracleProduct) => IndexedProduct;
}

/** What the words of a query say of a product. */
export interface OracleMatch {
  /** What words and names count for where texts are all that was asked. */
  readonly score: number;
  readonly coverage: number;
  readonly name: number;
  readonly isFound: boolean;
  readonly isMended: boolean;
  /** By words, as far as vectors do not doubt them. */
  readonly relevance: (doubts?: Doubts) => number;
}

const indexed = new WeakMap<OracleProduct, IndexedProduct>();

/** Undefined where the texts have no word, or words do not count. */
export async function oracleWords(
  products: ReadonlyMap<string, OracleProduct>,
  { terms, words }: SearchRequest,
): Promise<OracleWords | undefined> {
  const texts = terms.flatMap(({ match, weight = 1 }) =>
    match.kind === 'text' && weight > 0 ? [{ text: match.text, weight }] : [],
  );
  if (texts.length === 0 || words === 'OFF') return undefined;
  const { analysis } = await testWords();
  const indexOf = (product: OracleProduct): IndexedProduct => {
    const before = indexed.get(product);
    if (before !== undefined) return before;
    const { title, brand = null, description = null, variants } = product;
    const { category: main = [], furtherCategories = [] } = product;
    const category = categoryNames({ category: main, furtherCategories });
    const attributes = attributesOf(product);
    const codes = [...new Set([...variants.map(({ sku }) => sku), ...variants.flatMap(({ gtin }) => gtin ?? [])])];
    const texts: ProductTexts = { codes, title, brand, category, attributes, description };
    const made = {
      product: texts,
      words: productWords(analysis, texts),
    };
    indexed.set(product, made);
    return made;
  };
  const vocabulary = memoryVocabulary([...products.values()].map(indexOf));
  const most = Math.max(...texts.map(({ weight }) => weight));
  const slots: Slot[] = [];
  const alternatives: Alternative[] = [];
  const values: ValueReading[] = [];
  const keys: string[] = [];
  const wholeKeys: string[] = [];
  let isMended = false;
  for (const { text, weight } of texts) {
    const query = await understandWords({ analysis, vocabulary, synonyms: NO_SYNONYMS }, text);
    values.push(...query.values.map((one) => ({ ...one, slot: one.slot + slots.length })));
    alternatives.push(...query.alternatives.map((one) => ({ ...one, slot: one.slot + slots.length })));
    slots.push(...query.slots.map((slot) => ({ ...slot, share: slot.share * (weight / most) })));
    keys.push(...query.nameKeys);
    wholeKeys.push(query.wholeKey);
    isMended ||= query.corrections.some(({ isApplied }) => isApplied);
  }
  if (slots.length === 0) return undefined;
  const asked = slots.reduce((sum, slot) => sum + slot.share, 0);
  const known = slots.reduce((sum, slot) => sum + (slot.best > 0 ? slot.share : 0), 0) / asked;
  return {
    slots,
    alternatives,
    values,
    nameKeys: new Set(keys),
    wholeKeys,
    productCount: products.size,
    known,
    isMended,
    indexOf,
  };
}

export function matchOf(query: OracleWords, product: OracleProduct): OracleMatch {
  const { slots, productCount } = query;
  const own = query.indexOf(product);
  const matching = query.alternatives.filter((alternative) => isMatch(own, alternative));
  const matches = slots.map((slot, index) =>
    valued(own, query.values, bestMatch(own, matching, index), { ...slot, index }),
  );
  const whole = query.wholeKeys.find((key) => key === own.words.keys.title) ?? '';
  const name = nameOf(own, matching, query.nameKeys, whole);
  const otherAmounts = slots.filter(
    ({ dimension }, slot) => dimension !== undefined && matches[slot]?.factor !== 1 && own.words.lexemes.has(dimension),
  ).length;
  const input = { slots, matches, name, otherAmounts, similarity: 0, trust: 0, productCount };
  const isMended = slots.some((_, slot) =>
    matching.some((one) => one.kind === 'MENDED' && one.slot === slot && one.factor === matches[slot]?.factor),
  );
  return {
    score: scoreOf(input),
    coverage: coverageOf(slots, matches),
    name,
    isFound: matching.length > 0,
    isMended,
    relevance: (doubts) => wordRelevance({ slots, matches, isNamed: name > 0, isMended }, doubts),
  };
}
