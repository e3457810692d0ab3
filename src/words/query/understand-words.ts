import { groupBy } from '../group-by.ts';
import type { Analysis } from '../language/open-analysis.ts';
import { nameKeyOfFolded, numberlessKey } from '../name-key.ts';
import { rarityOf } from '../score/rarity.ts';
import { doubtedWords, isNowhereBeside } from './doubt-words.ts';
import { type Draft, type DraftSlot, draftQuery } from './draft.ts';
import { findCompounds } from './find-compounds.ts';
import { formsOf } from './forms.ts';
import { isMendable, type Mending, mendWords } from './mend.ts';
import { counted, lexemesOf, type Proposal, propose } from './proposal.ts';
import { checkSplits, proposeSplits } from './propose-splits.ts';
import { proposeWords } from './propose-words.ts';
import { proposeCodes } from './query-codes.ts';
import { readValues } from './read-values.ts';
import { respellings } from './respell.ts';
import { proposeSynonyms, type Synonyms, withSynonyms } from './synonyms.ts';
import type { Vocabulary } from './vocabulary.ts';
import {
  type Alternative,
  type Correction,
  MAX_SLOTS,
  type Slot,
  type ValueReading,
  type WordQuery,
} from './word-query.ts';

export interface UnderstandDeps {
  readonly analysis: Analysis;
  readonly vocabulary: Vocabulary;
  readonly synonyms: Synonyms;
}

export interface UnderstandOptions {
  /** False: search for exactly what was written. (true) */
  readonly mend?: boolean;
}

/** A mended word is found, and never as sure as a written one. */
const MENDED_FACTOR = 0.6;
/** Below it a correction is offered and not searched for. */
const LEAST_CONFIDENCE = 0.5;
/** A second reading of a misspelt word that is so likely is searched for, too. */
const LEAST_SECOND = 0.2;
/** A stop word, or a word of asking, beside others. */
const SMALL_SHARE = 0.15;
const SIGN_SHARE = 0.05;
/** A bare number up to 99, a size or a count, beside words: "size 9" is not first of all the T-Lite 9. */
const NUMBER_SHARE = 0.5;
/** Words of Chinese and Japanese have two characters, about. */
const CHARACTER_SHARE = 0.5;
const LONGEST_NAME = 12;

/**
 * Reads a query by the catalogue's own words. What is known at the same time is asked at the same time: of most queries in two steps.
 *
 * @param text - of any length; the first 64 words are read
 */
export function understandWords(
  deps: UnderstandDeps,
  text: string,
  options: UnderstandOptions = {},
): Promise<WordQuery> {
  return understandDraft(deps, draftQuery(deps.analysis, text), options);
}

/** The same of a query that was cut into its words. */
export async function understandDraft(
  deps: UnderstandDeps,
  draft: Draft,
  options: UnderstandOptions = {},
): Promise<WordQuery> {
  const { analysis, vocabulary, synonyms } = deps;
  const splits = proposeSplits(analysis, draft);
  const codes = await proposeCodes(vocabulary, draft);
  const proposals = [...proposeWords(analysis, draft), ...proposeSynonyms(analysis, draft, synonyms), ...codes.whole];
  const [counts, compounds] = await Promise.all([
    vocabulary.counts(lexemesOf([...proposals, ...splits])),
    findCompounds(analysis, vocabulary, draft),
  ]);
  const found = [...counted(proposals, counts), ...codes.beginnings];
  const [checked, rests, writtenValues] = await Promise.all([
    checkSplits(vocabulary, splits, counts),
    compounds.rests.length === 0 ? new Map<string, number>() : vocabulary.counts(compounds.rests),
    readValues(vocabulary, draft, found),
  ]);
  found.push(...checked);
  found.push(...compounds.alternatives(rests, coverage(draft, found)));
  const isFound = coverage(draft, found);
  const unknown = draft.slots.flatMap(({ word }, slot) =>
    isFound(slot) || synonyms.known.has(keyOf(analysis, word)) ? [] : [slot],
  );
  const mendings = options.mend === false ? [] : await mendAll();
  const mended = mendings.flatMap((mending) => proposeMended(analysis, mending));
  found.push(
    ...(await countProposals(vocabulary, [...mended, ...proposeMendedSynonyms(analysis, draft, mendings, synonyms)])),
  );
  const values = mended.length === 0 ? writtenValues : await readValues(vocabulary, draft, found);
  return assemble(analysis, draft, vocabulary.productCount, { found, mendings, values });

  async function mendAll(): Promise<Mending[]> {
    const doubted = await doubtedWords(vocabulary, draft, found, (slot) => isMendable(draft, slot));
    const isOutOfPlace = (slot: number, parts: readonly string[]) =>
      isNowhereBeside(vocabulary, draft, found, {
        slot,
        lexemes: parts.map((part) => formsOf(analysis, part).map(({ lexeme }) => lexeme)),
      });
    return mendWords(withSynonyms(vocabulary, synonyms), draft, { unknown, doubted, isOutOfPlace }, (word) =>
      keyOf(analysis, word),
    );
  }
}

