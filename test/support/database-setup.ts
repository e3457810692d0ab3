/** Makes one migrated, empty database before the tests; each test file works on a copy of it. */
import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/database.ts';
import { migrateToLatest } from '../../src/database/migrate.ts';
import { runOnServer, withDatabaseName } from './database-server.ts';
import { hashOf, keptFolder } from './kept.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder with a closed, migrated embedded database. */
    embeddedTemplate: string;
    /** The name of a migrated database on the native server; empty without one. */
    nativeTemplate: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('embeddedTemplate', await makeEmbeddedTemplate());
  const serverUrl = process.env.LOOKGRAPH_TEST_DATABASE_URL;
  if (serverUrl === undefined) {
    project.provide('nativeTemplate', '');
    return async () => {};
  }
  const name = `lookgraph_template_${randomUUID().slice(0, 8)}`;
  await runOnServer(serverUrl, `create database ${name}`);
  await migrate({ url: withDatabaseName(serverUrl, name), dataFolder: tmpdir() });
  project.provide('nativeTemplate', name);
  return () => runOnServer(serverUrl, `drop database ${name} with (force)`);
}

/** Kept between runs: initdb and the migrations take some five seconds. */
function makeEmbeddedTemplate(): Promise<string> {
  const madeOf = ['src/database/embedded-pglite.ts', 'migrations', 'sql/functions', 'test/support/database-setup.ts'];
  const hash = hashOf(madeOf, ['@electric-sql/pglite', '@electric-sql/pglite-pgvector']);
  return keptFolder('template', hash, async (folder) => {
    await migrate({ url: undefined, dataFolder: folder });
    // What is written survives the end of the process, not that of the machine: no test outlives that, and each commit would wait for the disk. Those of
    // test/faults/embedded-crash.test.ts make their databases themselves. 128 MB of shared buffers are 128 MB to fill with zeros at each opening (docs/testing.md).
    await appendFile(join(folder, 'postgres', 'postgresql.conf'), 'fsync = off\nshared_buffers = 32MB\n');
  });
}

async function migrate(options: { url: string | undefined; dataFolder: string }): Promise<void> {
  const database = await openDatabase({ ...options, statementTimeoutMs: 0 });
  await migrateToLatest(database.db);
  await database.close();
}
