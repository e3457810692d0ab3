import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../../src/database/database.ts';
import { findActiveModel } from '../../../src/database/embedding-models.ts';
import { migrateToLatest } from '../../../src/database/migrate.ts';
import { PLANNED_ONCE } from '../../../src/database/statement-names.ts';
import { buildVectorIndexes } from '../../../src/database/vector-indexes.ts';
import { AppError, invariant } from '../../../src/errors.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { testDatabaseKind } from '../../support/database.ts';
import { runOnServer, withDatabaseName } from '../../support/database-server.ts';
import { findPgbouncer, type Pgbouncer, startPgbouncer } from '../../support/pgbouncer.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const possible = testDatabaseKind() === 'native' && findPgbouncer() !== undefined;

/** In transaction mode fewer than the program's own pool has: the transactions of one client then run on any of them. */
const CONNECTIONS = { transaction: 3, session: 12 };

describe.skipIf(!possible)('behind PgBouncer (needs it and a native server)', () => {
  describe.each(['transaction', 'session'] as const)('in %s mode', (mode) => {
    let shop: SearchShop;
    let bouncer: Pgbouncer;
    let refusal: AppError;
    let pooled: OpenDatabase;

    beforeAll(async () => {
      shop = await openSearchShop();
      await shop.add(Array.from({ length: 400 }, (_, number) => product(number)));
      await shop.buildIndexes();
      bouncer = await startPgbouncer(addressOf(shop), { mode, connections: CONNECTIONS[mode] });
      refusal = await refusalOf(bouncer.url);
      for (const statement of statementsIn(refusal)) await runOnServer(addressOf(shop), statement);
      await bouncer.reconnect();
      pooled = await openDatabase({ url: bouncer.url, dataFolder: tmpdir() });
    });
    afterAll(async () => {
      await pooled?.close();
      await bouncer?.stop();
      await shop.close();
    });

    it('refuses a server without the settings, and opens when what the refusal says was typed', () => {
      expect(refusal).toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        message: expect.stringMatching(/expected jit = off, hnsw\.ef_search = 250, .* Connect to PostgreSQL directly/),
      });
      expect(pooled.version).toBe(shop.database.version);
    });

    it('runs each statement with the settings, whichever connection it gets', async () => {
      const seen = await Promise.all(Array.from({ length: 60 }, () => settingsOf(pooled)));
      expect(new Set(seen)).toEqual(new Set(['off 250 relaxed_order 20000 30s 1min']));
    });

    it('runs statements that direct connections keep parsed', async () => {
      const ask = async (number: number) => {
        const { rows } = await sql<{ n: number }>`
          ${PLANNED_ONCE} select ${number}::integer as n from pg_sleep(0.002)`.execute(pooled.db);
        return rows[0]?.n;
      };
      const asked = Array.from({ length: 120 }, (_, number) => number);
      expect(await Promise.all(asked.map(ask))).toEqual(asked);
    });

    it('finds what a direct connection finds, many searches at once', async () => {
      const requests = AXES.flatMap((word) => [
        { terms: [{ match: { kind: 'text' as const, text: word } }] },
        { terms: [{ match: { kind: 'text' as const, text: word } }], filter: { price: { max: '50' } } },
      ]);
      const found = await Promise.all(
        requests.map(async (request) => shop.skus(await searchProducts({ ...shop.deps, db: pooled.db }, request))),
      );
      const direct = await Promise.all(requests.map(async (request) => shop.skus(await shop.search(request))));
      expect(found).toEqual(direct);
      expect(direct.every((page) => page.length > 0)).toBe(true);
    });

    it('builds indexes and sketches, in transactions with settings, locks and temporary tables of their own', async () => {
      const model = await findActiveModel(pooled.db);
      invariant(model !== undefined, 'the shop has a model');
      await buildVectorIndexes(pooled.db, model, { least: 1, leastDimensions: 1, anew: true });
      expect((await findActiveModel(pooled.db))?.sketches?.clusters.pictures.total).toBe(400);
      expect(await settingsOf(pooled)).toBe('off 250 relaxed_order 20000 30s 1min');
    });
  });

  it('migrates an empty database in transaction mode, two programs at once', async () => {
    const server = process.env.LOOKGRAPH_TEST_DATABASE_URL ?? '';
    const name = `lookgraph_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    await runOnServer(server, `create database ${name}`);
    const url = withDatabaseName(server, name);
    const bouncer = await startPgbouncer(url, { mode: 'transaction', connections: 3 });
    try {
      for (const statement of statementsIn(await refusalOf(bouncer.url))) await runOnServer(url, statement);
      await bouncer.reconnect();
      const opened = await Promise.all([1, 2].map(() => openDatabase({ url: bouncer.url, dataFolder: tmpdir() })));
      const applied = await Promise.all(opened.map(({ db }) => migrateToLatest(db)));
      expect(applied.map((names) => names.length > 0).sort()).toEqual([false, true]);
      await Promise.all(opened.map((database) => database.close()));
    } finally {
      await bouncer.stop();
      await runOnServer(server, `drop database ${name} with (force)`);
    }
  });
});

function addressOf({ database }: SearchShop): string {
  invariant(database.url !== undefined, 'the tests run on a native server');
  return database.url;
}

async function refusalOf(url: string): Promise<AppError> {
  const outcome = await openDatabase({ url, dataFolder: tmpdir() }).catch((error: unknown) => error);
  invariant(outcome instanceof AppError, 'it is refused');
  return outcome;
}

/** What a refusal says to type. */
function statementsIn({ message }: AppError): string[] {
  return message.match(/alter role [^;]+;/g) ?? [];
}

async function settingsOf({ db }: OpenDatabase): Promise<string> {
  const { rows } = await sql<{ settings: string }>`
    select concat_ws(' ', current_setting('jit'), current_setting('hnsw.ef_search'), current_setting('hnsw.iterative_scan'),
      current_setting('hnsw.max_scan_tuples'), current_setting('statement_timeout'),
      current_setting('idle_in_transaction_session_timeout')) as settings
    from pg_sleep(0.002)`.execute(db);
  return rows[0]?.settings ?? '';
}

/** Its picture and its price follow from its number. */
function product(number: number): ShopProduct {
  const vector = AXES.map((_, axis) => ((number * 37 + axis * 91 + number * axis * 13) % 101) / 100 + 0.01);
  return { sku: `SKU-${number}`, title: `Thing ${number}`, price: String(1 + (number % 90)), pictures: [vector] };
}
