import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/database/database.ts';
import { migrateToLatest, pendingMigrations } from '../../../src/database/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

afterEach(async () => {
  await makeEmpty();
  await migrateToLatest(database.db);
});

async function makeEmpty(): Promise<void> {
  await sql`drop schema if exists public, analytics cascade`.execute(database.db);
  await sql`create schema public`.execute(database.db);
}

/** As migrateToLatest names them. */
async function appliedFiles(): Promise<string[]> {
  const { rows: migrations } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database.db,
  );
  const { rows: scripts } = await sql<{ name: string }>`
    select 'functions/' || name as name from function_script order by name`.execute(database.db);
  return [...migrations, ...scripts].map(({ name }) => name);
}

describe('migrateToLatest', () => {
  it('applies everything to an empty database, and nothing to that again', async () => {
    await makeEmpty();
    const pending = await pendingMigrations(database.db);
    expect(pending).toContain('0001_products');
    expect(pending.at(-1)).toBe('functions/95_triggers');
    expect(await migrateToLatest(database.db)).toEqual(pending);
    expect(await appliedFiles()).toEqual(pending);
    expect(await migrateToLatest(database.db)).toEqual([]);
    expect(await pendingMigrations(database.db)).toEqual([]);
  });

  it('applies each once when twenty processes start at once', async () => {
    await makeEmpty();
    const pending = await pendingMigrations(database.db);
    // The embedded database has one process; there it is twenty callers.
    const others =
      database.url === undefined
        ? []
        : await Promise.all(
            Array.from({ length: 19 }, () =>
              openDatabase({ url: database.url, dataFolder: database.dataFolder, poolSize: 1 }),
            ),
          );
    const databases = database.url === undefined ? Array.from({ length: 20 }, () => database) : [database, ...others];
    const applied = await Promise.all(databases.map(({ db }) => migrateToLatest(db)));
    await Promise.all(others.map((other) => other.close()));
    expect(applied.filter((names) => names.length > 0)).toEqual([pending]);
    expect(await appliedFiles()).toEqual(pending);
  });

  it('keeps the rows that are there', async () => {
    await sql`insert into import (id, source, format, state) values (gen_random_uuid(), 'feed', 'TSV', 'RUNNING')`.execute(
      database.db,
    );
    await migrateToLatest(database.db);
    const { rows } = await sql`select source from import`.execute(database.db);
    expect(rows).toEqual([{ source: 'feed' }]);
  });

  it('leaves nothing behind when a migration fails', async () => {
    await makeEmpty();
    await sql`create table import (in_the_way int)`.execute(database.db);
    await expect(migrateToLatest(database.db)).rejects.toMatchObject({
      message: expect.stringContaining('0005_imports.sql could not be applied, and nothing was: '),
      cause: { code: '42P07' },
    });
    const { rows } = await sql`select relname from pg_class where relnamespace = 'public'::regnamespace`.execute(
      database.db,
    );
    expect(rows).toEqual([{ relname: 'import' }]);
  });

  it('refuses a database that a newer program has migrated', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999_future', '2030-01-01')`.execute(database.db);
    await expect(migrateToLatest(database.db)).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
      message: expect.stringContaining('9999_future'),
    });
  });

  it('leaves a comment on every table, column and function', async () => {
    const { rows } = await sql`
      select c.relname as name from pg_class as c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm') and c.relname not like 'kysely%'
        and obj_description(c.oid, 'pg_class') is null
      union all
      select c.relname || '.' || a.attname from pg_class as c
      inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm') and c.relname not like 'kysely%'
        and col_description(c.oid, a.attnum) is null
      union all
      select p.proname || '()' from pg_proc as p
      where p.pronamespace = 'public'::regnamespace and obj_description(p.oid, 'pg_proc') is null
        and not exists (select from pg_depend where objid = p.oid and deptype = 'e')`.execute(database.db);
    expect(rows).toEqual([]);
  });
});
