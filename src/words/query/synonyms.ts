import { analyze } from '../analyze.ts';
import type { Analysis } from '../language/open-analysis.ts';
import { foldText } from '../text/fold.ts';
import type { Draft } from './draft.ts';
import { slipCost } from './edit-cost.ts';
import { formsOf } from './forms.ts';
import { type Proposal, propose } from './proposal.ts';
import type { SynonymRule } from './synonym-file.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A shop's synonyms, ready to be matched. */
export interface Synonyms {
  /** By the key of what may be asked, what it is also found as: a list for each rule. Rules share their lists, so that a large one is kept once. */
  readonly meanings: ReadonlyMap<string, readonly (readonly Meaning[])[]>;
  /** Of the longest side. */
  readonly mostWords: number;
  /** Keys of the words of all sides that may be asked: known to spelling, though no product may have them. */
  readonly known: ReadonlySet<string>;
  /** The same words as the shop wrote them, folded. */
  readonly words: readonly string[];
}

interface Meaning {
  /** As the shop wrote it: "running shoe". */
  readonly text: string;
  readonly words: readonly string[];
  readonly key: string;
}

const SYNONYM_FACTOR = 0.85;
export const NO_SYNONYMS: Synonyms = { meanings: new Map(), mostWords: 0, known: new Set(), words: [] };

/** Prepares rules for matching: both sides are analysed as everything else is. */
export function prepareSynonyms(analysis: Analysis, rules: readonly SynonymRule[]): Synonyms {
  const meanings = new Map<string, (readonly Meaning[])[]>();
  const asked = new Set<string>();
  let mostWords = 0;
  const sideOf = (text: string): Meaning => {
    const words = wordsOf(analysis, foldText(text));
    return { text, words, key: keyOf(analysis, words) };
  };
  for (const { left, right, isTwoWay } of rules) {
    const sides = left.map(sideOf);
    const meant = (isTwoWay ? sides : right.map(sideOf)).filter(({ words }) => words.length > 0);
    for (const { key, words } of sides) {
      const lists = meanings.get(key);
      if (lists === undefined) meanings.set(key, [meant]);
      else lists.push(meant);
      mostWords = Math.max(mostWords, words.length);
      for (const word of words) asked.add(word);
    }
  }
  const words = [...asked];
  return { meanings, mostWords, known: new Set(words.map((word) => keyOf(analysis, [word]))), words };
}

/** As likely to be meant as a word that one product in a thousand has: whoever wrote the rule expects to be asked for it. */
const ASKED_LIKE = 1000;

/** The same vocabulary, whose misspelt words may also be words of synonyms: "snekers" where the shop says sneakers, and its products trainers. */
export function withSynonyms(vocabulary: Vocabulary, { words }: Synonyms): Vocabulary {
  if (words.length === 0) return vocabulary;
  const count = vocabulary.productCount / ASKED_LIKE;
  return {
    ...vocabulary,
    near: async (typed) => {
      const near = await vocabulary.near(typed);
      return new Map(
        typed.flatMap((word) => {
          const own = near.get(word) ?? [];
          const known = new Set(own.map((other) => other.word));
          const more = words.filter((other) => !known.has(other) && Number.isFinite(slipCost(word, other)));
          const all = [...own, ...more.map((other) => ({ word: other, count }))];
          return all.length === 0 ? [] : [[word, all] as const];
        }),
      );
    },
  };
}

/** What the synonyms make of the words of a query; the longest side that matches counts, once: what they lead to is not looked up again. */
export function proposeSynonyms(analysis: Analysis, draft: Draft, synonyms: Synonyms): Proposal[] {
  const proposals: Proposal[] = [];
  for (let slot = 0; slot < draft.slots.length; slot += 1) {
    for (let span = Math.min(synonyms.mostWords, draft.slots.length - slot); span > 0; span -= 1) {
      const words = draft.slots.slice(slot, slot + span).map(({ word }) => word);
      const key = keyOf(analysis, words);
      const lists = synonyms.meanings.get(key);
      if (lists === undefined) continue;
      const meant = lists.flat().filter((meaning) => meaning.key !== key);
      proposals.push(...meant.map((meaning) => proposeMeaning(analysis, meaning, slot, span)));
      break;
    }
  }
  return proposals;
}

const SHORTEST_BEGINNING = 3;
const MOST_WORDINGS = 5;

/**
 * Other texts for a typed one, by the synonyms: of its words as they are and, since the last may be unfinished, of the sides that it begins. The longest side that matches
 * counts, as in a search.
 *
 * @param words - folded, in the order of the text
 * @returns at most 5
 */
export function otherWordings(analysis: Analysis, synonyms: Synonyms, words: readonly string[]): string[] {
  const last = words.at(-1);
  if (last === undefined) return [];
  const finished = synonyms.words.filter((word) => word !== last && word.startsWith(last));
  const typed = [words, ...(last.length < SHORTEST_BEGINNING ? [] : finished).map((word) => words.with(-1, word))];
  const texts = typed.flatMap((these) => reworded(analysis, synonyms, these));
  return [...new Set(texts)].slice(0, MOST_WORDINGS);
}

function reworded(analysis: Analysis, { meanings, mostWords }: Synonyms, words: readonly string[]): string[] {
  for (let span = Math.min(mostWords, words.length); span > 0; span -= 1) {
    for (let at = words.length - span; at >= 0; at -= 1) {
      const key = keyOf(analysis, words.slice(at, at + span));
      const meant = (meanings.get(key) ?? []).flat().filter((meaning) => meaning.key !== key);
      if (meant.length > 0) return meant.map(({ text }) => words.toSpliced(at, span, text).join(' '));
    }
  }
  return [];
}

function proposeMeaning(analysis: Analysis, { text, words }: Meaning, slot: number, span: number): Proposal {
  const parts = words.map((word) => formsOf(analysis, word).map(({ lexeme }) => lexeme));
  return propose({
    kind: 'SYNONYM',
    slot,
    span,
    factor: SYNONYM_FACTOR,
    word: text,
    parts,
    adjacent: parts.length > 1,
  });
}

function wordsOf(analysis: Analysis, folded: string): string[] {
  return analyze(analysis, folded).flatMap(({ kind, form }) => (kind === 'WORD' || kind === 'QUANTITY' ? [form] : []));
}

/** Words by their first stem, so that "sneaker" in a rule is "sneakers" in a query. */
function keyOf(analysis: Analysis, words: readonly string[]): string {
  return words.map((word) => analysis.stemsOf(word)[0] ?? word).join(' ');
}
