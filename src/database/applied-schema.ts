import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SchemaFile } from './schema-files.ts';
import type { Database } from './tables.ts';

/**
 * Key of the advisory lock under which schemas are changed. It is that of Kysely's migrator, which programs from before sql/functions use: those and this one wait
 * for each other. That migrator itself would not do: nothing else can be in its transaction.
 */
const MIGRATION_LOCK = '3853314791062309107';

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
  const { rows } = await schemaRecords().execute(db);
  const [found] = rows;
  const migrations = found?.migrations === true ? (await appliedMigrations().execute(db)).rows : [];
  const scripts = found?.scripts === true ? (await appliedScripts().execute(db)).rows : [];
  return {
    migrations: migrations.map(({ name }) => name),
    scripts: new Map(scripts.map(({ name, hash, version }) => [name, { hash, version }])),
  };
}

/** Which of the tables that say what was applied are there. */
export function schemaRecords(): RawBuilder<{ migrations: boolean; scripts: boolean }> {
  return sql<{ migrations: boolean; scripts: boolean }>`
    select to_regclass('kysely_migration') is not null as migrations, to_regclass('function_script') is not null as scripts`;
}

/** Migrations that were applied, in order. */
export function appliedMigrations(): RawBuilder<{ name: string }> {
  return sql<{ name: string }>`select name from kysely_migration order by name`;
}

/** Scripts of functions as they were applied last. */
export function appliedScripts(): RawBuilder<AppliedScript & { name: string }> {
  return sql<AppliedScript & { name: string }>`
    select name, hash, program_version as version from function_script`;
}

/** Has programs that change the schema wait for each other, until the transaction ends. */
export function lockSchema(): RawBuilder<unknown> {
  return sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)}::bigint)`;
}

/** Makes the table of migrations where there is none: it is there before the first of them. Named and shaped as Kysely's migrator did, which made it once. */
export function createMigrationTable(): RawBuilder<unknown> {
  return sql`
    create table if not exists kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`;
}

/** Writes down that a migration was applied. */
export function recordMigration(name: string, at: Date): RawBuilder<unknown> {
  return sql`insert into kysely_migration (name, timestamp) values (${name}, ${at.toISOString()})`;
}

/** Forgets all migrations that were applied. */
export function forgetMigrations(): RawBuilder<unknown> {
  return sql`delete from kysely_migration`;
}

/** Writes down that a script was applied, in place of what was there of it. @param version - this program's */
export function recordScript({ name, hash }: Pick<SchemaFile, 'name' | 'hash'>, version: string): RawBuilder<unknown> {
  return sql`
    insert into function_script (name, hash, program_version) values (${name}, ${hash}, ${version})
    on conflict (name) do update
    set hash = excluded.hash, program_version = excluded.program_version, applied_at = now()`;
}
