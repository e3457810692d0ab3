import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pruneCategories } from '../catalog/change-statements.ts';
import { openPictureStore } from '../catalog/picture-store.ts';
import { type Swept, sweepPictures } from '../catalog/sweep-pictures.ts';
import { analyzeWaiting, recountAllWords, settleWordIndexes } from '../catalog/words/analyze-words.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { findModelToCompare, listEmbeddingModels } from '../database/embedding-models.ts';
import { measureStatistics } from '../database/embedding-statistics.ts';
import type { ScanCosts } from '../database/measurements.ts';
import { migrateToLatest } from '../database/migrate.ts';
import { buildVectorIndexes } from '../database/vector-indexes.ts';
import { openShopWords } from '../words/shop-words.ts';
import { printJson, printLine } from './print.ts';
import { runCommand } from './run-command.ts';

/** What is known of one model when all is done. */
interface MaintainedModel {
  readonly model: string;
  readonly state: string;
  readonly pictures: number;
  readonly indexed: boolean;
  /** 0 where there are so few pictures that none are needed. */
  readonly clusters: number;
  /** In microseconds; null without sketches. */
  readonly scanCosts: ScanCosts | null;
}

/** What `lookgraph maintain` did. */
interface Maintained {
  readonly models: readonly MaintainedModel[];
  readonly sweptPictures: Swept;
}

/** `lookgraph maintain`: makes what is missing for fast searches, counts and measures again, and removes pictures that no product has any more. */
export async function runMaintain(options: { anew?: boolean; json?: boolean }): Promise<void> {
  await runCommand(async ({ config }) => {
    const maintained = await maintain(config, options.anew ?? false);
    if (options.json) printJson(maintained);
    else {
      for (const model of maintained.models) printLine(described(model));
      const { files, bytes } = maintained.sweptPictures;
      const megabytes = (bytes / 1024 ** 2).toFixed(1);
      printLine(`Pictures that no product has any more: ${files.toLocaleString('en')} removed (${megabytes} MiB)`);
    }
    return 0;
  }, options);
}

async function maintain(config: Config, anew: boolean): Promise<Maintained> {
  await mkdir(config.dataFolder, { recursive: true });
  const { db, close } = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  try {
    await migrateToLatest(db);
    await pruneCategories().execute(db);
    await analyzeWaiting({ db, words: await openShopWords(config) });
    await recountAllWords(db);
    await settleWordIndexes(db);
    const pictures = await openPictureStore(path.join(config.dataFolder, 'pictures'));
    const sweptPictures = await sweepPictures({ db, pictures });
    const models: MaintainedModel[] = [];
    for (const model of await listEmbeddingModels(db)) {
      await buildVectorIndexes(db, model, anew ? { anew } : { recount: true });
      await measureStatistics(db, model);
      const found = await findModelToCompare(db, model.id);
      models.push({
        model: model.name,
        state: model.state,
        pictures: model.embedded,
        indexed: found?.indexed ?? false,
        clusters: found?.sketches?.clusters.pictures.numbers.length ?? 0,
        scanCosts: found?.sketches?.costs ?? null,
      });
    }
    return { models, sweptPictures };
  } finally {
    await close();
  }
}

function described({ model, state, pictures, indexed, clusters, scanCosts }: MaintainedModel): string {
  const count = `${pictures.toLocaleString('en')} pictures`;
  const index = indexed ? 'index stands' : 'no index';
  if (scanCosts === null) return `${model} (${state}): ${count}; ${index}; no sketches: so few are all compared`;
  const costs = Object.entries(scanCosts).map(([way, cost]) => `${way} ${cost.toFixed(2)}`);
  return `${model} (${state}): ${count}; ${index}; sketches in ${clusters} clusters; microseconds a row: ${costs.join(', ')}`;
}
