import { openShop } from '../shop.ts';
import { printJson, printLine, printNote } from './print.ts';
import { runCommand } from './run-command.ts';
import { type SearchOptions, searchRequest } from './search-options.ts';

/** The options of `lookgraph embed`, as they were typed: those of `lookgraph search` that say what to look for. */
export type EmbedOptions = Pick<SearchOptions, 'image' | 'region' | 'asIs' | 'product' | 'words' | 'json'>;

/** `lookgraph embed`: stores a query and prints the SQL that asks it. */
export async function runEmbed(words: readonly string[], options: EmbedOptions): Promise<void> {
  await runCommand(async ({ config, logger, signal }) => {
    const { terms, words: matching = 'AUTO' } = await searchRequest(words, { ...options, first: 1 });
    const shop = await openShop(config, { logger });
    try {
      const id = await shop.storeQuery({ terms, words: matching }, signal);
      const sql = `select * from analytics.search_products('${id}');`;
      const { name } = await shop.activeModel();
      if (options.json) {
        printJson({ id, model: matching === 'ONLY' ? null : name, daysKept: daysKept(config.searchLogDays), sql });
      } else {
        printLine(sql);
        printNote(`The query is kept for ${days(daysKept(config.searchLogDays))} (LOOKGRAPH_SEARCH_LOG_DAYS).`);
        printNote(`Connect with: ${shop.database.psqlCommand}`);
      }
      return 0;
    } finally {
      await shop.close();
    }
  }, options);
}

/** As deleteOldSearches() in src/search/log/log-statements.ts has it. */
function daysKept(searchLogDays: number): number {
  return Math.max(1, searchLogDays);
}

function days(count: number): string {
  return count === 1 ? 'a day' : `${count} days`;
}
