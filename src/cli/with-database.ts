import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { type OpenDatabase, openDatabase } from '../database/database.ts';
import { migrateToLatest } from '../database/migrate.ts';

/** Opens the shop's database alone, without its model, and closes it afterwards. @returns what `work` does: an exit code */
export async function withDatabase(config: Config, work: (database: OpenDatabase) => Promise<number>): Promise<number> {
  await mkdir(config.dataFolder, { recursive: true });
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  try {
    await migrateToLatest(database.db);
    return await work(database);
  } finally {
    await database.close();
  }
}
