import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type OpenDatabase, openDatabase } from '../../src/database/database.ts';
import type { Database } from '../../src/database/tables.ts';
import { databaseExists, runOnServer, withDatabaseName } from '../../test/support/database-server.ts';
import { fashionShop } from '../../test/support/fashion.ts';
import { bringUpToDate, changedIngredients, makeWorkload } from './workload.ts';

export interface WorkloadOptions {
  readonly products: number;
  /** A native server; undefined: embedded. */
  readonly serverUrl: string | undefined;
  /** A database with the fashion catalogue imported, to make products of; undefined: the tests' own, imported if need be. */
  readonly from?: string | undefined;
  /** What to do with one that an older recipe or migration made. (REFUSE) */
  readonly changed?: 'REFUSE' | 'MAKE_ANEW';
  readonly say: (line: string) => void;
}

/** Some 8 clients and a few more. */
const POOL_SIZE = 12;
/** Nothing is cancelled: an exact search of a million pictures may take long on a busy machine. */
const NO_TIMEOUT = 0;

/**
 * Opens the workload of so many products, and makes it first if it is not there: a million take about half an hour. It is made under another name and renamed
 * when whole, so what has the name is whole.
 *
 * @throws Error if the recipe or an applied migration has changed since it was made, unless it may be made anew
 */
export async function openWorkload(options: WorkloadOptions): Promise<OpenDatabase> {
  const place = placeOf(options);
  if (options.changed === 'MAKE_ANEW' && (await place.exists())) {
    const changed = await place.opened(place.name, changedWithin);
    if (changed.length > 0) {
      options.say(`${place.name} was made with another ${changed.join(', ')}: making it anew`);
      await place.drop(place.name);
    }
  }
  if (!(await place.exists())) await make(options, place);
  const database = await place.open(place.name);
  try {
    const changed = await changedIngredients(database.db);
    if (changed.length > 0) {
      throw new Error(
        `${place.name} was made with another ${changed.join(', ')}; npm run workload -- --fresh makes it anew`,
      );
    }
    await bringUpToDate(database.db, options.say);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

async function changedWithin({ db }: OpenDatabase): Promise<string[]> {
  return changedIngredients(db);
}

async function make(options: WorkloadOptions, place: Place): Promise<void> {
  const unfinished = `${place.name}_unfinished`;
  await place.drop(unfinished);
  await place.create(unfinished);
  const source = await openSource(options);
  try {
    await place.opened(unfinished, ({ db }) => makeWorkload(db, source.db, options));
  } finally {
    await source.close();
  }
  await place.rename(unfinished);
}

interface Source {
  readonly db: Kysely<Database>;
  close(): Promise<void>;
}

async function openSource({ from, serverUrl }: WorkloadOptions): Promise<Source> {
  if (from !== undefined) return openDatabase({ url: from, dataFolder: tmpdir(), statementTimeoutMs: NO_TIMEOUT });
  const shop = await fashionShop(serverUrl);
  return { db: shop.database.db, close: shop.close };
}

/** Where workloads are kept, and how they are named there. */
interface Place {
  readonly name: string;
  exists(): Promise<boolean>;
  create(name: string): Promise<void>;
  drop(name: string): Promise<void>;
  /** To the name of what is whole. */
  rename(from: string): Promise<void>;
  open(name: string): Promise<OpenDatabase>;
  opened<T>(name: string, work: (database: OpenDatabase) => Promise<T>): Promise<T>;
}

/** Of the database, or of the embedded one's folder. */
export function workloadName(products: number): string {
  return `lookgraph_workload_${products}`;
}

function placeOf({ products, serverUrl }: WorkloadOptions): Place {
  const name = workloadName(products);
  const place = serverUrl === undefined ? embeddedPlace(name) : nativePlace(name, serverUrl);
  return {
    ...place,
    name,
    async opened(which, work) {
      const database = await place.open(which);
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
  };
}

function nativePlace(name: string, serverUrl: string): Omit<Place, 'name' | 'opened'> {
  return {
    exists: () => databaseExists(serverUrl, name),
    create: (which) => runOnServer(serverUrl, `create database ${which}`),
    drop: (which) => runOnServer(serverUrl, `drop database if exists ${which} with (force)`),
    rename: (from) => runOnServer(serverUrl, `alter database ${from} rename to ${name}`),
    open: (which) =>
      openDatabase({
        url: withDatabaseName(serverUrl, which),
        dataFolder: tmpdir(),
        poolSize: POOL_SIZE,
        statementTimeoutMs: NO_TIMEOUT,
      }),
  };
}

function embeddedPlace(name: string): Omit<Place, 'name' | 'opened'> {
  const folder = (which: string) => join(tmpdir(), which);
  return {
    exists: async () => existsSync(folder(name)),
    create: async (which) => void (await mkdir(folder(which))),
    drop: (which) => rm(folder(which), { recursive: true, force: true }),
    rename: (from) => rename(folder(from), folder(name)),
    open: (which) => openDatabase({ url: undefined, dataFolder: folder(which) }),
  };
}
