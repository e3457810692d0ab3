import { downloadModel } from '../download/model-download.ts';
import { readModelFolder } from '../embedding/model-manifest.ts';
import { AppError, show } from '../errors.ts';
import { listModelFolders, modelFolder } from '../shop/shop-model.ts';
import { printLine } from './print.ts';
import { createProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

const MEGABYTE = 1_000_000;

/** `lookgraph models pull NAME` */
export async function runPullModel(name: string): Promise<void> {
  await runCommand(async ({ signal }) => {
    await checkDownloadable(name);
    const progress = createProgress();
    const { model } = await downloadModel({
      folder: modelFolder(name),
      signal,
      onProgress: ({ file, bytes, totalBytes }) =>
        progress.update(file, Math.round(bytes / MEGABYTE), Math.round((totalBytes ?? 0) / MEGABYTE), 'MB'),
    });
    progress.finish();
    printLine(
      `${model.name} ${model.version} is here and works (${model.dimensions} dimensions). To search with it: ` +
        `lookgraph models build ${name}, then lookgraph models activate ${name}`,
    );
    return 0;
  });
}

/** @throws AppError NOT_FOUND for a name that no manifest with addresses has */
async function checkDownloadable(name: string): Promise<void> {
  const known: string[] = [];
  for (const folder of await listModelFolders()) {
    const { manifest } = await readModelFolder(modelFolder(folder));
    if (manifest.download !== undefined) known.push(folder);
  }
  if (!known.includes(name)) {
    throw new AppError(
      'NOT_FOUND',
      `expected a model that can be downloaded (${known.join(', ')}), found ${show(name)}`,
    );
  }
}
