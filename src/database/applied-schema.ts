import { type Kysely, sql, type Transaction } from 'kysely';
import type { SchemaFile } from './schema-files.ts';
import type { Database } from './tables.ts';

/** What a database has had. */
export interface AppliedSchema {
  /** Names of migrations, in order. */
  readonly migrations: readonly string[];
  /** Scripts by name. */
  readonly scripts: ReadonlyMap<string, AppliedScript>;
}

export interface AppliedScript {
  /** SHA-256 of the text that was applied, hex. */
  readonly hash: string;
  /** Of the program that applied it. */
  readonly version: string;
}

/** Reads it; of an empty database nothing. */
export async function readAppliedSchema(db: Kysely<Database>): Promise<AppliedSchema> {
  const { rows: found } = await sql<{ migrations: boolean; scripts: boolean }>`
    select to_regclass('kysely_migration') is not null as migrations, to_regclass('function_script') is not null as scripts`.execute(
    db,
  );
  const migrations =
    found[0]?.migrations === true
      ? (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows
      : [];
  const scripts = found[0]?.scripts === true ? await readScripts(db) : [];
  return {
    migrations: migrations.map(({ name }) => name),
    scripts: new Map(scripts.map(({ name, hash, version }) => [name, { hash, version }])),
  };
}

async function readScripts(db: Kysely<Database>): Promise<(AppliedScript & { name: string })[]> {
  const { rows } = await sql<AppliedScript & { name: string }>`
    select name, hash, program_version as version from function_script`.execute(db);
  return rows;
}

/** Makes the table of migrations where there is none: it is there before the first of them. Named and shaped as Kysely's migrator did, which made it once. */
export async function createMigrationTable(transaction: Transaction<Database>): Promise<void> {
  await sql`
    create table if not exists kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
    transaction,
  );
}

/** Writes down that a migration was applied. */
export async function recordMigration(transaction: Transaction<Database>, name: string): Promise<void> {
  await sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(
    transaction,
  );
}

/** Forgets all migrations that were applied. */
export async function forgetMigrations(transaction: Transaction<Database>): Promise<void> {
  await sql`delete from kysely_migration`.execute(transaction);
}

/** Writes down that a script was applied, in place of what was there of it. @param version - this program's */
export async function recordScript(
  transaction: Transaction<Database>,
  { name, hash }: SchemaFile,
  version: string,
): Promise<void> {
  await sql`
    insert into function_script (name, hash, program_version) values (${name}, ${hash}, ${version})
    on conflict (name) do update
    set hash = excluded.hash, program_version = excluded.program_version, applied_at = now()`.execute(transaction);
}
