import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { SynonymRule } from '../../words/query/synonym-file.ts';
import type { ListPage } from '../read-imports.ts';
import { everySynonym, latestSynonyms, type SynonymPlace, synonymsByIds } from './synonym-statements.ts';

/** Rules of a shop, at most: some 10 MB of memory in each server. */
export const MAX_SYNONYMS = 10_000;

/** A rule as it is stored. */
export interface Synonym {
  readonly id: string;
  readonly words: readonly string[];
  /** Null: two ways. */
  readonly meanings: readonly string[] | null;
  readonly createdAt: Date;
  /** Where it stands among the rules. */
  readonly place: SynonymPlace;
}

/** Rules, the latest first. */
export async function listSynonyms(
  db: Kysely<Database>,
  { first, after }: { first: number; after?: SynonymPlace | undefined },
): Promise<ListPage<Synonym>> {
  const rows = await latestSynonyms(db, { after, limit: first + 1 }).execute();
  return { items: rows.slice(0, first).map(synonymOf), hasNextPage: rows.length > first };
}

/** Rules by id, in the order asked; undefined where there is none. */
export async function getSynonymsByIds(db: Kysely<Database>, ids: readonly string[]): Promise<(Synonym | undefined)[]> {
  const rows = await synonymsByIds(db, ids).execute();
  const found = new Map(rows.map((row) => [row.id, synonymOf(row)]));
  return ids.map((id) => found.get(id));
}

/** All rules, in the order in which they came; of more than MAX_SYNONYMS, which only SQL can write, the first ones. */
export async function readSynonymRules(db: Kysely<Database>): Promise<SynonymRule[]> {
  const rows = await everySynonym(db, MAX_SYNONYMS).execute();
  return rows.map(ruleOf);
}

/** A stored rule as words are searched by it. */
export function ruleOf({ words, meanings }: Pick<Synonym, 'words' | 'meanings'>): SynonymRule {
  return { left: words, right: meanings ?? words, isTwoWay: meanings === null };
}

function synonymOf(row: Awaited<ReturnType<ReturnType<typeof synonymsByIds>['execute']>>[number]): Synonym {
  const { id, words, meanings, created_at: createdAt, position } = row;
  return { id, words, meanings, createdAt, place: { position, id } };
}
