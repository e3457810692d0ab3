import { groupBy } from '../group-by.ts';
import { hasCompounds } from '../language/languages.ts';
import type { Analysis } from '../language/open-analysis.ts';
import type { Draft } from './draft.ts';
import { formsOf } from './forms.ts';
import { propose } from './proposal.ts';
import type { CountedWord, Vocabulary } from './vocabulary.ts';
import type { Alternative } from './word-query.ts';

/** Behind the word itself, whoever has it. */
const COMPOUND_FACTOR = 0.75;
/** Where the catalogue does not know what stands in front by itself. */
const LOOSE_FACTOR = 0.65;
const SHORTEST_ENDING = 3;
/** What stands between the parts of a compound, in German, Dutch and Swedish. */
const LINKS = /(?:es|en|er|s|n|e)$/;
/** Endings of the last part: who asks for "schraube" means Terrassenschrauben, too. */
const INFLECTIONS = ['', 'n', 'en', 'e', 'er', 's', 'es'];
const MOST_COMPOUNDS = 50;

interface Compound {
  readonly slot: number;
  readonly ending: string;
  readonly word: CountedWord;
}

/** Longer words of the catalogue that may be compounds of words of a query, and what else has to be known of them. */
export interface PossibleCompounds {
  /** What stands in front of the words of the query: lexemes to be counted. */
  readonly rests: readonly string[];
  /**
   * @param known - products by lexeme, of the rests at least
   * @param isKnown - whether the catalogue has the word of the slot
   */
  readonly alternatives: (known: ReadonlyMap<string, number>, isKnown: (slot: number) => boolean) => Alternative[];
}

/**
 * Longer words of the catalogue that end in a word of the query: "schrauben" finds Terrassenschrauben. What stands in front has to be a word of the catalogue,
 * or the ending has to be one, and long.
 */
export async function findCompounds(
  analysis: Analysis,
  vocabulary: Pick<Vocabulary, 'endingIn'>,
  draft: Draft,
): Promise<PossibleCompounds> {
  const compounding = hasCompounds(analysis.languages);
  const asked = draft.slots.flatMap(({ kind, word, isStop, isAsking, start, end }, slot) => {
    const may =
      kind === 'WORD' && !isStop && !isAsking && word.length >= SHORTEST_ENDING && /^\p{L}[\p{L}\p{M}]*$/u.test(word);
    if (!may) return [];
    // "muehle" is Mühle, too.
    const spellings = formsOf(analysis, word, draft.text.slice(start, end)).filter((form) => form.kind === 'WRITTEN');
    const endings = spellings.flatMap(({ lexeme }) => endingsOf(analysis, lexeme, compounding));
    return [{ slot, endings: [...new Set(endings)] }];
  });
  const found = await vocabulary.endingIn([...new Set(asked.flatMap(({ endings }) => endings))]);
  const compounds = asked.flatMap(({ slot, endings }): Compound[] =>
    endings.flatMap((ending) => (found.get(ending) ?? []).map((word) => ({ slot, ending, word }))),
  );
  return {
    rests: [...new Set(compounds.flatMap(({ ending, word }) => restsOf(word.word, ending)))],
    alternatives(known, isKnown) {
      const alternatives = compounds.flatMap(({ slot, ending, word: { word, count } }): Alternative[] => {
        const factor = factorOf(word, ending, { rests: known, isKnown: isKnown(slot), compounding });
        return factor === 0 ? [] : [{ ...propose({ slot, kind: 'COMPOUND', factor, word, parts: [[word]] }), count }];
      });
      return [...groupBy(alternatives, ({ slot }) => slot).values()].flatMap((ofSlot) =>
        ofSlot.toSorted((a, b) => b.count - a.count).slice(0, MOST_COMPOUNDS),
      );
    },
  };
}

/** The word, and its stem with other endings where it is long enough to be told by it. */
function endingsOf(analysis: Analysis, word: string, compounding: boolean): string[] {
  const stems =
    word.length >= 5 ? analysis.stemsOf(word).filter((stem) => stem.length >= 4 && word.startsWith(stem)) : [];
  const inflected =
    compounding || word.length >= 5
      ? [word, ...stems].flatMap((base) => INFLECTIONS.map((ending) => base + ending))
      : [word];
  return [...new Set([word, ...inflected])];
}

function restsOf(word: string, ending: string): string[] {
  const rest = word.slice(0, -ending.length);
  const bare = rest.replace(LINKS, '');
  return bare.length >= SHORTEST_ENDING && bare !== rest ? [rest, bare] : [rest];
}

interface Circumstances {
  readonly rests: ReadonlyMap<string, number>;
  /** Whether the catalogue has the ending as a word. */
  readonly isKnown: boolean;
  readonly compounding: boolean;
}

/** @returns 0 where the word is hardly a compound: "that" of "hat", "terrain" of "rain", "package" of "age" */
function factorOf(word: string, ending: string, { rests, isKnown, compounding }: Circumstances): number {
  const rest = word.slice(0, -ending.length);
  const restIsWord = restsOf(word, ending).some((part) => part.length >= 2 && rests.has(part));
  if (restIsWord && rest.length >= SHORTEST_ENDING) {
    if (ending.length >= 4 || compounding || (isKnown && rest.length >= 4)) return COMPOUND_FACTOR;
  }
  const hasVowel = /[aeiouy]|[^a-z]/.test(rest);
  if (!hasVowel) return 0;
  if (compounding && rest.length >= SHORTEST_ENDING && ending.length >= 4) return LOOSE_FACTOR;
  if (rest.length >= 4 && ending.length >= (isKnown ? 4 : 5)) return LOOSE_FACTOR;
  return 0;
}
