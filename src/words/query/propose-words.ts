import { groupBy } from '../group-by.ts';
import type { Analysis } from '../language/open-analysis.ts';
import type { Token } from '../token.ts';
import type { Draft, DraftSlot } from './draft.ts';
import { formsOf } from './forms.ts';
import { type Proposal, propose } from './proposal.ts';

/** Words for "and", which a name may have as a sign: T&V. */
const AND_WORDS = ['and', 'und', 'et', 'y', 'e', 'en', 'och', 'og', 'ja', 'i', 'n'];
const AND_FACTOR = 0.9;
const JOINED_FACTOR = 0.9;
/** As the catalogue writes it, but for the blank: as sure as the word itself (src/words/score/quality.ts). */
const JOINED_AS_WRITTEN_FACTOR = 0.95;
const APART_FACTOR = 0.9;
/** Of "iphone13" where only the phone is found, of 27" where only a 27 is. */
const PIECE_FACTOR = 0.5;
/** Two characters that stand together, beside the whole word. */
const GRAM_FACTOR = 0.9;
/** The other of two words with a slash between them. */
const EITHER_FACTOR = 0.8;

/** How the words of a query may be found as they stand: by themselves, by what the analyzer joined or took apart, and by what they are together. */
export function proposeWords(analysis: Analysis, draft: Draft): Proposal[] {
  return [
    ...draft.slots.flatMap((slot, index) =>
      slot.kind === 'CHARACTER' ? [] : proposeSlot(analysis, draft, slot, index),
    ),
    ...draft.tokens.flatMap((token) => proposeToken(draft, token)),
    ...proposeQuantities(draft),
    ...proposeJoins(analysis, draft),
    ...proposeEither(analysis, draft),
  ];
}

/** "red/black shoes" are red or black; both is better. */
function proposeEither(analysis: Analysis, draft: Draft): Proposal[] {
  return draft.slots.flatMap((slot, index) => {
    const next = draft.slots[index + 1];
    const isEither = next !== undefined && draft.folded.text.slice(slot.to, next.from) === '/';
    if (!isEither || ![slot, next].every(({ word }) => /^\p{L}[\p{L}\p{M}]+$/u.test(word))) return [];
    const read = (at: number, word: string): Proposal[] =>
      formsOf(analysis, word).map(({ kind, lexeme, factor }) =>
        propose({ kind, slot: at, factor: factor * EITHER_FACTOR, word, parts: [[lexeme]] }),
      );
    return [...read(index, next.word), ...read(index + 1, slot.word)];
  });
}

function proposeSlot(analysis: Analysis, draft: Draft, slot: DraftSlot, index: number): Proposal[] {
  if (slot.kind === 'QUANTITY') return [];
  const own = { slot: index, word: slot.word };
  if (slot.kind === 'SIGN' || AND_WORDS.includes(slot.word)) {
    const other = slot.kind === 'SIGN' ? AND_WORDS : ['&'];
    const and = propose({ ...own, kind: 'WRITTEN', factor: AND_FACTOR, parts: [other] });
    return [propose({ ...own, kind: 'WRITTEN', factor: 1, parts: [[slot.word]] }), and];
  }
  const original = draft.text.slice(slot.start, slot.end);
  const forms = formsOf(analysis, slot.word, original).map(({ kind, lexeme, factor }) =>
    propose({ ...own, kind, factor, parts: [[lexeme]], word: lexeme.replace('~', '') }),
  );
  return [...forms, ...proposePieces(draft, slot, index)];
}

/** "iphone13" as "iphone 13", as "iphone"; "c++" as "c". */
function proposePieces(draft: Draft, slot: DraftSlot, index: number): Proposal[] {
  const pieces = draft.tokens.filter(({ kind, position, span }) => kind === 'PART' && position === index && span === 1);
  const written = pieces.filter(({ form }) => slot.word.includes(form) && form !== '&');
  if (written.length === 0) return [];
  const own = { slot: index, kind: 'SPLIT' as const };
  const proposals = written
    .filter(({ form }) => /^\p{L}{3,}$/u.test(form) || written.length === 1)
    .map(({ form, also }) => propose({ ...own, factor: PIECE_FACTOR, word: form, parts: [[form, ...also]] }));
  if (written.length > 1 && written.map(({ form }) => form).join('') === slot.word) {
    const parts = written.map(({ form, also }) => [form, ...also]);
    const word = written.map(({ form }) => form).join(' ');
    proposals.unshift(propose({ ...own, factor: APART_FACTOR, word, parts, adjacent: true }));
  }
  return proposals;
}

