import type { ColumnType } from 'kysely';

/** Set by the database when left out. */
export type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** A vector in SQL. Deliberately no string or number[]: only src/database/vector-sql.ts makes and reads them. */
export interface StoredVector {
  readonly storedVector: never;
}

/** A tsvector: searched with `@@`, never selected. */
export interface TextSearchVector {
  readonly textSearchVector: never;
}
