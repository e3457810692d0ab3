import { LRUCache } from 'lru-cache';
import { foldText } from '../text/fold.ts';
import type { Language } from './languages.ts';

/** @returns the stems of a folded word in the shop's languages, each once, those left out that are the word itself; folded, too */
export type StemsOf = (word: string) => readonly string[];

type Stemmer = (word: string) => string;

/** Only what a shop speaks is loaded: all together take a fifth of a second. Written out, so that a bundler and a reader see what is imported. */
const LOADERS: Readonly<Record<Language, () => Promise<{ stemmer: Stemmer }>>> = {
  ar: () => import('@orama/stemmers/arabic'),
  hy: () => import('@orama/stemmers/armenian'),
  bg: () => import('@orama/stemmers/bulgarian'),
  da: () => import('@orama/stemmers/danish'),
  nl: () => import('@orama/stemmers/dutch'),
  en: () => import('@orama/stemmers/english'),
  fi: () => import('@orama/stemmers/finnish'),
  fr: () => import('@orama/stemmers/french'),
  de: () => import('@orama/stemmers/german'),
  el: () => import('@orama/stemmers/greek'),
  hu: () => import('@orama/stemmers/hungarian'),
  hi: () => import('@orama/stemmers/indian'),
  id: () => import('@orama/stemmers/indonesian'),
  ga: () => import('@orama/stemmers/irish'),
  it: () => import('@orama/stemmers/italian'),
  lt: () => import('@orama/stemmers/lithuanian'),
  ne: () => import('@orama/stemmers/nepali'),
  no: () => import('@orama/stemmers/norwegian'),
  pt: () => import('@orama/stemmers/portuguese'),
  ro: () => import('@orama/stemmers/romanian'),
  ru: () => import('@orama/stemmers/russian'),
  sr: () => import('@orama/stemmers/serbian'),
  es: () => import('@orama/stemmers/spanish'),
  sv: () => import('@orama/stemmers/swedish'),
  ta: () => import('@orama/stemmers/tamil'),
  tr: () => import('@orama/stemmers/turkish'),
  uk: () => import('@orama/stemmers/ukrainian'),
};

/** Snowball is made for words; what is longer is a code or an address. */
const LONGEST_STEMMED = 40;
/** Of 148,606 words of the fashion titles 2,911 differ: nearly every word is answered from memory (17 MB/s, uncached 3). */
const KEPT_WORDS = 50_000;
const NONE: readonly string[] = [];
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * Loads the stemmers of a shop's languages. Stems are made of the folded word, so that a word typed without its accents has the same stem.
 *
 * @param languages - in any order; none: words have no stems
 */
export async function openStemmer(languages: readonly Language[]): Promise<StemsOf> {
  const stemmers = await Promise.all(languages.map(async (language) => (await LOADERS[language]()).stemmer));
  const kept = new LRUCache<string, readonly string[]>({ max: KEPT_WORDS });
  return (word) => {
    if (word.length < 3) return NONE;
    const known = kept.get(word);
    if (known !== undefined) return known;
    const stems = word.length > LONGEST_STEMMED || !ONLY_LETTERS.test(word) ? NONE : stemsBy(stemmers, word);
    kept.set(word, stems);
    return stems;
  };
}

function stemsBy(stemmers: readonly Stemmer[], word: string): readonly string[] {
  const stems = new Set(stemmers.map((stemmer) => foldText(stemmer(word))));
  // A stem of one letter ("is" of a language that it is not of) ties what has nothing in common.
  return [...stems].filter((stem) => stem.length > 1 && stem !== word);
}
