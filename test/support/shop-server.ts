import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/database.ts';
import { createServer, type ServerDeps } from '../../src/server.ts';
import { openShop, type Shop } from '../../src/shop.ts';
import { NO_TIMEOUT, openTestDatabase, testDatabaseKind } from './database.ts';
import { type GraphqlClient, graphqlClient } from './graphql-client.ts';

/** A server of an empty shop with the bundled model, on a free port. Close it in `afterAll`. */
export interface ShopServer extends GraphqlClient {
  readonly address: string;
  readonly shop: Shop;
  /** Its database, for a client of the test's own. */
  readonly connection: pg.ClientConfig;
  /** What was logged as an error: defects that were masked, above all. */
  readonly loggedErrors: readonly string[];
  close(): Promise<void>;
}

/**
 * Everything real: HTTP, GraphQL, database, model.
 *
 * @param options.copyOf - an embedded shop's data folder to begin with, where tests are of the embedded database (an empty shop)
 * @param options.embedInBackground - whether new pictures and texts become searchable by themselves (true)
 * @param options.explain - whether searches tell their plan (as by default: on the embedded database alone)
 * @param options.server - what else the server is given: `pageFolder`, `publicUrl`
 */
export async function startShopServer({
  copyOf,
  embedInBackground = true,
  explain,
  server: serverOptions = {},
}: {
  copyOf?: string;
  embedInBackground?: boolean;
  explain?: boolean;
  server?: Pick<ServerDeps, 'pageFolder' | 'publicUrl'>;
} = {}): Promise<ShopServer> {
  const { databaseUrl, dataFolder, remove } = await newShop(copyOf);
  const loggedErrors: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => loggedErrors.push(line) });
  const config = loadConfig({
    LOOKGRAPH_DATA: dataFolder,
    PORT: '0',
    ...(explain !== undefined && { LOOKGRAPH_EXPLAIN: explain ? 'on' : 'off' }),
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  });
  const database = await openDatabase({ url: databaseUrl, dataFolder, statementTimeoutMs: NO_TIMEOUT });
  const shop = await openShop(config, { logger, database, embedInBackground });
  const server = await createServer({ ...shop, ...serverOptions, logger });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...graphqlClient(address),
    address,
    shop,
    connection:
      databaseUrl === undefined
        ? { host: dataFolder, port: 5432, user: 'postgres', database: 'postgres' }
        : { connectionString: databaseUrl },
    loggedErrors,
    async close() {
      await server.close();
      await shop.close();
      await remove();
    },
  };
}

async function newShop(copyOf?: string): Promise<{
  databaseUrl: string | undefined;
  dataFolder: string;
  remove: () => Promise<void>;
}> {
  if (testDatabaseKind() === 'native') {
    const database = await openTestDatabase();
    return { databaseUrl: database.url, dataFolder: database.dataFolder, remove: () => database.close() };
  }
  const dataFolder = await mkdtemp(join(tmpdir(), 'lookgraph-test-'));
  await cp(copyOf ?? inject('embeddedTemplate'), dataFolder, { recursive: true });
  return { databaseUrl: undefined, dataFolder, remove: () => rm(dataFolder, { recursive: true, force: true }) };
}
