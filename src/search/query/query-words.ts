import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { draftQuery } from '../../words/query/draft.ts';
import {
  nameKeysOf,
  type UnderstandDeps,
  type UnderstandOptions,
  understandDraft,
  wholeKeyOf,
} from '../../words/query/understand-words.ts';
import type { Respelling, Slot, WordQuery } from '../../words/query/word-query.ts';
import { NAME_VALUES } from '../../words/score/score.ts';
import { storedKey } from '../../words/stored-lexemes.ts';
import { type CheckedTerm, isWantedText } from '../request/check-request.ts';
import type { TermCorrection } from '../request/search-request.ts';
import { findingQuery } from './finding-query.ts';
import { knownNames } from './name-statements.ts';
import { anyOf, tsqueryOf } from './tsquery.ts';
import { type WordTest, wordTests } from './word-tests.ts';

/** The words of a search as the catalogue knows them: what products are scored by. Kept with frozen windows and in the log. */
export interface QueryWords {
  /** In the order of the texts; `start` and `end` are places in the text of the term. */
  readonly slots: readonly QuerySlot[];
  /** Slot by slot, of each what counts most first. */
  readonly tests: readonly WordTest[];
  /** A text search query that products with any of the words satisfy; null where the catalogue knows none. */
  readonly any: string | null;
  readonly names: QueryNames;
  readonly corrections: readonly TermCorrection[];
  /** As the catalogue writes what it has otherwise: for the model. */
  readonly respellings: readonly TermRespelling[];
}

export interface TermRespelling extends Respelling {
  /** Place of its term in the request, from 0. */
  readonly term: number;
}

export interface QuerySlot extends Slot {
  /** Place of its term in the request, from 0. */
  readonly term: number;
  /** A text search query that products with any reading of it satisfy, but for neighbours in descriptions; empty where the catalogue knows none. */
  readonly query: string;
}

/** What of the catalogue is called as the query is, or a part of it: by `nameKey` (src/words/name-key.ts). */
export interface QueryNames {
  /** Of titles that are a whole text of the query. */
  readonly whole: readonly string[];
  readonly titles: readonly string[];
  /** Of titles without the brand that they begin with. */
  readonly bareTitles: readonly string[];
  /** As the shop writes them. */
  readonly brands: readonly string[];
  /** Ids of categories, those below them included. */
  readonly categories: readonly string[];
  /** A text search query for whole codes; null where the query has none that products have. */
  readonly codes: string | null;
}

export interface ReadWordsDeps extends UnderstandDeps {
  readonly db: Kysely<Database>;
}

/**
 * Reads the words of all text terms with a positive weight. Each text is read by itself; what it is less weighted than the others it counts less.
 *
 * @param share - of texts in all that was asked, by weight, 0 to 1
 * @returns undefined where no text has a word
 */
export async function readWords(
  deps: ReadWordsDeps,
  terms: readonly CheckedTerm[],
  share: number,
  options: UnderstandOptions,
): Promise<QueryWords | undefined> {
  const texts = terms.flatMap((term, index) => (isWantedText(term) ? [{ term: index, ...term }] : []));
  const most = Math.max(...texts.map(({ weight }) => weight));
  const drafts = texts.map(({ term, match, weight }) => ({
    term,
    share: weight / most,
    draft: draftQuery(deps.analysis, match.text),
  }));
  const [read, named] = await Promise.all([
    Promise.all(
      drafts.map(async ({ draft, ...text }) => ({ ...text, query: await understandDraft(deps, draft, options) })),
    ),
    namesOf(
      deps.db,
      drafts.map(({ draft }) => ({ nameKeys: nameKeysOf(deps.analysis, draft), wholeKey: wholeKeyOf(draft) })),
    ),
  ]);
  const slots = read.flatMap(({ term, share, query }) =>
    query.slots.map((slot) => ({ ...slot, share: slot.share * share, term })),
  );
  if (slots.length === 0) return undefined;
  const alternatives = read.flatMap(({ query }, index) => {
    const before = read.slice(0, index).reduce((sum, one) => sum + one.query.slots.length, 0);
    return query.alternatives.map((alternative) => ({ ...alternative, slot: alternative.slot + before }));
  });
  const values = read.flatMap(({ query }, index) => {
    const before = read.slice(0, index).reduce((sum, one) => sum + one.query.slots.length, 0);
    return query.values.map((value) => ({ ...value, slot: value.slot + before }));
  });
  const queries = alternatives.map((alternative) => tsqueryOf(alternative, ''));
  const codes = alternatives.flatMap(({ kind, isBeginning }, index) =>
    kind === 'CODE' && !isBeginning ? (queries[index] ?? []) : [],
  );
  const covering = (place: number) => alternatives.filter(({ slot, span }) => slot <= place && place < slot + span);
  return {
    slots: slots.map((slot, place) => ({ ...slot, query: findingQuery(deps.analysis, covering(place), 'PAIRS') })),
    tests: wordTests({ slots, alternatives, values }, deps.vocabulary.productCount, share),
    any: queries.length === 0 ? null : findingQuery(deps.analysis, alternatives),
    names: {
      ...named,
      codes: codes.length === 0 ? null : anyOf([...new Set(codes)]),
    },
    corrections: read.flatMap(({ term, query }) => query.corrections.map((correction) => ({ ...correction, term }))),
    respellings: read.flatMap(({ term, query }) => query.respellings.map((respelling) => ({ ...respelling, term }))),
  };
}

async function namesOf(
  db: Kysely<Database>,
  queries: readonly Pick<WordQuery, 'nameKeys' | 'wholeKey'>[],
): Promise<Omit<QueryNames, 'codes'>> {
  const keys = [...new Set(queries.flatMap(({ nameKeys }) => nameKeys.map(storedKey)))];
  const known = await knownNames(db, keys).executeTakeFirstOrThrow();
  const whole = new Set(queries.map(({ wholeKey }) => storedKey(wholeKey)));
  return { ...known, whole: known.titles.filter((key) => whole.has(key)) };
}

/** The greatest worth of a name that products of a kind have, as far as the query names any. */
export function nameValueOf({ whole, titles, bareTitles, brands, categories, codes }: QueryNames): number {
  return Math.max(
    0,
    whole.length > 0 ? NAME_VALUES.WHOLE_TITLE : 0,
    titles.length > 0 ? NAME_VALUES.TITLE : 0,
    codes === null ? 0 : NAME_VALUES.CODE,
    bareTitles.length > 0 ? NAME_VALUES.TITLE_WITHOUT_BRAND : 0,
    brands.length > 0 ? NAME_VALUES.BRAND : 0,
    categories.length > 0 ? NAME_VALUES.CATEGORY : 0,
  );
}

/** A text with what its words were taken for. @param meant - without overlaps */
export function mendedText(text: string, meant: readonly Respelling[]): string {
  return meant
    .toSorted((a, b) => b.start - a.start)
    .reduce((mended, { start, end, meant }) => mended.slice(0, start) + meant + mended.slice(end), text);
}
