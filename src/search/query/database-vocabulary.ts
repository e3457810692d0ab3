import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import { groupBy } from '../../words/group-by.ts';
import { nameKey } from '../../words/name-key.ts';
import { SHORTEST_MENDED, slipCost } from '../../words/query/edit-cost.ts';
import type { CountedWord, KnownName, Vocabulary } from '../../words/query/vocabulary.ts';
import { pairLexeme, storedKey } from '../../words/stored-lexemes.ts';
import { tsqueryOf } from './tsquery.ts';
import {
  codesBeginning,
  type KnownAtOnce,
  knownAtOnce,
  type NamedRow,
  namedByKeys,
  type WordFor,
  wordsNear,
  wordsTogether,
} from './vocabulary-statements.ts';

/** The lexeme that every product has. */
const EVERY_PRODUCT = '';
const MOST_ENDINGS = 50;
/** Codes that begin alike, up to which products are counted exactly; more are no code but a word or a number. */
const MOST_CODES = 200;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * The vocabulary of the catalogue in a database, counted as its products are now: one statement for what is asked in the same turn. `productCount` is of the last time that `counts` was asked, or of now.
 *
 * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT; so do its functions
 */
export async function databaseVocabulary(db: Kysely<Database>): Promise<Vocabulary> {
  const vocabulary = askedVocabulary(db);
  await vocabulary.counts([]);
  return vocabulary;
}

/** The same, whose `productCount` is 0 until `counts` was asked: for one query. */
export function askedVocabulary(db: Kysely<Database>): Vocabulary {
  const rows = <Row>(statement: RawBuilder<Row>): Promise<Row[]> => statement.execute(db).then((result) => result.rows);
  let productCount = 0;

  const known = askedTogether(db);

  async function countsOf(lexemes: readonly string[]): Promise<Map<string, number>> {
    const { counts: counted } = await known({ lexemes: [EVERY_PRODUCT, ...lexemes] });
    const counts = new Map(counted.map(({ word, count }) => [word, count]));
    productCount = counts.get(EVERY_PRODUCT) ?? 0;
    counts.delete(EVERY_PRODUCT);
    return counts;
  }

  return {
    get productCount() {
      return productCount;
    },
    counts: countsOf,
    async pairCounts(pairs) {
      const counts = await countsOf(pairs.map(pairLexeme));
      return new Map([...counts].map(([lexeme, count]) => [lexeme.slice(1), count]));
    },
    async attributesOf(keys) {
      if (keys.length === 0) return new Map();
      const { attributes } = await known({ keys: keys.map(storedKey) });
      const byKey = new Map(attributes.map(({ key, attributes }) => [key, attributes.toSorted()]));
      return new Map(keys.flatMap((key) => (byKey.has(key) ? [[key, byKey.get(key) ?? []] as const] : [])));
    },
    async isTogether(lists) {
      const query = tsqueryOf({ parts: lists, adjacent: false, isBeginning: false }, '');
      const [row] = await rows(wordsTogether(query));
      return row?.found ?? false;
    },
    async endingIn(endings) {
      if (endings.length === 0) return new Map();
      const asked = new Set(endings);
      return byWord((await known({ endings })).endings.filter((ending) => asked.has(ending.asked)));
    },
    async near(words) {
      const mendable = [...new Set(words)].filter((word) => word.length >= SHORTEST_MENDED);
      if (mendable.length === 0) return new Map();
      const found = await rows(wordsNear(mendable));
      return byWord(found.filter(({ asked, word }) => Number.isFinite(slipCost(asked, word))));
    },
    async codesBeginning(beginnings) {
      if (beginnings.length === 0) return new Map();
      const found = await rows(codesBeginning([...new Set(beginnings)], MOST_CODES));
      return new Map(found.map(({ beginning, count }) => [beginning, count]));
    },
    async names(keys) {
      if (keys.length === 0) return new Map();
      const found = groupBy(await rows(namedByKeys([...new Set(keys.map(storedKey))])), ({ key }) => key);
      const known = keys.map((key) => [key, (found.get(storedKey(key)) ?? []).flatMap(nameOf)] as const);
      return new Map(known.filter(([, names]) => names.length > 0));
    },
  };
}

/** What may be asked in one statement with others. */
interface Asked {
  readonly lexemes?: readonly string[];
  readonly keys?: readonly string[];
  readonly endings?: readonly string[];
}

/** Asks what is asked at once in one statement: what one caller gets may hold what others asked. */
function askedTogether(db: Kysely<Database>): (asked: Asked) => Promise<KnownAtOnce> {
  let waiting: { readonly all: Asked[]; readonly answer: Promise<KnownAtOnce> } | undefined;

  async function askAll(all: readonly Asked[]): Promise<KnownAtOnce> {
    // Whoever asks in the same turn is still to come.
    await Promise.resolve();
    waiting = undefined;
    const of = (kind: keyof Asked) => {
      const items = new Set(all.flatMap((asked) => asked[kind] ?? []));
      return items.size === 0 ? undefined : [...items];
    };
    const words = of('endings');
    const endings = words && { words, limit: MOST_ENDINGS };
    const { rows } = await knownAtOnce({ lexemes: of('lexemes'), keys: of('keys'), endings }).execute(db);
    const [row] = rows;
    invariant(row !== undefined, 'lists are one row, also of nothing');
    return row;
  }

  return (asked) => {
    if (waiting === undefined) {
      const all: Asked[] = [];
      waiting = { all, answer: askAll(all) };
    }
    waiting.all.push(asked);
    return waiting.answer;
  };
}

function byWord(found: readonly WordFor[]): Map<string, readonly CountedWord[]> {
  const ofLetters = found.filter(({ word }) => ONLY_LETTERS.test(word));
  const counted = ofLetters.map(({ asked, word, count }) => [asked, { word, count }] as const);
  return new Map(
    [...groupBy(counted, ([asked]) => asked)].map(([asked, words]) => [asked, words.map(([, word]) => word)]),
  );
}

/** @returns none where the product that had it has gone since */
function nameOf({ key, kind, name, attribute, count }: NamedRow): KnownName[] {
  if (kind !== 'ATTRIBUTE') return typeof name === 'string' ? [{ kind, name, count }] : [];
  const value = Array.isArray(name) ? name.find((each) => storedKey(nameKey(String(each))) === key) : undefined;
  return value === undefined || attribute === null ? [] : [{ kind, name: String(value), attribute, count }];
}
