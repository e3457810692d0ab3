import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/database.ts';
import { runOnServer, withDatabaseName } from './database-server.ts';

/** An open database of a test's own; `close` removes it, too. */
export interface TestDatabase extends OpenDatabase {
  /** Its address; undefined for an embedded one. */
  readonly url: string | undefined;
  /** A fresh folder, for pictures for example; the embedded database is in it. Removed by `close`. */
  readonly dataFolder: string;
}

/** Of statements: on a busy machine any may take long, and what hangs is ended by the test's own time. */
export const NO_TIMEOUT = 0;

/** Which database the tests run on: the embedded one, or, with LOOKGRAPH_TEST_DATABASE_URL, the server there. */
export function testDatabaseKind(): OpenDatabase['kind'] {
  return process.env.LOOKGRAPH_TEST_DATABASE_URL === undefined ? 'embedded' : 'native';
}

/**
 * An empty, migrated database. Close it in `afterAll`.
 *
 * @param options.kind - `embedded` whatever is asked for by the environment (testDatabaseKind())
 */
export async function openTestDatabase(options: { kind?: 'embedded' } = {}): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lookgraph-test-'));
  const serverUrl = process.env.LOOKGRAPH_TEST_DATABASE_URL;
  return serverUrl === undefined || options.kind === 'embedded'
    ? openEmbeddedCopy(dataFolder)
    : openNativeCopy(serverUrl, dataFolder);
}

async function openEmbeddedCopy(dataFolder: string): Promise<TestDatabase> {
  await cp(inject('embeddedTemplate'), dataFolder, { recursive: true });
  const database = await openDatabase({ url: undefined, dataFolder });
  return {
    ...database,
    url: undefined,
    dataFolder,
    async close() {
      await database.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function openNativeCopy(serverUrl: string, dataFolder: string): Promise<TestDatabase> {
  const name = `lookgraph_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await runOnServer(serverUrl, `create database ${name} template ${inject('nativeTemplate')}`);
  // The server outlives every test, so nothing need wait for its disk: random searches run three times as fast.
  await runOnServer(serverUrl, `alter database ${name} set synchronous_commit = off`);
  const url = withDatabaseName(serverUrl, name);
  const database = await openDatabase({ url, dataFolder, statementTimeoutMs: NO_TIMEOUT });
  return {
    ...database,
    url,
    dataFolder,
    async close() {
      await database.close();
      await runOnServer(serverUrl, `drop database if exists ${name} with (force)`);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
