import type { Kysely } from 'kysely';
import { atLeisure } from '../../database/at-leisure.ts';
import type { Database } from '../../database/tables.ts';
import type { ShopWords } from '../../words/shop-words.ts';
import { brandWords, categoryWordColumns, productWordColumns } from './word-columns.ts';
import {
  categoriesToAnalyze,
  emptyPendingLists,
  foldWordCounts,
  hasChangesOfSql,
  nameBrands,
  productsToAnalyze,
  recountWords,
  waitingProducts,
  writeCategoryWords,
  writeProductWords,
} from './word-statements.ts';

interface WordDeps {
  readonly db: Kysely<Database>;
  readonly words: ShopWords;
}

/** Products in one transaction: some 50 ms, in which a writer of one of them waits. */
const PRODUCTS_A_BATCH = 200;
const CATEGORIES_A_BATCH = 500;
/** Batches whose words are brought to where they are looked up at once: 2,000 products, as in an import. A judgement. */
const BATCHES_A_SETTLING = 10;
/** Changes that are added up in one transaction: some 200 ms. */
const CHANGES_A_FOLD = 50_000;

/**
 * Analyses what waits for it: products and categories that were changed in SQL and, unless `changesOnly`, those that another version of the analyzer or other settings have made words of. Each batch
 * is a transaction of its own, so it can be stopped or killed at any moment and run again, and several processes may run it at once.
 *
 * @returns products that were analysed
 * @throws AppError DATABASE_UNAVAILABLE; what was written stays
 */
export async function analyzeWaiting(
  { db, words }: WordDeps,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly changesOnly?: boolean;
    readonly onBatch?: () => Promise<void>;
  } = {},
): Promise<number> {
  const { signal, changesOnly = false, onBatch } = options;
  const version = changesOnly ? undefined : words.version;
  let analyzed = 0;
  let batches = 0;
  while (!signal?.aborted && (await analyzeCategories(db, words, version)) > 0);
  while (!signal?.aborted) {
    const done = await analyzeProducts(db, words, version);
    if (done === 0) break;
    analyzed += done;
    await foldWords(db);
    if (++batches % BATCHES_A_SETTLING === 0) await settleWordIndexes(db);
    await onBatch?.();
  }
  if (analyzed > 0) await settleWordIndexes(db);
  return analyzed;
}

async function analyzeCategories(db: Kysely<Database>, words: ShopWords, version: string | undefined): Promise<number> {
  return atLeisure(db, async (transaction) => {
    const found = await categoriesToAnalyze(transaction, { version, limit: CATEGORIES_A_BATCH }).execute();
    const named = found.map(({ id, path }) => ({ id, ...categoryWordColumns(words, path) }));
    if (named.length > 0) await writeCategoryWords(named).execute(transaction);
    return found.length;
  });
}

async function analyzeProducts(db: Kysely<Database>, words: ShopWords, version: string | undefined): Promise<number> {
  return atLeisure(db, async (transaction) => {
    const found = await productsToAnalyze(transaction, { version, limit: PRODUCTS_A_BATCH }).execute();
    if (found.length === 0) return 0;
    const made = found.map(({ id, attributes, ...product }) => ({
      id,
      ...productWordColumns(words, { ...product, attributes: attributeTexts(attributes) }),
    }));
    await writeProductWords(transaction, made).execute();
    const brands = new Set(found.flatMap(({ brand }) => brand ?? []));
    await nameBrands(
      [...brands].map((brand) => brandWords(words, brand)),
      true,
    ).execute(transaction);
    return found.length;
  });
}

/** SQL may write numbers, or a value without its list; what is neither text nor number names nothing. */
function attributeTexts(attributes: Readonly<Record<string, unknown>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => {
      const listed: readonly unknown[] = Array.isArray(values) ? values : [values];
      return [
        name,
        listed.flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : [])),
      ];
    }),
  );
}

/** Adds the changes of words to their counts until few are left. Passes over what another process does. @returns how many */
export async function foldWords(db: Kysely<Database>): Promise<number> {
  let all = 0;
  for (;;) {
    const { rows } = await atLeisure(db, (transaction) => foldWordCounts(CHANGES_A_FOLD).execute(transaction));
    const folded = rows[0]?.folded ?? 0;
    all += folded;
    if (folded < CHANGES_A_FOLD) return all;
  }
}

/** Brings the words of products that were written since the last time to where searches look them up at once. */
export async function settleWordIndexes(db: Kysely<Database>): Promise<void> {
  await atLeisure(db, (transaction) => emptyPendingLists().execute(transaction));
}

/** Counts the words of all products anew: what was lost by hand comes right. @returns how many words there are */
export async function recountAllWords(db: Kysely<Database>): Promise<number> {
  const { rows } = await atLeisure(db, (transaction) => recountWords().execute(transaction));
  return rows[0]?.words ?? 0;
}

/** @returns products that wait to be analysed: until then they are found by the words that they had */
export async function countWaiting({ db, words }: WordDeps): Promise<number> {
  const { count } = await waitingProducts(db, words.version).executeTakeFirstOrThrow();
  return count;
}

/** @returns whether something was changed in SQL and waits to be analysed */
export async function isWaiting(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await hasChangesOfSql().execute(db);
  return rows[0]?.found ?? false;
}
