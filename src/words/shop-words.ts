import { ANALYZER_VERSION } from './analyze.ts';
import type { Language } from './language/languages.ts';
import { type Analysis, openAnalysis } from './language/open-analysis.ts';
import { nameKey } from './name-key.ts';

/** What a shop's words are made by: the same for what is stored and what is asked. */
export interface ShopWords {
  readonly analysis: Analysis;
  /** The shop's own names of attributes that are codes, beside the usual ones. */
  readonly codeAttributes: readonly string[];
  /** Stored with what was analysed: what has another version is analysed again. */
  readonly version: string;
}

/** What is stored beside what `analyze` returns. Raise it with every change of the columns that are made of it. */
const STORED_VERSION = 2;

/** Loads what analysing a shop's texts takes. */
export async function openShopWords(settings: {
  readonly languages: readonly Language[];
  readonly codeAttributes: readonly string[];
}): Promise<ShopWords> {
  const { languages, codeAttributes } = settings;
  const codes = [...new Set(codeAttributes.map(nameKey))].toSorted();
  // The order of languages counts: neighbours are counted by their first stem.
  const version = [
    `${ANALYZER_VERSION}.${STORED_VERSION}`,
    languages.join(','),
    ...(codes.length > 0 ? [codes.join(',')] : []),
  ];
  return { analysis: await openAnalysis({ languages }), codeAttributes, version: version.join(' ') };
}
