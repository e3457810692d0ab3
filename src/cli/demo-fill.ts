import { rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Shop } from '../shop.ts';
import { showImport } from './import.ts';
import { printLine } from './print.ts';
import { createProgress } from './progress.ts';
import type { CommandContext } from './run-command.ts';

/** Lies in the data folder from the first product of the demo shop to its last, so that an interrupted first start is picked up. */
function unfinishedMark(config: Config): string {
  return path.join(config.dataFolder, 'demo-shop.unfinished');
}

/** Whether the shop is empty, or an earlier start was interrupted while it made the demo shop. LOOKGRAPH_DEMO=off: never. */
export async function needsDemoShop(shop: Pick<Shop, 'searchProducts'>, config: Config): Promise<boolean> {
  if (!config.demo) return false;
  if (await exists(unfinishedMark(config))) return true;
  const { results } = await shop.searchProducts({ terms: [], first: 1 });
  return results.length === 0;
}

/**
 * Draws the demo shop into `<data>/demo` and imports it.
 *
 * @param report - told what is missing while it is, and undefined once the shop is whole
 */
export async function fillWithDemoShop(
  context: CommandContext & { shop: Pick<Shop, 'importFeed'> },
  report: (problem: string | undefined) => void,
): Promise<void> {
  const { shop, config, logger, signal } = context;
  const progress = createProgress();
  report('the demo shop is being made');
  printLine(
    'The shop is empty: making a demo shop (LOOKGRAPH_DEMO=off leaves it empty). It can be searched as it fills.',
  );
  await writeFile(unfinishedMark(config), '');
  try {
    // Only the first start draws.
    const { writeDemoShop } = await import('../../demo/demo-shop.ts');
    const { feed } = await writeDemoShop({
      folder: path.join(config.dataFolder, 'demo'),
      signal,
      onProgress: (done, total) => {
        report(`the demo shop is being made: ${done} of ${total} pictures drawn`);
        progress.update('drawing', done, total, 'pictures');
      },
    });
    const show = showImport(progress);
    const imported = await shop.importFeed({
      path: feed,
      signal,
      onProgress: (state) => {
        report(`the demo shop is being made: ${state.phase}`);
        show(state);
      },
    });
    progress.finish();
    if (imported.state !== 'COMPLETED') return;
    await rm(unfinishedMark(config), { force: true });
    report(undefined);
    printLine(`The demo shop is ready: ${imported.created + imported.updated + imported.unchanged} products.`);
  } catch (error) {
    progress.finish();
    if (signal.aborted) return;
    // The server goes on: the shop can be filled by other means, and the next start tries again.
    logger.error({ err: error }, 'the demo shop could not be made');
    report(`the demo shop could not be made: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
