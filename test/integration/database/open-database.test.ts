import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/database/database.ts';
import { PLANNED_ONCE } from '../../../src/database/statement-names.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe('an open database', () => {
  it('says what it is', () => {
    expect(database.kind).toBe(testDatabaseKind());
    expect(database.version).toMatch(/^PostgreSQL \d+\.\d+.*, pgvector \d+\.\d+\.\d+$/);
    expect(database.psqlCommand).toMatch(/^psql /);
  });

  it('gives counts as numbers, prices as exact text, times as dates, arrays and JSON as such', async () => {
    const { rows } = await sql`select
      count(*) as count, 12.90::numeric as price, timestamptz '2026-01-02T03:04:05Z' as time,
      array['a', 'b'] as names, '{"color": ["Red"]}'::jsonb as attributes`.execute(database.db);
    expect(rows).toEqual([
      {
        count: 1,
        price: '12.90',
        time: new Date('2026-01-02T03:04:05Z'),
        names: ['a', 'b'],
        attributes: { color: ['Red'] },
      },
    ]);
  });

  it('takes arrays and JSON as parameters', async () => {
    const ids = ['6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11'];
    const { rows } = await sql`select ${ids}::uuid[] as ids, ${JSON.stringify({ a: 1 })}::jsonb as json`.execute(
      database.db,
    );
    expect(rows).toEqual([{ ids, json: { a: 1 } }]);
  });

  it('has JIT off and scans indexes as searches need it, also after pgvector is loaded', async () => {
    const settings = () =>
      sql`select current_setting('jit') as jit, current_setting('hnsw.ef_search') as list,
        current_setting('hnsw.iterative_scan') as scan, current_setting('hnsw.max_scan_tuples') as most`.execute(
        database.db,
      );
    const expected = [{ jit: 'off', list: '250', scan: 'relaxed_order', most: '20000' }];
    expect((await settings()).rows).toEqual(expected);
    await sql`load 'vector'`.execute(database.db);
    expect((await settings()).rows).toEqual(expected);
  });

  it.skipIf(testDatabaseKind() === 'embedded')(
    'keeps statements parsed that come again and are marked, and in the end plans them once',
    async () => {
      const ask = async (time: number) => {
        await sql`${PLANNED_ONCE} select ${time}::integer as "kept parsed"`.execute(database.db);
        await sql`select ${time}::integer as "not kept parsed"`.execute(database.db);
      };
      for (let time = 0; time < 20; time++) await ask(time);
      const { rows } = await sql<{ uses: number; planned: boolean }>`
        select generic_plans + custom_plans as uses, generic_plans > 0 as planned from pg_prepared_statements
        where statement like '%kept parsed%'`.execute(database.db);
      expect(rows).toEqual([{ uses: 16, planned: true }]);
    },
  );

  it('goes on when a column gets another type under a statement that comes again', async () => {
    await sql`create table changing (n integer)`.execute(database.db);
    await sql`insert into changing values (1)`.execute(database.db);
    const read = async () =>
      (await sql`select ${PLANNED_ONCE} n from changing where n = ${1}`.execute(database.db)).rows;
    for (let time = 0; time < 12; time++) expect(await read()).toEqual([{ n: 1 }]);
    await sql`alter table changing alter column n type numeric`.execute(database.db);
    await read().catch(() => 'one may fail');
    expect(await read()).toEqual([{ n: '1' }]);
  });

  it('goes on after a failed transaction', async () => {
    const failed = database.db.transaction().execute(async (transaction) => {
      await sql`create table half_done (n int)`.execute(transaction);
      await sql`select 1/0`.execute(transaction);
    });
    await expect(failed).rejects.toMatchObject({ code: '22012' });
    const { rows } = await sql`select to_regclass('half_done') as found`.execute(database.db);
    expect(rows).toEqual([{ found: null }]);
  });
});

describe('opening', () => {
  it.each(['mysql://root:secret@localhost/shop', 'postgres//user:secret@localhost', 'secret'])(
    'refuses the address %s without repeating it',
    async (url) => {
      const refusal = openDatabase({ url, dataFolder: tmpdir() });
      await expect(refusal).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
      await expect(refusal).rejects.not.toThrow('secret');
    },
  );

  it('says that a server which is not there is unavailable', async () => {
    const refusal = openDatabase({ url: 'postgres://user:secret@127.0.0.1:1/shop', dataFolder: tmpdir() });
    await expect(refusal).rejects.toMatchObject({ name: 'AppError', code: 'DATABASE_UNAVAILABLE' });
    await expect(refusal).rejects.not.toThrow('secret');
  });
});

