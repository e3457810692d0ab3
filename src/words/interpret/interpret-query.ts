import type { Analysis } from '../language/open-analysis.ts';
import { nameKeyOfFolded, numberlessKey } from '../name-key.ts';
import { type Draft, draftQuery } from '../query/draft.ts';
import type { KnownName, Vocabulary } from '../query/vocabulary.ts';
import { findNegations, type Negation } from './find-negations.ts';
import { findPrices } from './find-prices.ts';
import { SIZE_WORDS } from './price-phrases.ts';

/** A part of a query that can be a filter or a term of its own, and where it stands in the text as asked. */
export interface InterpretedPart {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly meaning: Meaning;
}

export type Meaning =
  | {
      readonly kind: 'PRICE';
      readonly least: number | undefined;
      readonly most: number | undefined;
      readonly currency: string | undefined;
    }
  /** What the catalogue calls so; several where a word is a brand and a colour. */
  | { readonly kind: 'NAME'; readonly names: readonly KnownName[] }
  /** Not wanted: `words`, which may be names of the catalogue. */
  | { readonly kind: 'NOT'; readonly words: string; readonly names: readonly KnownName[] };

export interface Interpretation {
  /** In the order of the text, without overlaps. */
  readonly parts: readonly InterpretedPart[];
  /** What no part stands for, blanks put right: searched for as words. */
  readonly rest: string;
}

const LONGEST_NAME = 5;

/**
 * Reads a query as a person would who knows the shop: prices, what is not wanted, brands, categories and attribute values that the catalogue has. Offered, never imposed:
 * what is not understood stays in `rest`.
 *
 * @param text - as it was typed; the first 64 words are read
 */
export async function interpretQuery(
  deps: { analysis: Analysis; vocabulary: Vocabulary },
  text: string,
): Promise<Interpretation> {
  const { analysis } = deps;
  const draft = draftQuery(analysis, text);
  const names = await knownNames(deps, draft);
  const taken: InterpretedPart[] = findPrices(analysis.languages, draft.folded.text).map(
    ({ start, end, least, most, currency }) => partOf(draft, start, end, { kind: 'PRICE', least, most, currency }),
  );
  const negations = await realNegations(deps, draft, findNegations(analysis.languages, draft.folded.text));
  for (const { start, from } of negations) {
    const slot = draft.slots.findIndex((candidate) => candidate.from >= from);
    const last = slot === -1 ? undefined : (longestName(names, slot)?.last ?? slot);
    const end = last === undefined ? undefined : draft.slots[last]?.to;
    if (end === undefined || last === undefined || overlaps(taken, draft, start, end)) continue;
    const words = text.slice(draft.slots[slot]?.start ?? 0, draft.slots[last]?.end ?? 0);
    taken.push(partOf(draft, start, end, { kind: 'NOT', words, names: longestName(names, slot)?.names ?? [] }));
  }
  for (let slot = 0; slot < draft.slots.length; slot += 1) {
    const name = longestName(names, slot);
    const [first, last] = [draft.slots[slot], draft.slots[name?.last ?? slot]];
    if (name === undefined || first === undefined || last === undefined) continue;
    const start = sizeWordBefore(draft, slot, name.names) ?? first.from;
    if (overlaps(taken, draft, start, last.to)) continue;
    taken.push(partOf(draft, start, last.to, { kind: 'NAME', names: name.names }));
    slot = name.last;
  }
  const parts = taken.toSorted((a, b) => a.start - b.start);
  return { parts, rest: restOf(text, parts) };
}

function partOf({ text, folded }: Draft, from: number, to: number, meaning: Meaning): InterpretedPart {
  const start = folded.origins[from] ?? text.length;
  const end = folded.origins[to] ?? text.length;
  return { start, end, text: text.slice(start, end), meaning };
}

function overlaps(taken: readonly InterpretedPart[], { folded, text }: Draft, from: number, to: number): boolean {
  const [start, end] = [folded.origins[from] ?? text.length, folded.origins[to] ?? text.length];
  return taken.some((part) => start < part.end && end > part.start);
}

interface NameAt {
  readonly slot: number;
  readonly last: number;
  readonly names: readonly KnownName[];
}

/** Every run of words that the catalogue calls something by, and every slot where one begins. */
async function knownNames(
  { analysis, vocabulary }: { analysis: Analysis; vocabulary: Vocabulary },
  draft: Draft,
): Promise<NameAt[]> {
  const runs = draft.slots.flatMap((first, slot) =>
    draft.slots.slice(slot, slot + LONGEST_NAME).map((end, more) => {
      const run = draft.folded.text.slice(first.from, end.to);
      const key = nameKeyOfFolded(run);
      return { slot, last: slot + more, key, keys: [key, numberlessKey(analysis, run)] };
    }),
  );
  const known = await vocabulary.names([...new Set(runs.flatMap(({ keys }) => keys))]);
  return runs.flatMap(({ slot, last, key, keys }) => {
    const isOneSmallWord = slot === last && (draft.slots[slot]?.isStop || draft.slots[slot]?.isAsking);
    const names = distinctNames(keys.flatMap((one) => known.get(one) ?? []));
    // A bare number is a size only where it is called one.
    const telling = /^\d+$/.test(key) && !isSizeWord(draft, slot - 1) ? [] : names;
    return telling.length === 0 || isOneSmallWord ? [] : [{ slot, last, names: telling }];
  });
}

/** A category is found by both keys. Titles are no filter. */
function distinctNames(names: readonly KnownName[]): KnownName[] {
  const told = names.filter(({ kind }) => kind !== 'TITLE');
  return told.filter(
    (name, index) =>
      told.findIndex(
        (other) => other.kind === name.kind && other.name === name.name && other.attribute === name.attribute,
      ) === index,
  );
}

function longestName(names: readonly NameAt[], slot: number): NameAt | undefined {
  return names.filter((name) => name.slot === slot).toSorted((a, b) => b.last - a.last)[0];
}

function isSizeWord({ slots }: Draft, slot: number): boolean {
  return SIZE_WORDS.includes(slots[slot]?.word ?? '');
}

/** @returns where "size" stands in front of a size */
function sizeWordBefore(draft: Draft, slot: number, names: readonly KnownName[]): number | undefined {
  return isSizeWord(draft, slot - 1) && names.some(({ kind }) => kind === 'ATTRIBUTE')
    ? draft.slots[slot - 1]?.from
    : undefined;
}

/** Those that are not part of what the catalogue writes: "no show socks", "non stick pan". */
async function realNegations(
  { analysis, vocabulary }: { analysis: Analysis; vocabulary: Vocabulary },
  draft: Draft,
  negations: readonly Negation[],
): Promise<Negation[]> {
  const stemOf = (word: string): string => analysis.stemsOf(word)[0] ?? word;
  const pairs = negations.map(
    ({ word, from }) => [stemOf(word), stemOf(draft.slots.find((slot) => slot.from >= from)?.word ?? '')] as const,
  );
  const known = negations.length === 0 ? new Map<string, number>() : await vocabulary.pairCounts(pairs);
  return negations.filter((_, index) => !known.has(pairs[index]?.join(' ') ?? ''));
}

/** A text without some of its parts, blanks put right. */
export function restOf(text: string, parts: readonly Pick<InterpretedPart, 'start' | 'end'>[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of parts) {
    rest += `${text.slice(from, start)} `;
    from = end;
  }
  return `${rest}${text.slice(from)}`.replaceAll(/\s+/g, ' ').trim();
}
