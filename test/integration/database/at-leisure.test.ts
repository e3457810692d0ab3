import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeisure } from '../../../src/database/at-leisure.ts';
import { type OpenDatabase, openDatabase } from '../../../src/database/database.ts';
import { registerEmbeddingModel } from '../../../src/database/embedding-models.ts';
import { buildVectorIndexes, lockIndexes } from '../../../src/database/vector-indexes.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';

/** The embedded database has no limit for statements. */
describe.runIf(testDatabaseKind() === 'native')('maintenance, where statements may take 100 ms', () => {
  let database: TestDatabase;
  let short: OpenDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    short = await openDatabase({ url: database.url, dataFolder: tmpdir(), poolSize: 1, statementTimeoutMs: 100 });
  });
  afterAll(async () => {
    await short.close();
    await database.close();
  });

  it('may take longer, and what comes after it on the same connection may not', async () => {
    const sleep = (db: OpenDatabase['db']) => sql`select pg_sleep(0.3)`.execute(db);
    await expect(atLeisure(short.db, sleep)).resolves.toBeDefined();
    await expect(sleep(short.db)).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('waits for another process that builds indexes', async () => {
    const model = await registerEmbeddingModel(database.db, {
      name: 'slow',
      version: '1',
      manifestHash: '1'.repeat(64),
      dimensions: 4,
    });
    const building = await database.db.transaction().execute(async (transaction) => {
      await lockIndexes().execute(transaction);
      const waiting = { built: buildVectorIndexes(short.db, model) };
      await expect.poll(longestWait, { timeout: 60_000 }).toBeGreaterThan(0.3);
      return waiting;
    });
    await expect(building.built).resolves.toBeUndefined();
  });

  /** Seconds for which a statement on this database has been waiting for an advisory lock. */
  async function longestWait(): Promise<number> {
    const { rows } = await sql<{ seconds: number }>`
      select coalesce(max(extract(epoch from clock_timestamp() - query_start)), 0)::float8 as seconds from pg_stat_activity
      where datname = current_database() and wait_event = 'advisory'`.execute(database.db);
    return rows[0]?.seconds ?? 0;
  }
});
