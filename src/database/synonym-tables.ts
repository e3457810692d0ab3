import type { Generated, GeneratedAlways } from 'kysely';
import type { Timestamp } from './column-types.ts';

export interface SynonymTable {
  id: Generated<string>;
  words: string[];
  /** Null: two ways. */
  meanings: string[] | null;
  position: GeneratedAlways<number>;
  created_at: Timestamp;
}

export interface SynonymVersionTable {
  only_row: Generated<boolean>;
  version: Generated<number>;
}