describe('the embedded database', () => {
  const folders: string[] = [];
  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'lookgraph-open-'));
    folders.push(folder);
    return folder;
  }
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  it('is made on the first opening, keeps what was written, and is closed by closing, even twice', async () => {
    const dataFolder = join(await newFolder(), 'not', 'there', 'yet');
    const first = await openDatabase({ url: undefined, dataFolder });
    await sql`create table kept (n int)`.execute(first.db);
    await Promise.all([first.close(), first.close()]);
    expect(await readdir(dataFolder)).toEqual(['postgres']);
    expect((await stat(dataFolder)).mode & 0o777).toBe(0o700);

    const second = await openDatabase({ url: undefined, dataFolder });
    expect((await sql`select count(*) as n from kept`.execute(second.db)).rows).toEqual([{ n: 0 }]);
    await second.close();
  });

  it('refuses a second opening by the pid of the first', async () => {
    const embedded = await openTestDatabase({ kind: 'embedded' });
    try {
      await expect(openDatabase({ url: undefined, dataFolder: embedded.dataFolder })).rejects.toMatchObject({
        code: 'DATABASE_LOCKED',
        message: expect.stringContaining(`open in process ${process.pid} (`),
      });
    } finally {
      await embedded.close();
    }
  });

  it('puts its socket elsewhere where the path of the data folder is too long for one, and removes it', async () => {
    const dataFolder = join(await newFolder(), 'x'.repeat(90));
    await mkdir(dataFolder);
    const embedded = await openDatabase({ url: undefined, dataFolder });
    const socketFolder = /-h '([^']+)'/.exec(embedded.psqlCommand)?.[1] ?? '';
    expect(socketFolder.startsWith(tmpdir())).toBe(true);
    expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
    await embedded.close();
    await expect(stat(socketFolder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is open to psql while the program uses it', async () => {
    const embedded = await openTestDatabase({ kind: 'embedded' });
    const psql = new Client({ host: embedded.dataFolder, user: 'postgres', database: 'postgres' });
    await psql.connect();
    const [theirs, ours] = await Promise.all([
      psql.query('select count(*)::int as n from product'),
      sql`select count(*) as n from product`.execute(embedded.db),
    ]);
    expect(theirs.rows).toEqual(ours.rows);
    await psql.end();
    await embedded.close();
  });

  it('starts again by itself when its PostgreSQL ends, with everything that was written, and says so', async () => {
    const embedded = await openTestDatabase({ kind: 'embedded' });
    const warning = once(process, 'warning');
    await sql`create table kept (n int)`.execute(embedded.db);
    // A checkpoint that cannot write the control file is a PANIC. It is back long before the thread has started again.
    const controlFile = join(embedded.dataFolder, 'postgres/global/pg_control');
    await rename(controlFile, `${controlFile}.away`);
    await expect(sql`checkpoint`.execute(embedded.db)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await rename(`${controlFile}.away`, controlFile);

    expect(await warning).toEqual([expect.objectContaining({ message: expect.stringContaining('is started again') })]);
    const count = () => sql`select count(*) as n from kept`.execute(embedded.db).then(({ rows }) => rows, String);
    await expect.poll(count, { timeout: 30_000 }).toEqual([{ n: 0 }]);
    await embedded.close();
  });
});

describe.runIf(testDatabaseKind() === 'native')('a native database', () => {
  it('cancels a statement that runs longer than its timeout, and goes on', async () => {
    const short = await openDatabase({ url: database.url, dataFolder: tmpdir(), statementTimeoutMs: 100 });
    await expect(sql`select pg_sleep(5)`.execute(short.db)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect((await sql`select 1 as n`.execute(short.db)).rows).toEqual([{ n: 1 }]);
    await short.close();
  });

  it('survives that an idle connection is dropped', async () => {
    const victim = await openDatabase({ url: database.url, dataFolder: tmpdir(), poolSize: 1 });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(victim.db);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await expect
      .poll(() => sql`select 1 as n`.execute(victim.db).then(({ rows: [row] }) => row, String))
      .toEqual({ n: 1 });
    await victim.close();
  });

  it('says that it is unavailable when its connection is dropped in a transaction, and goes on', async () => {
    const victim = await openDatabase({ url: database.url, dataFolder: tmpdir(), poolSize: 1 });
    const broken = victim.db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(database.db);
      await sql`select 1`.execute(transaction);
    });
    await expect(broken).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect((await sql`select 1 as n`.execute(victim.db)).rows).toEqual([{ n: 1 }]);
    await victim.close();
  });

  it('says that a database which is not there is unavailable', async () => {
    const url = new URL(database.url ?? '');
    url.pathname = '/no_such_database';
    await expect(openDatabase({ url: url.href, dataFolder: tmpdir() })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: 'the database server has no database of this name',
    });
  });

  it('shows how to open psql without the password', async () => {
    const url = new URL(database.url ?? '');
    url.password = 'secret';
    const withPassword = await openDatabase({ url: url.href, dataFolder: tmpdir() });
    expect(withPassword.psqlCommand).toContain(url.host);
    expect(withPassword.psqlCommand).not.toContain('secret');
    await withPassword.close();
  });
});
