import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import { loadConfig } from '../src/config.ts';
import { openShop, type Shop } from '../src/shop.ts';

/** The fashion catalogue: 44,072 products with one picture each. It is beside the project, not in it: ../shared/catalogs/README.md. */
export const FASHION_FEED = fileURLToPath(new URL('../../shared/catalogs/fashion/products.tsv', import.meta.url));

/** Words that a shopper of this catalogue types. */
export const FASHION_QUERIES = [
  'red saree',
  'navy blue polo t-shirt for men',
  'black leather wallet',
  'pink nail polish',
  'white casual shoes',
  'brown handbag',
  'silver watch for women',
  'green kurta',
  'blue jeans',
  'aviator sunglasses',
] as const;

/** An empty shop in a database and folder of its own. */
export interface BenchShop {
  readonly shop: Shop;
  readonly dataFolder: string;
  /** A native database's address; undefined: embedded. */
  readonly databaseUrl: string | undefined;
  /** Closes the shop and deletes everything of it. */
  dispose(): Promise<void>;
}

/** @param databaseUrl - a native PostgreSQL on which a database may be made; undefined: embedded */
export async function openEmptyShop(databaseUrl: string | undefined): Promise<BenchShop> {
  if (!existsSync(FASHION_FEED)) throw new Error(`this benchmark needs ${FASHION_FEED}`);
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'lookgraph-bench-'));
  const database = databaseUrl && (await createDatabase(databaseUrl, `lookgraph_bench_${process.pid}`));
  const config = loadConfig({ LOOKGRAPH_DATA: dataFolder, ...(database && { DATABASE_URL: database }) });
  const shop = await openShop(config, { logger: pino({ level: 'warn' }, pino.destination(2)) });
  return {
    shop,
    dataFolder,
    databaseUrl: database,
    async dispose() {
      await shop.close();
      if (databaseUrl && database) await dropDatabase(databaseUrl, database);
      await rm(dataFolder, { recursive: true });
    },
  };
}

async function createDatabase(server: string, name: string): Promise<string> {
  await runOn(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function dropDatabase(server: string, url: string): Promise<void> {
  await runOn(server, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
}

/** One statement on a connection of its own. */
export async function runOn(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
