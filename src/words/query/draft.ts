import { analyzeFolded } from '../analyze.ts';
import { groupBy } from '../group-by.ts';
import type { Analysis } from '../language/open-analysis.ts';
import { type FoldedText, foldWithOrigins } from '../text/fold.ts';
import type { Token } from '../token.ts';

/** What a slot of a query is made of, before the catalogue was asked. */
export type SlotKind = 'WORD' | 'SIGN' | 'QUANTITY' | 'CHARACTER';

export interface DraftSlot {
  readonly kind: SlotKind;
  /** Folded. */
  readonly word: string;
  /** In the folded text. */
  readonly from: number;
  readonly to: number;
  /** In the text as it was asked. */
  readonly start: number;
  readonly end: number;
  readonly isStop: boolean;
  readonly isAsking: boolean;
  readonly dimension: string | undefined;
}

export interface Draft {
  readonly text: string;
  readonly folded: FoldedText;
  readonly slots: readonly DraftSlot[];
  readonly tokens: readonly Token[];
}

/** Queries are bounded elsewhere; what stands behind so many words is read by no one. */
const MOST_WORDS_READ = 64;

/** Cuts a query into its words. */
export function draftQuery(analysis: Analysis, text: string): Draft {
  const folded = foldWithOrigins(text);
  const tokens = analyzeFolded(analysis, folded.text).filter(({ position }) => position < MOST_WORDS_READ);
  const byPosition = groupBy(
    tokens.filter(({ span }) => span === 1),
    ({ position }) => position,
  );
  const slots = [...byPosition.keys()]
    .toSorted((a, b) => a - b)
    .map((position) => slotOf(byPosition.get(position) ?? []));
  return { text, folded, slots, tokens: onSlots(tokens, slots.length) };

  function slotOf(own: readonly Token[]): DraftSlot {
    const written = own.find(({ kind }) => kind === 'WORD');
    const from = Math.min(...own.map(({ start }) => start));
    const to = Math.max(...own.map(({ end }) => end));
    const word = written?.form ?? folded.text.slice(from, to);
    const origin = (place: number): number => folded.origins[place] ?? text.length;
    return {
      kind: kindOf(own, written),
      word,
      from,
      to,
      start: origin(from),
      end: Math.max(origin(from), origin(to)),
      isStop: analysis.isStopWord(word) || word === '&',
      isAsking: analysis.isAskingWord(word),
      dimension: tokens.find(
        ({ kind, position, span }) =>
          kind === 'DIMENSION' && position <= (own[0]?.position ?? 0) && position + span > (own[0]?.position ?? 0),
      )?.form,
    };
  }
}

/** Tokens whose whole span is among the slots that were read. */
function onSlots(tokens: readonly Token[], slots: number): Token[] {
  return tokens.filter(({ position, span }) => position + span <= slots);
}

function kindOf(own: readonly Token[], written: Token | undefined): SlotKind {
  if (written !== undefined) return written.form === '&' ? 'SIGN' : 'WORD';
  return own.some(({ kind }) => kind === 'QUANTITY') ? 'QUANTITY' : 'CHARACTER';
}
