import { findingQuery } from '../src/search/query/finding-query.ts';
import type { QueryWords } from '../src/search/query/query-words.ts';
import { wordTests } from '../src/search/query/word-tests.ts';
import type { Alternative, Slot } from '../src/words/query/word-query.ts';

const SLOT: Slot = { word: 'red', start: 0, end: 3, rarity: 0.3, share: 1, best: 1, dimension: undefined };
const SHOES: Slot = { ...SLOT, word: 'shoes', start: 4, end: 9, rarity: 0.2 };

function reading(slot: number, kind: Alternative['kind'], factor: number, lexeme: string): Alternative {
  const found = { adjacent: false, isBeginning: false, count: 2_000, word: lexeme.replace('~', '') };
  return { kind, slot, span: 1, parts: [[lexeme]], factor, ...found };
}

const ALTERNATIVES = [
  reading(0, 'WRITTEN', 1, 'red'),
  reading(0, 'STEM', 0.9, '~red'),
  reading(1, 'WRITTEN', 1, 'shoes'),
  reading(1, 'STEM', 0.9, '~shoe'),
];

/** The words of a query as understood: "red shoes", where there is a category of shoes. */
export function sampleWords(categories: readonly string[]): QueryWords {
  const slots = [SLOT, SHOES];
  // "shoes" has a stem of its own.
  const analysis = { stemsOf: (word: string) => (word === 'shoes' ? ['shoe'] : []) };
  return {
    slots: slots.map((slot, place) => ({
      ...slot,
      term: 0,
      query: findingQuery(
        analysis,
        ALTERNATIVES.filter((one) => one.slot === place),
      ),
    })),
    tests: wordTests(
      { slots, alternatives: ALTERNATIVES, values: [{ slot: 0, span: 1, lexemes: ['@red=color'] }] },
      44_072,
      1,
    ),
    any: findingQuery(analysis, ALTERNATIVES),
    names: { whole: [], titles: ['redshoes'], bareTitles: [], brands: [], categories, codes: null },
    corrections: [],
    respellings: [],
  };
}
