import { readdir, readFile } from 'node:fs/promises';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';

const FOLDER = new URL('../fixtures/schema-0023/', import.meta.url);

/** Takes everything out of a database, extensions as well. */
export async function emptyDatabase(db: Kysely<Database>): Promise<void> {
  await sql`drop schema if exists public, analytics cascade`.execute(db);
  await sql`create schema public`.execute(db);
}

/**
 * Applies the migrations of commit b8d6655 as the program did then.
 *
 * @param until - name of the last one; undefined for all
 */
export async function applyFormerMigrations(db: Kysely<Database>, until?: string): Promise<void> {
  const names = (await readdir(FOLDER)).map((name) => name.slice(0, -'.sql'.length));
  const migrations = Object.fromEntries(
    await Promise.all(
      names
        .filter((name) => until === undefined || name <= until)
        .map(async (name): Promise<[string, Migration]> => {
          const statements = await readFile(new URL(`${name}.sql`, FOLDER), 'utf8');
          return [name, { up: async (on) => void (await sql.raw(statements).execute(on)) }];
        }),
    ),
  );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'kysely_migration',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
