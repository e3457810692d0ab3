import path from 'node:path';
import { writeDemoShop } from '../../demo/demo-shop.ts';
import { badInput } from '../errors.ts';
import { printJson, printLine } from './print.ts';
import { createProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

const MAX_PICTURES = 200;

/** `lookgraph demo FOLDER` */
export async function runDemo(folder: string, options: { pictures: number; json?: boolean }): Promise<void> {
  await runCommand(async ({ signal }) => {
    const { pictures } = options;
    if (pictures < 1 || pictures > MAX_PICTURES) throw badInput('--pictures', `1 to ${MAX_PICTURES}`, pictures);
    const progress = createProgress();
    const written = await writeDemoShop({
      folder: path.resolve(folder),
      picturesPerProduct: pictures,
      signal,
      onProgress: (done, total) => progress.update('drawing', done, total, 'pictures'),
    });
    progress.finish();
    if (options.json) printJson(written);
    else printLine(`${written.products} products with ${written.pictures} pictures: ${written.feed}`);
    return 0;
  }, options);
}
