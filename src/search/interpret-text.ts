import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { badInput } from '../errors.ts';
import {
  type InterpretedPart as FoundPart,
  interpretQuery,
  type Meaning,
  restOf,
} from '../words/interpret/interpret-query.ts';
import { isLanguage, type Language } from '../words/language/languages.ts';
import type { Analysis } from '../words/language/open-analysis.ts';
import type { KnownName } from '../words/query/vocabulary.ts';
import { categoriesNamed } from './filter/category-statements.ts';
import { anyCurrency } from './filter/matching-statements.ts';
import { askedVocabulary } from './query/database-vocabulary.ts';
import { MAX_TERMS, MAX_TEXT_LENGTH } from './request/check-request.ts';
import { checkText } from './request/check-values.ts';

/** A text as a page can offer it: chips, each of which is a filter or a term. */
export interface QueryInterpretation {
  readonly parts: readonly InterpretedPart[];
  /** What no part stands for. */
  readonly rest: string;
  /** All of it at once. */
  readonly search: { readonly terms: readonly InterpretedTerm[]; readonly filter: InterpretedFilter | null };
}

export interface InterpretedPart {
  readonly text: string;
  /** In UTF-16 code units of the text as it was asked. */
  readonly start: number;
  readonly end: number;
  readonly isNegative: boolean;
  readonly readings: readonly InterpretedReading[];
  readonly filter: InterpretedFilter | null;
  readonly term: InterpretedTerm | null;
}

export interface InterpretedReading {
  readonly kind: 'PRICE' | 'BRAND' | 'CATEGORY' | 'ATTRIBUTE' | 'WORDS';
  readonly label: string;
  readonly attribute: string | null;
  readonly productCount: number | null;
}

export interface InterpretedTerm {
  readonly match: { readonly text: string };
  readonly weight: number;
}

/** As GraphQL's ProductFilter has it. */
export interface InterpretedFilter {
  readonly and?: readonly InterpretedFilter[];
  readonly or?: readonly InterpretedFilter[];
  readonly not?: InterpretedFilter;
  readonly category?: { readonly in: readonly { readonly path: readonly string[] }[] };
  readonly brand?: { readonly in: readonly string[] };
  readonly price?: { readonly min: string | null; readonly max: string | null };
  readonly attributes?: readonly { readonly name: string; readonly in: readonly string[] }[];
}

/** As the README's own example has it: half as strong as what is wanted. */
const NOT_WANTED = -0.5;
/** Of one word: more would make no chip. */
const MOST_READINGS = 20;

/**
 * Reads a text by what the catalogue knows, each part as a filter or a term of a search. A price in a currency that the shop does not use, and what is not
 * wanted where nothing else is asked for, stay words.
 *
 * @param request.locale - BCP 47: whose phrases are understood beside those of the shop's languages
 * @throws AppError BAD_USER_INPUT
 */
export async function interpretText(
  deps: { readonly db: Kysely<Database>; readonly analysis: Analysis },
  request: { readonly text: string; readonly locale: string | undefined },
): Promise<QueryInterpretation> {
  const text = request.text.trim() === '' ? '' : checkText(request.text, 'text', MAX_TEXT_LENGTH);
  const languages = [...new Set([...deps.analysis.languages, ...languageOf(request.locale)])];
  const { db } = deps;
  const analysis = { ...deps.analysis, languages };
  const found = await interpretQuery({ analysis, vocabulary: askedVocabulary(db) }, text);
  const currency = await currencyOf(db, found.parts);
  const paths = await categoryPaths(db, found.parts);
  const possible = found.parts.flatMap((part) => {
    const { meaning } = part;
    const isForeign = meaning.kind === 'PRICE' && meaning.currency !== undefined && meaning.currency !== currency;
    return isForeign ? [] : [interpreted(part, paths)];
  });
  // Words that are filters, too, are what a negative term steers away from: "dress without sleeves".
  const wanted = restOf(
    text,
    possible.filter(({ isNegative, filter }) => isNegative || filter?.price !== undefined),
  );
  const terms = possible.filter(({ term }) => term !== null).slice(0, wanted === '' ? 0 : MAX_TERMS - 1);
  const parts = possible.filter((part) => part.term === null || terms.includes(part));
  const rest = restOf(text, parts);
  return { parts, rest, search: searchOf(parts, rest === '' && terms.length > 0 ? wanted : rest) };
}

function searchOf(parts: readonly InterpretedPart[], words: string): QueryInterpretation['search'] {
  const filters = parts.flatMap(({ filter }) => (filter === null ? [] : [filter]));
  // A product has one brand: of several that are named, any.
  const brands = filters.flatMap((filter) => (isBrandAlone(filter) ? (filter.brand?.in ?? []) : []));
  const others = filters.filter((filter) => !isBrandAlone(filter));
  const all = brands.length > 0 ? [{ brand: { in: brands } }, ...others] : others;
  return {
    terms: [
      ...(words === '' ? [] : [{ match: { text: words }, weight: 1 }]),
      ...parts.flatMap(({ term }) => (term === null ? [] : [term])),
    ],
    filter: all.length > 1 ? { and: all } : (all[0] ?? null),
  };
}

