import { irregularForms } from '../language/irregular-forms.ts';
import type { Analysis } from '../language/open-analysis.ts';
import { lightStems } from '../text/light-stems.ts';
import { STEM_SIGN } from '../token.ts';
import type { ReadingKind } from './word-query.ts';

/** A lexeme that a word may stand as. */
export interface Form {
  readonly kind: Extract<ReadingKind, 'WRITTEN' | 'STEM' | 'IRREGULAR'>;
  readonly lexeme: string;
  readonly factor: number;
}

/** Behind the word as written, so that "universal" is never found before "university" when that was asked. */
const STEM_FACTOR = 0.9;
const SPELLING_FACTOR = 0.95;
/** A stem of less of its word is another word: "er" of "errings". */
const LEAST_STEM = 0.4;

/**
 * The lexemes that a folded word may stand as, each once, the nearest first.
 *
 * @param original - as it was typed, whose ä or ø may be written ae or oe elsewhere
 */
export function formsOf(analysis: Analysis, word: string, original = word): Form[] {
  const forms = new Map<string, Form>();
  const add = (kind: Form['kind'], lexeme: string, factor: number): void => {
    if (lexeme !== '' && !forms.has(lexeme)) forms.set(lexeme, { kind, lexeme, factor });
  };
  const addInflected = (of: string, kind: Form['kind'], factor: number): void => {
    const stems = [...analysis.stemsOf(of), ...lightStems(of)].filter((stem) => stem.length >= of.length * LEAST_STEM);
    for (const stem of [of, ...stems]) {
      add(kind, STEM_SIGN + stem, factor);
      if (stem !== of) add(kind, stem, factor);
    }
  };
  add('WRITTEN', word, 1);
  for (const spelling of spellingsOf(word, original)) add('WRITTEN', spelling, SPELLING_FACTOR);
  addInflected(word, 'STEM', STEM_FACTOR);
  for (const base of [word, ...analysis.stemsOf(word)]) {
    for (const other of irregularForms(base)) {
      add('IRREGULAR', other, STEM_FACTOR);
      addInflected(other, 'IRREGULAR', STEM_FACTOR);
    }
  }
  return [...forms.values()];
}

const SPREAD: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** "Müsli" is also written Muesli, and the other way round. */
function spellingsOf(word: string, original: string): string[] {
  const spread = original
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüøå]/g, (letter) => SPREAD[letter] ?? letter);
  const narrow = word.replaceAll(/(?<![aeiouq])([aou])e/g, '$1');
  const spellings = [narrow];
  if (spread !== original.toLowerCase() && /^[a-z]+$/.test(spread)) spellings.push(spread);
  return spellings.filter((spelling) => spelling !== word && spelling.length > 2);
}
