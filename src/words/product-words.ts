import { analyze } from './analyze.ts';
import type { Analysis } from './language/open-analysis.ts';
import { nameKey, numberlessKey } from './name-key.ts';
import { codeLexemes } from './text/codes.ts';
import { foldText } from './text/fold.ts';
import { STEM_SIGN, type Token } from './token.ts';

/** What of a product is words. */
export interface ProductTexts {
  /** Skus, GTINs and part numbers of all variants. */
  readonly codes: readonly string[];
  readonly title: string;
  readonly brand: string | null;
  /** Names from the top down. */
  readonly category: readonly string[];
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly description: string | null;
}

/** Where a lexeme stands, as PostgreSQL's weights: A codes, brand and title; B category names; C attributes; D description and pieces that say little. */
export type FieldWeight = 'A' | 'B' | 'C' | 'D';

export interface ProductWords {
  /** By lexeme: its places, each with a weight, in order of place, from 1. */
  readonly lexemes: ReadonlyMap<string, readonly { readonly place: number; readonly weight: FieldWeight }[]>;
  /** Neighbours in title, category and attributes, each by its stem where it has one; each pair once. */
  readonly pairs: readonly (readonly [first: string, second: string])[];
  readonly keys: NameKeys;
}

/** By `nameKey`: equal names of products and queries. Empty strings where there is no such name. */
export interface NameKeys {
  readonly title: string;
  readonly titleWithoutBrand: string;
  readonly brand: string;
  readonly categories: readonly string[];
  /** Of the categories, by `numberlessKey`. */
  readonly numberlessCategories: readonly string[];
}

/** Attributes that are codes in any shop, by folded name without separators. */
const CODE_ATTRIBUTES: ReadonlySet<string> = new Set(
  `gtin gtin8 gtin12 gtin13 gtin14 ean ean8 ean13 upc upca jan isbn isbn10 isbn13 issn asin mpn sku model modelno modelnumber modelnr modell modellnummer modele modelo modello
  part partno partnumber partnr articleno articlenumber artikelnummer artnr article itemno itemnumber itemmodelnumber styleno stylecode stylenumber reference referencia referenza ref
  oem oemnumber barcode productcode manufacturernumber herstellernummer`.split(/\s+/),
);

/** PostgreSQL's positions end at 16,383; lexemes of a description that is longer stand at its end. */
const LAST_PLACE = 16_383;
/** Between fields, so that the last word of one and the first of the next are no neighbours. */
const GAP = 2;

export interface ProductWordsOptions {
  /** The shop's own names of attributes that are codes, beside the usual ones. */
  readonly codeAttributes?: readonly string[];
}

/** What a product is found by. */
export function productWords(
  analysis: Analysis,
  product: ProductTexts,
  options: ProductWordsOptions = {},
): ProductWords {
  const lexemes = new Map<string, { place: number; weight: FieldWeight }[]>();
  const pairs = new Map<string, readonly [string, string]>();
  let base = 1;

  function put(lexeme: string, place: number, weight: FieldWeight): void {
    const places = lexemes.get(lexeme);
    const at = { place: Math.min(place, LAST_PLACE), weight };
    if (places === undefined) lexemes.set(lexeme, [at]);
    else if (places.at(-1)?.place !== at.place) places.push(at);
    else if (weight < (places.at(-1)?.weight ?? 'D')) places[places.length - 1] = at;
  }

  function addText(text: string, weight: FieldWeight, withPairs = true): void {
    const tokens = analyze(analysis, text);
    for (const token of tokens) {
      const place = base + token.position;
      for (const lexeme of [token.form, ...token.also]) put(lexeme, place, token.minor ? 'D' : weight);
    }
    if (withPairs) for (const pair of neighbours(tokens)) pairs.set(pair.join(' '), pair);
    base += (tokens.at(-1)?.position ?? 0) + 1 + GAP;
  }

  function addCode(code: string): void {
    for (const lexeme of codeLexemes(foldText(code))) put(lexeme, base, 'A');
    addText(code, 'A', false);
  }

  const { codes, title, brand, category, attributes, description } = product;
  addText(title, 'A');
  if (brand !== null && !` ${nameKey(title)}`.includes(` ${nameKey(brand)}`)) addText(brand, 'A');
  for (const code of codes) addCode(code);
  for (const name of category) addText(name, 'B');
  const codeNames = new Set([...CODE_ATTRIBUTES, ...(options.codeAttributes ?? []).map(nameKey)]);
  for (const [name, values] of Object.entries(attributes)) {
    const isCode = codeNames.has(nameKey(name));
    for (const value of values) {
      if (isCode) addCode(value);
      else addText(value, 'C');
    }
  }
  if (description !== null) addText(description, 'D', false);
  return { lexemes, pairs: [...pairs.values()], keys: namesOf(analysis, product) };
}

function namesOf(analysis: Analysis, { title, brand, category }: ProductTexts): NameKeys {
  const [titleKey, brandKey] = [nameKey(title), nameKey(brand ?? '')];
  const begins = brandKey !== '' && titleKey.startsWith(brandKey);
  return {
    title: titleKey,
    titleWithoutBrand: begins ? titleKey.slice(brandKey.length) : '',
    brand: brandKey,
    categories: category.map(nameKey),
    numberlessCategories: category.map((name) => numberlessKey(analysis, foldText(name))),
  };
}

/** Neighbouring words, each by its stem. */
function neighbours(tokens: readonly Token[]): (readonly [string, string])[] {
  const words = tokens.filter(({ kind }) => kind === 'WORD');
  return words.slice(1).flatMap((word, index) => {
    const before = words[index];
    return before !== undefined && before.position + 1 === word.position
      ? [[pairWord(before), pairWord(word)] as const]
      : [];
  });
}

function pairWord({ form, also }: Token): string {
  return also[0]?.replace(STEM_SIGN, '') ?? form;
}
