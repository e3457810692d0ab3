import { analyze } from '../analyze.ts';
import type { Analysis } from '../language/open-analysis.ts';
import { foldText } from '../text/fold.ts';
import type { Draft } from './draft.ts';
import { formsOf } from './forms.ts';
import { type Proposal, propose } from './proposal.ts';
import type { SynonymRule } from './synonym-file.ts';

/** A shop's synonyms, ready to be matched. */
export interface Synonyms {
  /** By the key of what may be asked. */
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Of the longest side. */
  readonly mostWords: number;
}

interface Meaning {
  /** As the shop wrote it: "running shoe". */
  readonly text: string;
  readonly words: readonly string[];
}

const SYNONYM_FACTOR = 0.85;
export const NO_SYNONYMS: Synonyms = { meanings: new Map(), mostWords: 0 };

/** Prepares rules for matching: both sides are analysed as everything else is. */
export function prepareSynonyms(analysis: Analysis, rules: readonly SynonymRule[]): Synonyms {
  const meanings = new Map<string, Meaning[]>();
  let mostWords = 0;
  for (const { left, right } of rules) {
    const meant = right.map((text) => ({ text, words: wordsOf(analysis, foldText(text)) }));
    for (const side of left) {
      const words = wordsOf(analysis, foldText(side));
      mostWords = Math.max(mostWords, words.length);
      const key = keyOf(analysis, words);
      const others = meant.filter((meaning) => keyOf(analysis, meaning.words) !== key && meaning.words.length > 0);
      meanings.set(key, [...(meanings.get(key) ?? []), ...others]);
    }
  }
  return { meanings, mostWords };
}

/** Every word that some rule names: known to spelling though no product may have it. */
export function synonymWords(synonyms: Synonyms): ReadonlySet<string> {
  return new Set([...synonyms.meanings.keys()].flatMap((key) => key.split(' ')));
}

/** What the synonyms make of the words of a query; the longest side that matches counts, once: what they lead to is not looked up again. */
export function proposeSynonyms(analysis: Analysis, draft: Draft, synonyms: Synonyms): Proposal[] {
  const proposals: Proposal[] = [];
  for (let slot = 0; slot < draft.slots.length; slot += 1) {
    for (let span = Math.min(synonyms.mostWords, draft.slots.length - slot); span > 0; span -= 1) {
      const words = draft.slots.slice(slot, slot + span).map(({ word }) => word);
      const meanings = synonyms.meanings.get(keyOf(analysis, words));
      if (meanings === undefined) continue;
      proposals.push(...meanings.map((meaning) => proposeMeaning(analysis, meaning, slot, span)));
      break;
    }
  }
  return proposals;
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
