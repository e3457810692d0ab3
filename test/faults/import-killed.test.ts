import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ImportDeps, importFeed } from '../../src/catalog/import-feed.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/database.ts';
import type { Database } from '../../src/database/tables.ts';
import { openTestDatabase, testDatabaseKind } from '../support/database.ts';
import { draws } from '../support/draws.ts';
import { emptyShop, openEmbedDeps } from '../support/embed-deps.ts';
import { aPicture } from '../support/product-factory.ts';
import { QUICK_WEBASSEMBLY } from '../support/quick-webassembly.ts';

const PRODUCTS = 1_500;
const PICTURES = 60;
/** Of so many kills each: later ones come further, since each import goes on where the one before was killed. */
const ROUNDS = draws(4);
const KILLS = 5;
const PROCESS = fileURLToPath(new URL('../support/import-process.ts', import.meta.url));

/** A database that nobody else has open, so that a process may open it: the embedded one lets in only one. */
interface Target {
  readonly url: string | undefined;
  readonly dataFolder: string;
  open(): Promise<OpenDatabase>;
  remove(): Promise<void>;
}

let target: Target;
let feed: string;

beforeAll(async () => {
  target = testDatabaseKind() === 'native' ? await nativeTarget() : await embeddedTarget();
  const folder = join(target.dataFolder, 'feed');
  await mkdir(join(folder, 'images'), { recursive: true });
  for (let i = 0; i < PICTURES; i++) await writeFile(join(folder, 'images', `${i}.png`), await aPicture(i));
  const rows = Array.from({ length: PRODUCTS }, (_, i) => `P${i}\tThing ${i}\timages/${i % PICTURES}.png`);
  feed = join(folder, 'products.tsv');
  await writeFile(feed, `id\ttitle\timage_link\n${rows.join('\n')}\n`);
});
afterAll(() => target.remove());

async function nativeTarget(): Promise<Target> {
  const { url, dataFolder, close } = await openTestDatabase();
  return { url, dataFolder, open: () => openDatabase({ url, dataFolder }), remove: close };
}

async function embeddedTarget(): Promise<Target> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lookgraph-killed-'));
  await cp(inject('embeddedTemplate'), dataFolder, { recursive: true });
  return {
    url: undefined,
    dataFolder,
    open: () => openDatabase({ url: undefined, dataFolder }),
    remove: () => rm(dataFolder, { recursive: true }),
  };
}

/** Imports in a process of its own, and kills it so many steps after its start and a moment more; with DELETE it dies at the first by itself. Returns how it ended. */
async function importAndKill(
  steps: number,
  momentMs: number,
  missing: 'KEEP' | 'DELETE' = 'KEEP',
): Promise<NodeJS.Signals | number | null> {
  const parameters = [feed, target.dataFolder, missing, ...(target.url === undefined ? [] : [target.url])];
  const child = spawn(process.execPath, [...QUICK_WEBASSEMBLY, '--import', 'tsx', PROCESS, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    seen += 1;
    if (seen === steps) void wait(momentMs).then(() => child.kill('SIGKILL'));
  }
  return await ended;
}

/** Everything that an import makes, as one line: the same for the same shop. */
async function fingerprint(db: Kysely<Database>): Promise<unknown> {
  const model = await db.selectFrom('embedding_model').select(['image_table', 'text_table']).executeTakeFirstOrThrow();
  const { rows } = await sql`
    select
      (select count(*) || md5(string_agg(id::text || content_hash, ',' order by id)) from product) as products,
      (select count(*) || md5(string_agg(id::text || state || content_hash || position, ',' order by product_id, id)) from product_image) as pictures,
      (select count(*) || md5(string_agg(image_id::text || embedding::text, ',' order by product_id, image_id)) from ${sql.table(model.image_table)}) as vectors,
      (select count(*) || md5(string_agg(product_id::text || text_hash || embedding::text, ',' order by product_id)) from ${sql.table(model.text_table)}) as texts`.execute(
    db,
  );
  return rows[0];
}

describe('an import that is killed', () => {
  let whole: unknown;
  let seed = 20_260;
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * n);
  };

  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'ends, run again, as if it had never been killed (round %i)',
    async (round) => {
      for (let i = 0; i < KILLS; i++) {
        expect(await importAndKill(1 + i + random(3), random(80))).toBe('SIGKILL');
      }
      const database = await target.open();
      try {
        const open = () => openEmbedDeps({ db: database.db, dataFolder: target.dataFolder });
        const report = await importFeed(await open(), { path: feed });
        expect(report).toMatchObject({ state: 'COMPLETED', failed: 0, imagesFailed: 0, problems: [] });
        expect(report.created + report.unchanged).toBe(PRODUCTS);
        const states = await database.db.selectFrom('import').select('state').orderBy('started_at').execute();
        expect(states.map(({ state }) => state)).toEqual([...Array(KILLS).fill('INTERRUPTED'), 'COMPLETED']);
        const afterKills = await fingerprint(database.db);
        await emptyShop(database);
        if (round === 0) {
          await importFeed(await open(), { path: feed });
          whole = await fingerprint(database.db);
          await emptyShop(database);
        }
        expect(afterKills).toEqual(whole);
      } finally {
        await database.close();
      }
    },
  );

  it('deletes nothing of what its feed does not have before it has read all of it', async () => {
    const others = join(target.dataFolder, 'feed', 'others.tsv');
    await writeFile(
      others,
      `id\ttitle\n${Array.from({ length: 20 }, (_, i) => `Q${i}\tOther thing ${i}`).join('\n')}\n`,
    );
    const inShop = async (work: (deps: ImportDeps) => Promise<void>) => {
      const database = await target.open();
      try {
        await work(await openEmbedDeps({ db: database.db, dataFolder: target.dataFolder }));
      } finally {
        await database.close();
      }
    };
    const othersLeft = async ({ db }: ImportDeps) =>
      Number(
        (await sql<{ n: number }>`select count(*) as n from product where group_id like 'Q%'`.execute(db)).rows[0]?.n,
      );

    await inShop(async (deps) => {
      await sql`truncate category, product cascade`.execute(deps.db);
      await importFeed(deps, { path: others });
    });
    expect(await importAndKill(Number.POSITIVE_INFINITY, 0, 'DELETE')).toBe('SIGKILL');
    await inShop(async (deps) => {
      expect(await othersLeft(deps)).toBe(20);
      const report = await importFeed(deps, { path: feed, missing: 'DELETE' });
      expect(report).toMatchObject({ state: 'COMPLETED', missing: 20, deleted: 20, withheld: null });
      expect(await othersLeft(deps)).toBe(0);
    });
  });
});
