import { bareCode, wholeCodes } from '../text/codes.ts';
import type { Draft } from './draft.ts';
import { type Proposal, propose } from './proposal.ts';
import type { Vocabulary } from './vocabulary.ts';

/** "sq 120 hb" is three words, and so is "QF 7781/03". */
const MOST_WORDS = 5;
const SHORTEST_CODE = 3;
const SHORTEST_BEGINNING = 4;
const BEGINNING_FACTOR = 0.95;
/** What more products begin with is no code but a word or a number. */
const MOST_BEGINNING = 200;

interface Window {
  readonly slot: number;
  readonly span: number;
  readonly code: string;
}

/**
 * What may be a code: words with a digit among them, up to five in a row, whatever their separators. Whole codes are asked like words; the beginnings of some are
 * asked of the vocabulary here.
 */
export async function proposeCodes(
  vocabulary: Vocabulary,
  draft: Draft,
): Promise<{ whole: Proposal[]; beginnings: (Proposal & { count: number })[] }> {
  const windows = windowsOf(draft);
  const whole = windows.map(({ slot, span, code }) =>
    propose({ kind: 'CODE', slot, span, factor: 1, word: code, parts: [wholeCodes(code).map((form) => `#${form}`)] }),
  );
  const long = windows.filter(({ code }) => code.length >= SHORTEST_BEGINNING);
  if (long.length === 0) return { whole, beginnings: [] };
  const counts = await vocabulary.codesBeginning([...new Set(long.map(({ code }) => code))]);
  const beginnings = long.flatMap(({ slot, span, code }) => {
    const count = counts.get(code) ?? 0;
    if (count === 0 || count > MOST_BEGINNING) return [];
    const fields = { kind: 'CODE' as const, slot, span, factor: BEGINNING_FACTOR, word: code, parts: [[`#${code}`]] };
    return [{ ...propose({ ...fields, isBeginning: true }), count }];
  });
  return { whole, beginnings };
}

function windowsOf({ slots, folded }: Draft): Window[] {
  return slots.flatMap((first, slot) =>
    Array.from({ length: Math.min(MOST_WORDS, slots.length - slot) }, (_, more) => more + 1).flatMap((span) => {
      const window = slots.slice(slot, slot + span);
      const last = window.at(-1) ?? first;
      const code = bareCode(folded.text.slice(first.from, last.to));
      // A single amount, 16gb, is an amount. Stop words join nothing: "size 9 in black".
      const isCode = /\d/.test(code) && code.length >= SHORTEST_CODE && !(span === 1 && first.kind === 'QUANTITY');
      const joinsWords = span > 1 && window.some(({ isStop, kind }) => isStop || kind === 'CHARACTER');
      return isCode && !joinsWords ? [{ slot, span, code }] : [];
    }),
  );
}
