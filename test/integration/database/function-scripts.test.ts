import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/database/database.ts';
import { migrateToLatest, pendingMigrations } from '../../../src/database/migrate.ts';
import { PROGRAM_SCHEMA, readSchemaFiles, type SchemaSource } from '../../../src/database/schema-files.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

let shop: SearchShop;
/** A copy of sql/functions, to change. */
let folder: string;
let changed: SchemaSource;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(
    Array.from({ length: 12 }, (_, n) => ({
      sku: `P${n}`,
      title: 'Red shoe',
      pictures: [along({ red: 1, shoe: 1, other: n / 10 })],
    })),
  );
});
afterAll(() => shop.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-functions-'));
  await cp(fileURLToPath(PROGRAM_SCHEMA.functions), folder, { recursive: true });
  changed = { ...PROGRAM_SCHEMA, functions: pathToFileURL(`${folder}/`) };
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await sql`update function_script set program_version = ${PROGRAM_SCHEMA.version}`.execute(shop.database.db);
  await migrateToLatest(shop.database.db);
});

/** Puts a comment into the first block of a script's copy. */
async function edit(script: string, comment: string): Promise<void> {
  const text = await readFile(new URL(`${script}.sql`, PROGRAM_SCHEMA.functions), 'utf8');
  const edited = text.replace(/^begin$/m, `begin\n  -- ${comment}`);
  expect(edited).not.toBe(text);
  await writeFile(join(folder, `${script}.sql`), edited);
}

/** How many functions have the comment. */
async function functionsWith(comment: string): Promise<number> {
  const { rows } = await sql`select from pg_proc where strpos(prosrc, ${`-- ${comment}`}) > 0`.execute(
    shop.database.db,
  );
  return rows.length;
}

const similar = () => sql<{ similar_sku: string }>`select similar_sku from analytics.similar_products('P1', 5)`;

describe('a script whose text has changed', () => {
  it('is applied at the next start, alone, while a server of before goes on searching', async () => {
    const { db } = shop.database;
    const expected = await shop.search({ terms: [{ match: { kind: 'text', text: 'red shoe' } }] });
    const before = (await similar().execute(db)).rows;
    expect(before).toHaveLength(5);
    let stopped = false;
    let searches = 0;
    const server = (async () => {
      while (!stopped) {
        const page = await shop.search({ terms: [{ match: { kind: 'text', text: 'red shoe' } }] });
        expect(shop.skus(page)).toEqual(shop.skus(expected));
        expect((await similar().execute(db)).rows).toEqual(before);
        await sql`update product set title = title || 's' where group_id = 'P11'`.execute(db);
        await sql`update product set title = 'Red shoe' where group_id = 'P11'`.execute(db);
        searches++;
      }
    })();
    try {
      for (let round = 1; round <= 5; round++) {
        const searchesBefore = searches;
        await edit('71_ranking', `Round ${round}.`);
        await edit('95_triggers', `Round ${round}.`);
        expect(await migrateToLatest(db, changed)).toEqual(['functions/71_ranking', 'functions/95_triggers']);
        await expect.poll(() => searches, { timeout: 30_000 }).toBeGreaterThan(searchesBefore);
      }
    } finally {
      stopped = true;
      await server;
    }
    expect(await functionsWith('Round 4.')).toBe(0);
    expect(await functionsWith('Round 5.')).toBe(2);
    expect(await migrateToLatest(db, changed)).toEqual([]);
  });

  it('is applied once by all who start at once', async () => {
    await edit('20_words', 'Changed.');
    const { url, dataFolder, db } = shop.database;
    // The embedded database has one process; there it is eight callers.
    const others =
      url === undefined
        ? []
        : await Promise.all(Array.from({ length: 7 }, () => openDatabase({ url, dataFolder, poolSize: 1 })));
    const callers = url === undefined ? Array.from({ length: 8 }, () => ({ db })) : [{ db }, ...others];
    const applied = await Promise.all(callers.map((caller) => migrateToLatest(caller.db, changed)));
    await Promise.all(others.map((other) => other.close()));
    expect(applied.flat()).toEqual(['functions/20_words']);
  });

  it('adds a column to a view, which the role of analysts may read', async () => {
    const { db } = shop.database;
    const file = join(folder, '85_title.sql');
    try {
      for (const columns of ['id', 'id, title']) {
        await writeFile(
          file,
          `create or replace view analytics.title as select ${columns} from product; select grant_analytics();`,
        );
        expect(await migrateToLatest(db, changed)).toEqual(['functions/85_title']);
      }
      const { rows } = await sql`
        select has_column_privilege('lookgraph_reader', 'analytics.title', 'title', 'select') as readable`.execute(db);
      expect(rows).toEqual([{ readable: true }]);
    } finally {
      await sql`drop view analytics.title`.execute(db);
      await sql`delete from function_script where name = '85_title'`.execute(db);
    }
  });

  it('leaves nothing of any script behind when it fails, and is named', async () => {
    const { db } = shop.database;
    await edit('20_words', 'Changed.');
    await writeFile(
      join(folder, '75_broken.sql'),
      'create function broken() returns integer language sql as $$ selec 1 $$;',
    );
    await expect(migrateToLatest(db, changed)).rejects.toMatchObject({
      message: 'functions/75_broken.sql could not be applied, and nothing was: syntax error at or near "selec"',
      cause: { code: '42601' },
    });
    expect(await functionsWith('Changed.')).toBe(0);
    expect(await pendingMigrations(db, changed)).toEqual(['functions/20_words', 'functions/75_broken']);
    expect(await pendingMigrations(db)).toEqual([]);
  });
});

describe('a program that is older than the scripts in the database', () => {
  it('starts, and does not put its own back', async () => {
    const { db } = shop.database;
    await edit('20_words', 'Changed.');
    await migrateToLatest(db, { ...changed, version: '0.10.0' });
    expect(await pendingMigrations(db, { ...PROGRAM_SCHEMA, version: '0.9.1' })).toEqual([]);
    expect(await migrateToLatest(db, { ...PROGRAM_SCHEMA, version: '0.9.1' })).toEqual([]);
    expect(await pendingMigrations(db, { ...PROGRAM_SCHEMA, version: '0.10.0' })).toEqual(['functions/20_words']);
  });
});

describe('scripts', () => {
  it('replace, and drop nothing', async () => {
    for (const script of await readSchemaFiles(PROGRAM_SCHEMA.functions)) {
      const statements = script.text.replaceAll(/\$\$.*?\$\$|'(?:[^']|'')*'|--[^\n]*/gs, '').split(';');
      for (const statement of statements) {
        expect(`${script.name}: ${statement.trim()}`).not.toMatch(
          /: create (?!or replace)|: (?:drop|alter|insert|update|delete|truncate) /i,
        );
      }
    }
  });

  it('define each function, trigger and view once', async () => {
    const texts = (await readSchemaFiles(PROGRAM_SCHEMA.functions)).map(({ text }) => text).join('\n');
    const names = [...texts.matchAll(/^create or replace (?:function|view|trigger) [\w.]+/gm)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
