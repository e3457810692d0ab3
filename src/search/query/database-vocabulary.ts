import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { groupBy } from '../../words/group-by.ts';
import { nameKey } from '../../words/name-key.ts';
import { SHORTEST_MENDED, slipCost } from '../../words/query/edit-cost.ts';
import type { CountedWord, KnownName, Vocabulary } from '../../words/query/vocabulary.ts';
import { pairLexeme, storedKey } from '../../words/stored-lexemes.ts';
import { tsqueryOf } from './tsquery.ts';
import {
  attributesByValue,
  codesBeginning,
  type NamedRow,
  namedByKeys,
  type WordFor,
  wordCounts,
  wordsEndingIn,
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
 * The vocabulary of the catalogue in a database, counted as its products are now: one statement for each function. `productCount` is of the last time that `counts` was asked, or of now.
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

  async function countsOf(lexemes: readonly string[]): Promise<Map<string, number>> {
    const counted = await rows(wordCounts([EVERY_PRODUCT, ...new Set(lexemes)]));
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
      const found = await rows(attributesByValue([...new Set(keys.map(storedKey))]));
      const byKey = new Map(found.map(({ key, attributes }) => [key, attributes.toSorted()]));
      return new Map(keys.flatMap((key) => (byKey.has(key) ? [[key, byKey.get(key) ?? []] as const] : [])));
    },
    async isTogether(lists) {
      const query = tsqueryOf({ parts: lists, adjacent: false, isBeginning: false }, '');
      const [row] = await rows(wordsTogether(query));
      return row?.found ?? false;
    },
    async endingIn(endings) {
      if (endings.length === 0) return new Map();
      return byWord(await rows(wordsEndingIn([...new Set(endings)], MOST_ENDINGS)));
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