/** What the query itself wrote as one, and characters. */
function proposeToken(draft: Draft, token: Token): Proposal[] {
  const { kind, form, also, position: slot, span } = token;
  const own = { slot, span, word: form, parts: [[form, ...also]] };
  if (kind === 'JOIN')
    return [
      propose({ ...own, kind: 'JOINED', factor: 1, parts: [[form]] }),
      ...also.map((stem) => propose({ ...own, kind: 'JOINED', factor: JOINED_FACTOR, parts: [[stem]] })),
    ];
  if (kind !== 'GRAM') return [];
  if (span === 2) return [propose({ ...own, kind: 'SPLIT', factor: GRAM_FACTOR })];
  // One character says something where it was typed alone.
  const isAlone =
    draft.slots[slot - 1]?.to !== draft.slots[slot]?.from && draft.slots[slot + 1]?.from !== draft.slots[slot]?.to;
  return isAlone ? [propose({ ...own, kind: 'WRITTEN', factor: 1 })] : [];
}

function proposeQuantities(draft: Draft): Proposal[] {
  const quantities = groupBy(
    draft.tokens.filter(({ kind }) => kind === 'QUANTITY'),
    ({ position, span }) => `${position} ${span}`,
  );
  return [...quantities.values()].flatMap((amounts) => {
    const [first] = amounts;
    if (first === undefined) return [];
    const { position: slot, span, start, end } = first;
    const word = draft.folded.text.slice(start, end);
    const whole = propose({
      slot,
      span,
      kind: 'WRITTEN',
      factor: 1,
      word,
      parts: amounts.map(({ form, also }) => [form, ...also]),
    });
    const numbers = draft.tokens.filter(
      (token) => token.kind === 'PART' && token.position === slot && /^\d/.test(token.form),
    );
    const bare = numbers
      .filter(({ form }) => /^[\d.]+$/.test(form))
      .map(({ form }) => propose({ slot, kind: 'SPLIT', factor: PIECE_FACTOR, word: form, parts: [[form]] }));
    return span === 1 && draft.slots[slot]?.kind === 'QUANTITY' ? [whole, ...bare] : [whole];
  });
}

const MOST_JOINED = 3;
const SHORTEST_END = 2;

/** Whether a form of words written as one still has the last of them: "silver errings" as one word has the stem "silver". */
function isBoth(form: string, before: string): boolean {
  return !form.startsWith(before) || form.length >= before.length + SHORTEST_END;
}

/** "sun glasses" as "sunglasses", "h and m" as "h&m": neighbours that the query wrote apart. */
function proposeJoins(analysis: Analysis, draft: Draft): Proposal[] {
  const { slots } = draft;
  return slots.flatMap((_, first) =>
    Array.from({ length: MOST_JOINED - 1 }, (__, more) => slots.slice(first, first + more + 2)).flatMap(
      (window, more) => {
        if (window.length < more + 2 || window.some(({ kind }) => kind === 'QUANTITY' || kind === 'CHARACTER'))
          return [];
        const own = { slot: first, span: window.length };
        const words = window.map(({ word }) => word);
        const [head = '', middle = '', tail = ''] = words;
        if (words.length === 3 && (middle === '&' || AND_WORDS.includes(middle))) {
          const name = `${head}&${tail}`;
          return [propose({ ...own, kind: 'JOINED', factor: 1, word: name, parts: [[name]] })];
        }
        if (words.some((word) => !/^[\p{L}\p{M}\p{N}]+$/u.test(word)) || /^\d+$/.test(words.join(''))) return [];
        const before = words.slice(0, -1).join('');
        return formsOf(analysis, words.join(''))
          .filter(({ lexeme }) => isBoth(lexeme.replace('~', ''), before))
          .map(({ kind, lexeme, factor }) =>
            propose({
              ...own,
              kind: 'JOINED',
              factor: factor * (kind === 'WRITTEN' ? JOINED_AS_WRITTEN_FACTOR : JOINED_FACTOR),
              word: lexeme.replace('~', ''),
              parts: [[lexeme]],
            }),
          );
      },
    ),
  );
}