function keyOf(analysis: Analysis, word: string): string {
  return analysis.stemsOf(word)[0] ?? word;
}

async function countProposals(vocabulary: Vocabulary, proposals: readonly Proposal[]): Promise<Alternative[]> {
  if (proposals.length === 0) return [];
  return counted(proposals, await vocabulary.counts(lexemesOf(proposals)));
}

/** Less than a whole word, "iphone" of "iphone13", does not make the word known. */
const LEAST_COVERING = 0.55;

function coverage(draft: Draft, alternatives: readonly Alternative[]): (slot: number) => boolean {
  const covered = new Set<number>();
  for (const { slot, span, factor } of alternatives) {
    if (factor >= LEAST_COVERING)
      for (let at = slot; at < Math.min(slot + span, draft.slots.length); at += 1) covered.add(at);
  }
  return (slot) => covered.has(slot);
}

function proposeMended(analysis: Analysis, { slot, candidates }: Mending): Proposal[] {
  const [best] = candidates;
  if (best === undefined || best.probability < LEAST_CONFIDENCE) return [];
  return candidates
    .filter((candidate) => candidate === best || candidate.probability >= LEAST_SECOND)
    .flatMap(({ word, parts, probability }) => {
      const factor = MENDED_FACTOR * (probability / best.probability);
      const forms = parts.map((part) => formsOf(analysis, part));
      const [only = []] = forms;
      if (forms.length === 1)
        return only.map((form) =>
          propose({ kind: 'MENDED', slot, factor: factor * form.factor, word, parts: [[form.lexeme]] }),
        );
      const lexemes = forms.map((own) => own.map(({ lexeme }) => lexeme));
      return [propose({ kind: 'MENDED', slot, factor, word, parts: lexemes, adjacent: true })];
    });
}

/** What the synonyms make of the words that were mended, and of their neighbours with them: as sure as these. */
function proposeMendedSynonyms(
  analysis: Analysis,
  draft: Draft,
  mendings: readonly Mending[],
  synonyms: Synonyms,
): Proposal[] {
  const meant = new Map(
    mendings.flatMap(({ slot, candidates: [best] }) =>
      best === undefined || best.probability < LEAST_CONFIDENCE ? [] : [[slot, best.word] as const],
    ),
  );
  if (meant.size === 0) return [];
  const slots = draft.slots.map((slot, index) => ({ ...slot, word: meant.get(index) ?? slot.word }));
  return proposeSynonyms(analysis, { ...draft, slots }, synonyms)
    .filter(({ slot, span }) => [...meant.keys()].some((at) => at >= slot && at < slot + span))
    .map((proposal) => ({ ...proposal, kind: 'MENDED', factor: MENDED_FACTOR * proposal.factor }));
}

interface Reading {
  readonly found: readonly Alternative[];
  readonly mendings: readonly Mending[];
  readonly values: readonly ValueReading[];
}

function assemble(
  analysis: Analysis,
  draft: Draft,
  productCount: number,
  { found, mendings, values }: Reading,
): WordQuery {
  const isAllSmall = draft.slots.every(({ isStop, isAsking }) => isStop || isAsking);
  const slots = draft.slots.map((slot, index): Slot => {
    const own = found.filter((alternative) => alternative.slot <= index && index < alternative.slot + alternative.span);
    return {
      word: slot.word,
      start: slot.start,
      end: slot.end,
      rarity: rarityOf(productCount, unionCount(own)),
      share: shareOf(slot, isAllSmall, draft.slots.length === 1),
      best: Math.max(0, ...own.map(({ factor }) => factor)),
      dimension: slot.dimension,
    };
  });
  const kept = keptSlots(slots);
  const corrections = mendings.flatMap((mending) => correctionOf(draft, mending));
  return {
    text: draft.text,
    slots: kept.map((index) => slots[index]).filter((slot) => slot !== undefined),
    alternatives: onKept(distinct(found), kept),
    values: onKept(values, kept),
    corrections,
    respellings: respellings(draft, found).filter(
      ({ start, end }) => !corrections.some((one) => one.start < end && start < one.end),
    ),
    nameKeys: nameKeysOf(analysis, draft),
    wholeKey: wholeKeyOf(draft),
  };
}

