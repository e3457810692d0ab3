import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput } from '../../errors.ts';
import { synonymId } from '../../identifiers.ts';
import { readSynonyms, type SynonymError, type SynonymRule, synonymKey } from '../../words/query/synonym-file.ts';
import { retryClashes } from '../write-failures.ts';
import { MAX_SYNONYMS } from './read-synonyms.ts';
import {
  countSynonyms,
  deleteOtherSynonyms,
  deleteSynonymsById,
  insertSynonyms,
  lockSynonyms,
  type SynonymRecord,
  storedSynonyms,
} from './synonym-statements.ts';

/** What became of a file of synonyms. */
export interface SynonymImport {
  readonly created: number;
  readonly unchanged: number;
  /** Rules that the shop had and the file does not have. */
  readonly missing: number;
  /** Of these, those that were deleted: none without `deleteMissing`, or where a line could not be read. */
  readonly deleted: number;
  /** Lines that were left out. */
  readonly problems: readonly SynonymError[];
  readonly dryRun: boolean;
}

/**
 * Stores rules; those that are there already stay as they are.
 *
 * @param rules - which `synonymProblem` has nothing to say of
 * @returns the id of each
 * @throws AppError BAD_USER_INPUT where the shop would have more than MAX_SYNONYMS: nothing was stored
 */
export async function addSynonyms(db: Kysely<Database>, rules: readonly SynonymRule[]): Promise<string[]> {
  const records = rules.map(recordOf);
  if (records.length > 0) {
    await inTransaction(db, async (transaction) => {
      await insertSynonyms(transaction, distinct(records)).execute();
      await refuseTooMany(transaction);
    });
  }
  return records.map(({ id }) => id);
}

/** Deletes by id. @returns how many there were */
export async function deleteSynonyms(db: Kysely<Database>, ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await retryClashes(() => deleteSynonymsById(db, ids).executeTakeFirst());
  return Number(numDeletedRows);
}

/** Deletes all of them. @returns how many there were */
export async function clearSynonyms(db: Kysely<Database>): Promise<number> {
  const { numDeletedRows } = await retryClashes(() => deleteOtherSynonyms(db, []).executeTakeFirst());
  return Number(numDeletedRows);
}

/**
 * Stores the rules of a file in the form of Solr. A bad line costs that line.
 *
 * @param options.deleteMissing - delete the rules that the file does not have, unless a line of it could not be read
 * @param options.dryRun - say what would become of it, and change nothing
 * @throws AppError BAD_USER_INPUT where the shop would have more than MAX_SYNONYMS: nothing was changed
 */
export async function importSynonyms(
  db: Kysely<Database>,
  text: string,
  { deleteMissing, dryRun }: { deleteMissing: boolean; dryRun: boolean },
): Promise<SynonymImport> {
  const { rules, errors } = readSynonyms(text);
  const records = distinct(rules.map(recordOf));
  const ids = records.map(({ id }) => id);
  return inTransaction(db, async (transaction) => {
    const { count: before } = await countSynonyms(transaction).executeTakeFirstOrThrow();
    const stored = await storedSynonyms(transaction, ids).execute();
    const missing = before - stored.length;
    const deletes = deleteMissing && errors.length === 0;
    const created = records.length - stored.length;
    const rest = stored.length + created + (deletes ? 0 : missing);
    if (rest > MAX_SYNONYMS) throw tooMany(rest);
    if (!dryRun) {
      if (deletes && missing > 0) await deleteOtherSynonyms(transaction, ids).execute();
      if (created > 0) await insertSynonyms(transaction, records).execute();
    }
    return {
      created,
      unchanged: stored.length,
      missing,
      deleted: deletes ? missing : 0,
      problems: errors,
      dryRun,
    };
  });
}

function recordOf(rule: SynonymRule): SynonymRecord {
  const id = synonymId(synonymKey(rule));
  return { id, words: rule.left, meanings: rule.isTwoWay ? null : rule.right };
}

function distinct(records: readonly SynonymRecord[]): SynonymRecord[] {
  const byId = new Map<string, SynonymRecord>();
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  return [...byId.values()];
}

/** One writer at a time, so that the bound holds. */
function inTransaction<T>(db: Kysely<Database>, work: (transaction: Kysely<Database>) => Promise<T>): Promise<T> {
  return retryClashes(() =>
    db.transaction().execute(async (transaction) => {
      await lockSynonyms(transaction).execute();
      return work(transaction);
    }),
  );
}

async function refuseTooMany(transaction: Kysely<Database>): Promise<void> {
  const { count } = await countSynonyms(transaction).executeTakeFirstOrThrow();
  if (count > MAX_SYNONYMS) throw tooMany(count);
}

function tooMany(found: number) {
  return badInput('synonyms', `at most ${MAX_SYNONYMS.toLocaleString('en')} rules in a shop`, found);
}
