import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerRoleState } from '../../../src/database/reader-role.ts';
import type { Database } from '../../../src/database/tables.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';

const PERMISSION_DENIED = '42501';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

class Undone extends Error {}

/** Runs `work` in a transaction whose changes are undone. */
async function undone<T>(work: (transaction: Transaction<Database>) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  await database.db
    .transaction()
    .execute(async (transaction) => {
      result = { value: await work(transaction) };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  if (result === undefined) throw new Error('expected the work to be done');
  return result.value;
}

/** One statement as the reader. */
function asReader(statement: string) {
  return undone(async (transaction) => {
    await sql`set local role lookgraph_reader`.execute(transaction);
    return (await sql.raw<Record<string, unknown>>(statement).execute(transaction)).rows;
  });
}

async function names(query: string): Promise<string[]> {
  const { rows } = await sql.raw<{ name: string }>(query).execute(database.db);
  return rows.map(({ name }) => name);
}

describe('lookgraph_reader', () => {
  it('may read every view of the schema analytics', async () => {
    const views = await names(
      `select relname as name from pg_class where relnamespace = 'analytics'::regnamespace order by 1`,
    );
    expect(views.length).toBeGreaterThan(8);
    for (const view of views) expect(await asReader(`select count(*) from analytics.${view}`)).toHaveLength(1);
  });

  it('may call every function of the schema analytics, and nobody else may who was not told so', async () => {
    const { rows } = await sql<{ name: string; reader: boolean; everybody: boolean }>`
      select p.oid::regprocedure::text as name, has_function_privilege('lookgraph_reader', p.oid, 'execute') as reader,
        p.proacl is null or exists (select from aclexplode(p.proacl) where grantee = 0) as everybody
      from pg_proc as p where p.pronamespace = 'analytics'::regnamespace`.execute(database.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ reader, everybody }) => !reader || everybody)).toEqual([]);
  });

  it('may not read or change any table', async () => {
    const tables = await names(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm') order by 1`,
    );
    expect(tables).toContain('shop_secret');
    for (const table of tables) {
      await expect(asReader(`select * from public.${table}`)).rejects.toMatchObject({ code: PERMISSION_DENIED });
      await expect(asReader(`delete from public.${table}`)).rejects.toMatchObject({ code: PERMISSION_DENIED });
    }
  });

  it.each([
    'delete from analytics.embedding_model',
    `update analytics.embedding_model set state = 'RETIRED'`,
    'create table analytics.mine (a int)',
    'create view analytics.mine as select 1',
    'drop view analytics.search_day',
    `select create_embedding_tables('a', 'b', 4)`,
    'select fold_search_words(1)',
    'select grant_analytics()',
  ])('may not: %s', async (statement) => {
    await expect(asReader(statement)).rejects.toMatchObject({ code: PERMISSION_DENIED });
  });

  it('may not log in', async () => {
    const { rows } =
      await sql`select rolcanlogin, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = 'lookgraph_reader'`.execute(
        database.db,
      );
    expect(rows).toEqual([{ rolcanlogin: false, rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
  });
});

describe('definer functions', () => {
  it('look names up where nobody else can put any', async () => {
    const { rows } = await sql`
      select p.proname from pg_proc as p
      where p.prosecdef and p.pronamespace::regnamespace::text in ('analytics', 'public')
        and not exists (select from unnest(p.proconfig) as setting where setting = 'search_path=public, pg_temp')`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });
});

describe('a database whose owner may not make roles', () => {
  it('is migrated all the same, and says that the role may not read; granting it later is one statement', async () => {
    await undone(async (transaction) => {
      // The role belongs to the server and other tests use it: it is only hidden from this database, by taking away what the migration gave.
      await sql`drop schema analytics cascade`.execute(transaction);
      await sql`create schema analytics`.execute(transaction);
      expect(await readerRoleState(transaction)).toBe('UNGRANTED');
      expect((await sql`select grant_analytics() as granted`.execute(transaction)).rows).toEqual([{ granted: true }]);
      expect(await readerRoleState(transaction)).toBe('READY');
    });
  });

  it('says so for a role that is not there', async () => {
    await undone(async (transaction) => {
      await sql`alter role lookgraph_reader rename to lookgraph_reader_renamed`.execute(transaction);
      expect(await readerRoleState(transaction)).toBe('MISSING');
      expect((await sql`select grant_analytics() as granted`.execute(transaction)).rows).toEqual([{ granted: false }]);
    });
  });

  it('does not need the role for anything', async () => {
    await undone(async (transaction) => {
      await sql`create role helper_without_rights`.execute(transaction);
      await sql`alter role lookgraph_reader rename to lookgraph_reader_renamed`.execute(transaction);
      await sql`set local role helper_without_rights`.execute(transaction);
      await sql.raw(await roleBlock()).execute(transaction);
      expect(await readerRoleState(transaction)).toBe('MISSING');
    });
  });
});

describe('a server on which many databases are migrated at once', () => {
  it.skipIf(testDatabaseKind() === 'embedded')('makes the role once, and no migration fails', async () => {
    const name = `lookgraph_race_${randomUUID().slice(0, 8)}`;
    const block = (await roleBlock()).replaceAll('lookgraph_reader', name);
    // Each transaction stays open for a while after it has made the role, as a migration does: the others wait for it and then find the role there.
    const migrate = () =>
      database.db.transaction().execute(async (transaction) => {
        await sql.raw(block).execute(transaction);
        await sql`select pg_sleep(0.05)`.execute(transaction);
      });
    try {
      await Promise.all(Array.from({ length: 8 }, migrate));
      const { rows } = await sql`select rolname, rolcanlogin from pg_roles where rolname = ${name}`.execute(
        database.db,
      );
      expect(rows).toEqual([{ rolname: name, rolcanlogin: false }]);
    } finally {
      await sql`drop role if exists ${sql.id(name)}`.execute(database.db);
    }
  });
});

/** The statement of the migration that makes the role. */
async function roleBlock(): Promise<string> {
  const text = await readFile(new URL('../../../migrations/0007_analytics.sql', import.meta.url), 'utf8');
  const [block] = /^do \$\$.*?^\$\$;/ms.exec(text) ?? [];
  if (block === undefined) throw new Error('expected the migration to make the role in a block of its own');
  return block;
}
