import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { AppError } from '../errors.ts';
import { projectPath } from '../project-folder.ts';
import type { Database } from './tables.ts';

/** Plain SQL files, applied in the order of their names. */
const MIGRATIONS_FOLDER = projectPath('migrations/');

/** Kysely's own record of what was applied. */
const MIGRATION_TABLE = 'kysely_migration';

/**
 * Brings the database to the state that this program expects. All new migrations are applied in one transaction under a lock, so any
 * number of processes may call it at once, and a failure leaves nothing behind.
 *
 * @returns names of the migrations applied now, in order; empty if there was nothing to do
 * @throws AppError DATABASE_UNSUITABLE if the database was migrated by a newer program
 */
export async function migrateToLatest(db: Kysely<Database>): Promise<string[]> {
  const migrations = await readMigrations();
  const applied = await appliedMigrations(db);
  refuseNewerDatabase(applied, Object.keys(migrations));
  // At almost every start. Kysely would look for its tables, take its lock and open a transaction to find out the same.
  if (applied.length === Object.keys(migrations).length) return [];
  const { error, results = [] } = await openMigrator(db, migrations).migrateToLatest();
  if (error !== undefined) throw error;
  return results.map((result) => result.migrationName);
}

/**
 * What migrateToLatest would apply. Changes nothing.
 *
 * @throws AppError DATABASE_UNSUITABLE if the database was migrated by a newer program
 */
export async function pendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const known = Object.keys(await readMigrations());
  const applied = await appliedMigrations(db);
  refuseNewerDatabase(applied, known);
  return known.filter((name) => !applied.includes(name));
}

function openMigrator(db: Kysely<Database>, migrations: Record<string, Migration>): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: MIGRATION_TABLE,
  });
}

/** By name without `.sql`. */
async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(MIGRATIONS_FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const entries = files.map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(path.join(MIGRATIONS_FOLDER, file), 'utf8');
    return [file.slice(0, -'.sql'.length), { up: (db) => applySql(db, text) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function applySql(db: Kysely<unknown>, text: string): Promise<void> {
  // Rewriting a large table takes longer than any search may.
  await sql`set local statement_timeout = 0`.execute(db);
  await sql.raw(text).execute(db);
}

/** Names, in order. */
async function appliedMigrations(db: Kysely<Database>): Promise<string[]> {
  const { rows: tables } = await sql<{
    found: boolean;
  }>`select to_regclass(${MIGRATION_TABLE}) is not null as found`.execute(db);
  if (tables[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)} order by name`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** @throws AppError DATABASE_UNSUITABLE */
function refuseNewerDatabase(applied: readonly string[], known: readonly string[]): void {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError(
      'DATABASE_UNSUITABLE',
      `the database was migrated by a newer Lookgraph: expected at most ${known.at(-1)}, found ${unknown.join(', ')}; update this program`,
    );
  }
}
