// The statements that read and write synonyms; none is run here.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/tables.ts';

/** A rule that is to be stored. */
export interface SynonymRecord {
  readonly id: string;
  readonly words: readonly string[];
  readonly meanings: readonly string[] | null;
}

/** A place behind a rule in the order of synonyms. */
export interface SynonymPlace {
  readonly position: number;
  readonly id: string;
}

function synonyms(db: Kysely<Database>) {
  return db.selectFrom('synonym').select(['id', 'words', 'meanings', 'position', 'created_at']);
}

/** Rules, the latest first. */
export function latestSynonyms(db: Kysely<Database>, p: { after: SynonymPlace | undefined; limit: number }) {
  const query = synonyms(db).orderBy('position', 'desc').limit(p.limit);
  return p.after === undefined ? query : query.where('position', '<', p.after.position);
}

/** Rules in the order in which they came: what searches use. */
export function everySynonym(db: Kysely<Database>, limit: number) {
  return synonyms(db).orderBy('position').limit(limit);
}

/** Rules by id. */
export function synonymsByIds(db: Kysely<Database>, ids: readonly string[]) {
  return synonyms(db).where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** What changes with each change of synonyms: one row, looked at by servers now and then. */
export function synonymVersion(db: Kysely<Database>) {
  return db.selectFrom('synonym_version').select('version');
}

/** Lets one writer after the other count the rules: the trigger would lock the same row later. */
export function lockSynonyms(db: Kysely<Database>) {
  return synonymVersion(db).forUpdate();
}

/** How many rules there are. */
export function countSynonyms(db: Kysely<Database>) {
  return db.selectFrom('synonym').select(sql<number>`count(*)`.as('count'));
}

/** Stores rules that are not there yet. @returns the ids of those */
export function insertSynonyms(db: Kysely<Database>, records: readonly SynonymRecord[]) {
  return db
    .insertInto('synonym')
    .columns(['id', 'words', 'meanings'])
    .expression(
      sql`select id, words, meanings from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as record (id uuid, words text[], meanings text[])`,
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id');
}

/** Deletes rules by id. */
export function deleteSynonymsById(db: Kysely<Database>, ids: readonly string[]) {
  return db.deleteFrom('synonym').where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** Deletes the rules that are none of these. */
export function deleteOtherSynonyms(db: Kysely<Database>, ids: readonly string[]) {
  return db.deleteFrom('synonym').where('id', '!=', sql<string>`all(${ids}::uuid[])`);
}

/** Of some rules, those that are stored. */
export function storedSynonyms(db: Kysely<Database>, ids: readonly string[]) {
  return db.selectFrom('synonym').select('id').where('id', '=', sql<string>`any(${ids}::uuid[])`);
}