function shareOf({ kind, word, isStop, isAsking }: DraftSlot, isAllSmall: boolean, isAlone: boolean): number {
  if (kind === 'SIGN') return SIGN_SHARE;
  if (kind === 'CHARACTER') return CHARACTER_SHARE;
  if (/^\d{1,2}$/.test(word) && !isAlone) return NUMBER_SHARE;
  return (isStop || isAsking) && !isAllSmall ? SMALL_SHARE : 1;
}

/**
 * Products that have any of the alternatives, at most: those of a kind overlap (whoever has a word has its stem), kinds hardly do. Readings of one word share it, so
 * that a rare misspelling does not tell more than the word.
 */
function unionCount(alternatives: readonly Alternative[]): number {
  const written = alternatives.filter(({ kind }) => kind === 'WRITTEN' || kind === 'STEM' || kind === 'CODE');
  const others = groupBy(
    alternatives.filter(({ kind }) => kind !== 'WRITTEN' && kind !== 'STEM' && kind !== 'CODE'),
    ({ kind }) => kind,
  );
  const most = (group: readonly Alternative[]): number => Math.max(0, ...group.map(({ count }) => count));
  return [...others.values()].reduce((sum, group) => sum + most(group), most(written));
}

/** The slots of a query of too many words that tell most, in their order. */
function keptSlots(slots: readonly Slot[]): number[] {
  const all = slots.map((_, index) => index);
  if (slots.length <= MAX_SLOTS) return all;
  const telling = ({ share, rarity, best }: Slot): number => share * (best > 0 ? 1 + rarity : 1);
  const ranked = all.toSorted((a, b) => tell(slots[b], telling) - tell(slots[a], telling));
  return ranked.slice(0, MAX_SLOTS).toSorted((a, b) => a - b);
}

function tell(slot: Slot | undefined, telling: (slot: Slot) => number): number {
  return slot === undefined ? 0 : telling(slot);
}

function onKept<Item extends { readonly slot: number; readonly span: number }>(
  alternatives: readonly Item[],
  kept: readonly number[],
): Item[] {
  const places = new Map(kept.map((slot, place) => [slot, place]));
  return alternatives.flatMap((alternative) => {
    const slot = places.get(alternative.slot);
    const last = places.get(alternative.slot + alternative.span - 1);
    return slot === undefined || last === undefined ? [] : [{ ...alternative, slot, span: last - slot + 1 }];
  });
}

/** One of each, the one that counts most. */
function distinct(alternatives: readonly Alternative[]): Alternative[] {
  const best = new Map<string, Alternative>();
  for (const alternative of alternatives) {
    const { slot, span, parts, isBeginning } = alternative;
    const key = JSON.stringify([slot, span, parts, isBeginning]);
    const other = best.get(key);
    if (other === undefined || other.factor < alternative.factor) best.set(key, alternative);
  }
  return [...best.values()];
}

function correctionOf(draft: Draft, { slot, candidates }: Mending): Correction[] {
  const { start, end } = draft.slots[slot] ?? { start: 0, end: 0 };
  const [best] = candidates;
  if (best === undefined) return [];
  const isApplied = best.probability >= LEAST_CONFIDENCE;
  return [
    { written: draft.text.slice(start, end), start, end, meant: best.word, confidence: best.probability, isApplied },
  ];
}

/** The keys of the query's runs of words: names of products, brands and categories may be among them. */
export function nameKeysOf(analysis: Analysis, { slots, folded }: Draft): string[] {
  const runs = slots.flatMap((first, from) =>
    slots.slice(from, from + LONGEST_NAME).map((last) => folded.text.slice(first.from, last.to)),
  );
  const keys = runs.flatMap((run) => [nameKeyOfFolded(run), numberlessKey(analysis, run)]);
  const whole = nameKeyOfFolded(folded.text);
  return [...new Set([whole, ...keys])].filter((key) => key !== '');
}

/** The key of the whole query: a title that is equal to it is what was asked. */
export function wholeKeyOf({ folded }: Draft): string {
  return nameKeyOfFolded(folded.text);
}