function isBrandAlone(filter: InterpretedFilter): boolean {
  return filter.brand !== undefined;
}

function languageOf(locale: string | undefined): Language[] {
  if (locale === undefined) return [];
  try {
    const { language } = new Intl.Locale(locale);
    return isLanguage(language) ? [language] : [];
  } catch {
    throw badInput('locale', 'a language, with a country or without, like de or en-US', locale);
  }
}

function interpreted({ text, start, end, meaning }: FoundPart, paths: CategoryPaths): InterpretedPart {
  const place = { text, start, end, isNegative: meaning.kind === 'NOT' };
  if (meaning.kind === 'PRICE') {
    const price = { min: decimal(meaning.least), max: decimal(meaning.most) };
    const label = `${price.min ?? ''} - ${price.max ?? ''}`.trim();
    const reading = { kind: 'PRICE', label, attribute: null, productCount: null } as const;
    return { ...place, readings: [reading], filter: { price }, term: null };
  }
  const names = meaning.names.toSorted((a, b) => b.count - a.count).slice(0, MOST_READINGS);
  const filter = filterOf(names, paths);
  const readings = names.flatMap((name) => readingsOf(name, paths));
  if (meaning.kind === 'NAME') return { ...place, readings, filter, term: null };
  if (filter !== null) return { ...place, readings, filter: { not: filter }, term: null };
  const words = { kind: 'WORDS', label: meaning.words, attribute: null, productCount: null } as const;
  return { ...place, readings: [words], filter: null, term: { match: { text: meaning.words }, weight: NOT_WANTED } };
}

/** Null where there is nothing that a filter can ask for. */
function filterOf(names: readonly KnownName[], paths: CategoryPaths): InterpretedFilter | null {
  const named = (kind: KnownName['kind']): string[] => names.flatMap((one) => (one.kind === kind ? [one.name] : []));
  const categories = named('CATEGORY').flatMap((name) => (paths.get(name) ?? []).map((path) => ({ path })));
  const values = new Map<string, string[]>();
  for (const { attribute, name } of names)
    if (attribute !== undefined) values.set(attribute, [...(values.get(attribute) ?? []), name]);
  const either: InterpretedFilter[] = [
    ...(categories.length > 0 ? [{ category: { in: categories } }] : []),
    ...(named('BRAND').length > 0 ? [{ brand: { in: named('BRAND') } }] : []),
    ...Array.from(values, ([name, some]) => ({ attributes: [{ name, in: some }] })),
  ];
  return either.length > 1 ? { or: either } : (either[0] ?? null);
}

function readingsOf({ kind, name, attribute: of, count }: KnownName, paths: CategoryPaths): InterpretedReading[] {
  if (kind === 'TITLE') return [];
  const attribute = of ?? null;
  if (kind !== 'CATEGORY') return [{ kind, label: name, attribute, productCount: count }];
  const own = paths.get(name) ?? [];
  // Of several categories with one name the products are counted together.
  return own.map((path) => ({ kind, label: path.join(' > '), attribute, productCount: own.length > 1 ? null : count }));
}

/** Written out: 1e21 is no decimal. */
function decimal(amount: number | undefined): string | null {
  return amount === undefined ? null : amount.toFixed(4).replace(/\.?0+$/, '');
}

type CategoryPaths = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The categories that are called so, wherever in the tree. */
async function categoryPaths(db: Kysely<Database>, parts: readonly FoundPart[]): Promise<CategoryPaths> {
  const names = parts.flatMap(({ meaning }) =>
    namesOf(meaning).flatMap(({ kind, name }) => (kind === 'CATEGORY' ? [name] : [])),
  );
  if (names.length === 0) return new Map();
  const rows = await categoriesNamed(db, [...new Set(names)], MOST_READINGS).execute();
  return new Map(names.map((name) => [name, rows.filter((row) => row.name === name).map(({ path }) => path)]));
}

function namesOf(meaning: Meaning): readonly KnownName[] {
  return meaning.kind === 'PRICE' ? [] : meaning.names;
}

/** What the shop's prices are in, as far as one of them tells; undefined where nobody asks, or nothing has a price. */
async function currencyOf(db: Kysely<Database>, parts: readonly FoundPart[]): Promise<string | undefined> {
  if (!parts.some(({ meaning }) => meaning.kind === 'PRICE' && meaning.currency !== undefined)) return undefined;
  const row = await anyCurrency(db).executeTakeFirst();
  return row?.price_currency ?? undefined;
}
