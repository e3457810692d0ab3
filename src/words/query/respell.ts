import type { Draft } from './draft.ts';
import { editCost } from './edit-cost.ts';
import type { Alternative, ReadingKind, Respelling } from './word-query.ts';

/** The same word, written otherwise. A synonym or the last part of a compound is another word. */
const SAME_WORD: ReadonlySet<ReadingKind> = new Set(['STEM', 'IRREGULAR', 'JOINED', 'SPLIT']);
/** Less is a part of the word: "iphone" of "iphone13". */
const LEAST_FACTOR = 0.8;
const INFLECTIONS = ['s', 'es', 'n', 'en', 'e'];
const DOUBLED_LETTER = 0.5;
const SIGNED = /^[~#=@+]/;

/**
 * Words that no product has as they were typed, as the catalogue writes them: "menwhite leathers" as "men white leather". Models were made for the words of titles, and
 * make little of other spellings.
 */
export function respellings(draft: Draft, found: readonly Alternative[]): Respelling[] {
  const isWritten = draft.slots.map(({ word }, slot) =>
    found.some((one) => one.slot === slot && one.span === 1 && one.parts.length === 1 && one.parts[0]?.includes(word)),
  );
  const respelt: Respelling[] = [];
  for (let slot = 0; slot < draft.slots.length; slot += 1) {
    const best = found
      .filter((one) => one.slot === slot && mayBeMeant(one, draft.slots[slot]?.word ?? ''))
      .filter(({ span }) => isWritten.slice(slot, slot + span).some((written) => !written))
      .toSorted((a, b) => b.factor - a.factor || b.count - a.count)[0];
    const [first, last] = [draft.slots[slot], draft.slots[slot + (best?.span ?? 1) - 1]];
    if (best === undefined || first === undefined || last === undefined) continue;
    respelt.push({ start: first.start, end: last.end, meant: best.word });
    slot += best.span - 1;
  }
  return respelt;
}

function mayBeMeant({ kind, factor, parts, word }: Alternative, typed: string): boolean {
  if (!SAME_WORD.has(kind) || factor < LEAST_FACTOR) return false;
  if (kind === 'STEM' && !isInflected(typed, word)) return false;
  return kind === 'SPLIT' || parts.every((lexemes) => lexemes.includes(word) && !SIGNED.test(word));
}

/** Of another number or case, or with a letter too much that its stem lost, "formall". Other words of one stem are near in meaning, and not the same: "washing" powder is not to wash with. */
function isInflected(typed: string, word: string): boolean {
  const [short, long] = typed.length < word.length ? [typed, word] : [word, typed];
  return INFLECTIONS.some((ending) => short + ending === long) || editCost(typed, word) <= DOUBLED_LETTER;
}
