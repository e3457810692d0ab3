import { mkdir } from 'node:fs/promises';
import { openDatabase } from '../database/database.ts';
import { migrateToLatest } from '../database/migrate.ts';
import { printJson, printLine } from './print.ts';
import { runCommand } from './run-command.ts';

/** `lookgraph migrate` */
export async function runMigrate(options: { json?: boolean }): Promise<void> {
  await runCommand(async ({ config }) => {
    await mkdir(config.dataFolder, { recursive: true });
    const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
    try {
      const applied = await migrateToLatest(database.db);
      if (options.json) printJson({ database: database.version, applied });
      else printLine(applied.length === 0 ? 'Nothing to do.' : `Applied ${applied.join(', ')}.`);
      return 0;
    } finally {
      await database.close();
    }
  }, options);
}
