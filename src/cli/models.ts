import type { OpenDatabase } from '../database/database.ts';
import { activateEmbeddingModel, listEmbeddingModels } from '../database/embedding-models.ts';
import { readModelFolder } from '../embedding/model-manifest.ts';
import { AppError } from '../errors.ts';
import { findShopModel, folderOfShopModel, isDownloaded, listModelFolders, modelFolder } from '../shop/shop-model.ts';
import { openShop } from '../shop.ts';
import { printJson, printLine, printNote, printTable } from './print.ts';
import { createProgress } from './progress.ts';
import { EXIT_INTERRUPTED, runCommand } from './run-command.ts';
import { withDatabase } from './with-database.ts';

/** `lookgraph models list` */
export async function runListModels(options: { json?: boolean }): Promise<void> {
  await runCommand(
    ({ config }) =>
      withDatabase(config, async ({ db }) => {
        const models = [...(await listEmbeddingModels(db)), ...(await modelsOutsideShop(db))];
        if (options.json) printJson(models);
        else printModels(models);
        return 0;
      }),
    options,
  );
}

/** `lookgraph models build NAME` */
export async function runBuildModel(name: string, options: { json?: boolean }): Promise<void> {
  await runCommand(async ({ config, logger, signal }) => {
    const shop = await openShop(config, { logger });
    try {
      const progress = createProgress();
      const built = await shop.buildModel(name, {
        signal,
        onProgress: ({ imagesEmbedded, imagesFailed, textsEmbedded, total }) =>
          progress.update('embedding', imagesEmbedded + imagesFailed + textsEmbedded, total, 'pictures and texts'),
      });
      progress.finish();
      if (signal.aborted) {
        printNote(`Interrupted. Nothing is lost; to go on: lookgraph models build ${name}`);
        return EXIT_INTERRUPTED;
      }
      if (options.json) printJson(built);
      else
        printLine(
          `Embedded ${built.imagesEmbedded} pictures and ${built.textsEmbedded} texts with ${name}. To search with it: lookgraph models activate ${name}`,
        );
      return 0;
    } finally {
      await shop.close();
    }
  }, options);
}

/** `lookgraph models activate NAME` */
export async function runActivateModel(name: string): Promise<void> {
  await runCommand(({ config }) =>
    withDatabase(config, async ({ db }) => {
      const model = await findShopModel(db, name);
      if (model.state === 'ACTIVE') {
        printLine(`Searches use ${name} already.`);
        return 0;
      }
      // Servers that cannot open it would stay with the old one, and say so only in their logs.
      await folderOfShopModel(model);
      if (model.embedded < model.total) {
        throw new AppError(
          'MODEL_NOT_READY',
          `${name} has vectors of ${model.embedded} of ${model.total} pictures; first run: lookgraph models build ${name}`,
        );
      }
      await activateEmbeddingModel(db, model.id);
      printLine(`Searches use ${name} now; running servers follow within seconds.`);
      return 0;
    }),
  );
}

interface ListedModel {
  readonly name: string;
  readonly version: string;
  readonly dimensions: number;
  readonly state: string;
  readonly embedded: number;
  readonly total: number;
}

/** Models under models/ that the shop has no vectors of. */
async function modelsOutsideShop(db: OpenDatabase['db']): Promise<ListedModel[]> {
  const known = (await listEmbeddingModels(db)).map(({ manifestHash }) => manifestHash);
  const folders = await Promise.all((await listModelFolders()).map((name) => readModelFolder(modelFolder(name))));
  return folders
    .filter(({ model }) => !known.includes(model.manifestHash))
    .map((found) => ({
      ...found.model,
      state: isDownloaded(found) ? 'NOT BUILT' : 'NOT DOWNLOADED',
      embedded: 0,
      total: 0,
    }));
}

function printModels(models: readonly ListedModel[]): void {
  printTable(
    [
      { title: 'name' },
      { title: 'version' },
      { title: 'dimensions', align: 'right' },
      { title: 'state' },
      { title: 'pictures embedded', align: 'right' },
    ],
    models.map(({ name, version, dimensions, state, embedded, total }) => [
      name,
      version,
      String(dimensions),
      state,
      `${embedded.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    ]),
  );
}
