/** Makes one migrated, empty database before the tests; each test file works on a copy of it. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/database.ts';
import { migrateToLatest } from '../../src/database/migrate.ts';
import { runOnServer, withDatabaseName } from './database-server.ts';
import { schemaHash } from './schema-hash.ts';

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

/** Kept between runs, under a name made of everything that goes into it: initdb takes some five seconds. */
async function makeEmbeddedTemplate(): Promise<string> {
  const template = join(tmpdir(), `lookgraph-test-template-${embeddedTemplateHash()}`);
  if (existsSync(template)) return template;
  const unfinished = await mkdtemp(join(tmpdir(), 'lookgraph-test-'));
  await migrate({ url: undefined, dataFolder: unfinished });
  try {
    await rename(unfinished, template);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(template)) throw error;
    await rm(unfinished, { recursive: true });
  }
  return template;
}

async function migrate(options: { url: string | undefined; dataFolder: string }): Promise<void> {
  const database = await openDatabase({ ...options, statementTimeoutMs: 0 });
  await migrateToLatest(database.db);
  await database.close();
}

function embeddedTemplateHash(): string {
  const hash = createHash('sha256');
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  hash.update(readFileSync(join(pglite, '../../package.json')));
  hash.update(readFileSync(new URL('../../src/database/embedded-pglite.ts', import.meta.url)));
  return hash.update(schemaHash()).digest('hex').slice(0, 16);
}
