import { foldText } from '../text/fold.ts';
import { ASKING_WORDS } from './asking-words.ts';
import type { Language } from './languages.ts';
import { openStemmer, type StemsOf } from './open-stemmer.ts';
import { STOP_WORDS } from './stop-words.ts';

/** What a shop says about its words. */
export interface AnalysisSettings {
  /** Of titles and queries, several at once. */
  readonly languages: readonly Language[];
  /** Names with signs that are one word to the shop, as it writes them: "A$AP", "ke$ha". (none; C++, .NET, H&M and such are known) */
  readonly names?: readonly string[];
}

/** What analysing takes besides the text: made once, by `openAnalysis`. */
export interface Analysis {
  readonly languages: readonly Language[];
  readonly stemsOf: StemsOf;
  /** Of a folded word. */
  readonly isStopWord: (word: string) => boolean;
  readonly isAskingWord: (word: string) => boolean;
  /** Matches the shop's names in folded text; undefined: it has none. */
  readonly names: RegExp | undefined;
}

/** Loads what the shop's languages need. */
export async function openAnalysis(settings: AnalysisSettings): Promise<Analysis> {
  const { languages, names = [] } = settings;
  const stopWords = wordsOf(languages.map((language) => STOP_WORDS[language]));
  const askingWords = wordsOf(languages.map((language) => ASKING_WORDS[language]));
  return {
    languages,
    stemsOf: await openStemmer(languages),
    isStopWord: (word) => stopWords.has(word),
    isAskingWord: (word) => askingWords.has(word),
    names: namesPattern(names),
  };
}

function wordsOf(lists: readonly (string | undefined)[]): ReadonlySet<string> {
  const words = lists.flatMap((list) => (list === undefined ? [] : foldText(list).split(/\s+/)));
  // "don't" is stored without its apostrophe, too.
  return new Set(words.flatMap((word) => [word, word.replaceAll("'", '')]).filter((word) => word !== ''));
}

function namesPattern(names: readonly string[]): RegExp | undefined {
  const folded = names.map((name) => foldText(name).trim()).filter((name) => name !== '');
  if (folded.length === 0) return undefined;
  // The longest first, so that "c++ builder" is not cut short by "c++".
  const alternatives = folded.toSorted((a, b) => b.length - a.length).map(escapePattern);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s+');
}
