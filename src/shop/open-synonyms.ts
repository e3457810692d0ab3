import { followSynonyms, type SynonymFollower } from '../catalog/synonyms/follow-synonyms.ts';
import { addSynonyms, deleteSynonyms } from '../catalog/synonyms/write-synonyms.ts';
import type { OpenDatabase } from '../database/database.ts';
import type { Analysis } from '../words/language/open-analysis.ts';
import type { SynonymRule } from '../words/query/synonym-file.ts';

/** The synonyms of a shop: what searches use, and changes of them that this process uses at once. */
export interface ShopSynonyms extends Pick<SynonymFollower, 'current'> {
  /** As addSynonyms. */
  readonly add: (rules: readonly SynonymRule[]) => Promise<string[]>;
  /** As deleteSynonyms. */
  readonly delete: (ids: readonly string[]) => Promise<number>;
}

/** Binds synonyms to a shop's database. @param db - migrated */
export function openSynonyms(db: OpenDatabase['db'], analysis: Analysis): ShopSynonyms {
  const follower = followSynonyms({ db, analysis: async () => analysis });
  async function changing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      follower.refresh();
    }
  }
  return {
    current: follower.current,
    add: (rules) => changing(() => addSynonyms(db, rules)),
    delete: (ids) => changing(() => deleteSynonyms(db, ids)),
  };
}
